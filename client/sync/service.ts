import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import {
  type SyncChanged,
  syncChangedNotification,
  type SyncParams,
  type SyncProgress,
  syncProgressNotification,
  type SyncProject,
  syncProjectsRequest,
  type SyncProjectsResult,
} from '../../src/service/protocol/sync.ts';

/** The sync projects of the workspace, as the server knows them. Every view asks through here. */
export interface SyncService extends vscode.Disposable {
  /** By folder and name; the same list until something changes. */
  readonly projects: () => Promise<readonly SyncProject[]>;
  readonly ask: <R>(
    request: string,
    params: SyncParams,
    token?: vscode.CancellationToken,
  ) => Promise<R>;
  /** How far a run has come, between its batches. */
  readonly onDidProgress: vscode.Event<SyncProgress>;
  /** A project by its URI changed; without one, their list did. */
  readonly onDidChange: vscode.Event<string | undefined>;
}

export function syncService(client: LanguageClient): SyncService {
  const changed = new vscode.EventEmitter<string | undefined>();
  const progressed = new vscode.EventEmitter<SyncProgress>();
  let known: Promise<readonly SyncProject[]> | undefined;

  const load = async (): Promise<readonly SyncProject[]> => {
    const projects = await client.sendRequest<SyncProjectsResult>(syncProjectsRequest, {});
    await vscode.commands.executeCommand('setContext', 'dualWrite.sync.projects', projects.length);
    return projects;
  };
  const forget = (project: string | undefined): void => {
    known = undefined;
    changed.fire(project);
  };
  const subscriptions = vscode.Disposable.from(
    changed,
    progressed,
    client.onNotification(syncProgressNotification, (progress: SyncProgress) =>
      progressed.fire(progress),
    ),
    client.onNotification(syncChangedNotification, ({ project }: SyncChanged) => forget(project)),
    // A server that was started anew has its projects from disk; what is shown is asked for again.
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) forget(undefined);
    }),
  );

  return {
    async projects() {
      known ??= load();
      try {
        return await known;
      } catch (error) {
        known = undefined;
        throw error;
      }
    },
    ask: (request, params, token) =>
      token === undefined
        ? client.sendRequest(request, params)
        : client.sendRequest(request, params, token),
    onDidProgress: progressed.event,
    onDidChange: changed.event,
    dispose: () => subscriptions.dispose(),
  };
}
