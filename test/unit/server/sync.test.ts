import { deepEqual, equal, ok } from 'node:assert/strict';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import {
  syncActionsRequest,
  type SyncActionsResult,
  syncChangedNotification,
  syncCouplingsRequest,
  type SyncCouplingsResult,
  syncErrorsRequest,
  type SyncErrorsResult,
  syncExplainRequest,
  type SyncExplainResult,
  syncJobErrorsRequest,
  type SyncJobErrorsResult,
  syncJobsRequest,
  type SyncJobsResult,
  syncMappingsRequest,
  type SyncMappingsResult,
  syncOpenRequest,
  type SyncProgress,
  syncProgressNotification,
  type SyncProject,
  syncProjectsRequest,
  type SyncProjectsResult,
  syncQuestionsRequest,
  type SyncQuestionsResult,
  syncRunRequest,
  type SyncRunResult,
  syncUndoableRequest,
  type SyncUndoableResult,
  syncUndoRequest,
} from '../../../src/service/protocol/sync.ts';
import { stopEditors } from '../../kit/protocol.ts';
import { couplings, FOLDER, modified, PROJECT, startSync } from '../../kit/syncEditor.ts';
import { syncProjectText } from '../../kit/syncProjects.ts';

afterEach(stopEditors);

describe('Sync projects of the workspace', () => {
  it('are listed per folder, and none is opened for that', async () => {
    const inner = `${FOLDER}/inner`;
    const { ask, threads } = await startSync(
      {
        [PROJECT]: syncProjectText(),
        [`${inner}/b.sync.jsonc`]: syncProjectText(),
        [`${FOLDER}/map.json`]: '{}',
      },
      { folders: [FOLDER, inner] },
    );
    const projects = await ask<SyncProjectsResult>(syncProjectsRequest);
    deepEqual(
      projects.map(({ name, folder, state }) => [name, folder, state]),
      [
        ['b', inner, 'closed'],
        ['sales', FOLDER, 'closed'],
      ],
    );
    equal(threads.engineOf(PROJECT), undefined);
  });

  it('are opened by what is asked of them, each with an engine of its own', async () => {
    const other = `${FOLDER}/other.sync.json`;
    const { ask, editor } = await startSync({
      [PROJECT]: syncProjectText(),
      [other]: syncProjectText(5),
    });
    const own = await ask<SyncCouplingsResult>(syncCouplingsRequest);
    const theirs = await ask<SyncCouplingsResult>(syncCouplingsRequest, { project: other });
    deepEqual([own?.total, theirs?.total], [3, 5]);
    await editor.message(syncChangedNotification);
    const projects = await ask<SyncProjectsResult>(syncProjectsRequest);
    deepEqual(
      projects.map(({ state, view }) => [state, view?.couplings]),
      [
        ['open', 5],
        ['open', 3],
      ],
    );
  });

  it('answer nothing where there is no such project', async () => {
    const { ask } = await startSync();
    const project = `${FOLDER}/gone.sync.json`;
    equal(await ask(syncMappingsRequest, { project }), null);
    equal(await ask(syncOpenRequest, { project }), null);
  });

  it('say why they can not be opened, and are tried again', async () => {
    const { ask, files } = await startSync({ [PROJECT]: '{ "mappings": 1 }' });
    const project = await ask<SyncProject>(syncOpenRequest);
    equal(project.state, 'failed');
    ok(project.trouble?.text.includes('Problems panel'), project.trouble?.text);
    equal(await ask(syncMappingsRequest), null);
    const result = await ask<SyncRunResult>(syncRunRequest, { request: { action: 'Retry All' } });
    equal(result.kind, 'failed');
    files.set(PROJECT, syncProjectText());
    equal((await ask<SyncProject>(syncOpenRequest)).state, 'open');
  });

  it('show their pages', async () => {
    const started = await startSync();
    const { ask, run } = started;
    const done = await run('Synchronize Modified Records', modified);
    equal(done.kind, 'done');
    const mappings = await ask<SyncMappingsResult>(syncMappingsRequest);
    deepEqual(
      mappings?.map(({ name, couplings: count }) => [name, count]),
      [['CUSTOMER', 3]],
    );
    const errors = await ask<SyncErrorsResult>(syncErrorsRequest);
    equal(errors?.total, 1);
    const [row] = await couplings(started);
    const explained = await ask<SyncExplainResult>(syncExplainRequest, { id: row?.crmId });
    equal(explained?.integrationId, row?.integrationId);
    const jobErrors = await ask<SyncJobErrorsResult>(syncJobErrorsRequest);
    ok((jobErrors?.total ?? 0) > 0);
    equal(jobErrors?.rows.length, jobErrors?.total);
    const questions = await ask<SyncQuestionsResult>(syncQuestionsRequest, { rows: [row] });
    deepEqual(
      questions?.map(({ mapping }) => mapping),
      ['CUSTOMER'],
    );
    const found = await ask<SyncCouplingsResult>(syncCouplingsRequest, {
      request: { search: 'Customer 2' },
    });
    equal(found?.total, 1);
  });

  it('speak the language of the editor', async () => {
    const { ask } = await startSync(undefined, { locale: 'cs' });
    const actions = await ask<SyncActionsResult>(syncActionsRequest, { target: {} });
    const off = actions?.find(({ name }) => name === 'Retry');
    equal(off?.enabled, false);
    ok(/[ěščřžýáíéů]/u.test(off?.reason?.text ?? ''), off?.reason?.text);
  });
});

