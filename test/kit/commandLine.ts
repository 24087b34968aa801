import { URI } from 'vscode-uri';
import { runCommandLine } from '../../cli/run.ts';
import { decodeText, type Files } from '../../src/workspace/files.ts';

/** A file that is listed and can't be read, nor can anything be written there. */
export const DENIED = Symbol('denied');

/** Files by their path in the folder `/w`; `-` is standard input. */
export type FileTable = Readonly<Record<string, string | Uint8Array | typeof DENIED>>;

const FOLDER = '/w';
const uriOf = (path: string): string => URI.file(`${FOLDER}/${path}`).toString();

function filesIn(table: FileTable): Files {
  const byUri = new Map(Object.entries(table).map(([path, content]) => [uriOf(path), content]));
  return {
    list: async (folder) =>
      [...byUri.keys()].filter((uri) => uri === folder || uri.startsWith(`${folder}/`)),
    async read(uri) {
      const content = byUri.get(uri);
      if (content === undefined || typeof content === 'symbol') throw new Error(`EACCES: ${uri}`);
      return typeof content === 'string' ? new TextEncoder().encode(content) : content;
    },
  };
}

export interface Outcome {
  readonly exitCode: number;
  readonly out: string;
  readonly error: string;
  /** Files that were written, by their path in the folder. */
  readonly written: Readonly<Record<string, string>>;
}

/** Runs `dual-write WORDS` over a table of files. A stack trace in the output is a failure of its own. */
export async function run(
  words: readonly string[],
  table: FileTable = {},
  locale = 'en',
): Promise<Outcome> {
  let out = '';
  let error = '';
  const written: Record<string, string> = {};
  const isFolder = async (uri: string): Promise<boolean> =>
    Object.keys(table).some((path) => uriOf(path).startsWith(`${uri}/`));
  const exitCode = await runCommandLine(words, {
    files: filesIn(table),
    async write(uri, content) {
      const path = decodeURIComponent(uri.slice(uriOf('').length));
      if (table[path.split('/')[0] ?? ''] === DENIED) {
        throw Object.assign(new Error('denied'), { code: 'EACCES' });
      }
      if (await isFolder(uri)) throw Object.assign(new Error('folder'), { code: 'EISDIR' });
      written[path] = typeof content === 'string' ? content : (decodeText(content) ?? '');
    },
    isFolder,
    input: async () => (typeof table['-'] === 'string' ? table['-'] : ''),
    folder: FOLDER,
    locale,
    out: (text) => (out += text),
    error: (text) => (error += text),
  });
  if (/^\s+at .+:\d+/mu.test(out + error)) throw new Error(`a stack trace: ${out}${error}`);
  return { exitCode, out, error, written };
}

/** A diagnostic as `--format json` prints it. */
export interface JsonDiagnostic {
  readonly file: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  readonly severity: string;
  readonly code: string;
  readonly phase: string;
  readonly message: string;
}

export async function diagnosticsIn(
  table: FileTable,
  words: readonly string[] = Object.keys(table),
): Promise<{ readonly exitCode: number; readonly diagnostics: readonly JsonDiagnostic[] }> {
  const { exitCode, out } = await run(['check', ...words, '--format', 'json'], table);
  const diagnostics: readonly JsonDiagnostic[] = JSON.parse(out);
  return { exitCode, diagnostics };
}
