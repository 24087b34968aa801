import { keyColumns, nameColumn } from '../coupling/names.ts';
import type { Engine } from '../engine.ts';
import { EngineRefusal, message } from '../model/message.ts';
import { idOf } from '../project/rows.ts';
import type { RowTable } from '../store/rowTables.ts';

/**
 * A row as somebody typed it: its id, its key, its name, or else the beginning of its name, which the dialog of the
 * product completes to the first one (`bc-oracle.md` J12). Answers its id. Throws an EngineRefusal where nothing is
 * called so (J13), and where several rows are: which of them was meant only an id or a key tells.
 */
export function rowNamed({ store }: Engine, table: RowTable, typed: string): string {
  const { rows } = table;
  const name = nameColumn(table);
  const keys = keyColumns(table);
  const wanted = typed.trim();
  const idWhere = (where: string, value: string): readonly string[] =>
    store
      .rows(
        `SELECT id FROM ${rows} WHERE alive AND ${where} ORDER BY length(${name}), ${name} LIMIT 2`,
        [value],
      )
      .map(([id]) => String(id));
  const [own] = [
    ...idWhere('id = ?1', idOf(wanted)),
    ...(keys.length === 0
      ? []
      : idWhere(`${keys.join(` || ',' || `)} = ?1 COLLATE NOCASE`, wanted)),
  ];
  if (own !== undefined) return own;
  const called = idWhere(`${name} = ?1 COLLATE NOCASE`, wanted);
  if (called.length > 1) {
    throw new EngineRefusal(
      message('nameAmbiguous', { name: wanted, table: table.definition.name }),
    );
  }
  const [found] =
    called.length > 0 || wanted === ''
      ? called
      : idWhere(`substr(${name}, 1, length(?1)) = ?1 COLLATE NOCASE`, wanted);
  if (found === undefined) {
    throw new EngineRefusal(
      message('nameNotFound', { name: wanted, table: table.definition.name }),
    );
  }
  return found;
}
