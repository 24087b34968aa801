import {
  type ClientCapabilities,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  type InsertReplaceEdit,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type Position,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import { isRehearsal } from '../../src/workspace/kinds.ts';
import type { Translate } from '../../src/problem/message.ts';
import { type Completion, completionsAt } from '../../src/service/features/completion.ts';
import {
  type MapPart,
  mapPartsAt,
  plainPart,
} from '../../src/service/features/completion/mapParts.ts';
import type { OfferKind, OfferPart } from '../../src/service/features/completion/offer.ts';
import { docsOf, type Subject } from '../../src/service/features/docs.ts';
import { type FilterPlace, inDocument } from '../../src/service/place.ts';
import type { Span } from '../../src/text/span.ts';
import type { Feature } from '../feature.ts';
import { filterPlaceAt } from '../places.ts';
import { completeRehearsal } from '../rehearsals/completion.ts';
import type { OpenDocument, Session } from '../session.ts';

const KINDS: Readonly<Record<OfferKind, CompletionItemKind>> = {
  field: CompletionItemKind.Field,
  operator: CompletionItemKind.Operator,
  enumMember: CompletionItemKind.EnumMember,
  value: CompletionItemKind.Value,
  function: CompletionItemKind.Function,
  keyword: CompletionItemKind.Keyword,
  snippet: CompletionItemKind.Snippet,
};

export const completion: Feature = {
  capabilities: {
    completionProvider: {
      triggerCharacters: ['(', '"', "'", '=', ':', ' '],
      resolveProvider: true,
    },
  },
  register({ connection, session, files, handle, editor }) {
    connection.onCompletionResolve(
      handle<CompletionItem, CompletionItem>('completion details', { label: '' }, (item) =>
        documented(session, item),
      ),
    );
    return connection.onCompletion(
      handle<CompletionParams, CompletionList | null>('completion', null, (params) =>
        isRehearsal(params.textDocument.uri)
          ? completeRehearsal({ session, files }, params.textDocument.uri, params.position)
          : completionIn(session, params, editor()),
      ),
    );
  },
};

/** What an item carries so that its documentation can be made later. */
interface ItemData {
  readonly uri: string;
  readonly filter: number;
  readonly subject: Subject;
}

async function completionIn(
  session: Session,
  { textDocument: { uri }, position, context }: CompletionParams,
  editor: ClientCapabilities,
): Promise<CompletionList | null> {
  const document = await session.open(uri);
  if (document === undefined) return null;
  const place = filterPlaceAt(document, position);
  if (place === undefined) {
    // What triggers completion in a filter means nothing beside it.
    if (context?.triggerCharacter !== undefined) return null;
    const parts = mapPartsAt(document.analysed, document.lines.offsetOf(position));
    const items = parts.map((part) =>
      partItem(part, document, position, editor, session.translate()),
    );
    return items.length === 0 ? null : { isIncomplete: false, items };
  }
  const around: ItemContext = { document, place, position, editor, ranges: new Map() };
  const items = completionsAt(
    place,
    document.workspace,
    dayOf(new Date()),
    context?.triggerCharacter === ' ',
  ).map((offer, order) => itemOf(offer, order, around));
  return { isIncomplete: false, items };
}

/** The day where the person sits, as ISO writes it. */
const dayOf = (now: Date): string =>
  [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');

interface ItemContext {
  readonly document: OpenDocument;
  readonly place: FilterPlace;
  readonly position: Position;
  readonly editor: ClientCapabilities;
  /** In the document, of places in the filter: nearly all offers go to the same. */
  readonly ranges: Map<Span, Range>;
}

function itemOf(
  offer: Completion,
  order: number,
  { document, place, position, editor, ranges }: ItemContext,
): CompletionItem {
  const { label, kind, detail, parts, span, subject } = offer;
  const { filter } = place;
  const can = editor.textDocument?.completion?.completionItem;
  const isSnippet = can?.snippetSupport === true && parts.some((part) => typeof part !== 'string');
  const { encode } = filter.site.text;
  const range = ranges.get(span) ?? document.lines.rangeOf(inDocument(filter, span));
  ranges.set(span, range);
  const data: ItemData | undefined =
    subject === undefined
      ? undefined
      : { uri: document.analysed.document.uri, filter: place.index, subject };
  return {
    label,
    kind: KINDS[kind],
    ...(detail === undefined
      ? {}
      : {
          detail,
          ...(can?.labelDetailsSupport === true ? { labelDetails: { description: detail } } : {}),
        }),
    // Numbers as text of equal length: editors sort them as text.
    sortText: String(order).padStart(4, '0'),
    filterText: filterTextOf(offer, document, place, encode),
    textEdit: editOf(
      isSnippet ? snippetOf(parts, encode) : encode(plainOf(parts)),
      range,
      position,
      // The rest of a text has its closing quote, which must not stay behind the one that is inserted.
      !/^['"]/u.test(offer.typed) && can?.insertReplaceSupport === true,
    ),
    ...(isSnippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(data === undefined ? {} : { data }),
  };
}

/** Lets the editor choose whether the rest of the word behind the caret stays, where there is one. */
function editOf(
  newText: string,
  replace: Range,
  caret: Position,
  mayInsert: boolean,
): TextEdit | InsertReplaceEdit {
  const { start, end } = replace;
  const isSplit = caret.line === end.line && caret.character < end.character;
  return mayInsert && isSplit && start.line === end.line
    ? { newText, insert: { start, end: caret }, replace }
    : { newText, range: replace };
}

/** A part of a map, beside its filters. */
function partItem(
  { name, body, span }: MapPart,
  { lines }: OpenDocument,
  caret: Position,
  editor: ClientCapabilities,
  translate: Translate,
): CompletionItem {
  const can = editor.textDocument?.completion?.completionItem;
  const isSnippet = can?.snippetSupport === true;
  return {
    label: name,
    kind: CompletionItemKind.Snippet,
    detail: translate(`part.${name}`),
    textEdit: editOf(
      isSnippet ? body : plainPart(body),
      lines.rangeOf(span),
      caret,
      can?.insertReplaceSupport === true,
    ),
    insertTextMode: InsertTextMode.adjustIndentation,
    ...(isSnippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
  };
}

const plainOf = (parts: readonly OfferPart[]): string =>
  parts.map((part) => (typeof part === 'string' ? part : part.fill)).join('');

function snippetOf(parts: readonly OfferPart[], encode: (text: string) => string): string {
  const escaped = (text: string): string => encode(text).replaceAll(/[\\$}]/gu, String.raw`\$&`);
  let stop = 0;
  return parts
    .map((part) => {
      if (typeof part === 'string') return escaped(part);
      stop += 1;
      return part.fill === '' ? `$${stop}` : `\${${stop}:${escaped(part.fill)}}`;
    })
    .join('');
}

/**
 * An editor compares this with what the document holds from the start of the range to the caret: with the escapes
 * as they were written, which need not be those that are written now.
 */
function filterTextOf(
  { label, filterText = label, typed, span }: Completion,
  { text }: OpenDocument,
  { filter }: FilterPlace,
  encode: (text: string) => string,
): string {
  if (!filterText.toLowerCase().startsWith(typed.toLowerCase())) return encode(filterText);
  const written = inDocument(filter, { start: span.start, end: span.start + typed.length });
  return text.slice(written.start, written.end) + encode(filterText.slice(typed.length));
}

async function documented(session: Session, item: CompletionItem): Promise<CompletionItem> {
  const data = item.data as Partial<ItemData> | undefined;
  if (data?.uri === undefined || data.subject === undefined) return item;
  const document = await session.open(data.uri);
  const filter = document?.analysed.filterNumbered(data.filter ?? -1);
  if (document === undefined || filter === undefined) return item;
  const value = docsOf(data.subject, {
    filter,
    workspace: document.workspace,
    translate: session.translate(),
  });
  return value === undefined
    ? item
    : { ...item, documentation: { kind: MarkupKind.Markdown, value } };
}
