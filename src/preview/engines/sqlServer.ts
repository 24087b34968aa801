import type { Condition } from '../../filter/meaning/condition.ts';
import type { Metadata } from '../../metadata/metadata.ts';
import type { Entity } from '../../metadata/model.ts';
import type { Cell } from '../../filter/meaning/values.ts';
import { computedColumnsOf, missingOf } from '../computedColumns.ts';
import { type JudgedRow, type RowQuery, verdicts } from '../rowStore.ts';
import { contextLimits } from '../statement.ts';
import type { StatementContext } from '../statementContext.ts';
import {
  type Answer,
  countsOf,
  type ExternalRows,
  MOST_FETCHED,
  withoutLosses,
} from './externalRows.ts';
import {
  columnsStatement,
  countsStatement,
  type ElementNumber,
  pageStatement,
  rowStatement,
  sizeStatement,
  type SqlStatement,
  type View,
} from './sqlServerSql.ts';

/** A connection that answers one statement after the other (server/rows/sqlServerDriver.ts). */
export interface SqlServerSession {
  /** Values as text, numbers, truths, moments, or null, in rows. */
  readonly query: (
    statement: SqlStatement,
    signal?: AbortSignal,
  ) => Promise<Answer<readonly (readonly unknown[])[]>>;
  /**
   * The same in pieces, over a connection of their own and for as long as it takes; a problem is the last of them. No
   * more is fetched than is asked for.
   */
  readonly stream: (
    statement: SqlStatement,
    signal?: AbortSignal,
  ) => AsyncIterable<Answer<readonly (readonly unknown[])[]>>;
  readonly close: () => Promise<void>;
}

export interface EntityOfView {
  readonly entity: Entity;
  readonly metadata: Metadata;
  readonly context: StatementContext;
  readonly elementNumber: ElementNumber;
  /** Rows that are looked at, so that a view of millions does not keep a server busy. */
  readonly mostRows: number;
}

const SCHEMA = 'dbo';

/** Opens the view of an entity, which is named like it in upper case (`dualwrite.md` 4.1). */
export async function openView(
  session: SqlServerSession,
  { entity, metadata, context, elementNumber, mostRows }: EntityOfView,
): Promise<Answer<ExternalRows>> {
  const name = entity.name.toUpperCase();
  const described = await session.query(columnsStatement(SCHEMA, name));
  if ('problem' in described) return described;
  const [first] = described.value;
  if (first === undefined) return { problem: { kind: 'missingView', view: name } };
  const all = described.value.map(([, , column]) => String(column));
  const known = new Map(all.map((column) => [column.toUpperCase(), column]));
  // An element of an enum is no value that a database could take for one.
  const added = missingOf(computedColumnsOf(entity, metadata), all).filter(
    ({ fallback }) => fallback?.includes('::') !== true,
  );
  const view: View = {
    schema: String(first[0]),
    name: String(first[1]),
    // `PARTITION#2` and the like serve the statement and tell nobody anything.
    columns: [...all.filter((column) => !column.includes('#')), ...added.map((each) => each.name)],
    computed: added,
    // A copy in a lake or a warehouse has not all of them.
    limits: contextLimits(entity, metadata).flatMap((limit) => {
      const column = known.get(limit.column);
      return column === undefined ? [] : [{ ...limit, column }];
    }),
    keys: entity.keyFields.flatMap((field) => known.get(field.toUpperCase()) ?? []),
    context,
    mostRows,
  };
  const size = await session.query(sizeStatement(view));
  if ('problem' in size) return size;
  const rowCount = Number(size.value[0]?.[0] ?? 0);
  return {
    value: {
      ...questions(session, view, elementNumber),
      engine: 'SQL Server',
      columns: view.columns,
      rowCount: Math.min(rowCount, mostRows),
      isLimited: rowCount > mostRows,
      close: session.close,
    },
  };
}

function questions(
  session: SqlServerSession,
  view: View,
  elementNumber: ElementNumber,
): Pick<ExternalRows, 'counts' | 'page' | 'all' | 'row'> {
  const ask = async (
    statement: Answer<SqlStatement>,
    signal: AbortSignal | undefined,
  ): Promise<Answer<readonly (readonly unknown[])[]>> =>
    'problem' in statement ? statement : session.query(statement.value, signal);

  return {
    async counts(condition: Condition, signal) {
      const found = await ask(countsStatement(view, condition, elementNumber), signal);
      if ('problem' in found) return found;
      const asWritten = countsOf(
        found.value.map(([code, count]) => [Number(code), Number(count)] as const),
      );
      return { value: { asWritten, nullAsEmpty: withoutLosses(asWritten) } };
    },

    async page(condition: Condition, query: RowQuery, offset, limit, signal) {
      const page = { offset, limit: Math.max(1, Math.min(limit, MOST_FETCHED)) };
      const [total, found] = [
        await ask(pageStatement(view, condition, query, elementNumber, 'total'), signal),
        await ask(pageStatement(view, condition, query, elementNumber, page), signal),
      ];
      if ('problem' in total) return total;
      if ('problem' in found) return found;
      return {
        value: { total: Number(total.value[0]?.[0] ?? 0), rows: found.value.map(judgedRow) },
      };
    },

    async *all(condition, query, signal) {
      const statement = pageStatement(view, condition, query, elementNumber, 'all');
      if ('problem' in statement) return yield statement;
      for await (const part of session.stream(statement.value, signal)) {
        yield 'problem' in part ? part : { value: part.value.map((row) => judgedRow(row).cells) };
      }
    },

    async row(number) {
      const found = await session.query(rowStatement(view, number));
      return 'problem' in found ? found : { value: found.value[0]?.map(cellIn) };
    },
  };
}

function judgedRow([number, code, ...cells]: readonly unknown[]): JudgedRow {
  return {
    number: Number(number),
    verdict: verdicts[Number(code)] ?? 'dropped',
    cells: cells.map(cellIn),
  };
}

/** A value as a row file has it. */
function cellIn(value: unknown): Cell {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      if (value instanceof Date) return momentOf(value);
      return value instanceof Uint8Array ? `0x${Buffer.from(value).toString('hex')}` : null;
  }
}

/** A day where no time stands: a column of the type date, or one that has none in any row. */
const momentOf = (value: Date): string =>
  value
    .toISOString()
    .slice(0, 19)
    .replace(/T00:00:00$/u, '');
