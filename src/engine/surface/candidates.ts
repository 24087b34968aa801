import { alreadyCoupled, partnerAt, tablesOf } from '../coupling/couple.ts';
import { keyColumns, nameColumn } from '../coupling/names.ts';
import type { Engine } from '../engine.ts';
import { isEnabled } from '../model/fieldMapping.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { EngineRefusal } from '../model/message.ts';
import { captionOf } from '../run/failures.ts';
import { sqlOfView } from '../run/view.ts';
import type { Cell } from '../store/database.ts';
import { mappingNamed } from '../store/mappings.ts';
import { columnOf, type RowTable, storedField } from '../store/rowTables.ts';
import { containsSql } from './names.ts';
import type { Say } from './say.ts';
import type { CandidatesPage, CandidatesRequest, CandidateView } from './views/couplingDialogs.ts';

/** So many records are enough to choose from; who searches for another one types more of it. */
const DEFAULT_LIMIT = 50;
const MOST_FACTS = 3;

/**
 * The records of a side that Set Up Coupling offers: those without a partner first, and of them those that are called
 * like the record in question. Searched, ordered and cut in SQL: a hundred thousand of them are never read.
 */
export function candidatesPage(
  engine: Engine,
  say: Say,
  { mapping: name, side, partnerOf, search = '', limit = DEFAULT_LIMIT }: CandidatesRequest,
): CandidatesPage {
  const { store } = engine;
  const mapping = mappingNamed(store, name);
  if (mapping === undefined) return { table: '', rows: [], hasMore: false };
  const tables = tablesOf(engine, mapping);
  const isOurs = side === 'BusinessCentral';
  const [table, other] = isOurs
    ? [tables.table, tables.integrationTable]
    : [tables.integrationTable, tables.table];
  const [own, its] = isOurs ? ['bc_rid', 'dv_rid'] : ['dv_rid', 'bc_rid'];
  const parameters: Cell[] = [];
  const parameter = (value: Cell): string => `?${parameters.push(value)}`;

  const seeker = partnerOf === undefined ? undefined : namesOf(engine, other, partnerOf);
  const called = nameColumn(table);
  const keys = keyColumns(table);
  const words = search.trim().toLowerCase().split(/\s+/u).filter(Boolean);
  const found = words.map((word) => containsSql(table, 't', word, parameter(word)));
  const alike = [called, ...keys].flatMap((column) =>
    (seeker?.names ?? []).map((value) => `t.${column} = ${parameter(value)} COLLATE NOCASE`),
  );
  const begins =
    words.length === 0 ? [] : [`instr(lower(t.${called}), ${parameter(words.join(' '))}) = 1 DESC`];
  const facts = tellingFields(mapping, table, [called, ...keys]);
  const columns = [called, ...keys, ...facts.map(({ column }) => column)].map(
    (each) => `t.${each}`,
  );
  const rows = store.rows(
    `SELECT t.rid, t.id, c.${its}, c.${own} IS NOT NULL AND ifnull(o.alive, 1) AS taken, ${alike.length === 0 ? '0' : `ifnull(${alike.join(' OR ')}, 0)`} AS alike, ${columns.join(', ')}
     FROM ${table.rows} t LEFT JOIN coupling c ON c.${own} = t.rid LEFT JOIN ${other.rows} o ON o.rid = c.${its}
     WHERE ${['t.alive', filterSql(mapping, table), ...found].join(' AND ')}
     ORDER BY ${['taken', 'alike DESC', ...begins, `t.${called} COLLATE NOCASE`, 't.rid'].join(', ')} LIMIT ${limit + 1}`,
    parameters,
  );
  const viewOf = ([
    rid,
    id,
    partner,
    taken,
    isAlike,
    label,
    ...values
  ]: readonly Cell[]): CandidateView => {
    const coupled = taken === 1 ? partnerAt(engine, side, Number(rid)) : undefined;
    const isPartner = seeker !== undefined && partner === seeker.rid;
    return {
      id: String(id),
      name: String(label ?? ''),
      key: values
        .slice(0, keys.length)
        .map((value) => value ?? '')
        .join(','),
      facts: facts
        .map(({ field }, index) => ({ field, value: String(values[keys.length + index] ?? '') }))
        .filter(({ value }) => value !== '')
        .slice(0, MOST_FACTS),
      isAlike: isAlike === 1,
      coupledTo: coupled?.name,
      isPartner,
      refusal:
        coupled === undefined || seeker === undefined || isPartner
          ? undefined
          : say(alreadyCoupled(seeker.name, table, coupled)),
    };
  };
  return {
    table: captionOf(table),
    rows: rows.slice(0, limit).map(viewOf),
    hasMore: rows.length > limit,
  };
}

interface Seeker {
  readonly rid: number;
  readonly name: string;
  /** What it is called by: its name and its key. */
  readonly names: readonly string[];
}

function namesOf({ store }: Engine, table: RowTable, id: string): Seeker | undefined {
  const columns = [nameColumn(table), ...keyColumns(table)];
  const [row] = store.rows(`SELECT rid, ${columns.join(', ')} FROM ${table.rows} WHERE id = ?`, [
    id,
  ]);
  if (row === undefined) return undefined;
  const [rid, ...values] = row;
  const names = [...new Set(values.map((value) => String(value ?? '')))].filter(Boolean);
  return { rid: Number(rid), name: names[0] ?? id, names };
}

/** The mapped texts of a table beside those that it is called by: what tells two of a name apart. */
function tellingFields(
  { fields }: IntegrationTableMapping,
  table: RowTable,
  others: readonly string[],
): readonly { readonly field: string; readonly column: string }[] {
  return fields.filter(isEnabled).flatMap((each) => {
    const name = table.side === 'BusinessCentral' ? each.field : each.integrationField;
    const stored = storedField(table.columns, name ?? '');
    const isText = stored?.field.type === 'text' || stored?.field.type === 'code';
    return stored === undefined || !isText || others.includes(stored.column)
      ? []
      : [{ field: stored.field.name, column: stored.column }];
  });
}

/** What lies outside of the filter of the mapping is never synchronized; a filter that can't be read hides nothing. */
function filterSql(mapping: IntegrationTableMapping, table: RowTable): string {
  const isOurs = table.side === 'BusinessCentral';
  const filter = isOurs ? mapping.tableFilter : mapping.integrationTableFilter;
  try {
    return sqlOfView(filter, table, (field) => {
      const column = columnOf(table, field);
      return column && `t.${column}`;
    });
  } catch (error) {
    if (error instanceof EngineRefusal) return '1';
    throw error;
  }
}
