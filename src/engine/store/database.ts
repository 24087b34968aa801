import type { Database, Statement, SqlJsStatic } from 'sql.js';
import { registerComparisons } from '../../preview/sqlite.ts';

export type Cell = string | number | null;

/**
 * An SQLite database that forgets nothing half: every change happens inside `transaction`, and statements are
 * prepared once. Tables live in an attached memory schema, where small transactions cost a tenth (`performance.md` 8.7).
 */
export interface SqlStore {
  /** Runs one statement; answers how many rows it changed. */
  readonly run: (sql: string, parameters?: readonly Cell[]) => number;
  /** Reads. What changes anything goes through `run`, which the journal sees. */
  readonly rows: (sql: string, parameters?: readonly Cell[]) => readonly (readonly Cell[])[];
  /** The first column of the first row; null where there is none. */
  readonly value: (sql: string, parameters?: readonly Cell[]) => Cell;
  /** Nested calls are savepoints: one that throws takes back its own changes only. */
  readonly transaction: <T>(work: () => T) => T;
  readonly register: (name: string, implementation: (...values: Cell[]) => Cell) => void;
  /** From now on every transaction is handed out after its commit; the outermost ones alone are. */
  readonly journalTo: (take: (transaction: Transaction) => void) => void;
  /** Does again what a journal says. Throws `JournalMismatch` where it comes out otherwise than it did. */
  readonly replay: (transaction: Transaction) => void;
  /** The bytes of a database file with everything that is committed. */
  readonly image: () => Uint8Array;
  readonly close: () => void;
}

/** The changing statements of one transaction, in their order, without those that were taken back. */
export interface Transaction {
  readonly statements: readonly (readonly [sql: string, parameters: readonly Cell[]])[];
  /** Rows that they inserted, updated and deleted together: whether a replay went the same way. */
  readonly changes: number;
}

/** A journal does not fit the store it is replayed on. */
export class JournalMismatch extends Error {}

export interface StoreOptions {
  /** Called before every statement: tests cut the power here. */
  readonly onStatement?: (sql: string) => void;
}

/** @param image what `image` answered before; an empty store if absent. */
export function openDatabase(
  sqlJs: SqlJsStatic,
  image?: Uint8Array,
  { onStatement }: StoreOptions = {},
): SqlStore {
  const database = new sqlJs.Database();
  registerComparisons(database);
  database.run(`ATTACH ':memory:' AS m; PRAGMA m.page_size = ${PAGE_BYTES}`);
  if (image !== undefined) copyInto(database, sqlJs, image);
  const prepared = new Map<string, Statement>();
  let depth = 0;
  let take: ((transaction: Transaction) => void) | undefined;
  let recorded: Recorded[] = [];

  const statementOf = (sql: string): Statement => {
    onStatement?.(sql);
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    if (prepared.size >= MOST_STATEMENTS) forgetStatements(prepared);
    const statement = database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };

  const run = (sql: string, parameters: readonly Cell[] = []): number => {
    const statement = statementOf(sql);
    statement.run([...parameters]);
    const changes = database.getRowsModified();
    if (take !== undefined) {
      recorded.push({ sql, parameters: [...parameters], changes: changesRows(sql) ? changes : 0 });
      if (depth === 0) handOut();
    }
    return changes;
  };

  const handOut = (): void => {
    const transaction = recorded;
    recorded = [];
    if (take === undefined || transaction.length === 0) return;
    take({
      statements: transaction.map(({ sql, parameters }) => [sql, parameters]),
      changes: transaction.reduce((sum, { changes }) => sum + changes, 0),
    });
  };

  const rows = (sql: string, parameters: readonly Cell[] = []): readonly (readonly Cell[])[] => {
    const statement = statementOf(sql);
    const found: (readonly Cell[])[] = [];
    try {
      statement.bind([...parameters]);
      while (statement.step()) found.push(statement.get().map(cellOf));
    } finally {
      statement.reset();
    }
    return found;
  };

  const store: SqlStore = {
    run,
    rows,
    value: (sql, parameters) => rows(sql, parameters)[0]?.[0] ?? null,
    transaction(work) {
      const level = depth;
      const kept = recorded.length;
      const savepoint = `level${level}`;
      database.run(level === 0 ? 'BEGIN' : `SAVEPOINT ${savepoint}`);
      depth = level + 1;
      try {
        const result = work();
        // Power may fail before the last statement of all, too.
        if (level === 0) onStatement?.('COMMIT');
        database.run(level === 0 ? 'COMMIT' : `RELEASE ${savepoint}`);
        if (level === 0) handOut();
        return result;
      } catch (error) {
        recorded.length = kept;
        database.run(level === 0 ? 'ROLLBACK' : `ROLLBACK TO ${savepoint}; RELEASE ${savepoint}`);
        throw error;
      } finally {
        depth = level;
      }
    },
    register: (name, implementation) => {
      database.create_function(name, implementation);
    },
    journalTo(listener) {
      take = listener;
    },
    replay({ statements, changes }) {
      const listener = take;
      take = undefined;
      try {
        store.transaction(() => {
          let found = 0;
          for (const [sql, parameters] of statements) {
            const changed = run(sql, parameters);
            found += changesRows(sql) ? changed : 0;
          }
          if (found !== changes) throw new JournalMismatch(`${found} rows, not ${changes}`);
        });
      } finally {
        take = listener;
      }
    },
    image: () => imageOf(database, sqlJs),
    close() {
      forgetStatements(prepared);
      database.close();
    },
  };
  return store;
}

