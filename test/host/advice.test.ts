import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type {
  ErrorLogResult,
  ExplainMessageResult,
  HealthResult,
  Report,
} from '../../src/service/protocol/advice.ts';
import { pageText, screenshot } from './driver.ts';
import { extensionApi, openSample } from './kit.ts';

const run = <T>(name: string, argument?: unknown): Thenable<T> =>
  vscode.commands.executeCommand<T>(`dualWrite.${name}`, argument);

/** The title of the tab in front. */
const front = (): string | undefined => vscode.window.tabGroups.activeTabGroup.activeTab?.label;

/** The preview draws itself when it likes; a desktop VS Code has nobody to look. */
async function drawn(wanted: string): Promise<void> {
  for (let text = await pageText(); text !== false && !text.includes(wanted);) {
    text = await pageText();
  }
}

describe('advice', () => {
  let folder = '';
  before(async () => {
    await extensionApi();
    folder = await mkdtemp(join(tmpdir(), 'advice-'));
    await writeFile(
      join(folder, 'DualWriteProjectConfiguration.csv'),
      'PROJECTNAME,INTERNALENTITYNAME,EXTERNALENTITYNAME\r\nDWM-1,Projects,msdyn_projects\r\n',
    );
    await writeFile(
      join(folder, 'DualWriteErrorLog.csv'),
      "EntityName,ErrorMessage\r\nCustomers V3,Party record not found for party type 'Organization'\r\n",
    );
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true, force: true });
  });

  it('explains the error message that is selected', async () => {
    const document = await vscode.workspace.openTextDocument({
      content:
        'Error: {"code":"0x80072560","message":"The user is not a\nmember of the organization."}',
    });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 0, 2, 0);
    const result = await run<ExplainMessageResult>('explainMessage');
    deepEqual(result.found, ['not-a-member']);
    equal(front()?.includes(result.title), true);
    await drawn('Who can fix it');
    await screenshot('explain-message');
  });

  it('explains an exported log of errors', async () => {
    const result = await run<ErrorLogResult>(
      'explainErrorLog',
      vscode.Uri.file(join(folder, 'DualWriteErrorLog.csv')),
    );
    ok(result.kind === 'report');
    equal(result.causes, 1);
    await drawn('Party record not found');
    await screenshot('explain-error-log');
  });

  it('checks exported configuration: problems at the records, and a report', async () => {
    const result = await run<HealthResult>('checkHealth', vscode.Uri.file(folder));
    deepEqual(
      result.findings.map(({ rule }) => rule),
      ['record-count'],
    );
    const file = vscode.Uri.file(join(folder, 'DualWriteProjectConfiguration.csv'));
    const [problem] = vscode.languages.getDiagnostics(file);
    equal(problem?.code, 'record-count');
    equal(problem?.range.start.line, 1);
    await drawn('record-count');
    await screenshot('check-health');
  });

  it('opens a guide, held against the workspace and what was checked', async () => {
    await openSample('maps/projects.json');
    const { markdown } = await run<Report>('openGuide', 'query-filter');
    match(markdown, /loses? rows to NULL, the first in/u);
    await drawn('Required role');
    await screenshot('guide');
    const other = await run<Report>('openGuide', 'changed-environment');
    match(other.markdown, /has 1 record\./u);
  });
});
