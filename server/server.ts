import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  WatchKind,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver';
import manifest from '../package.json' with { type: 'json' };
import { rowsChangedNotification, sqlScheme } from '../src/service/protocol/maps.ts';
import type { RowEngine } from '../src/preview/rowEngine.ts';
import { type SqlPreview, sqlPreviewOf } from '../src/service/sqlPreview.ts';
import { viewPreviewOf } from '../src/service/viewPreview.ts';
import type { Files } from '../src/workspace/files.ts';
import { isProjectFile } from '../src/workspace/kinds.ts';
import { openTexts } from './documents.ts';
import { diagnosticsFeature } from './diagnostics.ts';
import { type Engines, externalSources, noEngines } from './rows/externalSources.ts';
import type { FeatureHost } from './feature.ts';
import { features } from './features.ts';
import { filterOf } from './filterReference.ts';
import { guarded } from './guard.ts';
import { indexProgress } from './indexProgress.ts';
import { rowService } from './rows/rows.ts';
import { prepare, startSession } from './session.ts';
import { readSettings } from './settings.ts';
import { filterOfSqlUri } from './rows/sqlUris.ts';
import { filterOfProject } from './sync/sync.ts';
import { syncErrors } from './sync/syncErrors.ts';
import type { StartSyncThread } from './sync/syncThreads.ts';
import { folderWatch } from './watchFolders.ts';
import { whenQuiet } from './whenQuiet.ts';
import { type FileChange, workspaceIndex } from './workspaceIndex.ts';

/** What the place that runs the server brings along. */
export interface Runtime {
  readonly files: Files;
  /**
   * Holds the rows of filters; the first question starts it.
   *
   * @param ended is to be told where it broke off and what it held is lost.
   */
  readonly rowEngine: (ended: (reason: string) => void) => RowEngine;
  /** Opens a sync project; the first question about it does. */
  readonly syncThread: StartSyncThread;
  /** What judges rows where they lie. */
  readonly engines?: Engines;
}

/** Files outside the open documents whose change matters here. */
const WATCHED = [
  '**/Ax{DataEntityView,DataEntityViewExtension,Table,TableExtension,Enum,EnumExtension,View,Edt,Query}/*.xml',
  '**/Ax{Class,Form}/*.xml',
  '**/*.xpp',
  '**/*.label.txt',
  '**/*.{csv,tsv,tab,jsonl,ndjson,xlsx,sqlite,sqlite3,db,parquet}',
  '**/*.{json,jsonc}',
  '**/{customizations,*metadata*}.xml',
  '**/*.{csdl,edmx}',
  '**/*.{xppfilter,odatafilter}',
];

const CHANGES: Readonly<Record<FileChangeType, FileChange>> = {
  [FileChangeType.Created]: 'created',
  [FileChangeType.Changed]: 'changed',
  [FileChangeType.Deleted]: 'deleted',
};

