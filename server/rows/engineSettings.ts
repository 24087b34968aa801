import type { Connection } from 'vscode-languageserver';

/** What `dualWrite.preview.*` says of engines outside; names and defaults stand in package.json. */
export interface EngineSettings {
  /** Undefined where no database is set. */
  readonly connection: DatabaseSetting | undefined;
  /** Folder in which @duckdb/node-api is installed; empty for the extension's own. */
  readonly duckDb: string;
  readonly mostRows: number;
  readonly milliseconds: number;
}

export interface DatabaseSetting {
  readonly server: string;
  readonly database: string;
  readonly user: string;
  readonly authentication: 'sql' | 'microsoft';
  readonly trustServerCertificate: boolean;
}

const MOST_ROWS = 1_000_000;
const SECONDS = 30;

/** What has another type than declared counts as not set. */
export async function readEngineSettings(
  connection: Connection,
  isSupported: boolean,
): Promise<EngineSettings> {
  const answer: unknown = isSupported
    ? await connection.workspace.getConfiguration('dualWrite.preview')
    : undefined;
  const preview = isRecord(answer) ? answer : {};
  return {
    connection: databaseIn(preview['connection']),
    duckDb: textIn(preview['duckDb']),
    mostRows: Math.trunc(numberIn(preview['rowLimit'], MOST_ROWS)),
    milliseconds: 1000 * numberIn(preview['timeLimit'], SECONDS),
  };
}

function databaseIn(value: unknown): DatabaseSetting | undefined {
  if (!isRecord(value)) return undefined;
  const [server, database] = [textIn(value['server']), textIn(value['database'])];
  return server === '' || database === ''
    ? undefined
    : {
        server,
        database,
        user: textIn(value['user']),
        authentication: value['authentication'] === 'microsoft' ? 'microsoft' : 'sql',
        trustServerCertificate: value['trustServerCertificate'] === true,
      };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textIn = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

const numberIn = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && value > 0 ? value : otherwise;
