import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import manifest from '../package.json' with { type: 'json' };
import { metadataOf } from '../src/metadata/metadata.ts';
import { translator, type Translate } from '../src/problem/message.ts';
import { analyse } from '../src/service/analysis.ts';
import { type Diagnostic, diagnosticsOf, fileDiagnostic } from '../src/service/diagnostics.ts';
import { type Document, emptyWorkspace, type Workspace } from '../src/service/workspace.ts';
import { decodeText, type Files } from '../src/workspace/files.ts';
import { filterFileSide, mayHoldMap } from '../src/workspace/kinds.ts';
import { loadMetadata } from '../src/workspace/load.ts';
import { type CheckArguments, readArguments } from './arguments.ts';
import { type Checked, report } from './report.ts';

/** What the command line stands in. */
export interface Surroundings {
  readonly files: Files;
  /** The current folder, against which paths are resolved. */
  readonly folder: string;
  readonly locale: string;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** Exit codes as issue trackers and CI know them from other linters. */
const EXIT = { clean: 0, findings: 1, usage: 2 } as const;

/** Runs a command line and answers its exit code. */
export async function runCommandLine(
  words: readonly string[],
  around: Surroundings,
): Promise<number> {
  const translate = translator(around.locale);
  const read = readArguments(words);
  switch (read.kind) {
    case 'help':
      around.out(`${translate('cli.usage')}\n`);
      return EXIT.clean;
    case 'version':
      around.out(`${manifest.version}\n`);
      return EXIT.clean;
    case 'wrong':
      around.error(`dual-write: ${read.reason}\n\n${translate('cli.usage')}\n`);
      return EXIT.usage;
    case 'paths':
    case 'expression': {
      const checked =
        read.kind === 'paths'
          ? await checkPaths(read, around, translate)
          : [
              checkText(
                { uri: '', text: read.expression, side: read.side },
                '-',
                { ...emptyWorkspace, diagnostics: { severity: read.severity, suppress: [] } },
                translate,
              ),
            ];
      around.out(report(checked, read.format, translate));
      const counts = checked.some(({ diagnostics }) => diagnostics.some(isFinding));
      return counts ? EXIT.findings : EXIT.clean;
    }
  }
}

const isFinding = ({ severity }: Diagnostic): boolean =>
  severity === 'error' || severity === 'warning';

async function checkPaths(
  { paths, metadata, severity }: Extract<CheckArguments, { kind: 'paths' }>,
  { files, folder }: Surroundings,
  translate: Translate,
): Promise<readonly Checked[]> {
  const uriOf = (path: string): string => URI.file(resolve(folder, path)).toString();
  const listed = await Promise.all(
    paths.map(async (path) => ({ path, uri: uriOf(path), uris: await files.list(uriOf(path)) })),
  );
  const metadataUris = await Promise.all(metadata.map((path) => files.list(uriOf(path))));
  const loaded = await loadMetadata(files, [
    ...new Set([...metadataUris.flat(), ...listed.flatMap(({ uris }) => uris)]),
  ]);
  const workspace: Workspace = {
    ...emptyWorkspace,
    metadata: metadataOf(loaded.map(({ file }) => file)),
    diagnostics: { severity, suppress: [] },
  };

  const checked: Checked[] = [];
  for (const { path, uri, uris } of listed) {
    const isFolder = !uris.includes(uri);
    if (uris.length === 0) {
      checked.push(unreadable(path, 'missing', translate));
    }
    for (const file of uris) {
      const isWanted = !isFolder || mayHoldMap(file) || filterFileSide(file) !== undefined;
      if (!isWanted) continue;
      const below = decodeURIComponent(file.slice(uri.length));
      const name = isFolder ? `${path.replace(/\/$/u, '')}${below}` : path;
      const result = await checkFile(file, name, files, workspace, translate);
      // In a folder, files that are no maps are none of our business; a file that was named is.
      if (!isFolder || result.isMap) checked.push(result.checked);
    }
  }
  return checked;
}

async function checkFile(
  uri: string,
  name: string,
  files: Files,
  workspace: Workspace,
  translate: Translate,
): Promise<{ readonly checked: Checked; readonly isMap: boolean }> {
  let text: string | undefined;
  try {
    text = decodeText(await files.read(uri));
  } catch {
    return { checked: unreadable(name, 'denied', translate), isMap: true };
  }
  if (text === undefined) return { checked: unreadable(name, 'binary', translate), isMap: false };
  const side = filterFileSide(uri);
  const document: Document = { uri, text, ...(side === undefined ? {} : { side }) };
  const checked = checkText(document, name, workspace, translate);
  return { checked, isMap: checked.isMap };
}

function checkText(
  document: Document,
  name: string,
  workspace: Workspace,
  translate: Translate,
): Checked & { readonly isMap: boolean } {
  const analysed = analyse(document, workspace);
  const isMap = analysed.map.kind !== 'none';
  const diagnostics = isMap
    ? diagnosticsOf(analysed, translate)
    : [fileDiagnostic('no-map', undefined, translate)];
  return { name, uri: document.uri, text: document.text, diagnostics, isMap };
}

const unreadable = (name: string, variant: string, translate: Translate): Checked => ({
  name,
  uri: '',
  text: '',
  diagnostics: [fileDiagnostic('file-unreadable', variant, translate)],
});
