import type { SqlJsStatic, SqlValue } from 'sql.js';
import type { Cell } from '../../filter/meaning/values.ts';
import { columnBuilder } from '../columns.ts';
import { MOST_COLUMNS, PROGRESS_STEP, type ReadRowFile, type RowFileOptions } from './rowFile.ts';

/** The tables and views of a SQLite file, by name. Undefined where it is none. */
export function tablesIn(sqlJs: SqlJsStatic, bytes: Uint8Array): readonly string[] | undefined {
  const database = new sqlJs.Database(bytes);
  try {
    const [found] = database.exec(
      "SELECT name FROM sqlite_schema WHERE type IN ('table','view') AND name NOT LIKE 'sqlite_%' ORDER BY name",
    );
    return (found?.values ?? []).map(([name]) => String(name));
  } catch {
    return undefined;
  } finally {
    database.close();
  }
}

/**
 * Reads a table of a SQLite file.
 *
 * @param wanted names it may have, in whatever case, the best first; with one table alone, that is the one.
 */
export function readDatabase(
  sqlJs: SqlJsStatic,
  bytes: Uint8Array,
  wanted: readonly string[],
  { onProgress }: RowFileOptions = {},
): ReadRowFile {
  const names = tablesIn(sqlJs, bytes);
  if (names === undefined) {
    return { problem: { kind: 'broken', line: 0, reason: 'SQLITE_NOTADB' } };
  }
  const name =
    wanted
      .map((each) => names.find((table) => table.toLowerCase() === each.toLowerCase()))
      .find((found) => found !== undefined) ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) return { problem: { kind: 'noTable' } };
  const database = new sqlJs.Database(bytes);
  try {
    const statement = database.prepare(`SELECT * FROM "${name.replaceAll('"', '""')}"`);
    const columns = statement.getColumnNames();
    if (columns.length > MOST_COLUMNS) {
      return { problem: { kind: 'tooManyColumns', count: columns.length, limit: MOST_COLUMNS } };
    }
    const builder = columnBuilder(columns);
    while (statement.step()) {
      builder.add(statement.get().map(cellOf));
      if (builder.rowCount() % PROGRESS_STEP === 0) onProgress?.(builder.rowCount());
    }
    statement.free();
    return { value: { table: builder.finish(), nullRule: undefined, longRows: 0 } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: { kind: 'broken', line: 0, reason } };
  } finally {
    database.close();
  }
}

function cellOf(value: SqlValue): Cell {
  if (value === null) return null;
  return value instanceof Uint8Array
    ? `0x${Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
    : String(value);
}