describe('Runs of a sync project', () => {
  it('tell their progress and are undone by their number', async () => {
    const started = await startSync();
    const { ask, editor, run } = started;
    await ask(syncOpenRequest);
    const before = await ask<SyncCouplingsResult>(syncCouplingsRequest);
    const result = await run('Delete Couplings', modified);
    equal(result.kind, 'done');
    const progress = await editor.message<SyncProgress>(syncProgressNotification);
    deepEqual([progress.project, progress.total], [PROJECT, 3]);
    deepEqual(await couplings(started), []);
    const undo = result.kind === 'done' ? result.undo : undefined;
    const undoable = await ask<SyncUndoableResult>(syncUndoableRequest);
    deepEqual(
      undoable?.map(({ number, couplings: count, refusal }) => [number, count, refusal]),
      [[undo, 3, undefined]],
    );
    const undone = await ask<SyncRunResult>(syncUndoRequest, { action: undo });
    equal(undone.kind, 'done');
    deepEqual(await ask(syncCouplingsRequest), before);
    const [redo] = (await ask<SyncUndoableResult>(syncUndoableRequest)) ?? [];
    equal(redo?.title, `Undo of ${undoable?.[0]?.title}`);
    const again = await ask<SyncRunResult>(syncUndoRequest, { action: undo });
    equal(again.kind, 'refused');
  });

  it('end between two batches where the request is cancelled, and say so', async () => {
    let goOn = (): void => undefined;
    let reached = (): void => undefined;
    const first = new Promise<void>((resolve) => (reached = resolve));
    const started = await startSync(
      { [PROJECT]: syncProjectText(40) },
      {
        breathe: () => {
          reached();
          return new Promise((resolve) => (goOn = resolve));
        },
      },
    );
    const { editor } = started;
    const source = new CancellationTokenSource();
    const running = editor.connection.sendRequest<SyncRunResult>(
      syncRunRequest,
      { project: PROJECT, request: { action: 'Delete Couplings', ...modified } },
      source.token,
    );
    await first;
    const open = await started.ask<SyncProject>(syncOpenRequest);
    deepEqual([open.running?.done, open.running?.total], [1, 40]);
    const other = await started.run('Retry All');
    equal(other.kind, 'refused', 'one run at a time');
    const actions = await started.ask<SyncActionsResult>(syncActionsRequest, { target: {} });
    equal(
      actions?.some(({ enabled }) => enabled),
      false,
    );
    source.cancel();
    // The cancellation is on its way before this question, and so is what it asks of the project.
    await started.ask(syncOpenRequest);
    goOn();
    const result = await running;
    equal(result.kind, 'cancelled');
    equal((await couplings(started)).length, 39);
    const jobs = await started.ask<SyncJobsResult>(syncJobsRequest);
    equal(
      jobs?.every(({ finishedAt }) => finishedAt !== undefined),
      true,
    );
    const undo = result.kind === 'cancelled' ? result.undo : undefined;
    equal((await started.ask<SyncRunResult>(syncUndoRequest, { action: undo })).kind, 'done');
    equal((await couplings(started)).length, 40);
  });
});
