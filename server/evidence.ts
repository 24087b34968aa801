import type { CancellationToken } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { Evidence } from '../src/guides/proofs.ts';
import type { AnalysedDocument } from '../src/service/analysis.ts';
import { loadedSqlJs } from '../src/workspace/sqlJs.ts';
import type { FeatureHost } from './feature.ts';
import { allMaps } from './maps.ts';

/** What the workspace and some exported files tell of the state of an environment. */
export async function evidenceFor(
  { session, files }: FeatureHost,
  uris: readonly string[],
  token: CancellationToken,
): Promise<Evidence> {
  // People ask for this seldom: nothing of it is loaded to start.
  const [{ checkHealth }, { loadConfiguration }] = await Promise.all([
    import('../src/health/check.ts'),
    import('../src/health/load.ts'),
  ]);
  const documents: AnalysedDocument[] = [];
  for await (const { analysed } of allMaps(session, token)) {
    if (analysed.map.maps.length > 0) documents.push(analysed);
  }
  const listed = await Promise.all(uris.map((uri) => files.list(uri)));
  const named = [...new Set(listed.flat())].map((uri) => ({ uri, name: nameOf(uri) }));
  const configuration = await loadConfiguration(named, { files, sqlJs: loadedSqlJs });
  const workspace = await session.index.current();
  return {
    health: checkHealth(configuration, documents, workspace),
    documents,
    workspace,
    // X++ is read in the background as it is opened: nobody knows all of it here.
    unseenWrites: undefined,
    nameOf,
  };
}

export const nameOf = (uri: string): string => URI.parse(uri).path.split('/').at(-1) ?? uri;
