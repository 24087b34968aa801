import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { syncOpenRequest, type SyncProject } from '../../src/service/protocol/sync.ts';
import type { SyncService } from './service.ts';

const RUNNING = 'dualWrite.sync.running';
const { t } = vscode.l10n;

/**
 * A window that is closed in the middle of a run, or a server that ends there, leaves it to the next one, which opens the
 * project at once, so that the run goes on without anybody looking at the views, and says so.
 */
export function interruptedRuns(
  context: vscode.ExtensionContext,
  client: LanguageClient,
  service: SyncService,
): vscode.Disposable {
  const running = new Set(context.workspaceState.get<readonly string[]>(RUNNING));
  const keep = (): Thenable<void> => context.workspaceState.update(RUNNING, [...running]);

  const goOn = async (project: string): Promise<void> => {
    const opened = await service.ask<SyncProject | null>(syncOpenRequest, { project });
    if (opened?.trouble === undefined) {
      if (opened?.running === undefined && running.delete(project)) await keep();
      return;
    }
    const jobs = t('Show Jobs');
    const text = `${opened.name}: ${opened.trouble.text}`;
    const pressed = await vscode.window.showInformationMessage(text, jobs);
    if (pressed === jobs) await vscode.commands.executeCommand('dualWrite.sync.jobs.focus');
  };
  const changed = async (project: string | undefined): Promise<void> => {
    if (project === undefined || !running.has(project)) return;
    const known = (await service.projects()).find(({ uri }) => uri === project);
    // A server that is going says that a project is closed: its run is not done.
    if (known?.state !== 'open' || known.running !== undefined) return;
    running.delete(project);
    await keep();
  };
  const told = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => {
      // What a server that is going does not answer, the next one will.
      if (client.isRunning()) client.error(RUNNING, error, false);
    });
  };

  return vscode.Disposable.from(
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) told(Promise.all([...running].map(goOn)));
    }),
    service.onDidProgress(({ project }) => {
      if (running.has(project)) return;
      running.add(project);
      told(Promise.resolve(keep()));
    }),
    service.onDidChange((project) => told(changed(project))),
  );
}
