import { equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { drawn, screenshot, shows } from './driver.ts';
import { extensionApi } from './kit.ts';
import { until } from './syncKit.ts';
import { leftBefore } from './windows.ts';

describe('a window that is opened after one was closed in the middle of a run', () => {
  it('says that the run goes on, and ends it', async function () {
    this.timeout(120_000);
    const left = await leftBefore();
    ok(left);
    const { sync } = await extensionApi();
    // Nobody has looked at the views yet.
    await vscode.commands.executeCommand('notifications.showList');
    await shows('was interrupted when the window closed and has been resumed.');
    await drawn();
    await screenshot('sync-window-reopened');
    await vscode.commands.executeCommand('dualWrite.sync.jobs.focus');
    const couplings = async (): Promise<number | undefined> => {
      const top = await sync.mappings.children();
      const found = top.find((node) => node.project === left.project);
      const lines = found === undefined ? [] : await sync.mappings.children(found);
      const mapping = lines.find(({ kind }) => kind === 'mapping');
      return mapping?.kind === 'mapping' ? mapping.item.couplings : undefined;
    };
    await until(sync.mappings, async () => (await couplings()) === 0);
    equal(await couplings(), 0);
    await drawn();
    await screenshot('sync-window-finished');
    const folder = vscode.Uri.joinPath(vscode.Uri.parse(left.project, true), '..');
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });
});
