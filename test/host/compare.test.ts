import { deepEqual, equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CompareResult } from '../../src/service/protocol.ts';
import { extensionApi, openSample } from './kit.ts';

describe('compare filters and count rows', () => {
  const map = 'maps/projects.json';

  it('shows above a filter how many rows it keeps', async () => {
    await extensionApi();
    const { document } = await openSample(map);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    deepEqual(
      lenses.map(({ command }) => command?.title),
      ['Preview SQL and rows · 1 of 7 rows, 3 lost to NULL'],
    );
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

  it('has its command in the palette', async () => {
    await extensionApi();
    ok((await vscode.commands.getCommands(true)).includes('dualWrite.compareFilter'));
  });
});
