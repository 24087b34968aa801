import { couplingTables } from '../actions/coupledErrors.ts';
import { ERROR_PAGE_ROWS } from '../constants.ts';
import type { Engine } from '../engine.ts';
import type { EngineMessage } from '../model/message.ts';
import { message } from '../model/message.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import type { Cell } from '../store/database.ts';
import { listedMappings } from '../store/mappings.ts';
import { type RowTable } from '../store/rowTables.ts';
import { sqlText } from '../store/sqlText.ts';
import { tablesOf } from '../coupling/couple.ts';
import { descriptionSql } from './names.ts';
import type { Say } from './say.ts';
import type {
  ErrorGroup,
  ErrorsPage,
  ErrorsRequest,
  ErrorState,
  ErrorView,
} from './views/errors.ts';

/** What an error is called where no error line tells of it: "Find for Deleted" put it there, or its job is gone. */
const WITHOUT_LINE = 'noErrorLine';

/**
 * Coupled Data Synchronization Errors. The product lists what is Skipped (`bc-sync.md` 3.1); the improved mode also
 * lists what failed and will be tried again, and rows whose insertion failed, which the product loses sight of. Counted
 * and cut in SQL: ten thousand errors are never read for a page of them.
 */
export function errorsPage(
  engine: Engine,
  say: Say,
  { groupBy = 'mapping', group, offset = 0, limit = ERROR_PAGE_ROWS }: ErrorsRequest = {},
): ErrorsPage {
  const { store } = engine;
  const counts = new Map<string, number>();
  const rows: ErrorView[] = [];
  let before = 0;
  for (const source of sourcesOf(engine)) {
    const found: readonly (readonly Cell[])[] =
      groupBy === 'mapping'
        ? store.rows(`SELECT ?1, count(*) ${source.counted}`, [source.mapping.name])
        : store.rows(
            `SELECT ${causeSql}, count(*) ${source.from} GROUP BY 1 ORDER BY min(${source.order})`,
          );
    for (const [key, count] of found) {
      if (count === 0) continue;
      counts.set(String(key), (counts.get(String(key)) ?? 0) + Number(count));
    }
    const here = found
      .filter(([key]) => group === undefined || key === group)
      .reduce((sum, [, count]) => sum + Number(count), 0);
    const first = Math.max(0, offset - before);
    const left = limit - rows.length;
    before += here;
    if (left <= 0 || first >= here) continue;
    const isCut = groupBy === 'cause' && group !== undefined;
    const errors = isCut ? `${source.from} AND ${causeSql} = ?1` : source.counted;
    const cells = store.rows(
      `SELECT ${source.columns} ${source.from} AND ${source.order} IN (SELECT ${source.order} ${errors} ORDER BY 1 LIMIT ${Math.min(left, here)} OFFSET ${first}) ORDER BY ${source.order}`,
      isCut ? [group] : [],
    );
    for (const each of cells) rows.push(source.view(each, say));
  }
  const groups = [...counts].map(([key, count]): ErrorGroup => {
    if (groupBy === 'mapping') return { key, title: key, count };
    const code = titled.has(key) ? key : 'other';
    return { key, title: say(message(`causeTitle.${code}`)).text, count };
  });
  return {
    total: before,
    groups: groups.toSorted((left, right) => right.count - left.count),
    rows,
    hasMore: offset + rows.length < before,
  };
}

/** Causes that have a title of their own. */
const titled: ReadonlySet<string> = new Set([
  'conflict',
  'coupledToDeleted',
  'modifyingFailed',
  'transferFailed',
  'templateNotFound',
  'restoredSide',
  WITHOUT_LINE,
]);

/** How many rows the page has. */
export const errorCount = (engine: Engine, mapping?: string): number =>
  countErrors(engine, mapping);

/** Errors of one kind and mapping, as parts of SQL. */
interface Source {
  readonly mapping: IntegrationTableMapping;
  /** For a count, without the lines of the log. */
  readonly counted: string;
  readonly from: string;
  readonly columns: string;
  /** Numbers the errors. */
  readonly order: string;
  readonly view: (cells: readonly Cell[], say: Say) => ErrorView;
}

function sourcesOf(engine: Engine): readonly Source[] {
  const isImproved = engine.settings().mode === 'improved';
  return [
    ...couplingTables(engine).map(({ mapping, table, integrationTable }) =>
      failedCouplings(mapping, table, integrationTable, isImproved),
    ),
    ...(isImproved ? listedMappings(engine.store).flatMap((each) => notCreated(engine, each)) : []),
  ];
}

const causeSql = `ifnull(json_extract(e.message, '$.code'), '${WITHOUT_LINE}')`;

/** In the words of the indexes of `coupling`, so that only those that failed are looked at. */
const errorCondition = (isImproved: boolean): string =>
  isImproved ? '(c.skipped = 1 OR c.to_result = 2 OR c.from_result = 2)' : 'c.skipped = 1';

