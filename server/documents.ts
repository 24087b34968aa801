import { type TextDocumentContentChangeEvent, TextDocuments } from 'vscode-languageserver';
import type { Edit } from '../src/text/edit.ts';
import { type LongText, longText } from '../src/text/longText.ts';

/** A document as an editor shows it. Each version is another one: who works on an old one finds it as it was. */
export interface OpenText {
  readonly uri: string;
  readonly version: number;
  readonly text: LongText;
}

/** The open documents, and what was edited in them since somebody last asked. */
export interface OpenTexts {
  readonly documents: TextDocuments<OpenText>;
  /**
   * The edits that led from what was asked for last to what stands there now, in their order, each counted in the text
   * before it. Undefined where the whole text was replaced, or nobody asked before.
   */
  readonly takeEdits: (uri: string) => readonly Edit[] | undefined;
}

/** More edits than this at once are no typing; reading the document again is as quick then. */
const MOST_EDITS = 50;

export function openTexts(): OpenTexts {
  const pending = new Map<string, Edit[]>();
  const documents = new TextDocuments<OpenText>({
    create: (uri, _languageId, version, text) => ({ uri, version, text: longText(text) }),
    update({ uri, text: before }, changes, version) {
      let text = before;
      for (const change of changes) {
        const edit = editOf(change, text);
        const edits = pending.get(uri);
        if (edit !== undefined && edits !== undefined && edits.length < MOST_EDITS) {
          edits.push(edit);
        } else {
          pending.delete(uri);
        }
        text = edit === undefined ? longText(change.text) : text.edited(edit);
      }
      return { uri, version, text };
    },
  });
  documents.onDidClose(({ document }) => pending.delete(document.uri));
  return {
    documents,
    takeEdits(uri) {
      const edits = pending.get(uri);
      pending.set(uri, []);
      return edits;
    },
  };
}

/** Undefined where a change replaces the whole text. Editors may tell the ends of what they replace in either order. */
function editOf(change: TextDocumentContentChangeEvent, before: LongText): Edit | undefined {
  if (!('range' in change)) return undefined;
  const ends = [change.range.start, change.range.end].map((place) => before.offsetOf(place));
  return { span: { start: Math.min(...ends), end: Math.max(...ends) }, text: change.text };
}
