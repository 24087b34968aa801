import { equal } from 'node:assert/strict';
import * as vscode from 'vscode';
import { screenshot, shows } from './driver.ts';

describe('the walkthrough', () => {
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens, with its first step', async () => {
    await vscode.commands.executeCommand(
      'workbench.action.openWalkthrough',
      'dual-write-workbench.dual-write-workbench#start',
      false,
    );
    equal(await shows('Open a map'), true);
    await screenshot('walkthrough');
  });
});