/** Wires the service to an editor. Holds no knowledge of filters, maps or metadata. */
export function startServer(connection: Connection, runtime: Runtime): void {
  let folders: readonly string[] = [];
  let editor: InitializeParams['capabilities'] = {};
  let locale = 'en';
  let isAsked = false;
  const texts = openTexts();
  const { documents } = texts;
  const index = workspaceIndex(
    runtime.files,
    () => folders,
    () => readSettings(connection, folders[0], editor.workspace?.configuration === true),
    (message) => connection.console.warn(message),
    {
      begin: (files) => indexProgress(connection, session.translate(), files),
      changed: () => surroundingsChanged(),
    },
  );
  const session = startSession(connection, index, texts);
  const errors = syncErrors();
  const diagnostics = diagnosticsFeature(
    session,
    () => ({
      pulls: editor.textDocument?.diagnostic !== undefined,
      refreshes: editor.workspace?.diagnostics?.refreshSupport === true,
      watches: editor.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    }),
    errors,
  );
  const shownStatements = new Set<string>();
  const handle = guarded(connection.console, () => {
    isAsked = true;
  });
  const external = externalSources(
    connection,
    runtime.files,
    runtime.engines ?? noEngines,
    () => editor.workspace?.configuration === true,
    () => void connection.sendNotification(rowsChangedNotification),
  );
  const rows = rowService({
    connection,
    session,
    handle,
    engine: runtime.rowEngine((reason) => connection.console.error(`rows: ${reason}`)),
    external,
    files: runtime.files,
    projects: (reference, opens) => filterOfProject(host, reference, opens),
    refreshes: () => editor.workspace?.codeLens?.refreshSupport === true,
  });

  // Many files change at once where a branch is checked out: everything is asked for again once.
  const surroundingsChanged = whenQuiet((): void => {
    diagnostics.changed(documents.keys());
    for (const feature of features) feature.surroundingsChanged?.(host);
    for (const uri of shownStatements) refreshStatement(uri);
    void connection.sendNotification(rowsChangedNotification);
  });
  const watchOutside = folderWatch(connection, index.metadataFolders, WATCHED);
  const watchFolders = async (): Promise<void> => {
    if (editor.workspace?.didChangeWatchedFiles?.relativePatternSupport !== true) return;
    await watchOutside().catch((error: unknown) => connection.console.warn(String(error)));
  };
  const refreshStatement = (uri: string): void => {
    void connection.workspace.textDocumentContent.refresh(uri);
  };

  connection.onInitialize((params): InitializeResult => {
    editor = params.capabilities;
    folders = (params.workspaceFolders ?? []).map(({ uri }) => uri);
    locale = params.locale ?? 'en';
    session.setLocale(locale);
    // Until the editor has read the answer, nobody waits. The library writes it one turn later.
    setImmediate(() => setImmediate(prepare));
    return {
      serverInfo: { name: manifest.displayName, version: manifest.version },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: true },
        ...Object.assign({}, ...features.map(({ capabilities }) => capabilities)),
        workspace: {
          workspaceFolders: { supported: true, changeNotifications: true },
          textDocumentContent: { schemes: [sqlScheme] },
        },
      },
    };
  });

  connection.onInitialized(() => {
    for (const feature of features) feature.initialized?.(host);
    if (editor.workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
      void connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [
          ...WATCHED.map((globPattern) => ({ globPattern })),
          // Of a folder that goes VS Code tells, and not of the files that went with it.
          { globPattern: '**', kind: WatchKind.Delete },
        ],
      });
      void watchFolders();
    }
    if (editor.workspace?.didChangeConfiguration?.dynamicRegistration === true) {
      void connection.client.register(DidChangeConfigurationNotification.type, {
        section: 'dualWrite',
      });
    }
    if (editor.workspace?.workspaceFolders === true) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
        index.reset();
        surroundingsChanged();
      });
    }
  });

  connection.onDidChangeConfiguration(() => {
    index.reset();
    external.reset();
    void watchFolders();
    // An editor says first how it is set: nobody has been told anything else yet.
    if (isAsked || documents.keys().length > 0) surroundingsChanged();
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) {
      if (type === FileChangeType.Deleted) diagnostics.deleted(uri);
    }
    // Every file is told to the index and to the rows, whether or not one before it mattered.
    const matters = changes.flatMap(({ uri, type }) => [
      index.fileChanged(uri, CHANGES[type]),
      rows.fileChanged(uri),
    ]);
    const uris = changes.map(({ uri }) => uri);
    for (const feature of features) feature.filesChanged?.(host, uris);
    const isElsewhere = uris.some((uri) => session.versionOf(uri) === null);
    if (isElsewhere) diagnostics.filesChanged();
    if (matters.includes(true)) surroundingsChanged();
    else if (isElsewhere) diagnostics.tellAgain();
  });

  documents.onDidChangeContent(({ document }) => {
    for (const feature of features) feature.documentChanged?.(host, document.uri);
    if (index.documentChanged(document.uri, document.text)) {
      surroundingsChanged();
      return;
    }
    if (editor.textDocument?.diagnostic === undefined) diagnostics.changed([document.uri]);
    for (const uri of shownStatements) {
      if (filterOfSqlUri(uri)?.uri === document.uri) refreshStatement(uri);
    }
  });

  documents.onDidClose(({ document }) => {
    session.forget(document.uri);
    for (const feature of features) feature.documentChanged?.(host, document.uri);
    diagnostics.closed(document.uri);
    if (index.documentChanged(document.uri, undefined)) surroundingsChanged();
  });

  connection.languages.diagnostics.on(
    handle('diagnostics', { kind: DocumentDiagnosticReportKind.Full, items: [] }, (params) =>
      diagnostics.report(params.textDocument.uri, params.previousResultId),
    ),
  );

  connection.languages.diagnostics.onWorkspace((params, token, _work, progress) =>
    handle<WorkspaceDiagnosticParams, WorkspaceDiagnosticReport>(
      'workspace diagnostics',
      { items: [] },
      async ({ previousResultIds }) => {
        const report = await diagnostics.reportAll(previousResultIds, token, progress);
        for (const feature of features) feature.workspaceReported?.(host);
        return report;
      },
    )(params, token),
  );

  const host: FeatureHost = {
    connection,
    session,
    files: runtime.files,
    handle,
    rows,
    syncThread: runtime.syncThread,
    syncErrors: {
      ...errors,
      told(project, now) {
        const isOther = errors.told(project, now);
        if (isOther) diagnostics.changed([project]);
        return isOther;
      },
    },
    folders: () => folders,
    locale: () => locale,
    editor: () => editor,
  };
  for (const feature of features) feature.register(host);

  const nothing: SqlPreview = { text: '', term: undefined };
  // More than the protocol asks for: the preview shows where the filter's own term stands.
  connection.workspace.textDocumentContent.on(
    handle<{ readonly uri: string }, SqlPreview>('SQL preview', nothing, async ({ uri }) => {
      const reference = filterOfSqlUri(uri);
      if (reference === undefined) return nothing;
      const gone = { text: `-- ${session.translate()('preview.gone')}\n`, term: undefined };
      shownStatements.add(uri);
      if (isProjectFile(reference.uri)) {
        const found = await filterOfProject(host, reference, true);
        return found === undefined ? gone : viewPreviewOf(found.view, session.translate());
      }
      const document = await session.open(reference.uri);
      const filter = filterOf(document, reference);
      return filter === undefined || document === undefined
        ? gone
        : sqlPreviewOf(filter, document.workspace, session.translate());
    }),
  );

  documents.listen(connection);
  connection.listen();
}
