import {
  type CancellationToken,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type PreviousResultId,
  type ResultProgressReporter,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
} from 'vscode-languageserver';
import { isOpen } from './maps.ts';
import { type Around, nothingToReport, type Report, reporter } from './reports.ts';
import type { Session } from './session.ts';
import { siblingsOf } from './siblings.ts';
import type { SyncErrors } from './sync/syncErrors.ts';
import { whenQuiet } from './whenQuiet.ts';
import { workspaceDiagnostics } from './workspaceDiagnostics.ts';

/** Diagnostics of documents, for editors that ask (pull) and for those that want to be told (push). */
export interface DiagnosticsFeature {
  readonly report: (
    uri: string,
    previousResultId: string | undefined,
  ) => Promise<DocumentDiagnosticReport>;
  /** Of all maps of the workspace. */
  readonly reportAll: (
    previous: readonly PreviousResultId[],
    token: CancellationToken,
    progress: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined,
  ) => Promise<WorkspaceDiagnosticReport>;
  /** Documents or what surrounds them changed. */
  readonly changed: (uris: readonly string[]) => void;
  readonly closed: (uri: string) => void;
  /** Files that nobody has open changed on disk. */
  readonly filesChanged: () => void;
  /** Of all documents: they are sent again, or the editor asks again. */
  readonly tellAgain: () => void;
  /** A file is no longer there, or no longer has this name. */
  readonly deleted: (uri: string) => void;
}

/** What the editor can do, known once it has said so. */
export interface DiagnosticsEditor {
  readonly pulls: boolean;
  readonly refreshes: boolean;
  readonly watches: boolean;
}

export function diagnosticsFeature(
  session: Session,
  editor: () => DiagnosticsEditor,
  errors: SyncErrors,
): DiagnosticsFeature {
  const waiting = new Set<string>();
  /** Documents whose diagnostics the editor was told and not told to take back. */
  const shown = new Set<string>();
  /** What they were told last: what other maps say of a document is often the same as before. */
  const sent = new Map<string, string>();
  const siblings = siblingsOf(session, (reason) => {
    // Who pulls asks for all documents by himself after an edit of one.
    if (!editor().pulls || reason === 'read') tellAgain();
  });
  const around: Around = {
    problemsFor: (document) => [
      ...siblings.problemsFor(document),
      ...errors.problemsFor(document.analysed),
    ],
    revision: (uri) => siblings.revision() + errors.revision(uri),
    textOf: siblings.textOf,
  };
  const reportOf = reporter(session, around);
  const ofWorkspace = workspaceDiagnostics(
    session,
    reportOf,
    around.revision,
    () => editor().watches,
  );

  const current = async (uri: string): Promise<Report> => {
    const document = await session.open(uri);
    if (document !== undefined) return reportOf(document);
    // Editors ask once more when they close a document: then what stands on disk counts.
    return (isOpen(session, uri) ? undefined : await ofWorkspace.ofFile(uri)) ?? nothingToReport;
  };

  const publish = async (): Promise<void> => {
    const uris = [...waiting];
    waiting.clear();
    for (const uri of uris) {
      const version = session.versionOf(uri);
      const { items, resultId } = await current(uri);
      // A newer text has its own turn; what was found in the old one is not shown.
      if (version === null || session.versionOf(uri) !== version || waiting.has(uri)) continue;
      // Of a document that is no map nothing is ever said, not even that there is nothing.
      if (items.length === 0 && !shown.has(uri) && (await session.open(uri)) === undefined)
        continue;
      shown.add(uri);
      if (sent.get(uri) === `${version} ${resultId}`) continue;
      sent.set(uri, `${version} ${resultId}`);
      await session.connection.sendDiagnostics({ uri, version, diagnostics: items });
    }
  };
  const publishSoon = whenQuiet(() => {
    publish().catch((error: unknown) => session.connection.console.error(String(error)));
  });
  const refreshSoon = whenQuiet(() => void session.connection.languages.diagnostics.refresh());

  const changed = (uris: Iterable<string>): void => {
    if (editor().pulls) {
      if (editor().refreshes) refreshSoon();
      return;
    }
    for (const uri of uris) waiting.add(uri);
    publishSoon();
  };
  const tellAgain = (): void => changed(shown);

  const takeBack = (uri: string): void => {
    waiting.delete(uri);
    sent.delete(uri);
    if (!editor().pulls && shown.delete(uri)) {
      void session.connection.sendDiagnostics({ uri, diagnostics: [] });
    }
  };

  return {
    async report(uri, previousResultId) {
      const { resultId, items } = await current(uri);
      return resultId === previousResultId
        ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
        : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
    },
    reportAll: ofWorkspace.ofAll,
    changed,
    closed(uri) {
      ofWorkspace.closed(uri);
      takeBack(uri);
    },
    filesChanged: siblings.filesChanged,
    tellAgain,
    deleted: takeBack,
  };
}
