import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic as LspDiagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Range,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { ProblemTag, Severity } from '../src/problem/catalogue.ts';
import type { Diagnostic } from '../src/service/diagnostics.ts';
import type { DocumentFix } from '../src/service/documentFix.ts';
import { type Lines, linesOf } from '../src/text/lines.ts';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAGS: Readonly<Record<ProblemTag, DiagnosticTag>> = {
  unnecessary: DiagnosticTag.Unnecessary,
};

/** The lines of the file that was asked for last: many diagnostics of a document lead to one and the same. */
function recentLines(): (text: string) => Lines {
  let recent = { text: '', lines: linesOf('') };
  return (text) => {
    if (recent.text !== text) recent = { text, lines: linesOf(text) };
    return recent.lines;
  };
}

const linesOfRelated = recentLines();

/** The text of a document, open or on disk; undefined where there is none. */
export type TextOf = (uri: string) => string | undefined;

export function lspDiagnostic(
  { code, severity, span, message, href, related, tags }: Diagnostic,
  lines: Lines,
  textOf: TextOf,
): LspDiagnostic {
  return {
    source: 'dual-write',
    code,
    codeDescription: { href },
    severity: SEVERITIES[severity],
    range: lines.rangeOf(span),
    message,
    ...(tags.length === 0 ? {} : { tags: tags.map((tag) => TAGS[tag]) }),
    relatedInformation: related.flatMap((place) => {
      const text = textOf(place.uri);
      return text === undefined
        ? []
        : [
            {
              location: { uri: place.uri, range: linesOfRelated(text).rangeOf(place.span) },
              message: place.message,
            },
          ];
    }),
  };
}

export function lspQuickFix(
  fix: DocumentFix,
  diagnostic: LspDiagnostic,
  textOf: TextOf,
  versionOf: (uri: string) => number | null,
): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    isPreferred: fix.preferred,
    edit: lspWorkspaceEdit(fix, textOf, versionOf),
  };
}

const NEW_FILE: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export function lspWorkspaceEdit(
  { change }: Pick<DocumentFix, 'change'>,
  textOf: TextOf,
  versionOf: (uri: string) => number | null,
): WorkspaceEdit {
  const edited = change.edits.map(({ uri, edits }): TextDocumentEdit => {
    const lines = linesOf(textOf(uri) ?? '');
    return {
      textDocument: { uri, version: versionOf(uri) },
      edits: edits.map(({ span, text }) => ({ range: lines.rangeOf(span), newText: text })),
    };
  });
  const created = change.files.flatMap(({ uri, text }) => [
    { kind: 'create' as const, uri, options: { ignoreIfExists: true } },
    { textDocument: { uri, version: null }, edits: [{ range: NEW_FILE, newText: text }] },
  ]);
  return { documentChanges: [...created, ...edited] };
}
