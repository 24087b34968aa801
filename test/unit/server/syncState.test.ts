import { deepEqual, equal, ok } from 'node:assert/strict';
import { FileChangeType } from 'vscode-languageserver/node';
import type { Disk } from '../../../src/engine/disk/disk.ts';
import {
  syncActionsRequest,
  type SyncActionsResult,
  syncChangedNotification,
  syncCloseRequest,
  syncErrorsRequest,
  type SyncErrorsResult,
  syncJobsRequest,
  type SyncJobsResult,
  syncOpenRequest,
  syncProjectsRequest,
  type SyncProject,
} from '../../../src/service/protocol/sync.ts';
import { memoryDisk } from '../../kit/memoryDisk.ts';
import { stopEditors } from '../../kit/protocol.ts';
import { couplings, jobCount, modified, PROJECT, startSync } from '../../kit/syncEditor.ts';
import { syncProjectText } from '../../kit/syncProjects.ts';

const MINUTE = 60_000;

afterEach(stopEditors);

describe('What a sync project keeps', () => {
  it('are on disk when they are answered: the next server has them', async () => {
    const disks = new Map<string, Disk>();
    const first = await startSync(undefined, { disks });
    await first.run('Synchronize Modified Records', modified);
    const shown = await first.ask<SyncErrorsResult>(syncErrorsRequest);
    await stopEditors();
    const second = await startSync(undefined, { disks });
    deepEqual(await second.ask<SyncErrorsResult>(syncErrorsRequest), shown);
    equal(await jobCount(second), 2);
  });

  it('are not lost with the thread: it is told, and starts anew', async () => {
    const started = await startSync();
    const { ask, editor, threads } = started;
    await started.run('Synchronize Modified Records', modified);
    threads.crash(PROJECT);
    equal(await jobCount(started), 2);
    await editor.message(syncChangedNotification);
    const project = await ask<SyncProject>(syncOpenRequest);
    equal(project.state, 'open');
    ok(project.trouble?.text.includes('out of memory'), project.trouble?.text);
    await started.run('Retry All');
    equal((await ask<SyncProject>(syncOpenRequest)).trouble, undefined);
  });

  it('are resumed where the thread ended in the middle, to the same end', async () => {
    const disks = new Map<string, Disk>();
    let isStuck = true;
    let reached = (): void => undefined;
    const first = new Promise<void>((resolve) => (reached = resolve));
    const started = await startSync(
      { [PROJECT]: syncProjectText(20) },
      {
        disks,
        breathe: () => {
          reached();
          return isStuck ? new Promise(() => undefined) : Promise.resolve();
        },
      },
    );
    const { ask, editor, threads } = started;
    const running = started.run('Delete Couplings', modified);
    await first;
    threads.crash(PROJECT);
    const result = await running;
    equal(result.kind, 'failed');
    ok(result.kind === 'failed' && result.reason.text.includes('out of memory'));
    isStuck = false;
    const project = await ask<SyncProject>(syncOpenRequest);
    ok(project.trouble?.code === 'actionResumed', project.trouble?.text);
    while ((await couplings(started)).length > 0) await editor.message(syncChangedNotification);
    deepEqual(await couplings(started), []);
    await started.run('Retry All');
    equal((await ask<SyncProject>(syncOpenRequest)).trouble?.code, undefined);
  });

  it('are resumed where the project was closed in the middle', async () => {
    const disks = new Map<string, Disk>();
    let isStuck = true;
    let goOn = (): void => undefined;
    let reached = (): void => undefined;
    const first = new Promise<void>((resolve) => (reached = resolve));
    const started = await startSync(
      { [PROJECT]: syncProjectText(20) },
      {
        disks,
        breathe: () => {
          reached();
          return isStuck ? new Promise((resolve) => (goOn = resolve)) : Promise.resolve();
        },
      },
    );
    const { ask, editor } = started;
    const running = started.run('Delete Couplings', modified);
    await first;
    const closed = ask(syncCloseRequest);
    // The question to close is there before this one is answered.
    await ask(syncProjectsRequest);
    isStuck = false;
    goOn();
    equal((await running).kind, 'cancelled');
    await closed;
    const project = await ask<SyncProject>(syncOpenRequest);
    ok(project.trouble?.code === 'actionResumed', project.trouble?.text);
    while ((await couplings(started)).length > 0) await editor.message(syncChangedNotification);
  });

  it('fail where the disk is full, lose nothing, and say so until there is room', async () => {
    const disk = memoryDisk();
    const disks = new Map<string, Disk>([[PROJECT, disk]]);
    const started = await startSync(undefined, { disks });
    const { ask, run } = started;
    await ask(syncOpenRequest);
    disk.room = 0;
    const result = await run('Synchronize Modified Records', modified);
    equal(result.kind, 'failed');
    ok(result.kind === 'failed' && result.reason.text.includes('ENOSPC'));
    equal((await ask<SyncProject>(syncOpenRequest)).trouble?.code, 'notSaved');
    disk.room = Infinity;
    equal((await run('Synchronize Modified Records', modified)).kind, 'done');
    equal((await ask<SyncProject>(syncOpenRequest)).trouble, undefined);
  });
});

