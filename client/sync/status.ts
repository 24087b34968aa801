import * as vscode from 'vscode';
import type { SyncProgress } from '../../src/service/syncProtocol.ts';
import type { SyncService } from './service.ts';

/** How a run goes, or how many errors there are; nothing where there is no project. */
export function syncStatus(service: SyncService): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('dualWrite.sync', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('Dual-write synchronization');
  item.command = 'dualWrite.sync.errors.focus';

  const show = async (): Promise<void> => {
    const projects = await service.projects();
    const running = projects.flatMap((project) => project.running ?? []);
    const errors = projects.reduce((sum, { view }) => sum + (view?.errors ?? 0), 0);
    const [run] = running;
    if (run === undefined && errors === 0) {
      item.hide();
      return;
    }
    item.text = run === undefined ? `$(sync-ignored) ${errors}` : `$(sync~spin) ${shortly(run)}`;
    item.tooltip =
      run === undefined
        ? vscode.l10n.t('Synchronization errors: {0}', errors)
        : vscode.l10n.t('{0}: {1} of {2}', run.title, run.done, run.total);
    item.accessibilityInformation = { label: item.tooltip };
    item.show();
  };
  const subscription = service.onDidChange(() => {
    // A server that is gone has nothing to show, and says so itself.
    show().catch(() => item.hide());
  });
  return vscode.Disposable.from(item, subscription);
}

const shortly = ({ mapping, done, total }: SyncProgress): string =>
  total === 0 ? mapping : `${mapping} ${Math.floor((100 * done) / total)} %`;
