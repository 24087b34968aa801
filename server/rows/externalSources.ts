import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import type { Connection } from 'vscode-languageserver';
import { type DuckDb, openLargeFile } from '../../src/preview/engines/duckDb.ts';
import {
  type Answer,
  type EngineProblem,
  type ExternalRows,
} from '../../src/preview/engines/externalRows.ts';
import { HEAD_BYTES, layoutOf } from '../../src/preview/engines/largeText.ts';
import { openView } from '../../src/preview/engines/sqlServer.ts';
import type { ComputedColumn } from '../../src/preview/computedColumns.ts';
import { csvLines } from '../../src/preview/exportRows.ts';
import { MOST_BYTES, type NullRule } from '../../src/preview/rowFiles/rowFile.ts';
import { elementNumberOf } from '../../src/service/elementNumber.ts';
import {
  sqlServerSecretChanged,
  type SqlServerSecretParams,
  sqlServerSecretRequest,
  type SqlServerSecretResult,
} from '../../src/service/protocol/engines.ts';
import type { Workspace } from '../../src/service/workspace.ts';
import type { Files } from '../../src/workspace/files.ts';
import { type DatabaseSetting, type EngineSettings, readEngineSettings } from './engineSettings.ts';
import type { FilterOfRows } from './filterOfRows.ts';
import type { RowTable } from './rowTables.ts';
import type { connectSqlServer } from './sqlServerDriver.ts';

/** The engines that are loaded where they are asked for, and may be missing. */
export interface Engines {
  /** @param folder where it is installed; empty for beside the extension. Undefined where it is not there. */
  readonly duckDb: (folder: string) => DuckDb | undefined;
  readonly connectSqlServer: typeof connectSqlServer;
}

export const noEngines: Engines = {
  duckDb: () => undefined,
  connectSqlServer: () =>
    Promise.resolve({ problem: { kind: 'refused', reason: 'There is no driver.' } }),
};

/** Rows outside, for as long as somebody works with them. */
export interface ExternalTable {
  readonly engine: string;
  /** The database; undefined for a file. */
  readonly name: string | undefined;
  readonly columns: readonly string[];
  readonly rowCount: number;
  readonly isLimited: boolean;
  readonly nullRule: NullRule | undefined;
  readonly table: RowTable;
}

/** What an engine outside says, on the way to whoever asked it. */
export class EngineTrouble extends Error {
  readonly problem: EngineProblem | { readonly kind: 'noDuckDb' | 'noSecret' };
  readonly engine: string;
  constructor(problem: EngineTrouble['problem'], engine: string) {
    super(`${engine}: ${problem.kind}`);
    this.problem = problem;
    this.engine = engine;
  }
}

export interface ExternalSources {
  /**
   * Undefined where the rows of a filter are for memory. Throws `EngineTrouble`.
   *
   * @param file the filter's row file, its rule for NULL, and the columns to be added to it.
   */
  readonly use: <T>(
    asked: FilterOfRows,
    file:
      | {
          readonly uri: string;
          readonly nullRule: NullRule | null;
          readonly computed: readonly ComputedColumn[];
        }
      | undefined,
    work: (rows: ExternalTable) => Promise<T>,
  ) => Promise<{ readonly value: T } | undefined>;
  readonly fileChanged: (uri: string) => boolean;
  /** Everything is opened anew. */
  readonly reset: () => void;
}

interface Kept {
  /** What else it was opened with: metadata tell what a statement is made of, and which columns are added. */
  readonly madeWith: Workspace | string;
  readonly opened: Promise<Answer<ExternalRows>>;
  users: number;
  isRetired: boolean;
}

