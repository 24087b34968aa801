import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import type { Evidence } from '../src/guides/proofs.ts';
import { checkHealth } from '../src/health/check.ts';
import { loadConfiguration } from '../src/health/load.ts';
import { analyse, type AnalysedDocument } from '../src/service/analysis.ts';
import { emptyWorkspace, type Workspace } from '../src/service/workspace.ts';
import { mayHoldMap } from '../src/workspace/kinds.ts';
import { loadedSqlJs } from '../src/workspace/sqlJs.ts';
import { listPaths, readDocument } from './files.ts';
import type { Surroundings } from './surroundings.ts';
import { checkXppFiles } from './xppWrites.ts';

/** A path where nothing is, or a file that can't be read; tables that can't be read are told of with their reason. */
export interface UnreadPath {
  readonly path: string;
  readonly variant: 'missing' | 'denied';
}

/** Everything at some paths that tells of the state of an environment: maps, metadata, X++, exported configuration. */
export async function evidenceAt(
  paths: readonly string[],
  metadataFolders: readonly string[],
  around: Surroundings,
): Promise<{ readonly evidence: Evidence; readonly unread: readonly UnreadPath[] }> {
  const { listed, metadata, sources } = await listPaths(paths, metadataFolders, around);
  const files = await Promise.all(paths.map((path) => filesBelow(path, around)));
  const configuration = await loadConfiguration(files.flat(), {
    files: around.files,
    sqlJs: loadedSqlJs,
  });
  const workspace: Workspace = { ...emptyWorkspace, metadata };
  const documents: AnalysedDocument[] = [];
  const unread = listed.flatMap(({ path, isMissing }): readonly UnreadPath[] =>
    isMissing ? [{ path, variant: 'missing' }] : [],
  );
  for (const { uri, name } of listed.flatMap((each) => each.files)) {
    const document = await readDocument(uri, around.files);
    if (document === 'denied' && mayHoldMap(uri)) unread.push({ path: name, variant: document });
    if (typeof document === 'string') continue;
    const analysed = analyse(document, workspace);
    if (analysed.map.maps.length > 0) documents.push(analysed);
  }
  const writes =
    sources.length === 0
      ? undefined
      : await checkXppFiles(sources, documents, around.files, workspace, (key) => key);
  const names = new Map(listed.flatMap((each) => each.files.map(({ uri, name }) => [uri, name])));
  return {
    unread,
    evidence: {
      health: checkHealth(configuration, documents, workspace),
      documents,
      workspace,
      unseenWrites: writes?.map(({ name, diagnostics }) => ({
        file: name,
        count: diagnostics.length,
      })),
      nameOf: (uri) => names.get(uri) ?? uri,
    },
  };
}

async function filesBelow(
  path: string,
  { files, folder }: Surroundings,
): Promise<readonly { readonly uri: string; readonly name: string }[]> {
  const uri = URI.file(resolve(folder, path)).toString();
  return (await files.list(uri)).map((file) => ({
    uri: file,
    name: `${path.replace(/\/$/u, '')}${decodeURIComponent(file.slice(uri.length))}`,
  }));
}
