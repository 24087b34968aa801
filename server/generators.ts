import {
  type CancellationToken,
  type ChangeAnnotation,
  type ClientCapabilities,
  type CodeAction,
  CodeActionKind,
  type CreateFile,
  type DeleteFile,
  type Diagnostic as LspDiagnostic,
  type Range,
  type RenameFile,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Generated } from '../src/generate/generated.ts';
import type { Leg } from '../src/map/model.ts';
import type { ColumnTable } from '../src/preview/columns.ts';
import { readRowFile } from '../src/preview/rowFiles/readRowFile.ts';
import { diagnosticsOf } from '../src/service/diagnostics.ts';
import {
  explained,
  type Generator,
  type GeneratorKind,
  generatorsOf,
} from '../src/service/generators.ts';
import type { Span } from '../src/text/span.ts';
import type { Files } from '../src/workspace/files.ts';
import { rowFilesIn } from '../src/workspace/kinds.ts';
import { loadedSqlJs } from '../src/workspace/sqlJs.ts';
import { lspDiagnostic, lspWorkspaceEdit } from './convert.ts';
import { allMaps } from './maps.ts';
import type { OpenDocument, Session } from './session.ts';

export const GENERATE = `${CodeActionKind.Refactor}.generate`;

/** What an action remembers of a generator until it is chosen. */
export interface DeferredGenerator {
  readonly kind: 'generate';
  readonly uri: string;
  readonly generator: GeneratorKind;
  readonly start: number;
  readonly title: string;
}

/** Who asks, and whether still. */
export interface Asked {
  /** The disk, with the rows of entities. */
  readonly files: Files;
  readonly editor: ClientCapabilities;
  readonly token: CancellationToken;
}

/**
 * What can be generated at a range. A generator that answers a diagnostic there is its quick fix, where such are asked for.
 *
 * @param isWanted whether the editor asks for actions of a kind.
 */
export async function generatorActions(
  session: Session,
  document: OpenDocument,
  range: Range,
  isWanted: (kind: string) => boolean,
  isLazy: boolean,
  asked: Asked,
): Promise<readonly CodeAction[]> {
  const isFix = isWanted(CodeActionKind.QuickFix);
  if (!isFix && !isWanted(GENERATE)) return [];
  const actions = generatorsAt(session, document, range).flatMap(
    (generator): readonly (readonly [Generator, CodeAction])[] => {
      const { title, kind } = generator;
      // The quick fix of its finding writes it at once; as a refactoring it is shown first.
      if (isFix && kind === 'null-safe-column') return [];
      const answered = isFix ? answeredBy(generator, session, document) : [];
      if (answered.length > 0) {
        return [[generator, { title, kind: CodeActionKind.QuickFix, diagnostics: [...answered] }]];
      }
      return isWanted(GENERATE) ? [[generator, { title, kind: GENERATE }]] : [];
    },
  );
  if (isLazy) {
    const { uri } = document.analysed.document;
    return actions.map(([generator, action]) => ({ ...action, data: deferred(generator, uri) }));
  }
  const made = await Promise.all(
    actions.map(([generator, action]) => withEdit(action, generator, session, document, asked)),
  );
  return made.filter((action) => action.edit !== undefined);
}

const deferred = ({ kind, span, title }: Generator, uri: string): DeferredGenerator => ({
  kind: 'generate',
  uri,
  generator: kind,
  start: span.start,
  title,
});

function generatorsAt(
  session: Session,
  { analysed, workspace, lines }: OpenDocument,
  range: Range,
): readonly Generator[] {
  const [start, end] = [lines.offsetOf(range.start), lines.offsetOf(range.end)];
  const isNear = (span: Span): boolean => span.start <= end && start <= span.end;
  return generatorsOf(analysed, workspace, session.translate(), isNear);
}

const answeredBy = (
  { answers, span }: Generator,
  session: Session,
  { analysed, lines }: OpenDocument,
): readonly LspDiagnostic[] =>
  answers.length === 0
    ? []
    : diagnosticsOf(analysed, session.translate())
        .filter(
          (diagnostic) => answers.includes(diagnostic.code) && diagnostic.span.start === span.start,
        )
        .map((diagnostic) => lspDiagnostic(diagnostic, lines, session.textOf));

