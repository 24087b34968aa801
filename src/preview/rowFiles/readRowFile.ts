import type { SqlJsStatic } from 'sql.js';
import { delimiterOf } from '../../text/delimiter.ts';
import type { Files } from '../../workspace/files.ts';
import { readDatabase } from './database.ts';
import { readDelimited } from './delimited.ts';
import { readJson, readJsonLines } from './records.ts';
import { formatOf, MOST_BYTES, type ReadRowFile, type RowFileOptions } from './rowFile.ts';
import { rowTextOf } from './rowText.ts';
import { readWorkbook } from './workbook.ts';

/** What reading needs of the place it runs in. */
export interface RowReader {
  readonly files: Files;
  /** Asked for by the first SQLite file. */
  readonly sqlJs: () => Promise<SqlJsStatic>;
}

/**
 * Reads the rows of a file by the ending of its name; one that is not known is delimited text. A file that is too large
 * is refused before it is read.
 *
 * @param tableNames what the table may be called in a file of several.
 */
export async function readRowFile(
  uri: string,
  tableNames: readonly string[],
  { files, sqlJs }: RowReader,
  options: RowFileOptions = {},
): Promise<ReadRowFile> {
  const { mostBytes = MOST_BYTES } = options;
  let bytes: Uint8Array;
  try {
    const size = await files.size?.(uri);
    if (size !== undefined && size > mostBytes) {
      return { problem: { kind: 'tooLarge', limit: mostBytes } };
    }
    bytes = await files.read(uri);
  } catch {
    return { problem: { kind: 'unreadable' } };
  }
  if (bytes.length > mostBytes) return { problem: { kind: 'tooLarge', limit: mostBytes } };
  const format = formatOf(uri);
  if (format === 'xlsx') return readWorkbook(bytes, options);
  if (format === 'sqlite') return readDatabase(await sqlJs(), bytes, tableNames, options);
  const text = rowTextOf(bytes);
  if (text === undefined || (text.includes('\uFFFD') && !isUnicode(bytes)))
    return { problem: { kind: 'noText' } };
  switch (format) {
    case 'json':
      return readJson(text, options);
    case 'jsonl':
      return readJsonLines(text, options);
    case 'tsv':
      return readDelimited(text, '\t', options);
    default:
      return readDelimited(text, delimiterOf(text), options);
  }
}

/** What is neither UTF-8 nor UTF-16 would be read with signs that stand for nothing. */
function isUnicode(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
