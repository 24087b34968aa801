import { deepEqual, equal, ok } from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleProgram } from '../../../scripts/bundle/bundle.ts';
import { serverGroups } from '../../../scripts/bundle/lazyGroups.ts';
import {
  syncChangedNotification,
  syncCouplingsRequest,
  type SyncCouplingsResult,
  syncJobsRequest,
  syncOpenRequest,
  syncProgressNotification,
  type SyncProject,
  syncRunRequest,
  type SyncRunResult,
} from '../../../src/service/protocol/sync.ts';
import { clientOf, type StdioClient } from '../../kit/stdioClient.ts';
import { syncProjectText } from '../../kit/syncProjects.ts';

const COUPLINGS = 2000;

/** The bundled server with a project on disk, killed as a system kills it. */
describe('The server process and its sync projects', () => {
  let program = '';
  let folder = '';
  let project = '';
  const servers: ChildProcessWithoutNullStreams[] = [];

  before(async () => {
    program = await mkdtemp(join(tmpdir(), 'sync-server-'));
    await bundleProgram('server', 'server/main.ts', serverGroups, program, 'server/start.ts');
    await bundleProgram('syncThread', 'server/sync/syncThread.ts', [], program);
    const wasm = dirname(createRequire(import.meta.url).resolve('sql.js'));
    await copyFile(join(wasm, 'sql-wasm.wasm'), join(program, 'sql-wasm.wasm'));
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sync-workspace-'));
    const path = join(folder, 'sales.sync.json');
    project = pathToFileURL(path).toString();
    await writeFile(path, syncProjectText(COUPLINGS, { conflicts: 0 }));
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) server.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  after(() => rm(program, { recursive: true, force: true }));

  async function start(): Promise<StdioClient> {
    const server = spawn(process.execPath, [join(program, 'server.cjs'), '--stdio']);
    servers.push(server);
    const client = clientOf(server);
    await client.request('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      workspaceFolders: [{ uri: pathToFileURL(folder).toString(), name: 'workspace' }],
    });
    client.notify('initialized', {});
    return client;
  }

  const kill = async (): Promise<void> => {
    const server = servers.pop();
    if (server === undefined) return;
    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
  };
  const run = (client: StdioClient, action: string): Promise<unknown> =>
    client.request(syncRunRequest, { project, request: { action, mapping: 'CUSTOMER' } });
  const couplingsOf = async (client: StdioClient): Promise<number | undefined> =>
    ((await client.request(syncCouplingsRequest, { project })) as SyncCouplingsResult)?.total;

  it('has after a kill what it answered before', async () => {
    const first = await start();
    const result = (await run(first, 'Synchronize Modified Records')) as SyncRunResult;
    equal(result.kind, 'done');
    const jobs = await first.request(syncJobsRequest, { project });
    await kill();
    const second = await start();
    const opened = (await second.request(syncOpenRequest, { project })) as SyncProject;
    deepEqual([opened.state, opened.trouble], ['open', undefined]);
    deepEqual(await second.request(syncJobsRequest, { project }), jobs);
  });

  it('goes on with a run that the kill interrupted, to its end', async () => {
    const first = await start();
    equal(await couplingsOf(first), COUPLINGS);
    void run(first, 'Delete Couplings');
    await first.notification(syncProgressNotification);
    await kill();
    const second = await start();
    const opened = (await second.request(syncOpenRequest, { project })) as SyncProject;
    equal(opened.state, 'open');
    ok(opened.trouble?.code === 'actionResumed', opened.trouble?.text);
    while ((await couplingsOf(second)) !== 0) await second.notification(syncChangedNotification);
  });
});