/** The action with its edit, made now that it was chosen. */
export async function resolvedGenerator(
  session: Session,
  action: CodeAction,
  { generator: kind, start, title }: DeferredGenerator,
  document: OpenDocument,
  asked: Asked,
): Promise<CodeAction> {
  const isNear = (span: Span): boolean => span.start <= start && start <= span.end;
  const found = generatorsOf(
    document.analysed,
    document.workspace,
    session.translate(),
    isNear,
  ).find((each) => each.kind === kind && each.span.start === start && each.title === title);
  if (found === undefined) return action;
  const made = await withEdit(action, found, session, document, asked);
  // An action without an edit would look as if nothing had been heard.
  if (made.edit === undefined) {
    session.connection.window.showInformationMessage(session.translate()('generate.none'));
  }
  return made;
}

async function withEdit(
  action: CodeAction,
  generator: Generator,
  session: Session,
  { analysed }: OpenDocument,
  { editor, token, files }: Asked,
): Promise<CodeAction> {
  const { uri } = analysed.document;
  const exists = async (file: string): Promise<boolean> =>
    (await session.index.read(file)) !== undefined;
  const generated = await generator.make({
    exists,
    legs: () => legsElsewhere(session, uri, token),
    rowsOf: (names) => rowsOf(session, files, names),
  });
  if (generated === undefined) return action;
  // A file that the index has not read yet is not to be written over.
  const created = generated.change.files.map((file) => exists(file.uri));
  return (await Promise.all(created)).includes(true)
    ? action
    : { ...action, edit: editOf(generated, uri, session, editor) };
}

async function legsElsewhere(
  session: Session,
  uri: string,
  token: CancellationToken,
): Promise<readonly Leg[]> {
  const legs: Leg[] = [];
  for await (const { analysed } of allMaps(session, token)) {
    if (analysed.document.uri === uri) continue;
    for (const map of analysed.map.maps) legs.push(...map.legs);
  }
  return legs;
}

/** Bytes of a row file that is read while the editor waits for what is generated. */
const MOST_AT_ONCE = 20 * 1024 * 1024;

async function rowsOf(
  session: Session,
  files: Files,
  names: readonly string[],
): Promise<ColumnTable | undefined> {
  const file = rowFilesIn(await session.index.rowFiles()).of(names);
  if (file === undefined) return undefined;
  const reader = { files, sqlJs: loadedSqlJs };
  const read = await readRowFile(file, names, reader, { mostBytes: MOST_AT_ONCE });
  return 'value' in read ? read.value.table : undefined;
}

/**
 * The change as an edit that the editor shows before it is made, file by file and with what is to be known about it;
 * an editor that can't show one makes it at once.
 */
function editOf(
  generated: Generated,
  uri: string,
  session: Session,
  editor: ClientCapabilities,
): WorkspaceEdit {
  const edit = lspWorkspaceEdit(generated, session.textOf, session.versionOf);
  if (editor.workspace?.workspaceEdit?.changeAnnotationSupport === undefined) return edit;
  const translate = session.translate();
  const description = explained(generated, translate).join(' ');
  const partOf = (file: string): Part => (file === uri ? 'map' : 'aot');
  const annotation = (part: Part): ChangeAnnotation => ({
    label: translate(`generate.part.${part}`),
    needsConfirmation: true,
    description,
  });
  const used = new Set<Part>();
  const documentChanges = edit.documentChanges?.map((change) => {
    const part = partOf('textDocument' in change ? change.textDocument.uri : fileOf(change));
    used.add(part);
    if (!('edits' in change)) return { ...change, annotationId: part };
    return { ...change, edits: change.edits.map((each) => ({ ...each, annotationId: part })) };
  });
  return {
    ...(documentChanges === undefined ? {} : { documentChanges }),
    changeAnnotations: Object.fromEntries([...used].map((part) => [part, annotation(part)])),
  };
}

/** A change is confirmed by what it changes: the map, or what is generated for it. */
type Part = 'map' | 'aot';

const fileOf = (change: CreateFile | RenameFile | DeleteFile): string =>
  change.kind === 'rename' ? change.newUri : change.uri;
