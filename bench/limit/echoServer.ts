import {
  createConnection,
  type Diagnostic,
  DocumentDiagnosticReportKind,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

/**
 * The limit that servers are measured against: it keeps documents up to date as every server of this kind does, and
 * answers at once. A `~` in the changed text is a problem, so that its answers can be checked like others.
 */
const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);

connection.onInitialize(() => ({
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false },
    completionProvider: {},
    hoverProvider: true,
  },
}));

connection.languages.diagnostics.on(({ textDocument }) => ({
  kind: DocumentDiagnosticReportKind.Full,
  items: diagnosticsOf(documents.get(textDocument.uri)),
}));

function diagnosticsOf(document: TextDocument | undefined): Diagnostic[] {
  const offset = document?.getText().indexOf('~') ?? -1;
  if (document === undefined || offset < 0) return [];
  const start = document.positionAt(offset);
  return [{ range: { start, end: start }, message: '~' }];
}

connection.onCompletion(() => [{ label: 'echo' }]);
connection.onHover(() => ({ contents: 'echo' }));

documents.listen(connection);
connection.listen();
