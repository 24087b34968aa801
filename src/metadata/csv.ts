import { CsvError, parse } from 'csv-parse/sync';
import { delimiterOf } from '../text/delimiter.ts';
import { HEAD_LENGTH, SAMPLED_ROWS } from './delimited.ts';
import type { PublicEntity } from './publicEntity.ts';
import { type Sampled, sampledEntity, startOf } from './sampledColumns.ts';

/** What a file of delimited text tells of the entity that it is named like. */
export function readColumns(uri: string, text: string): PublicEntity | undefined {
  const head = headOf(text);
  const [header, ...rows] = recordsOf(uri, head);
  if (header === undefined) return undefined;
  let from = 0;
  return sampledEntity(
    uri,
    header.map((cell, index) => {
      const name = cell?.trim() ?? '';
      const found = name === '' ? -1 : head.indexOf(name, from);
      if (found >= 0) from = found + name.length;
      // A name that quotes change is not found as it is read.
      const origin = found < 0 ? startOf(uri) : { uri, span: { start: found, end: from } };
      return { name, origin, cells: rows.map((row) => row[index]) };
    }),
  );
}

/** What is whole of the first characters: the last line of a part may be cut off. */
function headOf(text: string): string {
  if (text.length < HEAD_LENGTH) return text;
  const head = text.slice(0, HEAD_LENGTH);
  return head.slice(0, Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r'), 0));
}

/** The records up to what can't be read: a quote that does not end takes what follows with it, and nothing before. */
function recordsOf(uri: string, text: string): readonly (readonly Sampled[])[] {
  const delimiter = /\.csv$/iu.test(uri) ? delimiterOf(text) : '\t';
  const records: Sampled[][] = [];
  // A file that quotes an empty text anywhere leaves a NULL without quotes.
  let quotesNothing = false;
  const bare: [row: number, column: number][] = [];
  try {
    parse(text, {
      bom: true,
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      // As rows are read: a quote inside a bare cell is text.
      relax_quotes: true,
      skip_empty_lines: true,
      to: SAMPLED_ROWS + 1,
      cast: (value, { quoting, index, records: row }): Sampled => {
        if (value === 'NULL' && !quoting && row > 0) return null;
        if (value !== '') return value;
        if (quoting) quotesNothing = true;
        else bare.push([row, index]);
        return undefined;
      },
      on_record: (record: Sampled[]) => {
        records.push(record);
        return undefined;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  if (!quotesNothing) return records;
  for (const [row, column] of bare) {
    const record = records[row];
    if (record !== undefined && row > 0) record[column] = null;
  }
  return records;
}
