import {
  Connection,
  type ConnectionConfiguration,
  ISOLATION_LEVEL,
  Request,
  type RequestError,
  TYPES,
} from 'tedious';
import type { Answer, EngineProblem } from '../../src/preview/engines/externalRows.ts';
import type { SqlServerSession } from '../../src/preview/engines/sqlServer.ts';
import type { SqlStatement } from '../../src/preview/engines/sqlServerSql.ts';

/** Where a database is and who asks it; nothing of it is secret. */
export interface SqlServerAddress {
  /** `localhost`, `localhost\SQLEXPRESS` or `localhost,1433`. */
  readonly server: string;
  readonly database: string;
  readonly user: string;
  /** Takes a certificate that nobody signed, as a developer machine has. */
  readonly trustServerCertificate: boolean;
  /** After so many milliseconds a question is given up. */
  readonly milliseconds: number;
}

/** What opens it: kept by the editor alone. */
export type SqlServerSecret =
  | { readonly kind: 'password'; readonly password: string }
  /** Of the Microsoft account that the editor is signed in with. */
  | { readonly kind: 'token'; readonly token: string };

/**
 * Connects for reading: the connection says it only reads, so that Azure may give it a replica; it reads uncommitted
 * rows, so that it neither holds up a writer nor waits for one; and every statement goes through sp_executesql with its
 * values as parameters.
 *
 * @param encrypts false for tests alone: their endpoint has no certificate.
 */
export async function connectSqlServer(
  address: SqlServerAddress,
  secret: SqlServerSecret,
  encrypts = true,
): Promise<Answer<SqlServerSession>> {
  const configuration = configurationOf(address, secret, encrypts);
  const opened = await open(configuration, encrypts);
  if ('problem' in opened) return opened;
  const connection = opened.value;
  // A connection answers one statement at a time.
  let last: Promise<unknown> = Promise.resolve();
  return {
    value: {
      query(statement, signal) {
        const answer = last.then(() => execute(connection, statement, signal));
        last = answer;
        return answer;
      },
      async *stream(statement, signal) {
        if (signal?.aborted === true) return yield { problem: { kind: 'cancelled' } };
        const own = await open(configuration, encrypts);
        if ('problem' in own) return yield own;
        try {
          yield* piecesOf(own.value, statement, signal);
        } finally {
          own.value.close();
        }
      },
      async close() {
        connection.close();
      },
    },
  };
}

async function open(
  configuration: ConnectionConfiguration,
  encrypts: boolean,
): Promise<Answer<Connection>> {
  const connection = new Connection(configuration);
  // Told again by the statement that is running; without a listener it would end the process.
  connection.on('error', () => undefined);
  const failure = await new Promise<Error | undefined>((resolve) => {
    // The driver goes on without encryption where the other end says it has none, and would send the password so.
    connection.on('debug', (text) => {
      if (!encrypts || !/encryption:0x\d+\((?:NOT_SUP|OFF)\)/u.test(text)) return;
      connection.close();
      resolve(new Error('The server offers no encryption.'));
    });
    connection.connect((error) => resolve(error));
  });
  connection.removeAllListeners('debug');
  if (failure === undefined) return { value: connection };
  connection.close();
  return { problem: refusal(failure) };
}

function configurationOf(
  { server, database, user, trustServerCertificate, milliseconds }: SqlServerAddress,
  secret: SqlServerSecret,
  encrypt: boolean,
): ConnectionConfiguration {
  const [, host = server, instanceName, port] =
    /^(?:tcp:)?([^\\,]+)(?:\\([^,]+))?(?:,(\d+))?$/iu.exec(server.trim()) ?? [];
  return {
    server: host,
    authentication:
      secret.kind === 'password'
        ? { type: 'default', options: { userName: user, password: secret.password } }
        : { type: 'azure-active-directory-access-token', options: { token: secret.token } },
    options: {
      database,
      encrypt,
      trustServerCertificate,
      readOnlyIntent: true,
      connectionIsolationLevel: ISOLATION_LEVEL['READ_UNCOMMITTED'] ?? 1,
      requestTimeout: milliseconds,
      connectTimeout: Math.min(milliseconds, 15_000),
      appName: 'Dual-write Workbench',
      debug: { data: false, packet: false, payload: true, token: false },
      ...(port === undefined ? {} : { port: Number(port) }),
      ...(instanceName === undefined || port !== undefined ? {} : { instanceName }),
    },
  };
}

type Rows = readonly (readonly unknown[])[];

/** A request of a statement; `done` is told its end, which a signal may bring about. */
function requestOf(
  connection: Connection,
  { text, parameters }: SqlStatement,
  signal: AbortSignal | undefined,
  onRow: (row: readonly unknown[]) => void,
  done: (problem: EngineProblem | undefined) => void,
): Request {
  const cancel = (): void => {
    connection.cancel();
  };
  const request = new Request(text, (error) => {
    signal?.removeEventListener('abort', cancel);
    done(error === undefined || error === null ? undefined : refusal(error));
  });
  for (const { name, type, value } of parameters) {
    request.addParameter(name, type === 'integer' ? TYPES.BigInt : TYPES.NVarChar, value);
  }
  request.on('row', (columns: readonly { readonly value: unknown }[]) => {
    onRow(columns.map(({ value }) => value));
  });
  signal?.addEventListener('abort', cancel);
  return request;
}

function execute(
  connection: Connection,
  statement: SqlStatement,
  signal: AbortSignal | undefined,
): Promise<Answer<Rows>> {
  if (signal?.aborted === true) return Promise.resolve({ problem: { kind: 'cancelled' } });
  return new Promise((resolve) => {
    const rows: (readonly unknown[])[] = [];
    const done = (problem: EngineProblem | undefined): void =>
      resolve(problem === undefined ? { value: rows } : { problem });
    connection.execSql(requestOf(connection, statement, signal, (row) => rows.push(row), done));
  });
}

/** Rows that wait for whoever takes them; the server waits once there are so many. */
const MOST_WAITING = 1_000;

async function* piecesOf(
  connection: Connection,
  statement: SqlStatement,
  signal: AbortSignal | undefined,
): AsyncGenerator<Answer<Rows>> {
  let waiting: (readonly unknown[])[] = [];
  const told: { end?: { readonly problem: EngineProblem | undefined } } = {};
  let wake = (): void => undefined;
  const request = requestOf(
    connection,
    statement,
    signal,
    (row) => {
      waiting.push(row);
      if (waiting.length >= MOST_WAITING) request.pause();
      wake();
    },
    (problem) => {
      told.end = { problem };
      wake();
    },
  );
  // No time is too long: whoever waits can stop it.
  request.setTimeout(0);
  connection.execSql(request);
  while (told.end === undefined || waiting.length > 0) {
    if (waiting.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      continue;
    }
    const value = waiting;
    waiting = [];
    yield { value };
    request.resume();
  }
  const { problem } = told.end;
  if (problem !== undefined) yield { problem };
}

function refusal(error: Error | RequestError): EngineProblem {
  const code = 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ETIMEOUT':
      return { kind: 'timeout' };
    case 'ECANCEL':
      return { kind: 'cancelled' };
    default:
      return { kind: 'refused', reason: error.message };
  }
}
