import { CompletionItemKind, type CompletionList, type Position } from 'vscode-languageserver';
import { rehearsalOffers } from '../../src/service/rehearsal/completion.ts';
import { knownNames } from '../../src/service/rehearsal/names.ts';
import { linesOf } from '../../src/text/lines.ts';
import type { FeatureHost } from '../feature.ts';
import { rehearsed } from './rehearsed.ts';

const KINDS = {
  map: CompletionItemKind.Reference,
  table: CompletionItemKind.Class,
  field: CompletionItemKind.Field,
  code: CompletionItemKind.EnumMember,
} as const;

/** Names of maps, tables and fields that fit at a place of a rehearsal. */
export async function completeRehearsal(
  { session, files }: Pick<FeatureHost, 'session' | 'files'>,
  uri: string,
  position: Position,
): Promise<CompletionList | null> {
  const text = session.textOf(uri);
  if (text === undefined) return null;
  const { rehearsal, knowledge } = await rehearsed({ session, files }, uri, text, undefined);
  const lines = linesOf(text);
  const names = knownNames(rehearsal, knowledge);
  const offers = rehearsalOffers(text, lines.offsetOf(position), rehearsal, names);
  return {
    isIncomplete: false,
    items: offers.map(({ name, kind, span }) => {
      const newText = JSON.stringify(name);
      return {
        label: name,
        kind: KINDS[kind],
        filterText: newText,
        textEdit: { range: lines.rangeOf(span), newText },
      };
    }),
  };
}
