import { deepEqual, equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { appears, pick, screenshot } from './driver.ts';
import {
  codeOf,
  diagnosticsWhen,
  extensionApi,
  freshWindow,
  leave,
  openSample,
  said,
} from './kit.ts';

describe('suppressing a problem from the light bulb', () => {
  const map = 'maps/projects.json';
  const settings = (): vscode.WorkspaceConfiguration =>
    vscode.workspace.getConfiguration('dualWrite.diagnostics');

  beforeEach(freshWindow);
  afterEach(() => settings().update('suppress', undefined, vscode.ConfigurationTarget.Workspace));

  async function actions(): Promise<{
    readonly document: vscode.TextDocument;
    readonly found: readonly vscode.CodeAction[];
  }> {
    await extensionApi();
    const { document } = await openSample(map);
    const [warning] = await diagnosticsWhen(document.uri, (all) => all.length > 0);
    ok(warning);
    const asked = (): Thenable<vscode.CodeAction[]> =>
      vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        warning.range,
        vscode.CodeActionKind.QuickFix.value,
      );
    // VS Code gives the question up where another extension begins to offer actions meanwhile, as after its start.
    const found = await asked().then((all) => all, asked);
    return { document, found };
  }

  it('writes the map into the setting, and the warning is gone', async function () {
    const { document, found } = await actions();
    const title = said('Suppress {0} in Settings…').replace('{0}', 'null-lost');
    const action = found.find((each) => each.title === title);
    ok(action?.command);
    equal(action.isPreferred ?? false, false);
    equal(found[0]?.title === title, false, 'what mends the filter stands first');
    const { command, arguments: given = [] } = action.command;
    const asked = [vscode.commands.executeCommand(command, ...given)];
    if (await appears(`.quick-input-widget:visible .monaco-list-row`)) await screenshot('suppress');
    if (!(await pick(said('In this map')))) {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      this.skip();
    }
    const added = { code: 'null-lost', map: '[Projects] - [msdyn_projects]' };
    deepEqual(await asked[0], added);
    deepEqual(settings().get('suppress'), [added]);
    await diagnosticsWhen(document.uri, (all) => !all.some((each) => codeOf(each) === 'null-lost'));
  });

  it('writes nothing where the list is left', async function () {
    const { found } = await actions();
    const action = found.find(({ command }) => command?.command === 'dualWrite.suppressInSettings');
    ok(action?.command);
    const { command, arguments: given = [] } = action.command;
    const asked = vscode.commands.executeCommand(command, ...given);
    const row = `.quick-input-widget:visible .monaco-list-row:has-text("${said('Everywhere')}")`;
    if (!(await appears(row))) this.skip();
    equal(await leave(asked), undefined);
    deepEqual(settings().get('suppress'), []);
  });
});
