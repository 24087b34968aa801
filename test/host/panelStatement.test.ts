import { deepEqual, equal } from 'node:assert/strict';
import * as vscode from 'vscode';
import { click, evaluate, pageText, screenshot } from './driver.ts';
import { extensionApi, next, openSample } from './kit.ts';

describe('the statement in the preview (panel)', () => {
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const openPreview = async (text: string): Promise<void> => {
    const { rows } = await extensionApi();
    const editor = await openSample('maps/projects.json');
    const place = editor.document.positionAt(editor.document.getText().indexOf(text));
    editor.selection = new vscode.Selection(place, place);
    const shown = next(
      rows.onDidShow,
      (result) => result.kind === 'rows' && result.filter.includes(text),
    );
    await vscode.commands.executeCommand('dualWrite.previewFilter');
    await shown;
  };

  const hasJob = (): Promise<string | false> =>
    evaluate(
      'header',
      `[...document.querySelectorAll('header button')].some((each) => each.checkVisibility())`,
    );

  it('shows the filter’s own term, and offers no job where there is no X++', async function () {
    await openPreview('ParentProject');
    if ((await pageText('main')) === false) this.skip();
    await click('.sql summary');
    // A pane that opens tells so in a turn of its own.
    const seen = await evaluate(
      '.sql mark',
      `new Promise((resolve) => setTimeout(() => {
        const mark = document.querySelector('.sql mark');
        const [own, pane] = [mark, mark.parentElement].map((each) => each.getBoundingClientRect());
        resolve([mark.textContent, own.top >= pane.top && own.bottom <= pane.bottom]);
      }))`,
    );
    deepEqual(JSON.parse(seen === false ? '[]' : seen), ["(PARENTPROJECT='')", true]);
    await screenshot('preview-sql-term');
    equal(await hasJob(), 'true');
    await openPreview('statecode');
    equal(await hasJob(), 'false');
    await screenshot('preview-dataverse');
    await click('.sql summary');
  });
});
