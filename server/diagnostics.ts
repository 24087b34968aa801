import {
  type Diagnostic as LspDiagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver';
import { diagnosticsOf } from '../src/service/diagnostics.ts';
import { lspDiagnostic } from './convert.ts';
import type { Session } from './session.ts';

/** Diagnostics of a document, for editors that ask (pull) and for those that want to be told (push). */
export interface DiagnosticsFeature {
  readonly report: (uri: string) => Promise<DocumentDiagnosticReport>;
  /** Documents or what surrounds them changed. */
  readonly changed: (uris: readonly string[]) => void;
  readonly closed: (uri: string) => void;
}

export function diagnosticsFeature(
  session: Session,
  editor: () => { readonly pulls: boolean; readonly refreshes: boolean },
): DiagnosticsFeature {
  const waiting = new Set<string>();

  const items = async (uri: string): Promise<LspDiagnostic[]> => {
    const document = await session.open(uri);
    return document === undefined
      ? []
      : diagnosticsOf(document.analysed, session.translate()).map((diagnostic) =>
          lspDiagnostic(diagnostic, document.lines, session.textOf),
        );
  };

  const publish = async (): Promise<void> => {
    const uris = [...waiting];
    waiting.clear();
    for (const uri of uris) {
      const version = session.versionOf(uri);
      const diagnostics = await items(uri);
      // A newer text has its own turn; what was found in the old one is not shown.
      if (version !== null && session.versionOf(uri) === version) {
        await session.connection.sendDiagnostics({ uri, version, diagnostics });
      }
    }
  };

  return {
    report: async (uri) => ({ kind: DocumentDiagnosticReportKind.Full, items: await items(uri) }),
    changed(uris) {
      if (editor().pulls) {
        if (editor().refreshes) void session.connection.languages.diagnostics.refresh();
        return;
      }
      // No fixed delay: whatever changes before the queue is drained is published once.
      if (waiting.size === 0) {
        setImmediate(() => {
          publish().catch((error: unknown) => session.connection.console.error(String(error)));
        });
      }
      for (const uri of uris) waiting.add(uri);
    },
    closed(uri) {
      waiting.delete(uri);
      if (!editor().pulls) void session.connection.sendDiagnostics({ uri, diagnostics: [] });
    },
  };
}
