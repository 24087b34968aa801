import { codeActions } from './codeActions.ts';
import { codeLenses } from './codeLenses.ts';
import { comparing } from './compare.ts';
import { completion } from './completion.ts';
import { documentLinks } from './documentLinks.ts';
import { guides } from './guides.ts';
import { health } from './health.ts';
import { hovers } from './hover.ts';
import { metadataState } from './metadataState.ts';
import { mapExplorer } from './mapExplorer.ts';
import { inlayHints } from './inlayHints.ts';
import { signatures } from './signatureHelp.ts';
import type { Feature } from './feature.ts';
import { formatting } from './formatting.ts';
import { messages } from './messages.ts';
import { definitions, references } from './navigation.ts';
import { rehearsals } from './rehearsals.ts';
import { rowChanges } from './rowChanges.ts';
import { rename } from './rename.ts';
import { semanticTokens } from './semanticTokens.ts';
import { folding, highlights, selectionRanges } from './structure.ts';
import { documentSymbols, workspaceSymbols } from './symbols.ts';
import { sync } from './sync.ts';
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
