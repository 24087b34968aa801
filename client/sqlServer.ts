import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  sqlServerSecretChanged,
  type SqlServerSecretParams,
  sqlServerSecretRequest,
  type SqlServerSecretResult,
} from '../src/service/protocol/engines.ts';

/** What Azure SQL, Synapse and Fabric call themselves to those who give out tokens. */
const SCOPES = ['https://database.windows.net/.default'];

/**
 * Keeps the password of SQL Server in the editor's secret storage, and hands it to the server for the very server and
 * user it was given for. Settings hold no secret, and a workspace can't name another server to send it to.
 */
export function registerSqlServer(context: vscode.ExtensionContext, client: LanguageClient): void {
  const { secrets } = context;

  client.onRequest<SqlServerSecretResult | null, never>(
    sqlServerSecretRequest,
    async (params: SqlServerSecretParams): Promise<SqlServerSecretResult | null> => {
      if (params.authentication === 'microsoft') {
        const session = await vscode.authentication.getSession('microsoft', SCOPES, {
          silent: true,
        });
        return session === undefined ? null : { kind: 'token', token: session.accessToken };
      }
      const password = await secrets.get(keyOf(params));
      return password === undefined ? null : { kind: 'password', password };
    },
  );

  const changed = (): Promise<void> => client.sendNotification(sqlServerSecretChanged);

  const set = async (): Promise<void> => {
    const target = await targetOfSettings();
    if (target === undefined) return;
    const { server, user, authentication } = target;
    if (authentication === 'microsoft') {
      const session = await vscode.authentication.getSession('microsoft', SCOPES, {
        createIfNone: true,
      });
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Signed in to {0} as {1}.', server, session.account.label),
      );
    } else {
      const password = await vscode.window.showInputBox({
        title: vscode.l10n.t('Password of {0} on {1}', user, server),
        prompt: vscode.l10n.t(
          'It is kept by the editor’s secret storage, for this server and this user alone.',
        ),
        password: true,
        ignoreFocusOut: true,
      });
      if (password === undefined) return;
      await secrets.store(keyOf(target), password);
    }
    await changed();
  };

  const forget = async (): Promise<void> => {
    const target = await targetOfSettings();
    if (target === undefined) return;
    await secrets.delete(keyOf(target));
    await changed();
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The password of {0} on {1} is forgotten.', target.user, target.server),
    );
  };

  context.subscriptions.push(
    vscode.commands.registerCommand('dualWrite.setSqlServerPassword', set),
    vscode.commands.registerCommand('dualWrite.forgetSqlServerPassword', forget),
    // Set in another window.
    secrets.onDidChange(({ key }) => {
      if (key.startsWith(PREFIX)) void changed();
    }),
  );
}

const PREFIX = 'sqlServer ';

const keyOf = ({ server, user }: Pick<SqlServerSecretParams, 'server' | 'user'>): string =>
  PREFIX + JSON.stringify([server.trim().toLowerCase(), user.trim().toLowerCase()]);

/** The server of the settings; where there is none, they are offered. */
async function targetOfSettings(): Promise<SqlServerSecretParams | undefined> {
  const connection = vscode.workspace
    .getConfiguration('dualWrite.preview')
    .get<Readonly<Record<string, unknown>>>('connection', {});
  const text = (name: string): string => {
    const value = connection[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const target: SqlServerSecretParams = {
    server: text('server'),
    user: text('user'),
    authentication: connection['authentication'] === 'microsoft' ? 'microsoft' : 'sql',
  };
  if (target.server !== '' && text('database') !== '') return target;
  const open = vscode.l10n.t('Open Settings');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'First name a server and a database in the setting dualWrite.preview.connection.',
    ),
    open,
  );
  if (chosen === open) {
    await vscode.commands.executeCommand(
      'workbench.action.openSettings',
      'dualWrite.preview.connection',
    );
  }
  return undefined;
}
