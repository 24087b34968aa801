import type { ChildProcessWithoutNullStreams } from 'node:child_process';

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

/** An editor that speaks the protocol by hand over the standard streams of a server. */
export interface StdioClient {
  readonly request: (method: string, params: unknown) => Promise<unknown>;
  readonly notify: (method: string, params?: unknown) => void;
  readonly notification: (method: string) => Promise<unknown>;
}

export function clientOf(server: ChildProcessWithoutNullStreams): StdioClient {
  const answers = new Map<number, (result: unknown) => void>();
  const awaited = new Map<string, (params: unknown) => void>();
  const early = new Map<string, unknown>();
  let nextId = 0;
  let received = Buffer.alloc(0);
  const send = (message: object): void => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    server.stdin.write(body);
  };
  const take = ({ id, method, params, result }: Message): void => {
    if (method !== undefined && id !== undefined) {
      const items = (params as { items?: unknown[] } | undefined)?.items ?? [];
      send({ id, result: method === 'workspace/configuration' ? items.map(() => null) : null });
    } else if (method !== undefined) {
      const waiting = awaited.get(method);
      awaited.delete(method);
      if (waiting === undefined) early.set(method, params);
      else waiting(params);
    } else if (typeof id === 'number') {
      answers.get(id)?.(result);
      answers.delete(id);
    }
  };
  server.stdout.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const header = received.indexOf('\r\n\r\n');
      const length = /Content-Length: (\d+)/iu.exec(received.toString('latin1', 0, header))?.[1];
      if (header < 0 || length === undefined) return;
      const [start, end] = [header + 4, header + 4 + Number(length)];
      if (received.length < end) return;
      take(JSON.parse(received.toString('utf8', start, end)) as Message);
      received = received.subarray(end);
    }
  });
  return {
    request(method, params) {
      nextId += 1;
      const id = nextId;
      const answer = new Promise<unknown>((resolve) => answers.set(id, resolve));
      send({ id, method, params });
      return answer;
    },
    notify: (method, params) => send({ method, ...(params === undefined ? {} : { params }) }),
    notification: (method) =>
      early.has(method)
        ? Promise.resolve(early.get(method))
        : new Promise((resolve) => awaited.set(method, resolve)),
  };
}
