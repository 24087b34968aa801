import { codeActions } from './language/codeActions.ts';
import { codeLenses } from './language/codeLenses.ts';
import { comparing } from './compare.ts';
import { completion } from './language/completion.ts';
import { documentLinks } from './language/documentLinks.ts';
import { guides } from './guides.ts';
import { health } from './health.ts';
import { hovers } from './language/hover.ts';
import { metadataState } from './metadataState.ts';
import { mapExplorer } from './mapExplorer.ts';
import { inlayHints } from './language/inlayHints.ts';
import { signatures } from './language/signatureHelp.ts';
import type { Feature } from './feature.ts';
import { formatting } from './language/formatting.ts';
import { messages } from './messages.ts';
import { definitions, references } from './language/navigation.ts';
import { rehearsals } from './rehearsals/rehearsals.ts';
import { rowChanges } from './rows/rowChanges.ts';
import { rename } from './language/rename.ts';
import { semanticTokens } from './language/semanticTokens.ts';
import { folding, highlights, selectionRanges } from './language/structure.ts';
import { documentSymbols, workspaceSymbols } from './language/symbols.ts';
import { sync } from './sync/sync.ts';
import { filterAtPlace } from './filterPlaces.ts';
import { trackedDataSources } from './trackedDataSources.ts';
import { xppWrites } from './xppWrites.ts';

/** Every feature that needs nothing but the session. */
export const features: readonly Feature[] = [
  codeActions,
  codeLenses,
  filterAtPlace,
  comparing,
  completion,
  documentLinks,
  guides,
  health,
  hovers,
  inlayHints,
  mapExplorer,
  metadataState,
  messages,
  signatures,
  definitions,
  documentSymbols,
  folding,
  formatting,
  highlights,
  references,
  rehearsals,
  rename,
  rowChanges,
  selectionRanges,
  semanticTokens,
  sync,
  trackedDataSources,
  workspaceSymbols,
  xppWrites,
];
