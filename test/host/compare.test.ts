import { deepEqual, equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CompareResult } from '../../src/service/protocol/maps.ts';
import { appears, press, screenshot, type } from './driver.ts';
import { extensionApi, leave, openSample } from './kit.ts';

describe('compare filters and count rows', () => {
  const map = 'maps/projects.json';

  it('shows above a filter how many rows it keeps', async () => {
    await extensionApi();
    const { document } = await openSample(map);
    const plain = 'Preview SQL and rows';
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    const titles = lenses.map(({ command }) => command?.title);
    // The samples have rows of the one side alone.
    deepEqual(new Set(titles), new Set([plain, `${plain} · 1 of 7 rows, 3 lost to NULL`]));
    equal(lenses[0]?.command?.command, 'dualWrite.previewFilter');
  });

  const others = [
    { id: 'another spelling', text: ' ( ( ParentProject == "" ) ) ', expected: 'equal' },
    { id: 'another meaning', text: '(ParentProject != "")', expected: 'different' },
    { id: 'a text that is no filter', text: '(ParentProject ==', expected: 'unknown' },
  ] as const;
  for (const { id, text, expected } of others) {
    it(`tells by its command: ${id}`, async () => {
      await extensionApi();
      const { document } = await openSample(map);
      const result = await vscode.commands.executeCommand<CompareResult | undefined>(
        'dualWrite.compareFilter',
        { uri: document.uri.toString(), index: 0 },
        { text },
      );
      ok(result);
      equal(result.compared.kind, expected);
      ok(result.sentence !== '');
      equal(result.errors === undefined, expected !== 'unknown');
    });
  }

  /** Runs the command as from the palette, with the caret in the filter of Finance and Operations. */
  async function ask(): Promise<Thenable<CompareResult | undefined>[]> {
    await extensionApi();
    const editor = await openSample(map);
    const place = editor.document.positionAt(
      editor.document.getText().indexOf('(ParentProject') + 3,
    );
    editor.selection = new vscode.Selection(place, place);
    // In a list, so that it is not waited for.
    return [vscode.commands.executeCommand<CompareResult | undefined>('dualWrite.compareFilter')];
  }
  const INPUT = '.quick-input-widget:visible';
  const ROW = `${INPUT} .monaco-list-row:has-text("customers-accounts.json")`;

  /** Asks, and chooses to type a filter; false where there is no keyboard. */
  async function askForText(): Promise<Thenable<CompareResult | undefined>[] | false> {
    const asked = await ask();
    if (!(await appears(ROW)) || !(await appears(`${INPUT} input:focus`))) return false;
    await appears(`${INPUT} .monaco-list-row.focused`);
    await press('Enter');
    await appears(`${INPUT}:has-text("The filter to compare with")`);
    await appears(`${INPUT} input:focus`);
    return asked;
  }

  it('asks for a text, which begins as the filter itself', async function () {
    const asked = await askForText();
    if (asked === false) this.skip();
    await screenshot('compare-type');
    await press('Enter');
    equal((await asked[0])?.compared.kind, 'equal');
  });

  it('says what is wrong with a text before it is accepted', async function () {
    const asked = await askForText();
    if (asked === false) this.skip();
    await type('(A ==');
    await appears(`${INPUT}:has-text("Expected a value")`);
    await screenshot('compare-error');
    await press('Escape');
    equal(await asked[0], undefined);
  });

  it('lists the filters of the same side, and compares with the one that is picked', async function () {
    const results: (CompareResult | undefined)[] = [];
    // The same one twice: the first answer changes nothing.
    for (const picture of ['compare-pick', 'compare-pick-again']) {
      const [result] = await ask();
      if (!(await appears(ROW))) this.skip();
      await screenshot(picture);
      await appears(`${INPUT} input:focus`);
      await type('customers-accounts');
      await appears(`${ROW}.focused`);
      await press('Enter');
      results.push(await result);
    }
    const [first, second] = results;
    equal(first?.compared.kind, 'different');
    deepEqual(second, first);
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('compares with nothing where the list is left', async function () {
    const [result] = await ask();
    if (!(await appears(ROW))) this.skip();
    ok(result);
    equal(await leave(result), undefined);
  });

  it('has its command in the palette', async () => {
    await extensionApi();
    ok((await vscode.commands.getCommands(true)).includes('dualWrite.compareFilter'));
  });
});
