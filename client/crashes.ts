import * as vscode from 'vscode';
import { CloseAction, type ErrorHandler, type LanguageClient } from 'vscode-languageclient/node';

/**
 * The library's own way with a server that ends by itself: it is started again, until it has ended five times within
 * three minutes. Then a person is asked, instead of being left with a message and no way on.
 */
export function askAfterCrashes(client: () => LanguageClient): ErrorHandler {
  let usual: ErrorHandler | undefined;
  const handler = (): ErrorHandler => (usual ??= client().createDefaultErrorHandler());
  return {
    error: (error, message, count) => handler().error(error, message, count),
    async closed() {
      const result = await handler().closed();
      if (result.action !== CloseAction.DoNotRestart) return result;
      // What was counted is told; from now on it counts anew.
      usual = undefined;
      void offerRestart(client());
      return { ...result, handled: true };
    },
  };
}

async function offerRestart(client: LanguageClient): Promise<void> {
  const { t } = vscode.l10n;
  const [restart, output] = [t('Restart'), t('Show Output')];
  const chosen = await vscode.window.showErrorMessage(
    t('The language server of Dual-write Workbench has ended unexpectedly several times.'),
    restart,
    output,
  );
  if (chosen === restart) await client.restart();
  if (chosen === output) client.outputChannel.show();
}
