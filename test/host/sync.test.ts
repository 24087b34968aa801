import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SyncRunResult } from '../../src/service/protocol/sync.ts';
import { appears, drawn, pick, press, screenshot, shows } from './driver.ts';
import { said } from './kit.ts';
import { type Row, ROWS, type SyncSample, syncSample, until } from './syncKit.ts';

/** The walk-throughs of `bc-oracle.md` Q, through commands and views. */
describe('synchronization in the views', () => {
  let sample: SyncSample;

  const run = (command: string, ...args: readonly unknown[]): Thenable<SyncRunResult | undefined> =>
    vscode.commands.executeCommand<SyncRunResult | undefined>(`dualWrite.sync.${command}`, ...args);
  const mapping = async () => {
    const [found] = await sample.lines(sample.views.mappings, 'mapping');
    ok(found);
    return found;
  };
  const errors = () => sample.lines(sample.views.errors, 'error');
  const couplings = () => sample.lines(sample.views.couplings, 'coupling');
  const synchronize = async (): Promise<void> => {
    const result = await run('runModified', await mapping());
    equal(result?.kind, 'done');
  };
  const changed = (rows: readonly Row[], id: string, city: string): readonly Row[] =>
    rows.map((row) => (row[0] === id ? [row[0], row[1], city] : row));

  afterEach(async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    await sample.remove();
    await until(
      sample.views.errors,
      async () => (await sample.lines(sample.views.errors, 'error')).length === 0,
    );
  });

  it('Q01: a conflict is listed, explained, and gone once a side is chosen', async () => {
    sample = await syncSample('q01');
    equal((await couplings()).length, 2);
    await sample.edit('business-central', changed(ROWS, '1', 'Praha'));
    await sample.edit('dataverse', changed(ROWS, '1', 'Paris'));
    await synchronize();
    const [error] = await errors();
    ok(error);
    match(error.item.error?.text ?? '', /City/u);
    await sample.views.errors.view.reveal(error, { select: true, focus: true });
    await appears('.pane .monaco-list-row:has-text("Adatum")');
    await screenshot('sync-errors');
    // The menu as the keyboard opens it, with what this row allows.
    if (
      (await press('Shift+F10')) &&
      (await appears(`.monaco-menu:has-text("${said('command.sync.retry')}")`))
    ) {
      await screenshot('sync-menu');
      await press('Escape');
    }
    await vscode.commands.executeCommand('dualWrite.sync.compareSides', error);
    await appears('.monaco-diff-editor .view-line:has-text("Paris")');
    await screenshot('sync-compare');
    await vscode.commands.executeCommand('dualWrite.sync.explain', error);
    await shows(said('both changed it'));
    await shows(
      said('The card of the record in Business Central says: {0}').replace('{0}', '').trim(),
    );
    const [coupling] = await couplings();
    match(coupling?.item.notice?.text ?? '', /City/u);
    await drawn();
    await screenshot('sync-explain');

    const result = await run('synchronize', error, [error], {
      choices: { CUSTOMER: 'ToIntegrationTable' },
    });
    equal(result?.kind, 'done');
    deepEqual(await errors(), []);
    const jobs = await sample.lines(sample.views.jobs, 'job');
    ok(jobs.some(({ item }) => item.counters.modified === 1));
    await vscode.commands.executeCommand('dualWrite.sync.jobs.focus');
    await appears('.monaco-list-row:has-text("CUSTOMER →")');
    await screenshot('sync-jobs');
  });

  it('Q01: field by field, and back again', async () => {
    sample = await syncSample('q01fields');
    await sample.edit('business-central', changed(ROWS, '1', 'Praha'));
    await sample.edit('dataverse', changed(ROWS, '1', 'Paris'));
    await synchronize();
    const [error] = await errors();
    const result = await run('resolveFields', error, undefined, { City: 'Dataverse' });
    ok(result?.kind === 'done' && result.undo !== undefined);
    deepEqual(await errors(), []);
    const undone = await run('undo', sample.project, result.undo);
    equal(undone?.kind, 'done');
    equal((await errors()).length, 1);
  });

  it('Q02: a record that was deleted on one side is restored', async () => {
    sample = await syncSample('q02');
    await sample.edit('dataverse', ROWS.slice(1));
    // A deletion is noticed when the partner is to be synchronized.
    await sample.edit('business-central', changed(ROWS, '1', 'Praha'));
    await synchronize();
    const [error] = await errors();
    ok(error);
    equal(error.item.coupledRecordExists, false);
    equal((await run('restoreRecords', error))?.kind, 'done');
    deepEqual(await errors(), []);
    equal((await couplings()).length, 2);
  });

  it('Q02: or the rest of the pair is deleted', async () => {
    sample = await syncSample('q02rest');
    await sample.edit('dataverse', ROWS.slice(1));
    // A deletion is noticed when the partner is to be synchronized.
    await sample.edit('business-central', changed(ROWS, '1', 'Praha'));
    await synchronize();
    const [error] = await errors();
    const result = await run('deleteRecords', error, [error], { confirmed: true });
    equal(result?.kind, 'done');
    deepEqual(await errors(), []);
    equal((await couplings()).length, 1);
  });

  it('Q03: without its coupling a record does not synchronize, and coupled again it does', async () => {
    sample = await syncSample('q03');
    const [coupling] = await couplings();
    ok(coupling);
    equal((await run('deleteCouplings', coupling, [coupling], { confirmed: true }))?.kind, 'done');
    equal((await couplings()).length, 1);
    await run('setUpCoupling', coupling, [coupling], { partner: coupling.item.crmId });
    equal((await couplings()).length, 2);
    await sample.edit('business-central', changed(ROWS, '1', 'Praha'));
    const [anew] = await couplings();
    // Two records that were never synchronized with each other: somebody says whose values they begin with.
    const choices = { CUSTOMER: 'ToIntegrationTable' };
    equal((await run('synchronize', anew, [anew], { choices }))?.kind, 'done');
    const [again] = await couplings();
    equal(again?.item.coupledTo, 'Adatum,Praha');
    equal(again.item.state, 'synchronized');
  });

  it('Q07: the log of a record shows the run that was made for it', async () => {
    sample = await syncSample('q07');
    await sample.edit('business-central', changed(ROWS, '2', 'Nice'));
    const [, second] = await couplings();
    const result = await run('synchronize', second, [second], {
      choices: { CUSTOMER: 'ToIntegrationTable' },
    });
    ok(result?.kind === 'done');
    await run('openSource', second);
    const { activeTextEditor: editor } = vscode.window;
    match(editor?.document.uri.path ?? '', /business-central\.csv$/u);
    match(editor?.document.lineAt(editor.selection.start.line).text ?? '', /Contoso/u);
    await run('showLog', second);
    const jobs = await sample.lines(sample.views.jobs, 'job');
    deepEqual(
      jobs.map(({ item }) => item.no),
      result.jobs.map(({ no }) => no),
    );
    await run('showAllJobs');
  });

  it('resolves conflicts by itself once a mapping says how', async function () {
    sample = await syncSample('strategies');
    const asked = vscode.commands.executeCommand('dualWrite.sync.editStrategies', await mapping());
    for (const row of ['None', 'Send data update to integration table']) {
      if (!(await pick(row))) this.skip();
    }
    await asked;
    await until(sample.views.mappings, async () => {
      // While the file is being saved there may be no mapping.
      const [found] = await sample.lines(sample.views.mappings, 'mapping');
      return found?.item.updateConflictResolution === 'Send data update to integration table';
    });
    await sample.edit('business-central', changed(ROWS, '1', 'Praha'));
    await sample.edit('dataverse', changed(ROWS, '1', 'Paris'));
    await synchronize();
    deepEqual(await errors(), []);
    const [coupling] = await couplings();
    equal(coupling?.item.coupledTo, 'Adatum,Praha');
  });

  it('shows the waves of a full synchronization', async () => {
    sample = await syncSample('review');
    const panel = await vscode.commands.executeCommand<vscode.WebviewPanel>(
      'dualWrite.sync.fullSynchReview',
      sample.project,
    );
    match(panel.webview.html, /CUSTOMER/u);
    await shows(said('Wave {0}').replace('{0}', '1'));
    await screenshot('sync-review');
    // Both sides have records: the page says so, and whoever knows better says that.
    match(panel.webview.html, new RegExp(said('Couple Records'), 'u'));
    const reference = { project: sample.project, mapping: 'CUSTOMER' };
    equal((await run('recommendFullSynch', reference))?.kind, 'done');
    panel.dispose();
    const again = await vscode.commands.executeCommand<vscode.WebviewPanel>(
      'dualWrite.sync.fullSynchReview',
      sample.project,
    );
    equal(again.webview.html.includes(said('Couple Records')), false);
    await shows(said('Wave {0}').replace('{0}', '1'));
    await drawn();
    await screenshot('sync-review-recommended');
    again.dispose();
  });
});
