import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import { type CancellationToken, CancellationTokenSource } from 'vscode-languageserver';
import { exportedRows } from '../../../server/rows/exportRows.ts';
import { EngineTrouble, noEngines } from '../../../server/rows/externalSources.ts';
import type { FilterRows } from '../../../server/rows/preview.ts';
import type { CsvPiece, RowTable } from '../../../server/rows/rowTables.ts';
import { translator } from '../../../src/problem/message.ts';
import {
  type ExportRowsParams,
  exportRowsRequest,
  type ExportRowsResult,
  type RowsWritten,
} from '../../../src/service/protocol/rows.ts';
import { conditionOf } from '../../kit/conditions.ts';
import { installedDuckDb } from '../../kit/duckDb.ts';
import { startEditor, stopEditors } from '../../kit/protocol.ts';
import { readInRepository } from '../../kit/repository.ts';

const FILTER = { uri: 'file:///workspace/projects.json', index: 0 };
const PARAMS: ExportRowsParams = { filter: FILTER, query: { verdicts: ['kept'] } };

describe('an export of rows', () => {
  let folder: string;
  let path: string;
  let into: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'export-'));
    path = join(folder, 'rows.csv');
    into = URI.file(path).toString();
  });

  beforeEach(async () => {
    await writeFile(path, 'as it was');
  });

  afterEach(async () => {
    // Whatever happened, nothing unfinished lies about.
    deepEqual(await readdir(folder), ['rows.csv']);
  });

  after(() => rm(folder, { recursive: true, force: true }));

  const told: number[] = [];
  const exported = (
    csv: RowTable['csv'],
    params: Partial<ExportRowsParams> = {},
    token: CancellationToken = new CancellationTokenSource().token,
    origin: FilterRows['origin'] = { kind: 'engine', name: 'x' },
  ): Promise<ExportRowsResult | null> => {
    const none = async (): Promise<never> => Promise.reject(new Error('not asked for'));
    const rows: FilterRows = {
      condition: conditionOf('(A == 1)'),
      origin,
      engine: 'x',
      notice: 'Made up.',
      columns: ['A'],
      rowCount: 1,
      table: { counts: none, page: none, row: none, csv },
    };
    told.length = 0;
    return exportedRows(rows, { ...PARAMS, ...params }, token, translator('en'), {
      sendProgress: async (_type, _token, value) => {
        told.push((value as RowsWritten).rows);
      },
    });
  };

  async function* pieces(
    count: number,
    then: () => void = () => undefined,
  ): AsyncGenerator<CsvPiece> {
    yield { text: 'A\r\n', rows: 0 };
    for (let piece = 0; piece < count; piece += 1) {
      yield { text: 'x\r\n'.repeat(1000), rows: 1000 };
      await new Promise((resolve) => setImmediate(resolve));
    }
    then();
  }

  it('is written piece by piece, and says how far it is', async () => {
    deepEqual(await exported(() => pieces(50), { into, progress: 'p' }), { kind: 'written' });
    const text = await readFile(path, 'utf8');
    equal(text.length, 3 + 50_000 * 3);
    deepEqual(told, [20_000, 40_000]);
  });

  it('is a text where there is no file to write', async () => {
    deepEqual(await exported(() => pieces(0)), { kind: 'text', csv: 'A\r\n' });
    deepEqual(await exported(async () => 'A\r\n1\r\n'), { kind: 'text', csv: 'A\r\n1\r\n' });
  });

  it('leaves the file as it was where it is stopped', async () => {
    const source = new CancellationTokenSource();
    let signal: AbortSignal | undefined;
    const csv: RowTable['csv'] = (_condition, _query, given) => {
      signal = given;
      return pieces(1_000_000);
    };
    const asked = exported(csv, { into, progress: 'p' }, source.token);
    while (told.length === 0) await new Promise((resolve) => setImmediate(resolve));
    source.cancel();
    equal(await asked, null);
    equal(signal?.aborted, true);
    equal(await readFile(path, 'utf8'), 'as it was');
  });

  it('leaves the file as it was where the engine fails on the way, and says why', async () => {
    const trouble = new EngineTrouble({ kind: 'refused', reason: 'disk full' }, 'DuckDB');
    const fail = (): never => {
      throw trouble;
    };
    deepEqual(await exported(() => pieces(3, fail), { into }), {
      kind: 'failed',
      reason: 'DuckDB says: disk full',
    });
    equal(await readFile(path, 'utf8'), 'as it was');
  });

  it('says so where the file can not be written', async () => {
    for (const [target, code] of [
      [join(folder, 'no', 'such', 'folder.csv'), 'ENOENT'],
      [folder, 'EISDIR|EPERM|EEXIST|ENOTEMPTY'],
    ] as const) {
      const answer = await exported(async () => 'A\r\n', { into: URI.file(target).toString() });
      ok(answer?.kind === 'failed', JSON.stringify(answer));
      match(answer.reason, new RegExp(`^The file can't be written: (?:${code})\\.$`, 'u'));
    }
  });

  it('does not put rows that are made up in the place of others', async () => {
    const witness = { kind: 'witness' } as const;
    const token = new CancellationTokenSource().token;
    const csv = async (): Promise<string> => 'A\r\n';
    deepEqual(await exported(csv, { into, isMadeUp: false }, token, witness), {
      kind: 'failed',
      reason: 'Made up.',
    });
    equal(await readFile(path, 'utf8'), 'as it was');
    const shown = await exported(csv, { into, isMadeUp: true }, token, witness);
    deepEqual(shown, { kind: 'written' });
  });
});

describe('an export of rows beyond memory', () => {
  const FOLDER = 'file:///workspace';
  let folder: string;

  before(async function () {
    if (installedDuckDb() === undefined) this.skip();
    folder = await mkdtemp(join(tmpdir(), 'export-'));
  });

  afterEach(stopEditors);

  after(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it('has all of them, none of them a formula', async () => {
    const duckDb = installedDuckDb();
    ok(duckDb);
    const parquet = join(folder, 'Projects.parquet');
    const connection = await (await duckDb.DuckDBInstance.create(':memory:')).connect();
    await connection.run(
      `COPY (SELECT '=1+'||i AS ProjectId, CASE WHEN i%2=0 THEN 'P' END AS ParentProject FROM range(50000) t(i)) TO '${parquet}' (FORMAT parquet)`,
    );
    connection.closeSync();
    const editor = await startEditor({
      files: { [URI.file(parquet).toString()]: '' },
      folders: [FOLDER, URI.file(folder).toString()],
      engines: { ...noEngines, duckDb: () => duckDb },
    });
    editor.open(FILTER.uri, readInRepository('samples/maps/projects.json'));
    const target = join(folder, 'out.csv');
    const params: ExportRowsParams = {
      filter: FILTER,
      query: { verdicts: ['lostToNull'] },
      into: URI.file(target).toString(),
      isMadeUp: false,
    };
    deepEqual(
      await editor.connection.sendRequest<ExportRowsResult | null>(exportRowsRequest, params),
      { kind: 'written' },
    );
    const lines = (await readFile(target, 'utf8')).split('\r\n');
    equal(lines.length, 25_000 + 2);
    deepEqual(
      [lines[0], lines[1], lines.at(-2)],
      ['ProjectId,ParentProject', "'=1+1,", "'=1+49999,"],
    );
  });
});
