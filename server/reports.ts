import type { Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import { type Diagnostic, diagnosticsOf, metadataDiagnostics } from '../src/service/diagnostics.ts';
import { isMetadataFile } from '../src/workspace/kinds.ts';
import { lspDiagnostic } from './convert.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { OpenDocument, Session } from './session.ts';
import type { Siblings } from './siblings.ts';

/** Everything said about a document, and a name for it: the editor tells which report it has already. */
export interface Report {
  readonly items: LspDiagnostic[];
  readonly resultId: string;
}

/** Answers what was said about an analysed document; made once, as long as other maps say nothing else of it. */
export function reporter(session: Session, siblings: Siblings): (document: OpenDocument) => Report {
  const made = new WeakMap<OpenDocument, { readonly revision: number; readonly report: Report }>();
  return (document) => {
    const before = made.get(document);
    if (before?.revision === siblings.revision()) return before.report;
    const report = reportWith(
      found(session, document, siblings).map((diagnostic) =>
        lspDiagnostic(
          diagnostic,
          document.lines,
          (uri) => session.textOf(uri) ?? siblings.textOf(uri),
        ),
      ),
    );
    made.set(document, { revision: siblings.revision(), report });
    return report;
  };
}

const found = (
  session: Session,
  document: OpenDocument,
  siblings: Siblings,
): readonly Diagnostic[] => {
  const { analysed, workspace } = document;
  const { uri } = analysed.document;
  return isMetadataFile(uri)
    ? metadataDiagnostics(session.index.problemsOf(uri), workspace.diagnostics, session.translate())
    : diagnosticsOf(analysed, session.translate(), siblings.problemsFor(document));
};

const reportWith = (items: LspDiagnostic[]): Report => ({
  items,
  // By content: it stays the same for a server that was started anew, and for a text that was typed back.
  resultId: fingerprintOf(JSON.stringify(items)),
});

export const nothingToReport: Report = reportWith([]);
