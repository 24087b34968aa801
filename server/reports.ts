import type { Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import { type Diagnostic, diagnosticsOf, metadataDiagnostics } from '../src/service/diagnostics.ts';
import { isMetadataFile } from '../src/workspace/kinds.ts';
import { lspDiagnostic } from './convert.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { OpenDocument, Session } from './session.ts';
import type { Problem } from '../src/problem/problem.ts';

/** Everything said about a document, and a name for it: the editor tells which report it has already. */
export interface Report {
  readonly items: LspDiagnostic[];
  readonly resultId: string;
}

/** What is said of a document besides what it says itself. */
export interface Around {
  readonly problemsFor: (document: OpenDocument) => readonly Problem[];
  /** Grows whenever that may be something else. */
  readonly revision: (uri: string) => number;
  /** The text of a document that has something to say of another. */
  readonly textOf: (uri: string) => string | undefined;
}

/** Answers what was said about an analysed document; made once, as long as nothing else is said of it from outside. */
export function reporter(session: Session, around: Around): (document: OpenDocument) => Report {
  const made = new WeakMap<OpenDocument, { readonly revision: number; readonly report: Report }>();
  return (document) => {
    const before = made.get(document);
    const revision = around.revision(document.analysed.document.uri);
    if (before?.revision === revision) return before.report;
    const report = reportWith(
      found(session, document, around).map((diagnostic) =>
        lspDiagnostic(
          diagnostic,
          document.lines,
          (uri) => session.textOf(uri) ?? around.textOf(uri),
        ),
      ),
    );
    made.set(document, { revision, report });
    return report;
  };
}

const found = (session: Session, document: OpenDocument, around: Around): readonly Diagnostic[] => {
  const { analysed, workspace } = document;
  const { uri } = analysed.document;
  return isMetadataFile(uri)
    ? metadataDiagnostics(session.index.problemsOf(uri), workspace.diagnostics, session.translate())
    : diagnosticsOf(analysed, session.translate(), around.problemsFor(document));
};

const reportWith = (items: LspDiagnostic[]): Report => ({
  items,
  // By content: it stays the same for a server that was started anew, and for a text that was typed back.
  resultId: fingerprintOf(JSON.stringify(items)),
});

export const nothingToReport: Report = reportWith([]);
