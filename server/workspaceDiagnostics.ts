import {
  type CancellationToken,
  DocumentDiagnosticReportKind,
  type PreviousResultId,
  type ResultProgressReporter,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Workspace } from '../src/service/workspace.ts';
import { yieldNow } from './cancel.ts';
import { fingerprintOf } from './fingerprint.ts';
import { closedMap, isOpen, MOST_FILES } from './maps.ts';
import { type Report, nothingToReport } from './reports.ts';
import type { OpenDocument, Session } from './session.ts';

/** So many reports are sent together, where the editor takes them in parts. */
const PART = 20;

/** Diagnostics of maps that are not open. */
export interface WorkspaceDiagnostics {
  /** Of one file; undefined where it is no map of the workspace, or closed files are not to be reported. */
  readonly ofFile: (uri: string) => Promise<Report | undefined>;
  readonly ofAll: (
    previous: readonly PreviousResultId[],
    token: CancellationToken,
    progress: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined,
  ) => Promise<WorkspaceDiagnosticReport>;
  /** An editor closed a document: what it shows of it is not what stands on disk. */
  readonly closed: (uri: string) => void;
}

/** What is known of a closed file, without its text. */
interface Known {
  readonly changes: number;
  readonly text: string;
  readonly workspace: Workspace;
  /** What was said of it from outside then. */
  readonly revision: number;
  /** Undefined where the file is no map. */
  readonly report: Report | undefined;
}

export function workspaceDiagnostics(
  session: Session,
  reportOf: (document: OpenDocument) => Report,
  revision: (uri: string) => number,
  isTold: () => boolean,
): WorkspaceDiagnostics {
  const { index } = session;
  const known = new Map<string, Known>();
  const left = new Set<string>();

  const ofClosed = async (uri: string): Promise<Report | undefined> => {
    const workspace = await index.current();
    const changes = index.changesOf(uri);
    const before = known.get(uri);
    const isAsBefore =
      before?.report === undefined ||
      (before.workspace === workspace && before.revision === revision(uri));
    // What is shown to a person is looked at each time: no editor tells of a folder deleted by somebody else.
    const isShown = (before?.report?.items.length ?? 0) > 0;
    if (before?.changes === changes && isAsBefore && !isShown && isTold()) return before.report;
    const text = await index.read(uri);
    if (text === undefined) {
      known.delete(uri);
      return undefined;
    }
    const fingerprint = fingerprintOf(text);
    if (before?.text === fingerprint && isAsBefore) {
      known.set(uri, { ...before, changes });
      return before.report;
    }
    const document = await closedMap(session, uri, text);
    const isMap = document !== undefined && document.analysed.map.kind !== 'none';
    const report = isMap ? reportOf(document) : undefined;
    known.set(uri, {
      changes,
      text: fingerprint,
      workspace: document?.workspace ?? workspace,
      revision: revision(uri),
      report,
    });
    return report;
  };

  const ofOpen = async (uri: string): Promise<Report | undefined> => {
    const document = await session.open(uri);
    return document === undefined ? undefined : reportOf(document);
  };

  const filesToReport = async (): Promise<ReadonlySet<string>> =>
    (await index.reportsClosedFiles())
      ? new Set((await index.mapFiles()).slice(0, MOST_FILES))
      : new Set();

  return {
    async ofFile(uri) {
      return (await filesToReport()).has(uri) ? ofClosed(uri) : undefined;
    },
    async ofAll(previous, token, progress) {
      const had = new Map(previous.map(({ uri, value }) => [uri, value]));
      const files = await filesToReport();
      let part: WorkspaceDocumentDiagnosticReport[] = [];
      for (const uri of new Set([...files, ...had.keys(), ...left])) {
        await yieldNow(token);
        const isEdited = isOpen(session, uri);
        const report = isEdited
          ? await ofOpen(uri)
          : files.has(uri)
            ? await ofClosed(uri)
            : undefined;
        const isLeft = left.has(uri);
        if (report === undefined && !had.has(uri) && !isLeft) continue;
        if (!isEdited) left.delete(uri);
        const { resultId, items } = report ?? nothingToReport;
        const about = { uri, version: session.versionOf(uri) };
        part.push(
          had.get(uri) === resultId && !isLeft
            ? { kind: DocumentDiagnosticReportKind.Unchanged, ...about, resultId }
            : {
                kind: DocumentDiagnosticReportKind.Full,
                ...about,
                items,
                // What is gone is told of once: without a name the editor does not ask for it again.
                ...(report === undefined ? {} : { resultId }),
              },
        );
        if (progress !== undefined && part.length >= PART) {
          await yieldNow(token);
          progress.report({ items: part });
          part = [];
        }
      }
      return { items: part };
    },
    closed: (uri) => void left.add(uri),
  };
}
