import type { Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { mayBeMap } from '../src/map/read.ts';
import { type Translate, translator } from '../src/problem/message.ts';
import { analyse, type AnalysedDocument, reanalyse } from '../src/service/analysis.ts';
import type { Document, Workspace } from '../src/service/workspace.ts';
import type { Edit } from '../src/text/edit.ts';
import type { Lines } from '../src/text/lines.ts';
import { filterFileSide, isMetadataFile } from '../src/workspace/kinds.ts';
import type { OpenTexts } from './documents.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

/** An open document, analysed against the workspace as it is now. */
export interface OpenDocument {
  readonly analysed: AnalysedDocument;
  readonly workspace: Workspace;
  readonly lines: Lines;
}

/** What every feature of the server works with. */
export interface Session {
  readonly connection: Connection;
  readonly index: WorkspaceIndex;
  readonly translate: () => Translate;
  readonly setLocale: (locale: string) => void;
  readonly locale: () => string;
  /** Undefined where the editor has no such document open, or nothing could be said about it. */
  readonly open: (uri: string) => Promise<OpenDocument | undefined>;
  /** Text of a document: as the editor shows it, else as the index read it. */
  readonly textOf: (uri: string) => string | undefined;
  readonly versionOf: (uri: string) => number | null;
  readonly forget: (uri: string) => void;
}

export function startSession(
  connection: Connection,
  index: WorkspaceIndex,
  texts: OpenTexts,
  settled: () => void = () => undefined,
): Session {
  const documentOf = (uri: string): TextDocument | undefined => texts.documents.get(uri);
  let spoken = 'en';
  let translate = translator(spoken);
  const judged = new WeakMap<
    TextDocument,
    { readonly version: number; readonly isOurs: boolean }
  >();
  const isOurs = (text: TextDocument | undefined): boolean => {
    if (text === undefined) return false;
    const before = judged.get(text);
    if (before?.version === text.version) return before.isOurs;
    const now = { version: text.version, isOurs: saysSomething(text) };
    judged.set(text, now);
    return now.isOurs;
  };
  let isSettled = false;
  const kept = new Map<string, { readonly version: number; readonly document: OpenDocument }>();

  return {
    connection,
    index,
    translate: () => translate,
    setLocale(locale) {
      spoken = locale;
      translate = translator(locale);
    },
    locale: () => spoken,
    async open(uri) {
      // Before anything is read: editors open far more JSON and XML than maps.
      if (!isOurs(documentOf(uri))) return undefined;
      const workspace = await index.current();
      // Looked up after the wait: the newest text is the one an answer is wanted for.
      const text = documentOf(uri);
      if (text === undefined || !isOurs(text)) return undefined;
      const before = kept.get(uri);
      if (before?.version === text.version && before.document.workspace === workspace) {
        return before.document;
      }
      const side = filterFileSide(uri);
      const document: Document = {
        uri,
        text: text.getText(),
        ...(side === undefined ? {} : { side }),
      };
      const edits = texts.takeEdits(uri);
      const analysed =
        (before?.document.workspace === workspace && edits !== undefined
          ? afterEdits(before.document.analysed, edits, document, workspace)
          : undefined) ?? analyse(document, workspace);
      const open = { analysed, workspace, lines: linesOfDocument(text) };
      kept.set(uri, { version: text.version, document: open });
      if (!isSettled) setImmediate(settled);
      isSettled = true;
      return open;
    },
    textOf: (uri) => documentOf(uri)?.getText() ?? index.textOf(uri),
    versionOf: (uri) => documentOf(uri)?.version ?? null,
    forget: (uri) => void kept.delete(uri),
  };
}

/** Whether a document is, or may be, a map, a filter or a file of metadata. */
const saysSomething = (text: TextDocument): boolean =>
  !isAnotherVersion(text.uri) &&
  (filterFileSide(text.uri) !== undefined || isMetadataFile(text.uri) || mayBeMap(text.getText()));

/** What is known after edits that stayed inside filters; undefined where one did not. */
function afterEdits(
  before: AnalysedDocument,
  edits: readonly Edit[],
  document: Document,
  workspace: Workspace,
): AnalysedDocument | undefined {
  let analysed: AnalysedDocument | undefined = before;
  for (const edit of edits) {
    analysed = analysed === undefined ? undefined : reanalyse(analysed, edit, document, workspace);
  }
  return analysed;
}

/** The protocol's own table of lines, which is kept up to date edit by edit. */
const linesOfDocument = (document: TextDocument): Lines => ({
  placeOf: (offset) => document.positionAt(offset),
  rangeOf: ({ start, end }) => ({
    start: document.positionAt(start),
    end: document.positionAt(end),
  }),
  offsetOf: (place) => document.offsetAt(place),
});

/** An old text beside the one that is edited, as a comparison shows it: nobody can change it (microsoft/vscode-eslint CHANGELOG). */
const isAnotherVersion = (uri: string): boolean => /^(?:git|gitfs|vscode-scm|review):/u.test(uri);
