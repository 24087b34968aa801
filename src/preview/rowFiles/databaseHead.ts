import type { SqlJsStatic, SqlValue } from 'sql.js';
import { rowsName, SAMPLED_ROWS } from '../../metadata/delimited.ts';
import type { Sampled } from '../../metadata/sampledColumns.ts';
import { tablesIn } from './database.ts';
import type { TableHead } from './workbookHead.ts';

/** What a SQLite file begins with; the rest of its header counts from there (sqlite.org/fileformat2, 1.3). */
const MAGIC = 'SQLite format 3\0';
const [PAGE_SIZE, PAGES] = [16, 28];

/** Whether bytes begin a SQLite file: sql.js is loaded for no other. */
export const isDatabase = (bytes: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(bytes.subarray(0, MAGIC.length)) === MAGIC;

/**
 * Reads the columns and the first rows of the table of a SQLite file that is named like the file, or is the only one.
 *
 * @param bytes the file or its beginning: what of a large one stands further on is not read.
 */
export function readDatabaseHead(sqlJs: SqlJsStatic, bytes: Uint8Array, stem: string): TableHead {
  const part = wholePages(bytes);
  const name = tableNamed(stem, tablesIn(sqlJs, part) ?? []);
  if (name === undefined) return [];
  const database = new sqlJs.Database(part);
  const rows: SqlValue[][] = [];
  let names: readonly string[] = [];
  try {
    const statement = database.prepare(
      `SELECT * FROM "${name.replaceAll('"', '""')}" LIMIT ${SAMPLED_ROWS}`,
    );
    names = statement.getColumnNames();
    // A view may count for as long as it likes.
    const [kind] = database.exec("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", [
      name,
    ]);
    if (kind !== undefined) while (statement.step()) rows.push(statement.get());
  } catch {
    // A page further on: what was read before holds.
  } finally {
    database.close();
  }
  return names.map((column, index) => ({
    name: column,
    cells: rows.map((row) => cellOf(row[index] ?? null)),
  }));
}

/** Undefined where several may be meant: which one, nobody tells. */
function tableNamed(stem: string, names: readonly string[]): string | undefined {
  const named = names.filter((name) => rowsName(name) === rowsName(stem));
  const [first, ...others] = named.length > 0 ? named : names;
  return others.length === 0 ? first : undefined;
}

/** A part is taken for the whole, which SQLite would miss: its header says how many pages there are, or 0 for all. */
function wholePages(bytes: Uint8Array): Uint8Array {
  const pages = bytes.slice();
  const view = new DataView(pages.buffer);
  if (bytes.length < PAGES + 4) return pages;
  // 65,536 does not fit and is written as 1.
  const size = view.getUint16(PAGE_SIZE) === 1 ? 65_536 : view.getUint16(PAGE_SIZE);
  if (size === 0 || view.getUint32(PAGES) * size <= bytes.length) return pages;
  view.setUint32(PAGES, 0);
  return pages.subarray(0, bytes.length - (bytes.length % size));
}

/** NULL stands for itself in a database; nothing, bytes and numbers with exponents tell nothing. */
function cellOf(value: SqlValue): Sampled {
  if (value === null) return null;
  const text = value instanceof Uint8Array ? '' : String(value);
  return text === '' || (typeof value === 'number' && /e/u.test(text)) ? undefined : text;
}
