import { deepEqual, equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TrackedNode, TrackedResult } from '../../src/service/protocol/maps.ts';
import { pageText, screenshot } from './driver.ts';
import { extensionApi, next, openSample } from './kit.ts';

const VIEW = 'dualWrite.trackedDataSources';

/** `sign label`, the children below. */
const drawn = (nodes: readonly TrackedNode[], indent = ''): readonly string[] =>
  nodes.flatMap(({ sign, label, children = [] }) => [
    `${indent}${sign} ${label}`,
    ...drawn(children, `${indent}  `),
  ]);

/** Ends when the window shows a text in the side bar; a desktop window can't be read. */
async function drawnInSideBar(text: string): Promise<void> {
  for (;;) {
    const shown = await pageText('.sidebar .monaco-list-rows');
    if (shown === false || shown.includes(text)) return;
  }
}

describe('tracked data sources', () => {
  after(() => vscode.commands.executeCommand('workbench.action.closeSidebar'));

  it('shows what live synchronization follows of the active map', async () => {
    const { tracked } = await extensionApi();
    const { document } = await openSample('maps/projects.json');
    const isOfMap = ({ uri }: TrackedResult): boolean => uri === document.uri.toString();
    const shown = next(tracked.onDidShow, isOfMap);
    await vscode.commands.executeCommand(`${VIEW}.focus`);
    const { nodes, hasMetadata } = await shown;
    equal(hasMetadata, true);
    const lines = drawn(nodes);
    deepEqual(lines.slice(0, 3), [
      'entity ProjectEntity',
      '  tracked ProjTable',
      '    tracked ProjectId',
    ]);
    ok(lines.includes('  untracked ParentProjTable'), lines.join('\n'));
    ok(lines.includes('    untracked ParentProject'), lines.join('\n'));
    // The view is as low as its neighbours leave it: what it begins with.
    await drawnInSideBar('ProjTable');
    await screenshot('tracked-data-sources');
  });

  it('lists the entities of all maps', async () => {
    const { tracked } = await extensionApi();
    const all = next(tracked.onDidShow, ({ uri }) => uri === null);
    await vscode.commands.executeCommand(`${VIEW}.showAll`);
    const labels = (await all).nodes.map(({ label }) => label);
    ok(labels.includes('CustCustomerV3Entity') && labels.includes('ProjectEntity'), String(labels));
    await drawnInSideBar('CustCustomerV3Entity');
    await screenshot('tracked-data-sources-all');
    const one = next(tracked.onDidShow, ({ uri }) => uri !== null);
    await vscode.commands.executeCommand(`${VIEW}.followEditor`);
    equal((await one).nodes.length, 1);
  });

  it('tells of X++ that live synchronization does not see', async () => {
    await extensionApi();
    const path = 'metadata/Customers/AxClass/CustCreditBlockJob.xml';
    const { document } = await openSample(path);
    const found = (): vscode.Diagnostic | undefined =>
      vscode.languages.getDiagnostics(document.uri).find(({ source }) => source === 'dual-write');
    if (found() === undefined) {
      await next(vscode.languages.onDidChangeDiagnostics, () => found() !== undefined);
    }
    const diagnostic = found();
    ok(diagnostic);
    equal(document.getText(diagnostic.range), 'update_recordset custTable');
    ok(diagnostic.message.includes('CustTable'), diagnostic.message);
  });
});
