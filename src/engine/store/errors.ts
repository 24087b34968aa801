import type { SynchError } from '../model/job.ts';
import type { EngineMessage } from '../model/message.ts';
import type { Cell, SqlStore } from './database.ts';
import type { RowTable } from './rowTables.ts';

export interface NewError {
  readonly job: number;
  readonly sourceRid: number | undefined;
  readonly destinationRid: number | undefined;
  readonly message: EngineMessage;
  readonly at: number;
  readonly line?: string;
  readonly transient?: boolean;
}

export function addError(store: SqlStore, error: NewError): void {
  store.run(
    'INSERT INTO synch_error(job, source_rid, destination_rid, message, at, line, transient) VALUES(?, ?, ?, ?, ?, ?, ?)',
    [
      error.job,
      error.sourceRid ?? null,
      error.destinationRid ?? null,
      JSON.stringify(error.message),
      error.at,
      error.line ?? null,
      error.transient === true ? 1 : 0,
    ],
  );
}

/** Some of very many lines. */
interface Cut {
  readonly offset: number;
  readonly limit: number;
}

/** Lines of Integration Synchronization Errors, newest first; of one job if its number is given. */
export function errorsOf(
  store: SqlStore,
  tables: readonly RowTable[],
  job?: number,
  { offset, limit }: Cut = { offset: 0, limit: Infinity },
): readonly SynchError[] {
  const { where, parameters } = ofJob(job);
  // Cut before the lines are read: to sort them whole takes their texts along.
  return store
    .rows(
      `SELECT no, job, ${idSql(tables, 'source_rid')}, ${idSql(tables, 'destination_rid')}, message, at, line, transient FROM synch_error
       WHERE no IN (SELECT no FROM synch_error ${where} ORDER BY at DESC, no DESC LIMIT ? OFFSET ?) ORDER BY at DESC, no DESC`,
      [...parameters, Number.isFinite(limit) ? limit : -1, offset],
    )
    .map(([no, of, source, destination, text, at, line, transient]) => ({
      no: Number(no),
      job: Number(of),
      sourceId: typeof source === 'string' ? source : undefined,
      destinationId: typeof destination === 'string' ? destination : undefined,
      message: JSON.parse(String(text)) as EngineMessage,
      at: Number(at),
      line: typeof line === 'string' ? line : undefined,
      transient: transient === 1,
    }));
}

/** How many lines there are; of one job if its number is given. */
export function errorLines(store: SqlStore, job?: number): number {
  const { where, parameters } = ofJob(job);
  return Number(store.value(`SELECT count(*) FROM synch_error ${where}`, parameters));
}

const ofJob = (
  job: number | undefined,
): { readonly where: string; readonly parameters: readonly Cell[] } =>
  job === undefined ? { where: '', parameters: [] } : { where: 'WHERE job = ?', parameters: [job] };

/** The id of a row of any table as SQL; row ids are unique in the whole store. */
const idSql = (tables: readonly RowTable[], rid: string): string =>
  `coalesce(${['NULL', 'NULL', ...tables.map(({ rows }) => `(SELECT id FROM ${rows} WHERE rid = ${rid})`)].join(', ')})`;
