import { delimiterOf } from '../../text/delimiter.ts';
import { readDelimited } from '../rowFiles/delimited.ts';
import { LONGEST_RECORD, type RowFileProblem } from '../rowFiles/rowFile.ts';
import { rowTextOf } from '../rowFiles/rowText.ts';

/** Bytes to be read of a large file, of which the first line is to be whole. */
export const HEAD_BYTES = 1024 * 1024;

/** How delimited text is written, and its columns: told to the engine, which would guess otherwise. */
export interface TextLayout {
  readonly delimiter: ',' | ';' | '\t';
  readonly encoding: 'utf-8' | 'utf-16';
  /** By the names that they have in memory. */
  readonly columns: readonly string[];
}

/** @param head the first bytes of the file. */
export function layoutOf(
  head: Uint8Array,
  format: 'csv' | 'tsv',
): { readonly value: TextLayout } | { readonly problem: RowFileProblem } {
  const text = rowTextOf(head);
  if (text === undefined) return { problem: { kind: 'noText' } };
  const begin = text.search(/[^\r\n\uFEFF]/u);
  const end = begin < 0 ? -1 : text.slice(begin).search(/[\r\n]/u);
  if (begin < 0) return { problem: { kind: 'empty' } };
  if (end < 0 && head.length >= HEAD_BYTES) {
    return { problem: { kind: 'longLine', line: 1, limit: LONGEST_RECORD } };
  }
  const line = text.slice(begin, end < 0 ? undefined : begin + end);
  const delimiter = format === 'tsv' ? '\t' : delimiterOf(text);
  const read = readDelimited(line, delimiter, { nullRule: 'null' });
  if ('problem' in read) return read;
  const columns = read.value.table.columns.map(({ name }) => name);
  // Every other byte of the file is beside a letter of the header.
  const encoding = head.subarray(0, 64).includes(0) ? 'utf-16' : 'utf-8';
  return { value: { delimiter, encoding, columns } };
}
