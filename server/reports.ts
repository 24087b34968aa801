import type { Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import { type Diagnostic, diagnosticsOf, metadataDiagnostics } from '../src/service/diagnostics.ts';
import { isMetadataFile } from '../src/workspace/kinds.ts';
import { lspDiagnostic } from './convert.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { OpenDocument, Session } from './session.ts';

/** Everything said about a document, and a name for it: the editor tells which report it has already. */
export interface Report {
  readonly items: LspDiagnostic[];
  readonly resultId: string;
}

/** Answers what was said about an analysed document; made once, since an analysis never changes. */
export function reporter(session: Session): (document: OpenDocument) => Report {
  const made = new WeakMap<OpenDocument, Report>();
  return (document) => {
    const before = made.get(document);
    if (before !== undefined) return before;
    const report = reportWith(
      found(session, document).map((diagnostic) =>
        lspDiagnostic(diagnostic, document.lines, session.textOf),
      ),
    );
    made.set(document, report);
    return report;
  };
}

const found = (session: Session, { analysed, workspace }: OpenDocument): readonly Diagnostic[] => {
  const { uri } = analysed.document;
  return isMetadataFile(uri)
    ? metadataDiagnostics(session.index.problemsOf(uri), workspace.diagnostics, session.translate())
    : diagnosticsOf(analysed, session.translate());
};

const reportWith = (items: LspDiagnostic[]): Report => ({
  items,
  // By content: it stays the same for a server that was started anew, and for a text that was typed back.
  resultId: fingerprintOf(JSON.stringify(items)),
});

export const nothingToReport: Report = reportWith([]);