function countErrors({ store, tables, settings }: Engine, mapping?: string): number {
  const isImproved = settings().mode === 'improved';
  const numbers = tables().map(({ no }) => no);
  const known =
    mapping === undefined ? undefined : listedMappings(store).find(({ name }) => name === mapping);
  const table =
    known === undefined
      ? undefined
      : tables().find(
          ({ side, definition }) => side === 'BusinessCentral' && definition.name === known.table,
        );
  const where =
    table === undefined ? `c.tbl IN (${numbers.join(', ') || 0})` : `c.tbl = ${table.no}`;
  const coupled = Number(
    store.value(`SELECT count(*) FROM coupling c WHERE ${where} AND ${errorCondition(isImproved)}`),
  );
  const pending = isImproved
    ? Number(
        mapping === undefined
          ? store.value('SELECT count(*) FROM pending')
          : store.value('SELECT count(*) FROM pending WHERE mapping = ?', [mapping]),
      )
    : 0;
  return coupled + pending;
}

/** The direction that failed; that to Dataverse if both did (`bc-oracle.md` E21). */
const jobSql =
  'CASE WHEN c.to_result IS 2 THEN c.to_job WHEN c.from_result IS 2 THEN c.from_job END';

/** The row that this direction read. */
const failedRowSql = 'CASE WHEN c.to_result IS 2 THEN c.bc_rid ELSE c.dv_rid END';

/** The last line of the log about a row, as `e`. */
const lastLineSql = (row: string, job?: string): string =>
  `LEFT JOIN synch_error e ON e.no = (SELECT max(no) FROM synch_error l WHERE l.source_rid = ${row}${job === undefined ? '' : ` AND l.job = ${job}`})`;

function failedCouplings(
  mapping: IntegrationTableMapping,
  table: RowTable,
  integrationTable: RowTable,
  isImproved: boolean,
): Source {
  const from = `FROM coupling c JOIN ${table.rows} b ON b.rid = c.bc_rid JOIN ${integrationTable.rows} d ON d.rid = c.dv_rid`;
  const where = `WHERE c.tbl = ${table.no} AND ${errorCondition(isImproved)} AND (b.alive OR d.alive)`;
  return {
    mapping,
    counted: `${from} ${where}`,
    from: `${from} ${lastLineSql(failedRowSql, jobSql)} ${where}`,
    columns: `b.id, d.id, ${descriptionSql(table, 'b')}, ${descriptionSql(integrationTable, 'd')}, b.alive, d.alive, c.skipped, e.message, e.at, ${jobSql}`,
    order: 'c.bc_rid',
    view: ([bcId, dvId, own, other, bc, dv, skipped, text, at, job], say) => ({
      mapping: mapping.name,
      table: table.definition.name,
      tableNumber: table.definition.number,
      integrationId: String(bcId),
      crmId: String(dvId),
      description: String(own),
      coupledTo: String(other),
      recordExists: bc === 1,
      coupledRecordExists: dv === 1,
      ...told(say, text, at, job, skipped === 1 ? 'skipped' : 'failed'),
    }),
  };
}

/** Rows without a partner whose insertion failed. */
function notCreated(engine: Engine, mapping: IntegrationTableMapping): readonly Source[] {
  const tables = tablesOf(engine, mapping);
  const { name, number } = tables.table.definition;
  return (['ToIntegrationTable', 'FromIntegrationTable'] as const).map((direction) => {
    const isTo = direction === 'ToIntegrationTable';
    const table = isTo ? tables.table : tables.integrationTable;
    const from = `FROM pending p JOIN ${table.rows} s ON s.rid = p.rid`;
    const where = `WHERE p.mapping = ${sqlText(mapping.name)} AND p.direction = '${direction}' AND s.alive`;
    return {
      mapping,
      counted: `${from} ${where}`,
      from: `${from} ${lastLineSql('p.rid')} ${where}`,
      columns: `s.id, ${descriptionSql(table, 's')}, s.alive, e.message, e.at, e.job`,
      order: 'p.rid',
      view: ([id, description, alive, text, at, job], say) => ({
        mapping: mapping.name,
        table: name,
        tableNumber: number,
        integrationId: isTo ? String(id) : '',
        crmId: isTo ? '' : String(id),
        description: isTo ? String(description) : '',
        coupledTo: isTo ? '' : String(description),
        recordExists: isTo && alive === 1,
        coupledRecordExists: !isTo && alive === 1,
        ...told(say, text, at, job, 'notCreated'),
      }),
    };
  });
}

function told(
  say: Say,
  text: Cell | undefined,
  at: Cell | undefined,
  job: Cell | undefined,
  state: ErrorState,
): Pick<ErrorView, 'state' | 'error' | 'failedOn' | 'job' | 'cause'> {
  const error = typeof text === 'string' ? (JSON.parse(text) as EngineMessage) : undefined;
  return {
    state,
    error: error === undefined ? undefined : say(error),
    failedOn: typeof at === 'number' ? at : undefined,
    job: typeof job === 'number' ? job : undefined,
    cause: error?.code ?? WITHOUT_LINE,
  };
}
