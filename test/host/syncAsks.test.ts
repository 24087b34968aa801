import { equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SyncRunResult } from '../../src/service/protocol/sync.ts';
import { appears, drawn, pick, press, screenshot } from './driver.ts';
import { said } from './kit.ts';
import { type Row, ROWS, type SyncSample, syncSample, until } from './syncKit.ts';

const INPUT = '.quick-input-widget:visible';

/** What a conflict asks somebody, and what the messages and titles about it say. */
describe('synchronization asks', () => {
  let sample: SyncSample;

  const run = (command: string, ...args: readonly unknown[]): Thenable<SyncRunResult | undefined> =>
    vscode.commands.executeCommand<SyncRunResult | undefined>(`dualWrite.sync.${command}`, ...args);
  const errors = () => sample.lines(sample.views.errors, 'error');
  const activeTab = (): string => vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
  const titled = (title: string): string =>
    said(title).replace('{0}', 'Adatum,').replace('{1}', 'Business Central ↔ Dataverse');
  /** A conflict about the city of the first pair, which has none in Business Central. */
  const conflict = async (name: string) => {
    sample = await syncSample(name);
    const changed = (city: string): readonly Row[] => [['1', 'Adatum', city], ...ROWS.slice(1)];
    await sample.edit('business-central', changed(''));
    await sample.edit('dataverse', changed('Paris'));
    const [mapping] = await sample.lines(sample.views.mappings, 'mapping');
    equal((await run('runModified', mapping))?.kind, 'done');
    const [error] = await errors();
    ok(error);
    return error;
  };
  const asks = async (...texts: readonly string[]): Promise<boolean> => {
    for (const text of texts) if (!(await appears(`${INPUT}:has-text("${text}")`))) return false;
    return drawn().then(() => true);
  };

  beforeEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  afterEach(async () => {
    await press('Escape');
    await vscode.commands.executeCommand('notifications.clearAll');
    await sample.remove();
    await until(sample.views.errors, async () => (await errors()).length === 0);
  });

  it('nobody anything where there is no error, and says so once the project was asked', async () => {
    sample = await syncSample('noerrors');
    await sample.remove();
    await until(
      sample.views.mappings,
      async () => (await sample.lines(sample.views.mappings, 'mapping')).length === 0,
    );
    await vscode.commands.executeCommand('dualWrite.sync.errors.focus');
    const [text = ''] = said('welcome.sync.noErrors').split('\n');
    await appears(`.welcome-view-content:has-text("${text}")`);
    sample = await syncSample('noerrors');
  });

  it('whose values win, of which record, and says what is lost', async function () {
    const error = await conflict('asks');
    // A mapping that goes both ways has two jobs, and the message says which is which.
    await vscode.commands.executeCommand('notifications.showList');
    await appears(
      `.notifications-center:has-text("CUSTOMER, ${said('Business Central to Dataverse')}")`,
    );
    await screenshot('sync-toast');
    await vscode.commands.executeCommand('notifications.clearAll');
    const running = run('synchronize', error, [error]);
    const isAsked = await asks(
      'Adatum, (CUSTOMER)',
      said('The changes made in Dataverse are lost.'),
      said('The changes made in Business Central are lost.'),
    );
    if (!isAsked) this.skip();
    await appears(
      `${INPUT} input[placeholder="${said('Both records have changed: whose values win?')}"]`,
    );
    await screenshot('sync-whose');
    await pick(said('Get data update from Dataverse.'));
    equal((await running)?.kind, 'done');
    equal((await errors()).length, 0);
  });

  it('which side each field takes, with blanks that can be seen', async function () {
    const error = await conflict('asksfields');
    await vscode.commands.executeCommand('notifications.clearAll');
    const running = run('resolveFields', error);
    const isAsked = await asks('Adatum, (CUSTOMER)', said('(empty)'), 'Paris', 'Brno');
    if (!isAsked) {
      // Nobody can answer: the list goes with its window.
      void running;
      this.skip();
    }
    await screenshot('sync-fields');
    await press('Escape');
    equal(await running, undefined);
  });

  it('nothing to compare and to open: titles name the record, and a line of the log leads to its row', async () => {
    const error = await conflict('opens');
    await run('compareSides', error);
    equal(activeTab(), titled('{0}: {1}'));
    await run('compareWithBase', error);
    // VS Code adds how many files there are.
    ok(activeTab().startsWith(titled('{0}: changes since the last agreement')), activeTab());
    await screenshot('sync-titles');
    const [line] = await sample.lines(sample.views.jobs, 'jobError');
    ok(line);
    for (const [command, file, id] of [
      ['openSource', 'business-central.csv', 'c0000000'],
      ['openDestination', 'dataverse.csv', 'd0000000'],
    ] as const) {
      await run(command, line);
      const editor = vscode.window.activeTextEditor;
      ok(editor);
      ok(editor.document.uri.path.endsWith(file), editor.document.uri.path);
      equal(editor.document.getText(editor.selection), `${id}-0000-0000-0000-000000000001`);
    }
    await sample.views.jobs.view.reveal(line, { select: true, focus: true });
    await appears('.pane .monaco-list-row.focused:has-text("City")');
    await press('Shift+F10');
    await appears(`.monaco-menu:has-text("${said('command.sync.openSource')}")`);
    await screenshot('sync-log-menu');
    await press('Escape');
  });
});
