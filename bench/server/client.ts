import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** A message of the Language Server Protocol, as far as this client looks into it. */
interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** An editor without a window: it starts a server and speaks to it over its standard streams. */
export interface Client {
  readonly pid: number | undefined;
  readonly request: <T>(method: string, params: unknown) => Promise<T>;
  /** Like `request`, for an answer that may be given up. */
  readonly cancellable: <T>(method: string, params: unknown) => Cancellable<T>;
  readonly notify: (method: string, params: unknown) => void;
  /** Replaces what is called with the parameters of a notification or request of that name. */
  readonly on: (method: string, listener: (params: unknown) => void) => void;
  /** Megabytes that the process holds; undefined where the system does not tell. */
  readonly memory: () => Promise<number | undefined>;
  readonly stop: () => Promise<void>;
}

export interface Cancellable<T> {
  readonly answer: Promise<T | undefined>;
  readonly cancel: () => void;
}

/**
 * @param settings what the server is told when it asks for its settings.
 * @param node the Node that runs the server; this one if absent.
 */
export function startClient(
  command: readonly string[],
  settings: Readonly<Record<string, unknown>>,
  node: string = process.execPath,
): Client {
  const child = spawn(node, [...command], { stdio: ['pipe', 'pipe', 'pipe'] });
  const waiting = new Map<number, (message: Message) => void>();
  const listeners = new Map<string, (params: unknown) => void>();
  let lastId = 0;

  const send = (message: object): void => {
    if (!child.stdin.writable) return;
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    child.stdin.write(body);
  };

  const answerOf = (method: string, params: unknown): unknown => {
    if (method !== 'workspace/configuration') return null;
    const { items } = params as { readonly items: readonly { readonly section?: string }[] };
    return items.map(({ section }) => settings[section ?? ''] ?? null);
  };

  const receive = (message: Message): void => {
    const { id, method, params } = message;
    if (method === undefined) {
      if (typeof id !== 'number') return;
      waiting.get(id)?.(message);
      waiting.delete(id);
    } else if (id === undefined) {
      listeners.get(method)?.(params);
    } else {
      send({ id, result: answerOf(method, params) });
      listeners.get(method)?.(params);
    }
  };
  readMessages(child, receive);
  child.stderr.resume();
  child.on('exit', () => {
    for (const answer of waiting.values()) answer({ error: { message: 'The server ended.' } });
  });

  const ask = (method: string, params: unknown): { id: number; message: Promise<Message> } => {
    const id = (lastId += 1);
    const message = new Promise<Message>((resolve) => waiting.set(id, resolve));
    send({ id, method, params });
    return { id, message };
  };

  const request = async <T>(method: string, params: unknown): Promise<T> => {
    const { error, result } = await ask(method, params).message;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result as T;
  };

  return {
    pid: child.pid,
    request,
    cancellable<T>(method: string, params: unknown) {
      const { id, message } = ask(method, params);
      return {
        answer: message.then(({ error, result }) =>
          error === undefined ? (result as T) : undefined,
        ),
        cancel: () => send({ method: '$/cancelRequest', params: { id } }),
      };
    },
    notify: (method, params) => send({ method, params }),
    on: (method, listener) => void listeners.set(method, listener),
    memory: () => residentMegabytes(child.pid),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      const timer = setTimeout(() => child.kill('SIGKILL'), 2_000);
      await request('shutdown', null).catch(() => undefined);
      send({ method: 'exit', params: null });
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Calls back with each message of the stream; a body of megabytes arrives in many chunks. */
function readMessages(
  child: ChildProcessWithoutNullStreams,
  receive: (message: Message) => void,
): void {
  let chunks: Buffer[] = [];
  let held = 0;
  let needed = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    held += chunk.length;
    if (held < needed) return;
    let data = Buffer.concat(chunks);
    for (;;) {
      const end = data.indexOf('\r\n\r\n');
      if (end < 0) break;
      const length = Number(/Content-Length: (\d+)/iu.exec(data.toString('latin1', 0, end))?.[1]);
      needed = end + 4 + length;
      if (data.length < needed) break;
      const body = data.toString('utf8', end + 4, needed);
      data = data.subarray(needed);
      needed = 0;
      receive(JSON.parse(body) as Message);
    }
    chunks = [data];
    held = data.length;
  });
}

async function residentMegabytes(pid: number | undefined): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid ?? 0}/status`, 'utf8').catch(() => '');
  const kilobytes = /VmRSS:\s+(\d+)/u.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1_024;
}
