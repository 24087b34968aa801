import { deepEqual, equal, ok } from 'node:assert/strict';
import { connectSqlServer, type SqlServerSecret } from '../../../server/rows/sqlServerDriver.ts';
import type { SqlServerSession } from '../../../src/preview/engines/sqlServer.ts';
import {
  type Reply,
  type SeenStatement,
  type SqlServerEndpoint,
  sqlServerEndpoint,
} from '../../kit/sqlServerEndpoint.ts';

/* The driver itself, from its socket up, against an endpoint that speaks the protocol of SQL Server. */

const PASSWORD: SqlServerSecret = { kind: 'password', password: 'pass wörd' };

describe('the driver of SQL Server', () => {
  let endpoint: SqlServerEndpoint;
  let session: SqlServerSession | undefined;
  let reply: (statement: SeenStatement) => Reply;

  const connect = async (milliseconds = 10_000): Promise<SqlServerSession> => {
    const address = {
      server: `127.0.0.1,${endpoint.port}`,
      database: 'AxDB',
      user: 'axdbadmin',
      trustServerCertificate: true,
      milliseconds,
    };
    const connected = await connectSqlServer(address, PASSWORD, false);
    if ('problem' in connected) throw new Error(JSON.stringify(connected.problem));
    session = connected.value;
    return session;
  };

  beforeEach(async () => {
    reply = () => ({ columns: [], rows: [] });
    endpoint = await sqlServerEndpoint((statement) => reply(statement));
  });

  afterEach(async () => {
    await session?.close();
    session = undefined;
    await endpoint.close();
  });

  it('says that it only reads, and reads what is not committed', async () => {
    await connect();
    deepEqual(endpoint.logins, [
      {
        user: 'axdbadmin',
        password: 'pass wörd',
        application: 'Dual-write Workbench',
        database: 'AxDB',
        isReadOnly: true,
      },
    ]);
    ok(
      endpoint.batches.some((batch) =>
        batch.toLowerCase().includes('set transaction isolation level read uncommitted'),
      ),
    );
  });

  it('sends values beside the statement, and gives back rows', async () => {
    const { query } = await connect();
    reply = () => ({
      columns: [
        { name: 'n', type: 'integer' },
        { name: 'A', type: 'text' },
      ],
      rows: [
        ['9007199254740993', 'žluť'],
        ['2', ''],
        ['3', null],
      ],
    });
    const answer = await query({
      text: 'SELECT n,[A] FROM [X] WHERE [A]=@p0 AND n>@p1',
      parameters: [
        { name: 'p0', type: 'text', value: "O'Brien; DROP TABLE X --" },
        { name: 'p1', type: 'integer', value: '5637144576' },
      ],
    });
    deepEqual(answer, {
      value: [
        ['9007199254740993', 'žluť'],
        ['2', ''],
        ['3', null],
      ],
    });
    const [seen] = endpoint.statements;
    equal(seen?.text, 'SELECT n,[A] FROM [X] WHERE [A]=@p0 AND n>@p1');
    ok(/^@p0 nvarchar\(\d+\), ?@p1 bigint$/u.test(seen?.declared ?? ''), seen?.declared);
    deepEqual(seen?.values, { p0: "O'Brien; DROP TABLE X --", p1: '5637144576' });
  });

  it('answers statements one after the other, however many are asked at once', async () => {
    const { query } = await connect();
    reply = ({ values: { p0 } }) => ({
      columns: [{ name: 'x', type: 'text' }],
      rows: [[p0 ?? null]],
    });
    const asked = ['a', 'b', 'c'].map((value) =>
      query({ text: 'SELECT @p0', parameters: [{ name: 'p0', type: 'text', value }] }),
    );
    deepEqual(
      await Promise.all(asked),
      ['a', 'b', 'c'].map((value) => ({ value: [[value]] })),
    );
  });

  it('tells what the server says, and goes on', async () => {
    const { query } = await connect();
    reply = ({ text }) =>
      text === 'bad'
        ? { error: "Invalid object name 'X'." }
        : { columns: [{ name: 'x', type: 'text' }], rows: [['1']] };
    deepEqual(await query({ text: 'bad', parameters: [] }), {
      problem: { kind: 'refused', reason: "Invalid object name 'X'." },
    });
    deepEqual(await query({ text: 'good', parameters: [] }), { value: [['1']] });
  });

  it('gives up after its time, and where nobody waits', async () => {
    const { query } = await connect(200);
    reply = ({ text }) =>
      text === 'slow' ? 'silence' : { columns: [{ name: 'x', type: 'text' }], rows: [['1']] };
    deepEqual(await query({ text: 'slow', parameters: [] }), { problem: { kind: 'timeout' } });
    const stop = new AbortController();
    const asked = query({ text: 'slow', parameters: [] }, stop.signal);
    setImmediate(() => stop.abort());
    deepEqual(await asked, { problem: { kind: 'cancelled' } });
    deepEqual(await query({ text: 'quick', parameters: [] }), { value: [['1']] });
    deepEqual(await query({ text: 'quick', parameters: [] }, stop.signal), {
      problem: { kind: 'cancelled' },
    });
  });

  it('gives rows in pieces to whoever takes them, over a connection of their own', async () => {
    const { query, stream } = await connect(200);
    const count = 5_000;
    reply = ({ text }) => ({
      columns: [{ name: 'x', type: 'text' }],
      rows:
        text === 'all' ? Array.from({ length: count }, (_, index) => [`row ${index}`]) : [['1']],
    });
    const statement = { text: 'all', parameters: [] };
    const rows: unknown[] = [];
    let most = 0;
    for await (const part of stream(statement)) {
      if ('problem' in part) throw new Error(JSON.stringify(part.problem));
      most = Math.max(most, part.value.length);
      rows.push(...part.value.flat());
      deepEqual(await query({ text: 'beside', parameters: [] }), { value: [['1']] });
    }
    deepEqual([rows.length, rows[0], rows.at(-1)], [count, 'row 0', `row ${count - 1}`]);
    ok(most <= 1_000, String(most));
    equal(endpoint.logins.length, 2);
  });

  it('breaks rows off where nobody wants them any more, and tells why there are no more', async () => {
    const { stream } = await connect(200);
    const parts = async (text: string, signal?: AbortSignal): Promise<readonly unknown[]> => {
      const seen: unknown[] = [];
      for await (const part of stream({ text, parameters: [] }, signal)) {
        seen.push('problem' in part ? part : part.value.length);
      }
      return seen;
    };
    reply = ({ text }) => {
      if (text === 'silent') return 'silence';
      return text === 'bad'
        ? { error: 'no permission' }
        : { columns: [{ name: 'x', type: 'text' }], rows: [] };
    };
    deepEqual(await parts('bad'), [{ problem: { kind: 'refused', reason: 'no permission' } }]);
    deepEqual(await parts('none'), []);
    const stop = new AbortController();
    const asked = parts('silent', stop.signal);
    while (!endpoint.statements.some(({ text }) => text === 'silent')) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    stop.abort();
    deepEqual(await asked, [{ problem: { kind: 'cancelled' } }]);
    deepEqual(await parts('none', stop.signal), [{ problem: { kind: 'cancelled' } }]);
    await endpoint.close();
    const [gone] = await parts('none');
    ok(JSON.stringify(gone).includes('refused'), JSON.stringify(gone));
  });

  it('sends no password where the connection can not be encrypted', async () => {
    const address = {
      server: `127.0.0.1,${endpoint.port}`,
      database: 'AxDB',
      user: 'u',
      trustServerCertificate: true,
      milliseconds: 2000,
    };
    deepEqual(await connectSqlServer(address, PASSWORD), {
      problem: { kind: 'refused', reason: 'The server offers no encryption.' },
    });
    deepEqual(endpoint.logins, []);
  });

  it('tells why it can not connect', async () => {
    const address = {
      server: '127.0.0.1,1',
      database: 'AxDB',
      user: 'u',
      trustServerCertificate: true,
      milliseconds: 2000,
    };
    const connected = await connectSqlServer(address, PASSWORD);
    ok('problem' in connected && connected.problem.kind === 'refused');
  });
});
