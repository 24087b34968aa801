import * as vscode from 'vscode';
import type { SyncNode } from '../../client/sync/nodes.ts';
import { syncProjectText } from '../kit/syncProjects.ts';
import { reload } from './driver.ts';
import { extensionApi, next, sampleUri } from './kit.ts';
import { until } from './syncKit.ts';
import { leave } from './windows.ts';

/** So many that a run takes longer than a window needs to close, which may be two seconds. */
const COUPLINGS = 30_000;

describe('a window that is closed in the middle of a run', () => {
  it('leaves it to the next one (windowReopened.test.ts)', async function () {
    this.timeout(120_000);
    const root = this.test?.parent?.parent;
    const tests = (root?.suites ?? []).flatMap((suite) => suite.tests);
    // What failed before is reported by this window.
    if (tests.some((test) => test.isFailed())) this.skip();
    const passes = tests.filter((test) => test.isPassed()).length;
    const { sync } = await extensionApi();
    const uri = sampleUri('closed/closed.sync.json');
    const text = syncProjectText(COUPLINGS, { conflicts: 0 });
    // It is found whole or not at all.
    const written = sampleUri('closed/written.txt');
    await vscode.workspace.fs.writeFile(written, new TextEncoder().encode(text));
    await vscode.workspace.fs.rename(written, uri);
    const project = uri.toString();
    let mapping: SyncNode | undefined;
    await until(sync.mappings, async () => {
      const top = (await sync.mappings.children()).find((node) => node.project === project);
      const lines = top?.kind === 'project' ? await sync.mappings.children(top) : [];
      mapping = lines.find(({ kind }) => kind === 'mapping');
      return mapping !== undefined;
    });
    await vscode.commands.executeCommand('dualWrite.sync.jobs.focus');
    if (!(await leave({ project, passes }))) this.skip();
    const begun = next(sync.onDidProgress, (progress) => progress.project === project);
    void vscode.commands.executeCommand(
      'dualWrite.sync.deleteMappingCouplings',
      mapping,
      undefined,
      { confirmed: true },
    );
    await begun;
    await reload();
    // This window ends here; mocha's time limit says so where it does not.
    await new Promise(() => undefined);
  });
});
