import * as vscode from 'vscode';
import type { SyncProgress } from '../../src/service/protocol/sync.ts';
import type { SyncService } from './service.ts';

/** How a run goes, or how many errors there are; nothing where there is no project. */
export function syncStatus(service: SyncService): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('dualWrite.sync', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('Dual-write synchronization');
  item.command = 'dualWrite.sync.errors.focus';

  const show = async (): Promise<void> => {
    const projects = await service.projects();
    const errors = projects.reduce((sum, { view }) => sum + (view?.errors ?? 0), 0);
    const run = projects.find(({ running }) => running !== undefined)?.running;
    if (run !== undefined) {
      showRun(run);
    } else if (errors > 0) {
      tell(`$(sync-ignored) ${errors}`, vscode.l10n.t('Synchronization errors: {0}', errors));
    } else {
      item.hide();
    }
  };
  const showRun = (run: SyncProgress): void =>
    tell(
      `$(sync~spin) ${shortly(run)}`,
      vscode.l10n.t('{0}: {1} of {2}', run.title, run.done, run.total),
    );
  const tell = (text: string, tooltip: string): void => {
    item.text = text;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: tooltip };
    item.show();
  };
  const subscription = service.onDidChange(() => {
    // A server that is gone has nothing to show, and says so itself.
    show().catch(() => item.hide());
  });
  return vscode.Disposable.from(item, subscription, service.onDidProgress(showRun));
}

const shortly = ({ mapping, done, total }: SyncProgress): string =>
  total === 0 ? mapping : `${mapping} ${Math.floor((100 * done) / total)} %`;
