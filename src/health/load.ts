import { readRowFile, type RowReader } from '../preview/rowFiles/readRowFile.ts';
import { formatOf, type RowFileProblem } from '../preview/rowFiles/rowFile.ts';
import { decodeText } from '../workspace/files.ts';
import { inParallel } from '../workspace/inParallel.ts';
import { type ConfigurationFile, kindOf } from './configuration.ts';

/** A table that can't be read. */
export interface UnreadFile {
  readonly name: string;
  readonly problem: RowFileProblem;
}

export interface LoadedConfiguration {
  readonly files: readonly ConfigurationFile[];
  readonly unread: readonly UnreadFile[];
}

/** The exported tables among some files; what is no table of dual-write's configuration is left out. */
export async function loadConfiguration(
  named: readonly { readonly uri: string; readonly name: string }[],
  reader: RowReader,
): Promise<LoadedConfiguration> {
  const files: ConfigurationFile[] = [];
  const unread: UnreadFile[] = [];
  await inParallel(named.filter(mayHold), async ({ uri, name }) => {
    const read = await readRowFile(uri, [], reader);
    if ('problem' in read) {
      const { problem } = read;
      // JSON is kept for many things; a file without rows holds nothing to be missed.
      if (!isJson(uri) && problem.kind !== 'empty') unread.push({ name, problem });
      return;
    }
    const { table } = read.value;
    if (kindOf(table) === undefined) return;
    const text = formatOf(uri) === 'xlsx' ? undefined : await textOf(uri, reader);
    files.push({ uri, name, table, text });
  });
  const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
    a.name < b.name ? -1 : 1;
  return { files: files.toSorted(byName), unread: unread.toSorted(byName) };
}

const isJson = (uri: string): boolean => /^jsonl?$/u.test(formatOf(uri) ?? '');

/** Databases are other people's. */
const mayHold = ({ uri }: { readonly uri: string }): boolean => {
  const format = formatOf(uri);
  return format !== undefined && format !== 'sqlite';
};

const textOf = async (uri: string, { files }: RowReader): Promise<string | undefined> =>
  decodeText(await files.read(uri).catch(() => new Uint8Array()));
