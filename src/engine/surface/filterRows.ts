import { type Condition, isReadable } from '../../filter/meaning/condition.ts';
import { columnBuilder } from '../../preview/columns.ts';
import { type RowStore, rowStore } from '../../preview/rowStore.ts';
import type { Engine } from '../engine.ts';
import { EngineRefusal } from '../model/message.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import type { SideName } from '../model/side.ts';
import { cellTextOf, meaningOfView } from '../run/view.ts';
import { tablesOf } from '../coupling/couple.ts';
import { listedMappings } from '../store/mappings.ts';
import type { RowTable } from '../store/rowTables.ts';
import type { FilterPlace, FilterSought, FilterView } from './views/filters.ts';

/** The filters of the mappings over the records of their sides, as a preview shows them. */
export interface FilterRows {
  /** By number: both filters of each mapping in turn, Table Filter first. Undefined where there is none. */
  readonly view: (index: number) => FilterView | undefined;
  /** The records that are there, in columns; kept until something is written. */
  readonly store: (index: number) => RowStore | undefined;
  /** The number of a filter and of a record in it; undefined where there is no such mapping. */
  readonly find: (sought: FilterSought) => FilterPlace | undefined;
}

/** Records that are read at once. */
const CHUNK = 20_000;

export function filterRows(engine: Engine): FilterRows {
  let kept: { readonly key: string; readonly store: RowStore } | undefined;

  const filterNumbered = (index: number): Filter | undefined => {
    const mapping = listedMappings(engine.store)[Math.floor(index / 2)];
    return mapping === undefined
      ? undefined
      : filterOf(engine, mapping, SIDES[index % 2] ?? 'Dataverse');
  };

  const storeOf = (filter: Filter): RowStore => {
    const words = filter.table.columns.map(({ field }) => cellTextOf(field, filter.meaning));
    // Which word of an option is shown depends on what the filter compares it with.
    const shown = JSON.stringify(filter.meaning);
    const key = `${filter.table.no} ${String(engine.store.value('SELECT total_changes()'))} ${shown}`;
    if (kept?.key !== key) {
      const builder = columnBuilder(columnsOf(filter.table));
      for (const row of liveRows(engine, filter.table)) {
        const [id, ...cells] = row;
        builder.add([String(id), ...cells.map((cell, index) => words[index]?.(cell ?? null))]);
      }
      kept = { key, store: rowStore(builder.finish()) };
    }
    return kept.store;
  };

  return {
    view(index) {
      const filter = filterNumbered(index);
      if (filter === undefined) return undefined;
      const { mapping, side, table, text, meaning } = filter;
      return {
        mapping: mapping.name,
        side,
        table: table.definition.name,
        filter: text,
        meaning,
        columns: columnsOf(table),
        rowCount: Number(engine.store.value(`SELECT count(*) FROM ${table.rows} WHERE alive`)),
      };
    },
    store(index) {
      const filter = filterNumbered(index);
      return filter === undefined ? undefined : storeOf(filter);
    },
    find({ mapping, side, id }) {
      const place = listedMappings(engine.store).findIndex(({ name }) => name === mapping);
      if (place < 0) return undefined;
      const index = 2 * place + SIDES.indexOf(side);
      const table = filterNumbered(index)?.table;
      if (table === undefined || id === undefined) return { index };
      const number = Number(
        engine.store.value(
          `SELECT count(*) FROM ${table.rows} WHERE alive AND rid <= (SELECT rid FROM ${table.rows} WHERE id = ? AND alive)`,
          [id],
        ),
      );
      return number === 0 ? { index } : { index, number };
    },
  };
}

const SIDES: readonly SideName[] = ['BusinessCentral', 'Dataverse'];

interface Filter {
  readonly mapping: IntegrationTableMapping;
  readonly side: SideName;
  readonly table: RowTable;
  readonly text: string;
  readonly meaning: Condition;
}

function filterOf(engine: Engine, mapping: IntegrationTableMapping, side: SideName): Filter {
  const tables = tablesOf(engine, mapping);
  const isOwn = side === 'BusinessCentral';
  const table = isOwn ? tables.table : tables.integrationTable;
  const text = (isOwn ? mapping.tableFilter : mapping.integrationTableFilter) ?? '';
  return { mapping, side, table, text, meaning: meaningOf(text, table) };
}

/** A filter that can't be read keeps nothing: it stops every run (`bc-oracle.md` A10). */
function meaningOf(text: string, table: RowTable): Condition {
  if (text.trim() === '') return { kind: 'always', span: { start: 0, end: 0 } };
  try {
    const meaning = meaningOfView(text, table);
    if (isReadable(meaning)) return meaning;
  } catch (error) {
    if (!(error instanceof EngineRefusal)) throw error;
  }
  return { kind: 'unreadable', span: { start: 0, end: text.length } };
}

/** What an id is called that is no field: as Business Central calls it, and as Dataverse's exports do. */
const columnsOf = ({ side, columns }: RowTable): readonly string[] => [
  side === 'BusinessCentral' ? 'SystemId' : 'id',
  ...columns.map(({ field }) => field.name),
];

function* liveRows(
  { store }: Engine,
  { rows, columns }: RowTable,
): Generator<readonly (string | number | null)[]> {
  const names = columns.map(({ column }) => `, ${column}`).join('');
  let last = 0;
  for (;;) {
    const found = store.rows(
      `SELECT rid, id${names} FROM ${rows} WHERE alive AND rid > ? ORDER BY rid LIMIT ${CHUNK}`,
      [last],
    );
    for (const [, ...row] of found) yield row;
    last = Number(found.at(-1)?.[0] ?? 0);
    if (found.length < CHUNK) return;
  }
}
