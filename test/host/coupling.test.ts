import { deepEqual, equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SyncRunResult } from '../../src/service/protocol/sync.ts';
import { appears, click, drawn, pick, press, screenshot, shows, type } from './driver.ts';
import { said } from './kit.ts';
import { ROWS, type Row, type SyncSample, syncSample, until } from './syncKit.ts';

const INPUT = '.quick-input-widget:visible';
const FABRIKAM: Row = ['3', 'Fabrikam', 'Wien'];
const LITWARE: Row = ['4', 'Litware', 'Graz'];

/** What the project has read once it shows what was changed with it. */
const MOVED: readonly Row[] = [['1', 'Adatum', 'Praha'], ...ROWS.slice(1)];

/** Set Up Coupling, Match-Based Coupling and Full Synch. Review, by keys alone. */
describe('guided coupling', () => {
  let sample: SyncSample;

  const run = (command: string, ...args: readonly unknown[]): Thenable<SyncRunResult | undefined> =>
    vscode.commands.executeCommand<SyncRunResult | undefined>(`dualWrite.sync.${command}`, ...args);
  const mapping = async () => {
    const [found] = await sample.lines(sample.views.mappings, 'mapping');
    ok(found);
    return found;
  };
  const pairs = async (): Promise<readonly string[]> =>
    (await sample.lines(sample.views.couplings, 'coupling')).map(
      ({ item }) => `${item.description} ↔ ${item.coupledTo}`,
    );
  /** Whether a step is there to be answered; false where there is no window to type in. */
  const asks = async (step: string, ...texts: readonly string[]): Promise<boolean> => {
    for (const text of [`(${step})`, ...texts]) {
      if (!(await appears(`${INPUT}:has-text("${text}")`))) return false;
    }
    return appears(`${INPUT} input:focus`);
  };
  const focused = (text: string): Promise<boolean> =>
    appears(`${INPUT} .monaco-list-row.focused:has-text("${text}")`);
  /** Checks an item of a list of boxes. */
  const check = async (text: string): Promise<void> => {
    await type(text);
    await appears(`${INPUT} .monaco-list-row:has-text("${text}")`);
    await press('ArrowDown');
    await focused(text);
    await press('Space');
  };
  const replace = async (text: string): Promise<void> => {
    await press('Control+A');
    await type(text);
  };

  beforeEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  afterEach(async function () {
    if (this.currentTest?.isFailed() === true)
      await screenshot(`guided-${this.currentTest.title.split(' ')[0]}`);
    await press('Escape');
    await vscode.commands.executeCommand('notifications.clearAll');
    await sample.remove();
    await until(
      sample.views.mappings,
      async () => (await sample.lines(sample.views.mappings, 'mapping')).length === 0,
    );
  });

  it('gives a record another partner, and the way back', async function () {
    sample = await syncSample('setup');
    await sample.edit('dataverse', [...MOVED, FABRIKAM, LITWARE]);
    const before = await pairs();
    const [first] = await sample.lines(sample.views.couplings, 'coupling');
    ok(first);
    await sample.views.couplings.view.reveal(first, { select: true, focus: true });
    await appears('.monaco-list-row:has-text("Adatum")');
    const running = run('setUpCoupling', first);
    // Neither is created by pressing Enter too early.
    if (!(await asks('1/2', 'Fabrikam')) || !(await focused('Fabrikam'))) this.skip();
    await appears(`${INPUT}:has-text("${said('Create New')}")`);
    await screenshot('coupling-partner');
    // Who has a partner is shown, and refused with the words of the engine.
    await type('conto');
    await focused('Contoso');
    await press('Enter');
    await appears(`${INPUT} .monaco-list-row.focused .codicon-warning`);
    await drawn();
    await screenshot('coupling-refused');
    await replace('wien fabr');
    await focused('Fabrikam');
    await press('Enter');
    await asks('2/2', 'Adatum ↔ Fabrikam', said('Do Not Synchronize'));
    await drawn();
    await screenshot('coupling-direction');
    await press('Control+Alt+Minus');
    await asks('1/2', 'Litware');
    await type('litw');
    await focused('Litware');
    await press('Enter');
    await asks('2/2', 'Adatum ↔ Litware', said('Do Not Synchronize'));
    await pick(said('To Integration Table'));
    const result = await running;
    ok(result?.kind === 'done', result?.kind);
    deepEqual(await pairs(), ['Adatum,Brno ↔ Adatum,Brno', 'Contoso,Lyon ↔ Contoso,Lyon']);
    const [anew] = await sample.lines(sample.views.couplings, 'coupling');
    equal(anew?.item.crmId.endsWith('4'), true);
    equal((await run('undo', sample.project, result.undo))?.kind, 'done');
    deepEqual(await pairs(), before);
    const [again] = await sample.lines(sample.views.couplings, 'coupling');
    equal(again?.item.crmId, first.item.crmId);
  });

  it('couples from the palette a record of either side', async function () {
    sample = await syncSample('palette');
    await sample.edit('business-central', [...MOVED, FABRIKAM]);
    await sample.edit('dataverse', [...MOVED, FABRIKAM]);
    const shown = await mapping();
    await sample.views.mappings.view.reveal(shown, { select: true, focus: true });
    await appears('.monaco-list-row:has-text("account")');
    await press('F1');
    if (!(await pick(said('command.sync.setUpCoupling')))) this.skip();
    await asks('1/3', 'Fabrikam');
    await drawn();
    await screenshot('coupling-record');
    await type('fabri');
    await focused('Fabrikam');
    await press('Enter');
    // Called alike, and so the first.
    await asks('2/3', said('called alike'));
    await focused('Fabrikam');
    await screenshot('coupling-alike');
    await press('Enter');
    await asks('3/3', said('Do Not Synchronize'));
    await pick(said('Do Not Synchronize'));
    await until(sample.views.couplings, async () => (await pairs()).length === 3);
    ok((await pairs()).includes('Fabrikam,Wien ↔ Fabrikam,Wien'));
  });

  it('creates what the other side lacks', async function () {
    sample = await syncSample('create');
    await sample.edit('business-central', [...MOVED, FABRIKAM]);
    const shown = await mapping();
    const running = run('setUpCoupling', shown);
    if (!(await asks('1/3', 'Fabrikam'))) this.skip();
    await type('fabri');
    await focused('Fabrikam');
    await press('Enter');
    await asks('2/3', 'Contoso');
    await pick(said('Create New'));
    const result = await running;
    ok(result?.kind === 'done');
    ok((await pairs()).includes('Fabrikam,Wien ↔ Fabrikam,Wien'));
  });

  it('matches by the criteria that somebody chooses', async function () {
    sample = await syncSample('match');
    await sample.edit('business-central', [...MOVED, FABRIKAM, LITWARE]);
    await sample.edit('dataverse', [...MOVED, ['3', 'Fabrikam', 'wien'], ['4', 'Litware', 'Linz']]);
    const running = run('matchBasedCoupling', await mapping());
    if (!(await asks('1/4', 'City'))) this.skip();
    await screenshot('match-fields');
    // Name is a criterion as the mapping is set; the city as well from now on.
    await check('City');
    await press('Enter');
    await asks('2/4', said('All of them'));
    await screenshot('match-order');
    await pick(said('One after the other'));
    await asks('3/4', said('Synchronize After Coupling'));
    await screenshot('match-options');
    await check(said('Synchronize After Coupling'));
    await press('Enter');
    await asks('4/4', said('Send data update to integration table'));
    await screenshot('match-winner');
    await press('Control+Alt+Minus');
    await asks('3/4', said('Synchronize After Coupling'));
    await press('Escape');
    equal(await running, undefined);
    equal((await pairs()).length, 2, 'who thinks better of it changes nothing');

    const again = run('matchBasedCoupling', await mapping());
    // One criterion has no order to ask for, on the way back either.
    for (const [step, key] of [
      ['1/4', 'Enter'],
      ['3/4', 'Control+Alt+Minus'],
      ['1/4', 'Enter'],
      ['3/4', 'Enter'],
    ] as const) {
      await asks(step);
      await press(key);
    }
    const result = await again;
    ok(result?.kind === 'done');
    deepEqual(result.notifications[0]?.args, { coupled: 2, notFound: 0, ambiguous: 0 });
    await vscode.commands.executeCommand('notifications.showList');
    await drawn();
    await screenshot('match-result');
    equal((await pairs()).length, 4);
  });

  it('starts, restarts and resets the full synchronization', async function () {
    sample = await syncSample('fullreview');
    const panel = await vscode.commands.executeCommand<vscode.WebviewPanel>(
      'dualWrite.sync.fullSynchReview',
      sample.project,
    );
    const finished = said('Finished');
    equal((await run('syncAll', sample.project, undefined, { confirmed: true }))?.kind, 'done');
    await shows(finished);
    await drawn();
    await screenshot('review-finished');
    const jobs = async () =>
      (await sample.lines(sample.views.jobs, 'job')).filter(({ item }) => item.no > 0).length;
    const before = await jobs();
    if (!(await click(`a[role="button"]:has-text("${said('Restart')}")`))) {
      panel.dispose();
      this.skip();
    }
    await until(sample.views.jobs, async () => (await jobs()) > before);
    await shows(finished);
    await click(`.buttons a:has-text("${said('Reset')}")`);
    await shows(said('Sync All'));
    await drawn();
    await screenshot('review-reset');
    panel.dispose();
  });
});
