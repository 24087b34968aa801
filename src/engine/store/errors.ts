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

/** Lines of Integration Synchronization Errors, newest first; of one job if its number is given. */
export function errorsOf(
  store: SqlStore,
  tables: readonly RowTable[],
  job?: number,
): readonly SynchError[] {
  const where = job === undefined ? '' : 'WHERE job = ?';
  const parameters: readonly Cell[] = job === undefined ? [] : [job];
  return store
    .rows(
      `SELECT no, job, ${idSql(tables, 'source_rid')}, ${idSql(tables, 'destination_rid')}, message, at, line, transient FROM synch_error ${where} ORDER BY at DESC, no DESC`,
      parameters,
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

/** The id of a row of any table as SQL; row ids are unique in the whole store. */
const idSql = (tables: readonly RowTable[], rid: string): string =>
  `coalesce(${['NULL', 'NULL', ...tables.map(({ rows }) => `(SELECT id FROM ${rows} WHERE rid = ${rid})`)].join(', ')})`;
