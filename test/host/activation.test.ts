import { ok } from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension in VS Code', () => {
  it('is found and starts', async () => {
    const extension = vscode.extensions.getExtension('dual-write-workbench.dual-write-workbench');
    ok(extension);
    await extension.activate();
    ok(extension.isActive);
  });
});
