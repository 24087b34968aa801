import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import type { Engines } from '../../../server/rows/externalSources.ts';
import { noEngines } from '../../../server/rows/externalSources.ts';
import { connectSqlServer } from '../../../server/rows/sqlServerDriver.ts';
import type { DuckDb } from '../../../src/preview/engines/duckDb.ts';
import {
  sqlServerSecretChanged,
  sqlServerSecretRequest,
  type SqlServerSecretResult,
} from '../../../src/service/protocol/engines.ts';
import { rowsChangedNotification } from '../../../src/service/protocol/maps.ts';
import {
  rowsPageRequest,
  type RowsPageResult,
  rowsRequest,
  type RowsResult,
} from '../../../src/service/protocol/rows.ts';
import { installedDuckDb } from '../../kit/duckDb.ts';
import { type Editor, startEditor, stopEditors } from '../../kit/protocol.ts';
import { readInRepository } from '../../kit/repository.ts';
import {
  type Reply,
  type SeenStatement,
  type SqlServerEndpoint,
  sqlServerEndpoint,
} from '../../kit/sqlServerEndpoint.ts';

const FOLDER = 'file:///workspace';
const MAP = `${FOLDER}/projects.json`;
const FILTER = { uri: MAP, index: 0 };
const metadata = {
  [`${FOLDER}/AxDataEntityView/ProjectEntity.xml`]: readInRepository(
    'samples/metadata/Projects/AxDataEntityView/ProjectEntity.xml',
  ),
  [`${FOLDER}/AxLabelFile/Proj.en-US.label.txt`]: readInRepository(
    'samples/metadata/Projects/AxLabelFile/LabelResources/en-US/Proj.en-US.label.txt',
  ),
};

type Rows = Extract<RowsResult, { kind: 'rows' }>;

async function rowsIn({ connection }: Editor): Promise<Rows> {
  const result = await connection.sendRequest<RowsResult | null>(rowsRequest, FILTER);
  ok(result?.kind === 'rows', JSON.stringify(result));
  return result;
}

describe('Rows of a database', () => {
  let endpoint: SqlServerEndpoint;
  let secret: SqlServerSecretResult | null;
  let reply: (statement: SeenStatement) => Reply;
  let connections: number;

  const engines: Engines = {
    ...noEngines,
    connectSqlServer(address, opens) {
      connections += 1;
      // The endpoint of the test has no certificate.
      return connectSqlServer(address, opens, false);
    },
  };

  const opened = async (files: Readonly<Record<string, string>> = metadata): Promise<Editor> => {
    const editor = await startEditor({
      files,
      engines,
      settings: ({ section }) =>
        section === 'dualWrite.preview'
          ? {
              connection: {
                server: `127.0.0.1,${endpoint.port}`,
                database: 'AxDB',
                user: 'axdbadmin',
              },
              rowLimit: 10,
            }
          : null,
    });
    editor.connection.onRequest<SqlServerSecretResult | null, never>(
      sqlServerSecretRequest,
      () => secret,
    );
    editor.open(MAP, readInRepository('samples/maps/projects.json'));
    return editor;
  };

  const columns = ['PROJECTID', 'PARENTPROJECT', 'PARTITION', 'DATAAREAID'];
  const answers = ({ text }: SeenStatement): Reply => {
    if (text.includes('INFORMATION_SCHEMA')) {
      const type = 'text' as const;
      return {
        columns: ['s', 't', 'c'].map((name) => ({ name, type })),
        rows: columns.map((column) => ['dbo', 'PROJECTENTITY', column]),
      };
    }
    const number = (name: string) => ({ name, type: 'integer' as const });
    if (text.startsWith('SELECT v,')) {
      return {
        columns: [number('v'), number('c')],
        rows: [
          ['0', '1'],
          ['1', '3'],
          ['2', '6'],
        ],
      };
    }
    if (text.startsWith('SELECT n,')) {
      return {
        columns: [
          number('n'),
          number('v'),
          ...columns.map((name) => ({ name, type: 'text' as const })),
        ],
        rows: [['2', '1', 'P-2', null, '5637144576', 'usmf']],
      };
    }
    return { columns: [number('c')], rows: [['11']] };
  };

  beforeEach(async () => {
    connections = 0;
    secret = { kind: 'password', password: 'x' };
    reply = answers;
    endpoint = await sqlServerEndpoint((statement) => reply(statement));
  });

  afterEach(async () => {
    await stopEditors();
    await endpoint.close();
  });

  it('are counted and shown by SQL Server where no file holds them', async () => {
    const editor = await opened();
    const { engine, source, counts, rowCount, notice } = await rowsIn(editor);
    deepEqual([engine, source.kind, rowCount], ['SQL Server', 'engine', 10]);
    ok(source.kind === 'engine' && source.name.startsWith('AxDB'));
    deepEqual(counts.asWritten, { kept: 1, lostToNull: 3, dropped: 6 });
    ok(notice?.includes('10'));
    const page = await editor.connection.sendRequest<RowsPageResult | null>(rowsPageRequest, {
      filter: FILTER,
      query: { verdicts: ['lostToNull'] },
      offset: 0,
      limit: 50,
    });
    deepEqual(page, {
      total: 11,
      rows: [{ number: 2, verdict: 'lostToNull', cells: ['P-2', null, '5637144576', 'usmf'] }],
    });
    equal(connections, 1);
  });

  it('are not asked for where a file holds them', async () => {
    const editor = await opened({
      ...metadata,
      [`${FOLDER}/ProjectEntity.csv`]: readInRepository('samples/rows/ProjectEntity.csv'),
    });
    equal((await rowsIn(editor)).engine, 'memory');
    equal(connections, 0);
  });

  it('are made up while no password is kept, and come once it is', async () => {
    secret = null;
    const editor = await opened();
    const before = await rowsIn(editor);
    deepEqual([before.source.kind, connections], ['witness', 0]);
    ok(before.notice?.includes('Set SQL Server Password'));
    secret = { kind: 'password', password: 'x' };
    await editor.connection.sendNotification(sqlServerSecretChanged);
    await editor.message(rowsChangedNotification);
    equal((await rowsIn(editor)).engine, 'SQL Server');
  });

  it('are counted for the filter that was asked for last', async () => {
    const editor = await opened();
    await rowsIn(editor);
    const isAsked = new Promise<void>((resolve) => {
      reply = (statement) => {
        if (!statement.text.startsWith('SELECT v,')) return answers(statement);
        reply = answers;
        resolve();
        return 'silence';
      };
    });
    const first = rowsIn(editor);
    await isAsked;
    equal((await rowsIn(editor)).engine, 'SQL Server');
    const { source, notice } = await first;
    equal(source.kind, 'witness');
    ok(notice?.includes('was stopped'));
  });

  it('are asked for over another connection where the server ended the one that there was', async () => {
    const editor = await opened();
    equal((await rowsIn(editor)).engine, 'SQL Server');
    endpoint.drop();
    equal((await rowsIn(editor)).engine, 'SQL Server');
    equal(connections, 2);
  });

  it('are made up where the server refuses, with its own words; the next question connects anew', async () => {
    reply = () => ({ error: 'The SELECT permission was denied.' });
    const editor = await opened();
    const { source, notice } = await rowsIn(editor);
    equal(source.kind, 'witness');
    ok(notice?.includes('The SELECT permission was denied.'));
    reply = answers;
    equal((await rowsIn(editor)).engine, 'SQL Server');
    equal(connections, 2);
  });
});

