import { deepEqual, ok } from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension in VS Code', () => {
  it('is found and starts', async () => {
    const extension = vscode.extensions.getExtension('dual-write-workbench.dual-write-workbench');
    ok(extension);
    await extension.activate();
    ok(extension.isActive);
  });

  it('has registered every command of its manifest', async () => {
    const extension = vscode.extensions.getExtension('dual-write-workbench.dual-write-workbench');
    await extension?.activate();
    const offered: { readonly command: string }[] = extension?.packageJSON.contributes.commands;
    const registered = new Set(await vscode.commands.getCommands(true));
    deepEqual(
      offered.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });
});
