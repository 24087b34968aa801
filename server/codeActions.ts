import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver';
import { diagnosticsOf } from '../src/service/diagnostics.ts';
import { fixesOf } from '../src/service/fixes.ts';
import type { LineRange } from '../src/text/lines.ts';
import { lspDiagnostic, lspQuickFix } from './convert.ts';
import type { Feature } from './feature.ts';
import type { Session } from './session.ts';

export const codeActions: Feature = {
  capabilities: { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] } },
  register: ({ connection, session, handle }) =>
    connection.onCodeAction(
      handle('code actions', [], (params) =>
        codeActionsAt(session, params.textDocument.uri, params.range),
      ),
    ),
};

/** The fixes of every diagnostic that touches a range. */
async function codeActionsAt(session: Session, uri: string, range: Range): Promise<CodeAction[]> {
  const document = await session.open(uri);
  if (document === undefined) return [];
  const { analysed, workspace, lines } = document;
  return diagnosticsOf(analysed, session.translate())
    .filter(({ span }) => meet(lines.rangeOf(span), range))
    .flatMap((diagnostic) =>
      fixesOf(diagnostic, analysed.document, workspace, session.translate()).map((fix) =>
        lspQuickFix(
          fix,
          lspDiagnostic(diagnostic, lines, session.textOf),
          session.textOf,
          session.versionOf,
        ),
      ),
    );
}

function meet(a: LineRange, b: Range): boolean {
  const before = (x: LineRange['start'], y: LineRange['start']): boolean =>
    x.line < y.line || (x.line === y.line && x.character < y.character);
  return !before(a.end, b.start) && !before(b.end, a.start);
}
