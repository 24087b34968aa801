import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { bundleProgram } from '../../../scripts/bundle/bundle.ts';
import type { SyncThreadData } from '../../../server/sync/syncThread.ts';
import type { SyncStatus } from '../../../server/sync/syncQuestions.ts';
import { type SyncThread, ThreadEnded, workerThreads } from '../../../server/sync/syncThreads.ts';
import type { JobView } from '../../../src/engine/surface/views/jobs.ts';
import type { SyncRunResult } from '../../../src/service/protocol/sync.ts';
import { syncProjectText } from '../../kit/syncProjects.ts';

/** The bundled thread on a folder of this machine, as the server starts it. */
describe('The thread of a sync project', () => {
  let folder = '';
  let program = '';
  let uri = '';
  const workers: Worker[] = [];
  const threads = workerThreads((project, locale) => {
    const owner = { id: 'window', pid: process.pid, host: hostname(), name: 'test' };
    const workerData: SyncThreadData = { uri: project, locale, owner };
    const worker = new Worker(join(program, 'syncThread.cjs'), { workerData });
    workers.push(worker);
    return Promise.resolve(worker);
  });
  const start = (): SyncThread => threads(uri, 'en', () => undefined);
  const run = (thread: SyncThread): Promise<SyncRunResult> =>
    thread.ask({
      method: 'run',
      params: {
        project: uri,
        request: { action: 'Synchronize Modified Records', mapping: 'CUSTOMER' },
      },
    }) as Promise<SyncRunResult>;
  const jobsOf = async (thread: SyncThread): Promise<readonly JobView[]> =>
    (await thread.ask({ method: 'jobs', params: { project: uri } })) as readonly JobView[];

  before(async () => {
    program = await mkdtemp(join(tmpdir(), 'sync-thread-'));
    await bundleProgram('syncThread', 'server/sync/syncThread.ts', [], program);
    const wasm = dirname(createRequire(import.meta.url).resolve('sql.js'));
    await copyFile(join(wasm, 'sql-wasm.wasm'), join(program, 'sql-wasm.wasm'));
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sync-project-'));
    const path = join(folder, 'sales.sync.json');
    await writeFile(path, syncProjectText());
    uri = pathToFileURL(path).toString();
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
    await rm(folder, { recursive: true, force: true });
  });
  after(() => rm(program, { recursive: true, force: true }));

  it('keeps its store beside the project, and lets it go when it is closed', async () => {
    const thread = start();
    equal((await run(thread)).kind, 'done');
    await thread.ask({ method: 'close' });
    const files = await readdir(join(folder, 'sales.sync.store'));
    equal(files.includes('lock'), false);
    ok(files.some((name) => name.endsWith('.image')));
  });

  it('loses nothing that was answered when it is ended, and whoever waits is told', async () => {
    const thread = start();
    await run(thread);
    const jobs = await jobsOf(thread);
    const waiting = thread.ask({ method: 'mappings' });
    await Promise.all([rejects(waiting, ThreadEnded), workers.at(-1)?.terminate()]);
    await rejects(thread.ask({ method: 'status' }), ThreadEnded);
    const next = start();
    equal(((await next.ask({ method: 'status' })) as SyncStatus).state, 'open');
    deepEqual(await jobsOf(next), jobs);
    equal((await run(next)).kind, 'done');
  });
});
