import { TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Edit } from '../src/text/edit.ts';

/** The open documents, and what was edited in them since somebody last asked. */
export interface OpenTexts {
  readonly documents: TextDocuments<TextDocument>;
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
  const documents = new TextDocuments({
    create: TextDocument.create,
    update(document, changes, version) {
      for (const change of changes) {
        const edits = pending.get(document.uri);
        if ('range' in change && edits !== undefined && edits.length < MOST_EDITS) {
          const { start, end } = change.range;
          edits.push({
            span: { start: document.offsetAt(start), end: document.offsetAt(end) },
            text: change.text,
          });
        } else {
          pending.delete(document.uri);
        }
        TextDocument.update(document, [change], version);
      }
      return document;
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
