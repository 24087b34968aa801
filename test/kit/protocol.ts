import { equal } from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
  type ClientCapabilities,
  type ConfigurationItem,
  ConfigurationRequest,
  createConnection,
  createMessageConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type FileChangeType,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type Position,
  ProposedFeatures,
  type MessageConnection,
  PublishDiagnosticsNotification,
  type Range,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import type { Engines } from '../../server/rows/externalSources.ts';
import { startServer } from '../../server/server.ts';
import type { StartSyncThread } from '../../server/sync/syncThreads.ts';
import { rowEngine } from '../../src/preview/rowEngine.ts';
import { linesOf } from '../../src/text/lines.ts';
import type { Files } from '../../src/workspace/files.ts';
import { type Requests, requestsOf } from './requests.ts';
import { sqlJs } from './sqlJs.ts';
import { syncThreads } from './syncThreads.ts';

/** What VS Code says of itself, as far as the server asks. A test changes what it is about. */
export const fullEditor: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    didChangeConfiguration: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
    textDocumentContent: { dynamicRegistration: true },
  },
  textDocument: {
    diagnostic: { dynamicRegistration: true },
    completion: { completionItem: { snippetSupport: true, labelDetailsSupport: true } },
    signatureHelp: {
      signatureInformation: {
        parameterInformation: { labelOffsetSupport: true },
        noActiveParameterSupport: true,
      },
    },
  },
};

/** An editor that is told of diagnostics instead of asking for them. */
export const pushedEditor: ClientCapabilities = {
  workspace: { configuration: true, workspaceFolders: true },
  textDocument: { publishDiagnostics: { relatedInformation: true } },
};

export interface Setup {
  /** Texts by URI: the disk. */
  readonly files?: Readonly<Record<string, string>>;
  /** Called before a file is read: counts, waits or fails. */
  readonly beforeRead?: (uri: string) => Promise<void> | void;
  /** Bytes that a file is said to have. */
  readonly size?: (uri: string) => number | undefined;
  readonly folders?: readonly string[];
  /** Where sync projects run and are kept; in memory, for this server alone, if absent. */
  readonly syncThread?: StartSyncThread;
  /** What judges rows outside; nothing if absent. */
  readonly engines?: Engines;
  readonly capabilities?: ClientCapabilities;
  readonly locale?: string;
  /** What the editor answers where the server asks for settings. */
  readonly settings?: (item: ConfigurationItem) => unknown;
}

/** An editor in the process of the test, with the server at the other end of two streams. */
export interface Editor extends Requests {
  readonly connection: MessageConnection;
  readonly initialized: InitializeResult;
  /** The disk: what is changed here is unknown to the server until `fileChanged`. */
  readonly disk: Map<string, string>;
  /** Opens a text; answers where the `|` in it stood. */
  readonly open: (uri: string, marked: string, languageId?: string) => Position;
  readonly change: (uri: string, marked: string) => Position;
  /** Replaces a range, as typing does. */
  readonly edit: (uri: string, range: Range, text: string) => void;
  readonly close: (uri: string) => void;
  readonly fileChanged: (uri: string, type: FileChangeType) => void;
  /** The first message of a method that nobody took yet, or the next that comes. Nothing waits for time to pass. */
  readonly message: <T>(method: string, expected?: (params: T) => boolean) => Promise<T>;
  /** Diagnostics that the server tells of by itself. */
  readonly published: (uri: string) => Promise<readonly Diagnostic[]>;
  /** Messages of a method that came and that nobody took. */
  readonly pending: (method: string) => number;
  readonly stop: () => Promise<void>;
}

const started = new Set<Editor>();

/** Ends every server a test started; to be called after each. */
export async function stopEditors(): Promise<void> {
  const editors = [...started];
  started.clear();
  await Promise.all(editors.map((editor) => editor.stop()));
}

