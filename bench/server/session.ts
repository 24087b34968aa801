import { dirname } from 'node:path';
import type { FilterDocument, Place } from '../corpus/documents.ts';
import { type Cancellable, type Client, startClient } from './client.ts';
import type { Server } from './servers.ts';

export interface Diagnostic {
  readonly range: { readonly start: { readonly line: number } };
  readonly message: string;
}

interface Report {
  readonly items: readonly Diagnostic[];
}

/** A server with a document open in it. Times are milliseconds from the change to the parsed answer. */
export interface Session {
  readonly client: Client;
  readonly capabilities: Readonly<Record<string, unknown>>;
  /** From the start of the process to the answer of `initialize`, and from there on to the first diagnostics. */
  readonly initialized: number;
  readonly opened: number;
  /** The diagnostics of the document as it is. */
  readonly baseline: readonly Diagnostic[];
  /** Replaces text without waiting for anything. */
  readonly change: (place: Place, removed: number, inserted: string) => void;
  /** The diagnostics of the text as it is now; give up on them where another change comes first. */
  readonly diagnostics: () => Cancellable<readonly Diagnostic[]>;
  /** Waits until a server that sends diagnostics has sent none for a while, and tells when the last came. */
  readonly settled: () => Promise<Sent>;
}

interface Sent {
  readonly at: number;
  readonly diagnostics: readonly Diagnostic[];
}

const CAPABILITIES = {
  workspace: { configuration: true, didChangeConfiguration: {}, workspaceFolders: true },
  textDocument: {
    synchronization: { didSave: true },
    publishDiagnostics: { versionSupport: true },
    completion: { completionItem: { snippetSupport: true } },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
};

const QUIET = 1_500;

export async function openSession(
  server: Server,
  document: FilterDocument,
  node?: string,
): Promise<Session> {
  const { uri, pulls, settings } = server;
  const begin = performance.now();
  const client = startClient(server.command, settings, node);
  const sent = watchSent(client, uri);
  const folder = dirname(uri);
  const { textDocument } = CAPABILITIES;
  const { capabilities } = await client.request<Pick<Session, 'capabilities'>>('initialize', {
    processId: process.pid,
    rootUri: folder,
    workspaceFolders: [{ uri: folder, name: 'bench' }],
    capabilities: pulls
      ? { ...CAPABILITIES, textDocument: { ...textDocument, diagnostic: {} } }
      : CAPABILITIES,
    initializationOptions: {},
  });
  const initialized = performance.now() - begin;
  client.notify('initialized', {});
  client.notify('workspace/didChangeConfiguration', { settings });

  let version = 1;
  const pull = (): Cancellable<readonly Diagnostic[]> => {
    const { answer, cancel } = client.cancellable<Report>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    return { answer: answer.then((report) => report?.items), cancel };
  };
  const next = (): Cancellable<readonly Diagnostic[]> => ({
    answer: sent.next(),
    cancel: () => undefined,
  });
  const diagnostics = pulls ? pull : next;

  const first = pulls ? undefined : sent.next();
  const { languageId } = server;
  client.notify('textDocument/didOpen', {
    textDocument: { uri, languageId, version, text: document.text },
  });
  const baseline = await (first ?? pull().answer);
  const opened = performance.now() - begin - initialized;
  if (baseline === undefined) throw new Error(`${server.name} has no diagnostics`);
  return {
    client,
    capabilities,
    initialized,
    opened,
    baseline,
    change(start, removed, inserted) {
      const end = { line: start.line, character: start.character + removed };
      client.notify('textDocument/didChange', {
        textDocument: { uri, version: (version += 1) },
        contentChanges: [{ range: { start, end }, text: inserted }],
      });
    },
    diagnostics,
    settled: sent.settled,
  };
}

/** What a server sends on its own. */
function watchSent(
  client: Client,
  uri: string,
): { readonly next: () => Promise<readonly Diagnostic[]>; readonly settled: () => Promise<Sent> } {
  let last: Sent = { at: 0, diagnostics: [] };
  let waiting: ((diagnostics: readonly Diagnostic[]) => void)[] = [];
  client.on('textDocument/publishDiagnostics', (params) => {
    const sent = params as Sent & { readonly uri: string };
    if (sent.uri !== uri) return;
    last = { at: performance.now(), diagnostics: sent.diagnostics };
    const answered = waiting;
    waiting = [];
    for (const answer of answered) answer(last.diagnostics);
  });
  return {
    next: () => new Promise((resolve) => waiting.push(resolve)),
    async settled() {
      let rest = QUIET;
      while (rest > 0) {
        await new Promise((resolve) => setTimeout(resolve, rest));
        rest = QUIET - (performance.now() - last.at);
      }
      return last;
    },
  };
}
