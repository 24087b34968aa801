import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { SyncRunResult } from '../../src/service/protocol/sync.ts';
import { appears, drawn, press, screenshot, shows, type } from './driver.ts';
import { next, said, sampleUri } from './kit.ts';
import { type Row, ROWS, type SyncSample, syncSample, until } from './syncKit.ts';

const INPUT = '.quick-input-widget:visible';

/** The other half of the walk-throughs of `bc-oracle.md` Q, and what the views do besides. */
describe('synchronization, the log and the setup', () => {
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
  const jobs = () => sample.lines(sample.views.jobs, 'job');
  const synchronize = async (): Promise<void> => {
    equal((await run('runModified', await mapping()))?.kind, 'done');
  };
  const changed = (id: string, city: string, rows = ROWS): readonly Row[] =>
    rows.map((row) => (row[0] === id ? [row[0], row[1], city] : row));
  const conflict = async (rows = ROWS): Promise<void> => {
    await sample.edit('business-central', changed('1', 'Praha', rows));
    await sample.edit('dataverse', changed('1', 'Paris', rows));
    await synchronize();
    equal((await errors()).length, 1);
  };
  const confirmed = { confirmed: true };

  afterEach(async () => {
    await sample.views.couplings.filter({});
    await sample.views.errors.groupBy('mapping');
    await vscode.commands.executeCommand('notifications.clearAll');
    await sample.remove();
    await until(
      sample.views.mappings,
      async () => (await sample.lines(sample.views.mappings, 'mapping')).length === 0,
    );
  });

  it('Q04: Find for Deleted lists what a one-way mapping does not notice', async () => {
    sample = await syncSample('q04', 'ToIntegrationTable');
    await sample.edit('business-central', ROWS.slice(1));
    await synchronize();
    deepEqual(await errors(), []);
    equal((await run('findForDeleted', sample.project, undefined, confirmed))?.kind, 'done');
    const [error] = await errors();
    ok(error);
    deepEqual([error.item.recordExists, error.item.coupledRecordExists], [false, true]);
    await sample.views.errors.view.reveal(error, { select: true, focus: true });
    await appears('.monaco-list-row:has-text("Adatum")');
    await screenshot('sync-deleted');
    // Both records must exist: the action is off, and says why.
    equal(await run('retry', error), undefined);
    equal((await run('deleteCouplings', error, [error], confirmed))?.kind, 'done');
    deepEqual(await errors(), []);
    equal((await couplings()).length, 1);
  });

  it('Q05: where no retry helps, the log tells what an administrator has to do', async () => {
    const error = 'Principal user (Id=1, type=8) is missing prvWriteAccount privilege';
    sample = await syncSample('q05', 'Bidirectional', [{ on: 'modify', error }]);
    await sample.edit('business-central', changed('1', 'Praha'));
    await synchronize();
    await run('retryAll', sample.project, undefined, confirmed);
    await synchronize();
    equal((await errors()).length, 1);
    const [line] = await sample.lines(sample.views.jobs, 'jobError');
    ok(line);
    match(line.item.message.text, /prvWriteAccount/u);
    const [cause] = await sample.views.jobs.children(line);
    match(cause?.kind === 'note' ? cause.text : '', /prvWriteAccount/u);
    await sample.views.jobs.view.reveal(line, { select: true, focus: true });
    await appears('.monaco-list-row:has-text("prvWriteAccount")');
    await screenshot('sync-administrator');
    // As the links of Source and Destination do in the product: from the error to the row.
    const { command } = sample.views.jobs.item(line);
    ok(command);
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    await shows(said('Next step'));
    await drawn();
    await screenshot('sync-log-explained');

    await sample.refuse([]);
    await sample.edit('business-central', changed('1', 'Plzeň'));
    await run('retryAll', sample.project, undefined, confirmed);
    await synchronize();
    deepEqual(await errors(), []);
    const [first] = await couplings();
    equal(first?.item.coupledTo, 'Adatum,Plzeň');
  });

  it('Q06: cleaning up the log hides no error that a row still needs', async () => {
    sample = await syncSample('q06');
    const agreed = changed('2', 'Nice');
    await sample.edit('business-central', agreed);
    await synchronize();
    await conflict(agreed);
    const [before] = await errors();
    const finished = (await jobs()).length;
    equal((await run('deleteOldEntries', sample.project, undefined, confirmed))?.kind, 'done');
    equal((await jobs()).length, finished);
    equal((await run('deleteAllEntries', sample.project, undefined, confirmed))?.kind, 'done');
    const left = await jobs();
    ok(left.length > 0 && left.length < finished);
    ok(left.some(({ item }) => item.no === before?.item.job));
    const [after] = await errors();
    deepEqual(after?.item, before?.item);
    match(after?.item.error?.text ?? '', /City/u);
  });

  it('Q08: all couplings of a mapping are removed, found by match, and synchronize', async () => {
    sample = await syncSample('q08');
    equal(
      (await run('deleteMappingCouplings', await mapping(), undefined, confirmed))?.kind,
      'done',
    );
    deepEqual(await couplings(), []);
    // By the criteria that the mapping has.
    equal((await run('matchBasedCoupling', await mapping(), undefined, confirmed))?.kind, 'done');
    const found = await couplings();
    deepEqual(
      found.map(({ item }) => [item.description, item.coupledTo]),
      ROWS.map((row) => [row.slice(1).join(','), row.slice(1).join(',')]),
    );
    const choices = { CUSTOMER: 'ToIntegrationTable' };
    equal((await run('synchronize', found[0], found, { choices }))?.kind, 'done');
    await sample.edit('dataverse', changed('1', 'Paris'));
    await synchronize();
    const [first] = await couplings();
    deepEqual([first?.item.description, first?.item.state], ['Adatum,Paris', 'synchronized']);
  });

  it('groups by cause, counts on a badge, filters couplings', async function () {
    sample = await syncSample('look');
    await conflict();
    equal(sample.views.errors.view.badge?.value, 1);
    await run('groupByCause');
    const [group] = await sample.lines(sample.views.errors, 'errorGroup');
    deepEqual([group?.item.key, group?.item.count], ['conflict', 1]);
    await vscode.commands.executeCommand('dualWrite.sync.errors.focus');
    await appears('.monaco-list-row:has-text("Adatum")');
    await screenshot('sync-causes');
    await run('groupByMapping');

    const filtered = run('filterCouplings');
    if (!(await appears(`${INPUT} input:focus`))) this.skip();
    await type('LYON');
    await press('Enter');
    await appears(`${INPUT} .monaco-list-row.focused`);
    await press('Enter');
    await filtered;
    deepEqual(
      (await couplings()).map(({ item }) => item.description),
      ['Contoso,Lyon'],
    );
    await vscode.commands.executeCommand('dualWrite.sync.couplings.focus');
    const [shown] = await couplings();
    ok(shown);
    await sample.views.couplings.view.reveal(shown, { select: true, focus: true });
    await appears('.monaco-list-row:has-text("Contoso")');
    await screenshot('sync-couplings-filtered');
    await run('clearFilter');
    equal((await couplings()).length, 2);
    await sample.views.couplings.filter({ state: 'skipped' });
    deepEqual(
      (await couplings()).map(({ item }) => item.state),
      (await errors()).map(({ item }) => item.state).filter((state) => state === 'skipped'),
    );
  });

  it('shows mappings with their fields', async () => {
    sample = await syncSample('mappings');
    await synchronize();
    const shown = await mapping();
    await sample.views.mappings.view.reveal(shown, { select: true, focus: true, expand: true });
    await appears('.monaco-list-row:has-text("account")');
    await screenshot('sync-mappings');
    const fields = await sample.lines(sample.views.mappings, 'field');
    deepEqual(
      fields.map(({ item }) => [item.field, item.integrationField]),
      [
        ['Name', 'name'],
        ['City', 'city'],
      ],
    );
  });

  it('shows what every run has passed, with the way to create its partners', async () => {
    sample = await syncSample('passed');
    const lines = () => sample.lines(sample.views.mappings, 'notYetCreated');
    await synchronize();
    deepEqual(await lines(), []);
    await run('deleteMappingCouplings', await mapping(), undefined, confirmed);
    const [line] = await lines();
    ok(line);
    equal(line.count, 2 * ROWS.length);
    await sample.views.mappings.view.reveal(line, { select: true, focus: true });
    await appears(`.monaco-list-row:has-text("${said('Not Yet Created')}")`);
    await screenshot('sync-passed');
    // From the line, as its button does.
    equal((await run('runFull', line, undefined, confirmed))?.kind, 'done');
  });

  it('brings the views back when the server is killed', async function () {
    sample = await syncSample('killed');
    await conflict();
    const seen = async () => [
      (await errors()).map(({ id, item }) => ({ id, item })),
      (await couplings()).map(({ id, item }) => ({ id, item })),
      (await jobs()).map(({ id, item }) => ({ id, item })),
    ];
    const before = await seen();
    const server = await serverProcess();
    if (server === undefined) this.skip();
    const back = next(sample.views.errors.onDidChange);
    process.kill(server, 'SIGKILL');
    await back;
    await until(sample.views.errors, async () => (await errors()).length === 1);
    deepEqual(await seen(), before);
    // Not shown alone: it works as before.
    const [error] = await errors();
    const choices = { CUSTOMER: 'FromIntegrationTable' };
    equal((await run('synchronize', error, [error], { choices }))?.kind, 'done');
    deepEqual(await errors(), []);
  });

  it('creates a project by keys alone', async function () {
    sample = await syncSample('beside');
    const created = vscode.commands.executeCommand<vscode.Uri | undefined>(
      'dualWrite.sync.newProject',
    );
    for (const step of ['(1/3)', '(2/3)', '(3/3)']) {
      if (!(await appears(`${INPUT}:has-text("${step}")`))) this.skip();
      await appears(`${INPUT} input:focus`);
      await screenshot(`sync-new-${step.charAt(1)}`);
      if (step === '(3/3)') await type('by-keys');
      await press('Enter');
    }
    const uri = await created;
    equal(uri?.path, sampleUri('by-keys.sync.json').path);
    const text = (await vscode.workspace.openTextDocument(uri ?? sampleUri(''))).getText();
    match(text, /"CUSTOMER"/u);
    try {
      await until(sample.views.mappings, async () =>
        (await sample.views.mappings.children()).some(({ project }) => project === uri?.toString()),
      );
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      for (const path of [
        'by-keys.sync.json',
        'by-keys.sync.store',
        'rows/business-central',
        'rows/dataverse',
      ])
        await vscode.workspace.fs.delete(sampleUri(path), { recursive: true }).then(
          () => undefined,
          // A project that nobody ran has no store yet.
          () => undefined,
        );
    }
  });
});

/** The number of the language server's process: our child, by its command line; undefined where there is no `ps`. */
async function serverProcess(): Promise<number | undefined> {
  const list = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']).catch(
    () => undefined,
  );
  const lines = (list?.stdout ?? '').split('\n').map((line) => line.trim().split(/\s+/u));
  const found = lines.find(
    ([, parent, ...args]) =>
      parent === String(process.pid) && args.some((arg) => arg.endsWith('server.cjs')),
  );
  return found === undefined ? undefined : Number(found[0]);
}