/** Twice what SQLite takes by itself: half as many pages to look for, to divide and to keep in balance. */
const PAGE_BYTES = 8192;

interface Recorded {
  readonly sql: string;
  readonly parameters: readonly Cell[];
  readonly changes: number;
}

/** SQLite tells the rows of the last statement that changes any, so that others repeat its number. */
const changesRows = (sql: string): boolean => /^\s*(?:INSERT|UPDATE|DELETE)\b/u.test(sql);

const MOST_STATEMENTS = 500;

function forgetStatements(prepared: Map<string, Statement>): void {
  for (const statement of prepared.values()) statement.free();
  prepared.clear();
}

const cellOf = (value: unknown): Cell =>
  typeof value === 'string' || typeof value === 'number' ? value : null;

/** Copies the tables of a file into the memory schema, indexes last. */
function copyInto(database: Database, sqlJs: SqlJsStatic, image: Uint8Array): void {
  const file = new sqlJs.Database(image);
  const schema = file.exec(
    "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type = 'index'",
  )[0]?.values;
  database.run('ATTACH ? AS source', [nameOfFile(file)]);
  database.run('BEGIN');
  for (const [type, name, sql] of schema ?? []) {
    const definition = String(sql);
    const isTable = type === 'table';
    database.run(
      definition.replace(
        isTable ? /^CREATE TABLE / : /^(CREATE (?:UNIQUE )?INDEX )/,
        (found) => `${found}m.`,
      ),
    );
    if (isTable) database.run(`INSERT INTO m.${String(name)} SELECT * FROM source.${String(name)}`);
  }
  const version = Number(file.exec('PRAGMA user_version')[0]?.values[0]?.[0] ?? 0);
  database.run(`PRAGMA m.user_version = ${version}; COMMIT; DETACH source`);
  file.close();
}

/** `VACUUM INTO` writes into the empty file behind another database, which then hands out its bytes. */
function imageOf(database: Database, sqlJs: SqlJsStatic): Uint8Array {
  const file = new sqlJs.Database();
  try {
    database.run(`VACUUM m INTO '${nameOfFile(file)}'`);
    return file.export();
  } finally {
    file.close();
  }
}

/** Every database of sql.js is a file in its own file system; the types don't tell its name. */
function nameOfFile(file: Database): string {
  return 'filename' in file && typeof file.filename === 'string' ? file.filename : '';
}