/** Decides which rows are asked for where they lie, and keeps what it opened. */
export function externalSources(
  connection: Connection,
  files: Files,
  engines: Engines,
  isConfigurable: () => boolean,
  changed: () => void,
): ExternalSources {
  let settings: Promise<EngineSettings> | undefined;
  const kept = new Map<string, Kept>();
  /** One for what is open, however often it is used: it knows what was asked last. */
  const tables = new WeakMap<ExternalRows, RowTable>();
  const adapted = (rows: ExternalRows): RowTable => {
    const table = tables.get(rows) ?? tableOf(rows);
    tables.set(rows, table);
    return table;
  };

  const retire = (key: string, entry: Kept): void => {
    if (kept.get(key) === entry) kept.delete(key);
    entry.isRetired = true;
    if (entry.users === 0) void close(entry);
  };
  const reset = (): void => {
    settings = undefined;
    for (const [key, entry] of kept) retire(key, entry);
  };
  connection.onNotification(sqlServerSecretChanged, () => {
    reset();
    changed();
  });

  /** What is open stays open until nobody works with it. */
  const withOpen = async <T>(
    key: string,
    madeWith: Workspace | string,
    engine: string,
    open: () => Promise<Answer<ExternalRows>>,
    work: (rows: ExternalRows) => Promise<T>,
  ): Promise<T> => {
    const before = kept.get(key);
    if (before !== undefined && before.madeWith !== madeWith) retire(key, before);
    const known = kept.get(key);
    const entry = known ?? { madeWith, opened: open(), users: 0, isRetired: false };
    kept.set(key, entry);
    entry.users += 1;
    try {
      const opened = await entry.opened;
      if ('problem' in opened) {
        // A file stays as it is until it changes; whatever else there was, the next who asks tries again.
        if (opened.problem.kind !== 'file' || hasGone(opened.problem)) retire(key, entry);
        throw new EngineTrouble(opened.problem, engine);
      }
      return await work(opened.value);
    } catch (error) {
      if (!(error instanceof EngineTrouble) || !hasGone(error.problem)) throw error;
      retire(key, entry);
      // A server ends a connection that was idle for long, and a token expires: whoever asks does not notice.
      if (known === undefined) throw error;
    } finally {
      entry.users -= 1;
      if (entry.isRetired && entry.users === 0) void close(entry);
    }
    return withOpen(key, madeWith, engine, open, work);
  };

  return {
    async use(asked, file, work) {
      settings ??= readEngineSettings(connection, isConfigurable());
      const read = await settings;
      const format = file === undefined ? undefined : await largeFormat(files, file.uri);
      if (file !== undefined && format !== undefined) {
        const duckDb = engines.duckDb(read.duckDb);
        if (duckDb === undefined) throw new EngineTrouble({ kind: 'noDuckDb' }, 'DuckDB');
        // A text that quotes nothing has NULL wherever it holds nothing, by this rule too.
        const nullRule = file.nullRule ?? 'quotes';
        const open = async (): Promise<Answer<ExternalRows>> => {
          const layout =
            format === 'parquet' ? { value: format } : await layoutAt(file.uri, format, files);
          if ('problem' in layout) return { problem: { kind: 'file', problem: layout.problem } };
          const path = URI.parse(file.uri).fsPath;
          return openLargeFile(
            duckDb,
            { path, layout: layout.value, nullRule, computed: file.computed },
            {
              milliseconds: read.milliseconds,
              temporaryFolder: join(tmpdir(), 'dual-write-workbench'),
            },
          );
        };
        const madeWith = JSON.stringify(file.computed);
        return {
          value: await withOpen(`${file.uri} ${nullRule}`, madeWith, 'DuckDB', open, (rows) =>
            work({
              ...rows,
              name: undefined,
              nullRule: format === 'parquet' ? undefined : nullRule,
              table: adapted(rows),
            }),
          ),
        };
      }
      const { filter, workspace } = asked;
      const { connection: database, mostRows, milliseconds } = read;
      const { resolution, site } = filter;
      if (file !== undefined || database === undefined || site.side !== 'fo') return undefined;
      if (resolution.kind !== 'found') return undefined;
      const open = async (): Promise<Answer<ExternalRows>> => {
        const secret = await secretOf(connection, database);
        if (secret === null) throw new EngineTrouble({ kind: 'noSecret' }, 'SQL Server');
        const session = await engines.connectSqlServer({ ...database, milliseconds }, secret);
        if ('problem' in session) return session;
        const view = await openView(session.value, {
          entity: resolution.entity,
          metadata: workspace.metadata,
          context: workspace.statement,
          elementNumber: elementNumberOf(filter, workspace),
          mostRows,
        });
        if ('problem' in view) await session.value.close();
        return view;
      };
      const key = JSON.stringify([database, resolution.entity.name, workspace.statement, mostRows]);
      return {
        value: await withOpen(key, workspace, 'SQL Server', open, (rows) =>
          work({
            ...rows,
            name: `${database.database} · ${database.server}`,
            nullRule: undefined,
            table: adapted(rows),
          }),
        ),
      };
    },
    fileChanged(uri) {
      const found = [...kept].filter(([key]) => key.startsWith(`${uri} `));
      for (const [key, entry] of found) retire(key, entry);
      return found.length > 0;
    },
    reset,
  };
}

