import type { Translate } from '../src/problem/message.ts';
import type { AnalysedDocument } from '../src/service/analysis.ts';
import { checkXppWrites, wantedWrites } from '../src/service/checks/xppWrites.ts';
import { metadataDiagnostics } from '../src/service/diagnostics.ts';
import { entitiesOf, knownEntities } from '../src/service/trackedDataSources.ts';
import type { Workspace } from '../src/service/workspace.ts';
import { followedTables } from '../src/tracking/trackedTables.ts';
import type { Files } from '../src/workspace/files.ts';
import { inParallel } from '../src/workspace/inParallel.ts';
import { textOf } from '../src/workspace/load.ts';
import type { ListedFile } from './files.ts';
import type { Checked } from './report.ts';

/** X++ that writes, past business events, tables that the checked maps follow; files without any are left out. */
export async function checkXppFiles(
  sources: readonly ListedFile[],
  documents: readonly AnalysedDocument[],
  files: Files,
  workspace: Workspace,
  translate: Translate,
): Promise<readonly Checked[]> {
  const { metadata, entityNames, diagnostics } = workspace;
  const legs = documents.flatMap(({ document: { uri }, map: { maps } }) =>
    maps.flatMap((map) => map.legs.map((leg) => ({ map: map.name || uri, leg, uri }))),
  );
  const followed = followedTables(knownEntities(entitiesOf(legs, metadata, entityNames)), metadata);
  // Nothing is followed: no file is read.
  if (followed.size === 0) return [];
  const checked = await inParallel(sources, async ({ uri, name }): Promise<readonly Checked[]> => {
    const text = await textOf(files, uri);
    if (text === undefined) return [];
    const problems = checkXppWrites(wantedWrites(text), followed);
    const found = metadataDiagnostics(problems, diagnostics, translate);
    return found.length === 0 ? [] : [{ name, uri, text, diagnostics: found }];
  });
  return checked.flat();
}
