import type { Connection } from 'vscode-languageserver';
import { mayBeMap } from '../src/map/read.ts';
import { type Translate, translator } from '../src/problem/message.ts';
import { analyse, type AnalysedDocument, reanalyse } from '../src/service/analysis.ts';
import type { Document, Workspace } from '../src/service/workspace.ts';
import type { Edit } from '../src/text/edit.ts';
import type { Lines } from '../src/text/lines.ts';
import type { LongText } from '../src/text/longText.ts';
import { filterFileSide, isMetadataFile, isProjectFile } from '../src/workspace/kinds.ts';
import { namesInMaps } from '../src/workspace/namesInMaps.ts';
import type { OpenText, OpenTexts } from './documents.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

/** An open document, analysed against the workspace as it is now. */
export interface OpenDocument {
  readonly analysed: AnalysedDocument;
  readonly workspace: Workspace;
  readonly lines: Lines;
  /** For a look at some of the text: `analysed.document.text` puts all of it together. */
  readonly text: Pick<LongText, 'slice'>;
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

/** Loads what the first map needs, before it is there: by the build, functions load when they are called first. */
export function prepare(): void {
  mayBeMap('');
  namesInMaps('');
}

export function startSession(
  connection: Connection,
  index: WorkspaceIndex,
  texts: Pick<OpenTexts, 'takeEdits'> & {
    readonly documents: Pick<OpenTexts['documents'], 'get'>;
  },
): Session {
  const documentOf = (uri: string): OpenText | undefined => texts.documents.get(uri);
  let spoken = 'en';
  let translate = translator(spoken);
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
      const seen = documentOf(uri);
      // Before anything is read: editors open far more JSON and XML than maps.
      if (seen === undefined || !(kept.has(uri) || saysSomething(seen))) return undefined;
      const workspace = await index.current();
      // Looked up after the wait: the newest text is the one an answer is wanted for.
      const text = documentOf(uri);
      if (text === undefined) return undefined;
      const before = kept.get(uri);
      if (before?.version === text.version && before.document.workspace === workspace) {
        return before.document;
      }
      const document = documentWith(text);
      const edits = texts.takeEdits(uri);
      const again =
        before?.document.workspace === workspace && edits !== undefined
          ? afterEdits(before.document.analysed, edits, document, workspace)
          : undefined;
      if (again === undefined && !saysSomething(text)) {
        kept.delete(uri);
        return undefined;
      }
      const analysed = again ?? analyse(document, workspace);
      const open = { analysed, workspace, lines: text.text, text: text.text };
      kept.set(uri, { version: text.version, document: open });
      return open;
    },
    textOf: (uri) => documentOf(uri)?.text.toString() ?? index.textOf(uri),
    versionOf: (uri) => documentOf(uri)?.version ?? null,
    forget: (uri) => void kept.delete(uri),
  };
}

/** Its text is put together where somebody asks for it; who types in a filter does not (src/text/longText.ts). */
function documentWith({ uri, text }: OpenText): Document {
  const side = filterFileSide(uri);
  return {
    uri,
    get text() {
      return text.toString();
    },
    ...(side === undefined ? {} : { side }),
  };
}

/** Whether a document is, or may be, a map, a filter, a sync project or a file of metadata. */
const saysSomething = ({ uri, text }: OpenText): boolean =>
  !isAnotherVersion(uri) &&
  (filterFileSide(uri) !== undefined ||
    isProjectFile(uri) ||
    isMetadataFile(uri) ||
    mayBeMap(text));

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

/** An old text beside the one that is edited, as a comparison shows it: nobody can change it (microsoft/vscode-eslint CHANGELOG). */
const isAnotherVersion = (uri: string): boolean => /^(?:git|gitfs|vscode-scm|review):/u.test(uri);