/** A connection that may have ended, or a file that is another now. */
const hasGone = (problem: EngineTrouble['problem']): boolean =>
  problem.kind === 'refused' || (problem.kind === 'file' && problem.problem.kind === 'unreadable');

async function close({ opened }: Kept): Promise<void> {
  const rows = await opened.catch(() => undefined);
  if (rows !== undefined && 'value' in rows) await rows.value.close();
}

/** The format of a file that is queried where it lies: what no memory should hold, and what we do not read. */
async function largeFormat(
  files: Files,
  uri: string,
): Promise<'csv' | 'tsv' | 'parquet' | undefined> {
  const ending = /\.(csv|tsv|tab|parquet)$/iu.exec(uri)?.[1]?.toLowerCase();
  if (ending === 'parquet') return 'parquet';
  if (ending === undefined || !uri.startsWith('file:')) return undefined;
  const size = await files.size?.(uri).catch(() => undefined);
  if (size === undefined || size <= MOST_BYTES) return undefined;
  return ending === 'csv' ? 'csv' : 'tsv';
}

async function layoutAt(
  uri: string,
  format: 'csv' | 'tsv',
  { head }: Files,
): Promise<ReturnType<typeof layoutOf>> {
  try {
    const bytes = await head?.(uri, HEAD_BYTES);
    if (bytes !== undefined) return layoutOf(bytes, format);
  } catch {
    // It went away, or may not be read.
  }
  return { problem: { kind: 'unreadable' } };
}

const secretOf = (
  connection: Connection,
  { server, user, authentication }: DatabaseSetting,
): Promise<SqlServerSecretResult | null> => {
  const params: SqlServerSecretParams = { server, user, authentication };
  return connection.sendRequest<SqlServerSecretResult | null>(sqlServerSecretRequest, params);
};

function tableOf(rows: ExternalRows): RowTable {
  const valueOf = <T>(answer: Answer<T>): T => {
    if ('problem' in answer) throw new EngineTrouble(answer.problem, rows.engine);
    return answer.value;
  };
  let asked: AbortController | undefined;
  return {
    async counts(condition) {
      // Who types asks at every key: what was asked before is wanted no more, and may take long.
      asked?.abort();
      const own = new AbortController();
      asked = own;
      return valueOf(await rows.counts(condition, own.signal));
    },
    page: async (condition, query, offset, limit) =>
      valueOf(await rows.page(condition, query, offset, limit)),
    row: async (number) => valueOf(await rows.row(number)),
    async *csv(condition, query, signal) {
      yield { text: csvLines([rows.columns]), rows: 0 };
      for await (const part of rows.all(condition, query, signal)) {
        const cells = valueOf(part);
        yield { text: csvLines(cells), rows: cells.length };
      }
    },
  };
}