export async function startEditor(setup: Setup = {}): Promise<Editor> {
  const { files = {}, folders = ['file:///workspace'], capabilities = fullEditor } = setup;
  const disk = new Map(Object.entries(files));
  const [toServer, toEditor] = [new PassThrough(), new PassThrough()];
  // Given as reader and writer, since a server that was given streams ends the process together with them.
  const server = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(toServer),
    new StreamMessageWriter(toEditor),
  );
  startServer(server, {
    files: filesOn(disk, setup),
    rowEngine: () =>
      rowEngine({ files: filesOn(disk, setup), sqlJs: () => Promise.resolve(sqlJs) }),
    ...(setup.engines === undefined ? {} : { engines: setup.engines }),
    syncThread: setup.syncThread ?? syncThreads({ files: filesOn(disk, setup) }),
  });
  const connection = createMessageConnection(
    new StreamMessageReader(toEditor),
    new StreamMessageWriter(toServer),
  );
  const inbox = inboxOf(connection);
  connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map((item) => setup.settings?.(item) ?? null),
  );
  connection.onRequest(RegistrationRequest.type, (params) =>
    inbox.put(RegistrationRequest.method, params),
  );
  connection.listen();
  const initialized = await connection.sendRequest(InitializeRequest.type, {
    processId: null,
    rootUri: null,
    capabilities,
    locale: setup.locale ?? 'en',
    workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
  });
  await connection.sendNotification(InitializedNotification.type, {});

  const versions = new Map<string, number>();
  const changed = (uri: string, change: TextDocumentContentChangeEvent): void => {
    const version = (versions.get(uri) ?? 0) + 1;
    versions.set(uri, version);
    void connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [change],
    });
  };
  const editor: Editor = {
    ...requestsOf(connection),
    connection,
    initialized,
    disk,
    open(uri, marked, languageId = 'json') {
      const { text, position } = documentOf(marked);
      versions.set(uri, 1);
      void connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId, version: 1, text },
      });
      return position;
    },
    change(uri, marked) {
      const { text, position } = documentOf(marked);
      changed(uri, { text });
      return position;
    },
    edit: (uri, range, text) => changed(uri, { range, text }),
    close(uri) {
      void connection.sendNotification(DidCloseTextDocumentNotification.type, {
        textDocument: { uri },
      });
    },
    fileChanged(uri, type) {
      void connection.sendNotification(DidChangeWatchedFilesNotification.type, {
        changes: [{ uri, type }],
      });
    },
    message: inbox.take,
    async published(uri) {
      const { diagnostics } = await inbox.take<{ uri: string; diagnostics: Diagnostic[] }>(
        PublishDiagnosticsNotification.method,
        (params) => params.uri === uri,
      );
      return diagnostics;
    },
    pending: inbox.count,
    async stop() {
      await connection.sendRequest(ShutdownRequest.type);
      connection.dispose();
      server.dispose();
    },
  };
  started.add(editor);
  return editor;
}

function filesOn(disk: ReadonlyMap<string, string>, { beforeRead, size }: Setup): Files {
  return {
    list: (folder) =>
      Promise.resolve([...disk.keys()].filter((uri) => uri.startsWith(`${folder}/`))),
    size: async (uri) => size?.(uri) ?? disk.get(uri)?.length,
    async read(uri) {
      await beforeRead?.(uri);
      const text = disk.get(uri);
      if (text === undefined) throw new Error(`no file ${uri}`);
      return new TextEncoder().encode(text);
    },
  };
}

interface Inbox {
  readonly put: (method: string, params: unknown) => void;
  readonly take: <T>(method: string, expected?: (params: T) => boolean) => Promise<T>;
  readonly count: (method: string) => number;
}

/** Keeps what the server sends until a test asks for it, in the order it came. */
function inboxOf(connection: MessageConnection): Inbox {
  const received: { readonly method: string; readonly params: unknown }[] = [];
  const waiting: ((method: string, params: unknown) => boolean)[] = [];
  const put = (method: string, params: unknown): void => {
    const taker = waiting.findIndex((take) => take(method, params));
    if (taker < 0) received.push({ method, params });
    else waiting.splice(taker, 1);
  };
  connection.onNotification((method, params) => put(method, params));
  // Refreshes are requests that an editor answers with nothing.
  connection.onRequest((method, params) => {
    put(method, params);
    return null;
  });
  return {
    put,
    take: <T>(method: string, expected: (params: T) => boolean = () => true): Promise<T> => {
      const fits = (candidate: string, params: unknown): boolean =>
        candidate === method && expected(params as T);
      const index = received.findIndex((entry) => fits(entry.method, entry.params));
      if (index >= 0) return Promise.resolve(received.splice(index, 1)[0]?.params as T);
      return new Promise((resolve) => {
        waiting.push((candidate, params) => {
          if (!fits(candidate, params)) return false;
          resolve(params as T);
          return true;
        });
      });
    },
    count: (method) => received.filter((entry) => entry.method === method).length,
  };
}

/** A text without its caret; a `|` beside another one is an operator of X++. */
function documentOf(marked: string): { readonly text: string; readonly position: Position } {
  const marks = [...marked.matchAll(/\|\||\|/gu)].filter(([text]) => text === '|');
  equal(marks.length > 1, false, 'one caret at most');
  const offset = marks[0]?.index;
  const text = offset === undefined ? marked : marked.slice(0, offset) + marked.slice(offset + 1);
  return { text, position: linesOf(text).placeOf(offset ?? 0) };
}
