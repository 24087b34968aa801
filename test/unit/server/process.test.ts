import { deepEqual, equal, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleProgram } from '../../../scripts/bundle/bundle.ts';
import { serverGroups } from '../../../scripts/bundle/lazyGroups.ts';
import { rowsRequest } from '../../../src/service/protocol/rows.ts';
import { startEditor, stopEditors } from '../../kit/protocol.ts';
import { pathInRepository, readInRepository } from '../../kit/repository.ts';
import { clientOf } from '../../kit/stdioClient.ts';

/**
 * The bundled server as any editor starts it: `node server.cjs --stdio`. The client is written by hand, so that
 * what both ends of one library agree upon is held against the protocol itself.
 */
const MAP = pathToFileURL(pathInRepository('samples/maps/projects.json')).toString();

describe('The server as a process of its own', () => {
  let folder = '';
  let bundle = '';

  // Not dist/: what stands there may be older than the sources.
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dual-write-'));
    bundle = join(folder, 'server.cjs');
    await bundleProgram('server', 'server/main.ts', serverGroups, folder, 'server/start.ts');
    await bundleProgram('rowThread', 'server/rows/rowThread.ts', [], folder);
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
      const reference = { uri: MAP, index: 0 };
      const rows = await client.request(rowsRequest, reference);
      ok(JSON.stringify(rows).includes('"rowCount":7'), JSON.stringify(rows));
      deepEqual(rows, await editor.rows(reference));
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
    'rows/ProjectEntity.csv',
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
