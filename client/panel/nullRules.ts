import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import type { NullRule } from '../../src/preview/rowFiles/rowFile.ts';
import { nullRuleRequest, type RowsOrigin } from '../../src/service/protocol/rows.ts';
import { askThrough } from './ask.ts';

const KEY = 'dualWrite.nullRules';

/** Row files and how NULL is written in them. */
export interface NullRules {
  /** Asks what to do with a row file: open it, or read its NULL otherwise. */
  readonly choose: (source: RowsOrigin) => Promise<void>;
}

export function nullRules(context: vscode.ExtensionContext, client: LanguageClient): NullRules {
  const ask = askThrough(client);
  const remembered = (): Readonly<Record<string, NullRule>> =>
    context.workspaceState.get<Readonly<Record<string, NullRule>>>(KEY, {});

  const set = async (uri: string, rule: NullRule): Promise<void> => {
    await context.workspaceState.update(KEY, { ...remembered(), [uri]: rule });
    await ask(nullRuleRequest, { uri, rule });
  };
  context.subscriptions.push(
    client.onDidChangeState(({ newState }) => {
      if (newState !== State.Running) return;
      for (const [uri, rule] of Object.entries(remembered())) {
        void ask(nullRuleRequest, { uri, rule });
      }
    }),
  );

  return {
    async choose(source) {
      const { t } = vscode.l10n;
      if (source.kind !== 'file') return;
      const { uri, name, nullRule } = source;
      const open = { label: t('Open {0}', name), iconPath: new vscode.ThemeIcon('go-to-file') };
      const rules = [
        {
          rule: 'quotes',
          label: t('Nothing is NULL, "" is the empty text'),
          detail: t('As databases write it'),
        },
        {
          rule: 'null',
          label: t('Everything empty is NULL'),
          detail: t('As some exports write it'),
        },
        {
          rule: 'empty',
          label: t('Everything empty is the empty text'),
          detail: t('As spreadsheets and the Data Management export write it'),
        },
      ] as const satisfies readonly (vscode.QuickPickItem & { readonly rule: NullRule })[];
      const picked = await vscode.window.showQuickPick<
        vscode.QuickPickItem & { readonly rule?: NullRule }
      >(
        nullRule === undefined
          ? [open]
          : [
              open,
              { label: t('NULL in this file'), kind: vscode.QuickPickItemKind.Separator },
              ...rules.map((item) => ({
                ...item,
                iconPath: new vscode.ThemeIcon(item.rule === nullRule ? 'check' : 'blank'),
              })),
            ],
        { title: name, placeHolder: t('Open the row file, or say how NULL is written in it') },
      );
      if (picked === undefined) return;
      if (picked.rule !== undefined) await set(uri, picked.rule);
      else await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(uri, true));
    },
  };
}
