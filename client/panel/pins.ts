import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import type { FilterReference } from '../../src/service/protocol/maps.ts';
import { pinRowRequest } from '../../src/service/protocol/rows.ts';
import { askThrough } from './ask.ts';

const PINNED = 'dualWrite.rowPinned';

/** The rows that the hover on their filter explains, one for a filter. */
export interface Pins {
  readonly of: (filter: FilterReference) => number | undefined;
  /** Undefined takes the pin out. */
  readonly pin: (filter: FilterReference, number: number | undefined) => Promise<void>;
  readonly clear: () => Promise<void>;
  readonly onDidChange: vscode.Event<FilterReference>;
}

export function rowPins(context: vscode.ExtensionContext, client: LanguageClient): Pins {
  const ask = askThrough(client);
  const didChange = new vscode.EventEmitter<FilterReference>();
  const pinned = new Map<string, { readonly filter: FilterReference; readonly number: number }>();
  const keyOf = ({ uri, index }: FilterReference): string => `${index} ${uri}`;

  const pin = async (filter: FilterReference, number: number | undefined): Promise<void> => {
    if (number === undefined) pinned.delete(keyOf(filter));
    else pinned.set(keyOf(filter), { filter, number });
    await ask(pinRowRequest, { filter, number: number ?? null });
    await vscode.commands.executeCommand('setContext', PINNED, pinned.size > 0);
    didChange.fire(filter);
  };
  context.subscriptions.push(
    didChange,
    // A server that is started anew knows of no pins.
    client.onDidChangeState(({ newState }) => {
      if (newState !== State.Running) return;
      for (const each of pinned.values()) void ask(pinRowRequest, each);
    }),
  );
  return {
    of: (filter) => pinned.get(keyOf(filter))?.number,
    pin,
    async clear() {
      for (const { filter } of pinned.values()) await pin(filter, undefined);
    },
    onDidChange: didChange.event,
  };
}
