import { equal, match } from 'node:assert/strict';
import * as vscode from 'vscode';
import { click, press, screenshot, shows } from './driver.ts';
import { extensionApi, next, openSample } from './kit.ts';

describe('the language status', () => {
  it('says that the metadata of a map are known, and of which entity', async () => {
    const { status } = await extensionApi();
    const shown = next(status.onDidShow, ({ text, isBusy }) => text !== undefined && !isBusy);
    const { document } = await openSample('maps/projects.json');
    const { uri, text, detail } = await shown;
    equal(uri, document.uri.toString());
    equal(text, 'Metadata of the entity are known');
    equal(detail, 'ProjectEntity');
    if (await click('[id="status.languageStatus"]')) equal(await shows(text), true);
    await screenshot('language-status');
    await press('Escape');
  });

  it('says it of another entity as soon as the map names one', async () => {
    const { status } = await extensionApi();
    const shown = next(status.onDidShow, ({ text }) => text === 'No metadata of the entity');
    const document = await vscode.workspace.openTextDocument({
      language: 'json',
      content: JSON.stringify({
        legs: [
          {
            sourceSchema: 'Nobody knows',
            sourceFilter: '(A == "")',
            destinationSchema: 'accounts',
            fieldMappings: [],
          },
        ],
      }),
    });
    await vscode.window.showTextDocument(document);
    match((await shown).detail, /Nobody knows/u);
  });

  it('says nothing of a document without a map', async () => {
    const { status } = await extensionApi();
    const shown = next(status.onDidShow, ({ text }) => text === undefined);
    const document = await vscode.workspace.openTextDocument({ language: 'json', content: '{}' });
    await vscode.window.showTextDocument(document);
    equal((await shown).uri, document.uri.toString());
  });
});
