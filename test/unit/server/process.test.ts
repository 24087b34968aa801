import { deepEqual, equal, ok } from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleProgram } from '../../../scripts/bundle/bundle.ts';
import { serverGroups } from '../../../scripts/bundle/lazyGroups.ts';
import { startEditor, stopEditors } from '../../kit/protocol.ts';
import { pathInRepository, readInRepository } from '../../kit/repository.ts';

/**
 * The bundled server as any editor starts it: `node server.cjs --stdio`. The client is written by hand, so that
 * what both ends of one library agree upon is held against the protocol itself.
 */
const MAP = pathToFileURL(pathInRepository('samples/maps/projects.json')).toString();

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

interface StdioClient {
  readonly request: (method: string, params: unknown) => Promise<unknown>;
  readonly notify: (method: string, params?: unknown) => void;
  readonly notification: (method: string) => Promise<unknown>;
}

function clientOf(server: ChildProcessWithoutNullStreams): StdioClient {
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

describe('The server as a process of its own', () => {
  let folder = '';
  let bundle = '';

  // Not dist/: what stands there may be older than the sources.
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dual-write-'));
    bundle = join(folder, 'server.cjs');
    await bundleProgram('server', 'server/main.ts', serverGroups, folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));
  afterEach(stopEditors);

  it('tells the same over stdio as in this process', async () => {
    const text = readInRepository('samples/maps/projects.json');
    const samples = pathToFileURL(pathInRepository('samples')).toString();
    const server = spawn(process.execPath, [bundle, '--stdio']);
    const ended = new Promise<number | null>((resolve) => server.on('exit', resolve));
    try {
      const client = clientOf(server);
      const initialized = await client.request('initialize', {
        processId: process.pid,
        rootUri: null,
        capabilities: { textDocument: { publishDiagnostics: {} } },
        workspaceFolders: [{ uri: samples, name: 'samples' }],
      });
      ok(JSON.stringify(initialized).includes('"hoverProvider"'));
      client.notify('initialized', {});
      client.notify('textDocument/didOpen', {
        textDocument: { uri: MAP, languageId: 'json', version: 1, text },
      });
      const { diagnostics } = (await client.notification('textDocument/publishDiagnostics')) as {
        readonly diagnostics: readonly unknown[];
      };
      const editor = await startEditor({
        folders: [samples],
        files: filesBelowSamples(),
        capabilities: { textDocument: { publishDiagnostics: {} } },
      });
      editor.open(MAP, text);
      deepEqual(diagnostics, await editor.published(MAP));
      equal(await client.request('shutdown', null), null);
      client.notify('exit');
      equal(await ended, 0);
    } finally {
      server.kill();
    }
  });
});

/** The files that decide about the sample map. */
function filesBelowSamples(): Readonly<Record<string, string>> {
  const names = [
    'metadata/Projects/AxDataEntityView/ProjectEntity.xml',
    'metadata/Projects/AxTable/ProjTable.xml',
    'metadata/Projects/AxTable/DirPartyTable.xml',
    'metadata/Projects/AxTable/HcmWorker.xml',
    'metadata/Projects/AxTable/LogisticsLocation.xml',
    'metadata/Projects/AxTable/DimensionAttributeValueSet.xml',
    'metadata/Projects/AxLabelFile/LabelResources/en-US/Proj.en-US.label.txt',
  ];
  return Object.fromEntries(
    names.map((name) => [
      pathToFileURL(pathInRepository(`samples/${name}`)).toString(),
      readInRepository(`samples/${name}`),
    ]),
  );
}