describe('Rows of a file beyond memory', () => {
  let folder: string;
  let duckDb: DuckDb;

  before(async function () {
    const found = installedDuckDb();
    if (found === undefined) {
      this.skip();
      return;
    }
    duckDb = found;
    folder = await mkdtemp(join(tmpdir(), 'parquet-'));
  });

  afterEach(stopEditors);

  after(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  const opened = async (engines: Engines): Promise<Editor> => {
    const path = join(folder, 'ProjectEntity.parquet');
    const csv = join(folder, 'source.csv');
    await writeFile(csv, readInRepository('samples/rows/ProjectEntity.csv'));
    const connection = await (await duckDb.DuckDBInstance.create(':memory:')).connect();
    await connection.run(
      `COPY (SELECT * FROM read_csv('${csv}',all_varchar=true,nullstr='',allow_quoted_nulls=false)) TO '${path}' (FORMAT parquet)`,
    );
    connection.closeSync();
    const uri = URI.file(path).toString();
    const editor = await startEditor({
      files: { ...metadata, [uri]: '' },
      folders: [FOLDER, URI.file(folder).toString()],
      engines,
    });
    editor.open(MAP, readInRepository('samples/maps/projects.json'));
    return editor;
  };

  it('are judged by DuckDB, as they are in memory', async () => {
    const { engine, source, counts, rowCount } = await rowsIn(
      await opened({ ...noEngines, duckDb: () => duckDb }),
    );
    deepEqual([engine, rowCount], ['DuckDB', 7]);
    ok(source.kind === 'file' && source.name === 'ProjectEntity.parquet');
    deepEqual(counts, {
      asWritten: { kept: 1, lostToNull: 3, dropped: 3 },
      nullAsEmpty: { kept: 4, lostToNull: 0, dropped: 3 },
    });
  });

  it('are those of the file as it is now, though nobody told that it changed', async () => {
    const editor = await opened({ ...noEngines, duckDb: () => duckDb });
    equal((await rowsIn(editor)).rowCount, 7);
    const path = join(folder, 'ProjectEntity.parquet');
    await rm(path);
    // What was counted last is known without the file.
    const map = readInRepository('samples/maps/projects.json');
    editor.change(MAP, map.replace('ParentProject ==', 'ParentProject !='));
    const gone = await rowsIn(editor);
    equal(gone.source.kind, 'witness');
    ok(gone.notice?.includes("can't be read"), gone.notice);
    const connection = await (await duckDb.DuckDBInstance.create(':memory:')).connect();
    await connection.run(
      `COPY (SELECT 'P' AS ProjectId, NULL::VARCHAR AS ParentProject, 1 AS More) TO '${path}' (FORMAT parquet)`,
    );
    connection.closeSync();
    const { engine, rowCount } = await rowsIn(editor);
    deepEqual([engine, rowCount], ['DuckDB', 1]);
  });

  it('are made up where DuckDB is not installed, and it is told how to have it', async () => {
    const { source, notice } = await rowsIn(await opened(noEngines));
    equal(source.kind, 'witness');
    ok(notice?.includes('npm install @duckdb/node-api'));
  });
});
