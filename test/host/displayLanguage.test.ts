import { equal, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { translator } from '../../src/problem/message.ts';
import { appears, screenshot } from './driver.ts';
import { codeOf, diagnosticsWhen, extensionApi, leave, openSample } from './kit.ts';

/**
 * What is said in the language of VS Code: by the server, by the client, and by the manifest. Run in each of the
 * languages by `npm test`; the other tests in VS Code know English alone.
 */
describe('display-language', () => {
  const map = 'maps/projects.json';

  it('is that of problems, hovers and code lenses', async () => {
    await extensionApi();
    const translate = translator(vscode.env.language);
    const { document } = await openSample(map);
    const [warning] = await diagnosticsWhen(document.uri, (found) => found.length > 0);
    ok(warning);
    equal(codeOf(warning), 'null-lost');
    const args = { field: 'ParentProject', entity: 'ProjectEntity', dataSource: 'ParentProjTable' };
    equal(warning.message, translate('problem.null-lost', args));
    equal(
      warning.relatedInformation?.[0]?.message,
      translate('related.outer-join', { dataSource: 'ParentProjTable' }),
    );

    const place = document.positionAt(document.getText().indexOf('ParentProject ==') + 3);
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      place,
    );
    const text = hover?.contents
      .map((content) => (typeof content === 'string' ? content : content.value))
      .join('\n');
    ok(text?.includes(translate('hover.direction.1')), text);

    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    const counts = translate('lens.rows', { kept: 1, count: 7 });
    const titles = lenses.map(({ command }) => command?.title ?? '');
    ok(
      titles.some((title) => title.includes(`${translate('lens.preview')} · ${counts}`)),
      titles.join(),
    );
  });

  it('is that of the client and of the manifest', async () => {
    await extensionApi();
    const extension = vscode.extensions.getExtension('dual-write-workbench.dual-write-workbench');
    ok(extension);
    const { language } = vscode.env;
    const suffix = language === 'en' ? '' : `.${language}`;
    const read = (file: string): Record<string, string> =>
      JSON.parse(readFileSync(join(extension.extensionPath, file), 'utf8'));
    const title = read(`package.nls${suffix}.json`)['view.maps'];
    const views: { readonly id: string; readonly name: string }[] =
      extension.packageJSON.contributes.views.dualWrite;
    equal(views.find(({ id }) => id === 'dualWrite.maps')?.name, title);

    const editor = await openSample(map);
    const place = editor.document.positionAt(
      editor.document.getText().indexOf('(ParentProject') + 3,
    );
    editor.selection = new vscode.Selection(place, place);
    const asked = vscode.commands.executeCommand('dualWrite.compareFilter');
    const prompt = 'Compare with which filter?';
    const sentence = suffix === '' ? prompt : read(`l10n/bundle.l10n${suffix}.json`)[prompt];
    await appears(`.quick-input-widget:visible input[placeholder="${sentence}"]`);
    await screenshot(`language-${language}`);
    equal(await leave(asked), undefined);
  });
});