describe('A sync project that another window has', () => {
  it('is shown, its actions are off and say why; it is ours when the other lets go', async () => {
    const disks = new Map<string, Disk>();
    const first = await startSync(undefined, { disks, owner: 'first' });
    await first.run('Synchronize Modified Records', modified);
    const second = await startSync(undefined, { disks, owner: 'second' });
    const project = await second.ask<SyncProject>(syncOpenRequest);
    deepEqual([project.state, project.trouble?.code], ['readOnly', 'openElsewhere']);
    ok(project.trouble?.text.includes('first'));
    equal(await jobCount(second), 2);
    equal((await second.run('Retry All')).kind, 'refused');
    const actions = await second.ask<SyncActionsResult>(syncActionsRequest, { target: {} });
    equal(
      actions?.some(({ enabled }) => enabled),
      false,
    );

    await first.run('Synchronize Modified Records', modified);
    await second.threads.engineOf(PROJECT)?.tick();
    equal(await jobCount(second), 4, 'what the other saves is shown');

    await first.ask(syncCloseRequest);
    await second.threads.engineOf(PROJECT)?.tick();
    equal((await second.ask<SyncProject>(syncOpenRequest)).state, 'open');
    equal((await second.run('Synchronize Modified Records', modified)).kind, 'done');
  });
});

describe('What a sync project does by itself', () => {
  const settings = { sync: { jobQueue: { enabled: true }, logRetention: { enabled: true } } };

  it('is nothing unless the settings say so', async () => {
    const started = await startSync();
    await started.ask(syncOpenRequest);
    await started.threads.engineOf(PROJECT)?.tick();
    equal(await jobCount(started), 0);
  });

  it('is what is due in the job queue, and tidying up of the log', async () => {
    const started = await startSync(undefined, {
      settings: ({ section }) => (section === 'dualWrite.sync' ? settings.sync : settings),
    });
    const { ask, threads } = started;
    await ask(syncOpenRequest);
    const engine = threads.engineOf(PROJECT);
    // The settings are asked for while it opens.
    while ((await jobCount(started)) === 0) await engine?.tick();
    equal(await jobCount(started), 2);
    await engine?.tick();
    equal(await jobCount(started), 2, 'the next is due half an hour later');
    threads.pass(40 * MINUTE);
    await engine?.tick();
    const jobs = await ask<SyncJobsResult>(syncJobsRequest);
    ok((jobs?.length ?? 0) >= 4);
    threads.pass(9 * 24 * 60 * MINUTE);
    await engine?.tick();
    const left = await ask<SyncJobsResult>(syncJobsRequest);
    const [latest] = jobs ?? [];
    equal(latest?.status, 'Success');
    equal(
      left?.some(({ id }) => id === latest?.id),
      false,
      'a week later it is gone',
    );
  });

  it('is reading its files again when they change', async () => {
    const started = await startSync();
    const { ask, editor, files } = started;
    equal((await couplings(started)).length, 3);
    files.set(PROJECT, syncProjectText(4));
    editor.fileChanged(PROJECT, FileChangeType.Changed);
    while ((await couplings(started)).length !== 4) await editor.message(syncChangedNotification);
    equal((await ask<SyncProject>(syncOpenRequest)).view?.couplings, 4);
  });
});
