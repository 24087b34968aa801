import { unzipSync } from 'fflate';
import { readSheet, type SheetData } from 'read-excel-file/universal';
import type { Cell } from '../../filter/meaning/values.ts';
import { columnBuilder } from '../columns.ts';
import {
  MOST_BYTES,
  MOST_COLUMNS,
  namesOf,
  PROGRESS_STEP,
  type ReadRowFile,
  type RowFileOptions,
} from './rowFile.ts';

/**
 * Reads the first sheet of a workbook as the Data Management export writes it: a header, then a row per record. A sheet
 * has one sign for NULL and the empty text, the empty cell: NULL unless told otherwise.
 */
export async function readWorkbook(
  bytes: Uint8Array,
  { nullRule = 'null', onProgress }: RowFileOptions = {},
): Promise<ReadRowFile> {
  if (unpackedSize(bytes) > MOST_BYTES) return { problem: { kind: 'tooLarge', limit: MOST_BYTES } };
  let sheet: SheetData<string>;
  try {
    // Another buffer, for its own part of a larger one would be read from the start.
    sheet = await readSheet(new Blob([bytes.slice()]), {
      trim: false,
      parseNumber: (text) => text,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: { kind: 'broken', line: 0, reason } };
  }
  const [header, ...rows] = sheet;
  if (header === undefined) return { problem: { kind: 'empty' } };
  if (header.length > MOST_COLUMNS) {
    return { problem: { kind: 'tooManyColumns', count: header.length, limit: MOST_COLUMNS } };
  }
  const builder = columnBuilder(namesOf(header.map((cell) => cellOf(cell, null))));
  const nothing = nullRule === 'empty' ? '' : null;
  for (const row of rows) {
    builder.add(row.map((cell) => cellOf(cell, nothing)));
    if (builder.rowCount() % PROGRESS_STEP === 0) onProgress?.(builder.rowCount());
  }
  const longRows = rows.filter((row) => row.length > header.length).length;
  return {
    value: {
      table: builder.finish(),
      nullRule: nullRule === 'empty' ? 'empty' : 'null',
      longRows,
    },
  };
}

/** What the parts say they unpack to: a bomb says it too, and what lies is cut off where it says it ends. */
function unpackedSize(bytes: Uint8Array): number {
  let size = 0;
  try {
    unzipSync(bytes, {
      filter: ({ originalSize }) => {
        size += originalSize;
        return false;
      },
    });
  } catch {
    // Not a zip: the reader says so in its own words.
  }
  return size;
}

export function cellOf(value: SheetData<string>[number][number], nothing: Cell): Cell {
  if (value === null || value === '') return nothing;
  if (value instanceof Date) {
    const iso = value.toISOString().slice(0, 19);
    return iso.endsWith('T00:00:00') ? iso.slice(0, 10) : iso;
  }
  return String(value);
}
