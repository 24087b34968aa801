import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Range,
} from 'vscode-languageserver';
import { type Diagnostic, diagnosticsOf } from '../../src/service/diagnostics.ts';
import { fixAllEdits, hasFixes } from '../../src/service/features/fixAll.ts';
import { type Refactoring, refactoringsAt } from '../../src/service/features/refactor.ts';
import { fixesOf } from '../../src/service/fixes.ts';
import type { DocumentFix } from '../../src/service/documentFix.ts';
import type { Edit } from '../../src/text/edit.ts';
import { toDecoded } from '../../src/text/embedded.ts';
import { meet } from '../../src/text/lines.ts';
import { lspDiagnostic, lspQuickFix, lspWorkspaceEdit } from '../convert.ts';
import type { Feature } from '../feature.ts';
import {
  type Asked,
  type DeferredGenerator,
  GENERATE,
  generatorActions,
  resolvedGenerator,
} from '../generators.ts';
import { filterPlaceAt } from '../places.ts';
import type { OpenDocument, Session } from '../session.ts';
import { syncErrorActions } from '../sync/syncActions.ts';
import type { SyncErrors } from '../sync/syncErrors.ts';

const FIX_ALL = `${CodeActionKind.SourceFixAll}.dualWrite`;

export const codeActions: Feature = {
  capabilities: {
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, GENERATE, FIX_ALL],
      resolveProvider: true,
    },
  },
  register: ({ connection, session, syncErrors, handle, editor, files }) => {
    const registered = [
      connection.onCodeAction(
        handle('code actions', [], (params, token) =>
          codeActionsAt(session, syncErrors, params, { editor: editor(), token, files }),
        ),
      ),
      connection.onCodeActionResolve(
        handle<CodeAction, CodeAction>('code action', { title: '' }, (action, token) =>
          resolved(session, action, { editor: editor(), token, files }),
        ),
      ),
    ];
    return { dispose: () => registered.forEach((each) => each.dispose()) };
  },
};

async function codeActionsAt(
  session: Session,
  errors: SyncErrors,
  { textDocument: { uri }, range, context: { only } }: CodeActionParams,
  asked: Asked,
): Promise<CodeAction[]> {
  const document = await session.open(uri);
  if (document === undefined) return [];
  const isWanted = (kind: string): boolean =>
    only === undefined || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
  const support = asked.editor.textDocument?.codeAction;
  const isLazy =
    support?.dataSupport === true && support.resolveSupport?.properties.includes('edit') === true;
  return [
    ...(isWanted(CodeActionKind.QuickFix)
      ? [
          ...quickFixesAt(session, document, range, isLazy),
          ...syncErrorActions(session, errors, document, range),
        ]
      : []),
    ...(isWanted(CodeActionKind.RefactorRewrite)
      ? refactoringsIn(session, document, range, support?.disabledSupport === true)
      : []),
    ...(await generatorActions(session, document, range, isWanted, isLazy, asked)),
    // Asked for by name: an editor that wants no particular kind shows no source actions.
    ...(only !== undefined && isWanted(FIX_ALL) ? fixAllOf(session, document, isLazy) : []),
  ];
}

/** What an action that is resolved later remembers. */
type Deferred =
  | DeferredGenerator
  | { readonly kind: 'fixAll'; readonly uri: string }
  | {
      readonly kind: 'fix';
      readonly uri: string;
      readonly code: string;
      readonly start: number;
      readonly title: string;
    };

/** The fixes of every diagnostic that touches a range. */
function quickFixesAt(
  session: Session,
  { analysed, workspace, lines }: OpenDocument,
  range: Range,
  isLazy: boolean,
): readonly CodeAction[] {
  const { document } = analysed;
  return diagnosticsOf(analysed, session.translate())
    .filter(({ span }) => meet(lines.rangeOf(span), range))
    .flatMap((diagnostic) =>
      fixesOf(diagnostic, document, workspace, session.translate()).map((fix): CodeAction => {
        const shown = lspDiagnostic(diagnostic, lines, session.textOf);
        const action = lspQuickFix(fix, shown, session.textOf, session.versionOf);
        if (!isLazy || !reachesOut(fix, document.uri)) return action;
        const { edit: _edit, ...rest } = action;
        return { ...rest, data: deferred(diagnostic, fix, document.uri) };
      }),
    );
}

/** A fix that writes metadata carries whole files, which most of those who see its title do not ask for. */
const reachesOut = ({ change }: DocumentFix, uri: string): boolean =>
  change.files.length > 0 || change.edits.some((edit) => edit.uri !== uri);

const deferred = ({ code, span }: Diagnostic, { title }: DocumentFix, uri: string): Deferred => ({
  kind: 'fix',
  uri,
  code,
  start: span.start,
  title,
});

function refactoringsIn(
  session: Session,
  document: OpenDocument,
  range: Range,
  showsImpossible: boolean,
): readonly CodeAction[] {
  const place = filterPlaceAt(document, range.start);
  if (place === undefined) return [];
  const { analysed, workspace, lines } = document;
  const end = toDecoded(place.filter.site.text, lines.offsetOf(range.end));
  const selection = { start: place.offset, end };
  return refactoringsAt(place.filter, selection, analysed, workspace, session.translate())
    .filter(({ impossible }) => impossible === undefined || showsImpossible)
    .map((refactoring) => refactorAction(session, analysed.document.uri, refactoring));
}

const refactorAction = (
  session: Session,
  uri: string,
  { title, edits, impossible }: Refactoring,
): CodeAction => ({
  title,
  kind: CodeActionKind.RefactorRewrite,
  ...(impossible === undefined
    ? { edit: editOf(session, uri, edits) }
    : { disabled: { reason: impossible } }),
});

function fixAllOf(
  session: Session,
  { analysed, workspace }: OpenDocument,
  isLazy: boolean,
): readonly CodeAction[] {
  const translate = session.translate();
  if (!hasFixes(analysed, translate)) return [];
  const { uri } = analysed.document;
  const data: Deferred = { kind: 'fixAll', uri };
  const action: CodeAction = { title: translate('fix.all'), kind: FIX_ALL };
  return [
    isLazy
      ? { ...action, data }
      : { ...action, edit: editOf(session, uri, fixAllEdits(analysed, workspace, translate)) },
  ];
}

async function resolved(session: Session, action: CodeAction, asked: Asked): Promise<CodeAction> {
  const data: Deferred | undefined = action.data;
  const document = data === undefined ? undefined : await session.open(data.uri);
  if (data === undefined || document === undefined) return action;
  if (data.kind === 'generate') return resolvedGenerator(session, action, data, document, asked);
  const { analysed, workspace } = document;
  const translate = session.translate();
  if (data.kind === 'fixAll') {
    const edits = fixAllEdits(analysed, workspace, translate);
    return { ...action, edit: editOf(session, data.uri, edits) };
  }
  const fix = diagnosticsOf(analysed, translate)
    .filter(({ code, span }) => code === data.code && span.start === data.start)
    .flatMap((diagnostic) => fixesOf(diagnostic, analysed.document, workspace, translate))
    .find(({ title }) => title === data.title);
  return fix === undefined
    ? action
    : { ...action, edit: lspWorkspaceEdit(fix, session.textOf, session.versionOf) };
}

const editOf = (
  session: Session,
  uri: string,
  edits: readonly Edit[],
): NonNullable<CodeAction['edit']> =>
  lspWorkspaceEdit(
    { change: { edits: [{ uri, edits }], files: [] } },
    session.textOf,
    session.versionOf,
  );
