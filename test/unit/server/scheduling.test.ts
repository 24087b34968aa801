import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  CancellationTokenSource,
  DiagnosticRefreshRequest,
  FileChangeType,
  HoverRequest,
  LogMessageNotification,
  PublishDiagnosticsNotification,
  ReferencesRequest,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver/node';
import { fullEditor, pushedEditor, startEditor, stopEditors } from '../../kit/protocol.ts';
import { readInRepository } from '../../kit/repository.ts';

const FOLDER = 'file:///workspace';
const MAP = `${FOLDER}/projects.json`;
const OTHER = `${FOLDER}/package.json`;
const ENTITY = `${FOLDER}/AxDataEntityView/ProjectEntity.xml`;
const TABLE = `${FOLDER}/AxTable/T.xml`;
const FILTER = `${FOLDER}/a.xppfilter`;
const map = readInRepository('samples/maps/projects.json');
const entity = readInRepository('samples/metadata/Projects/AxDataEntityView/ProjectEntity.xml');
const files = {
  [ENTITY]: entity,
  [TABLE]: '<AxTable><Name>T</Name></AxTable>',
  [`${FOLDER}/AxLabelFile/Proj.en-US.label.txt`]: readInRepository(
    'samples/metadata/Projects/AxLabelFile/LabelResources/en-US/Proj.en-US.label.txt',
  ),
};

afterEach(stopEditors);

describe('Every request', () => {
  for (const { name, ask } of [
    {
      name: 'about a place',
      ask: { type: HoverRequest.method, params: { position: { line: 5, character: 3 } } },
    },
    { name: 'about all maps', ask: { type: WorkspaceSymbolRequest.method, params: { query: '' } } },
    {
      name: 'for references',
      ask: {
        type: ReferencesRequest.method,
        params: { position: { line: 5, character: 3 }, context: { includeDeclaration: true } },
      },
    },
  ]) {
    it(`is given up while metadata are still read: ${name}`, async () => {
      const reading = Promise.withResolvers<void>();
      const never = Promise.withResolvers<void>();
      const editor = await startEditor({
        files: { ...files, [MAP]: map },
        beforeRead() {
          reading.resolve();
          return never.promise;
        },
      });
      editor.open(MAP, map);
      const source = new CancellationTokenSource();
      const answer = editor.connection.sendRequest(
        ask.type,
        { textDocument: { uri: MAP }, ...ask.params },
        source.token,
      );
      await reading.promise;
      source.cancel();
      const outcome = await answer.then(
        () => 'answered',
        (error: { readonly code?: number }) => error.code,
      );
      equal(outcome, -32_800);
      never.resolve();
    });
  }
});

describe('Changes', () => {
  it('of a document that come together are answered once, with the last', async () => {
    const editor = await startEditor({ capabilities: pushedEditor });
    editor.open(FILTER, '(A = "0")', 'dualwrite-xpp');
    for (let count = 1; count < 20; count += 1) editor.change(FILTER, `(A = "${count}")`);
    editor.change(FILTER, '(A == "20")');
    const { version, diagnostics } = await editor.message<{ version: number; diagnostics: [] }>(
      PublishDiagnosticsNotification.method,
    );
    equal(version, 21);
    deepEqual(diagnostics, []);
    await editor.codeLenses(FILTER);
    equal(editor.pending(PublishDiagnosticsNotification.method), 0);
  });
  it('of metadata count from disk once their document is saved and closed', async () => {
    const editor = await startEditor({ files });
    editor.open(MAP, map);
    await editor.diagnostics(MAP);
    const inner = entity.replaceAll('OuterJoin', 'InnerJoin');
    editor.open(ENTITY, inner, 'xml');
    await editor.diagnostics(MAP);
    editor.disk.set(ENTITY, inner);
    // The event of the file itself may come much later.
    editor.close(ENTITY);
    const found = await editor.diagnostics(MAP);
    deepEqual(
      found.filter(({ code }) => code === 'null-lost'),
      [],
    );
  });
  it('of files that come together make the editor ask once', async () => {
    const editor = await startEditor({ files });
    editor.open(MAP, map);
    await editor.diagnostics(MAP);
    for (let count = 0; count < 20; count += 1) editor.fileChanged(ENTITY, FileChangeType.Changed);
    await editor.message(DiagnosticRefreshRequest.method);
    await editor.diagnostics(MAP);
    equal(editor.pending(DiagnosticRefreshRequest.method), 0);
  });
  it('of a file that is deleted take back what was told of it', async () => {
    const editor = await startEditor({ capabilities: pushedEditor });
    editor.open(FILTER, '(A = "0")', 'dualwrite-xpp');
    equal((await editor.published(FILTER)).length, 1);
    editor.fileChanged(FILTER, FileChangeType.Deleted);
    deepEqual(await editor.published(FILTER), []);
    editor.change(FILTER, '(B = "0")');
    equal((await editor.published(FILTER)).length, 1);
  });
});

describe('Documents that are no maps', () => {
  it('cost nothing: no file is read for them, and nothing is told of them', async () => {
    const reads: string[] = [];
    for (const capabilities of [fullEditor, pushedEditor]) {
      const editor = await startEditor({
        files,
        capabilities,
        beforeRead: (uri) => void reads.push(uri),
      });
      const position = editor.open(OTHER, '{"na|me":"x"}');
      editor.change(OTHER, '{"name":"y"}');
      equal(await editor.hover(OTHER, position), null);
      deepEqual(await editor.diagnostics(OTHER), []);
      equal(editor.pending(PublishDiagnosticsNotification.method), 0);
    }
    deepEqual(
      reads.filter((uri) => uri !== OTHER),
      [],
    );
  });
  it('become maps by typing, and cease to be', async () => {
    const editor = await startEditor({ files, capabilities: pushedEditor });
    editor.open(OTHER, '{"name":"x"}');
    editor.change(OTHER, map);
    ok((await editor.published(OTHER)).length > 0);
    editor.change(OTHER, '{"name":"x"}');
    deepEqual(await editor.published(OTHER), []);
  });
});

describe('Files that fail', () => {
  it('harm no others and are told of once', async () => {
    const editor = await startEditor({
      files,
      beforeRead(uri) {
        if (uri === TABLE) throw new Error('gone');
      },
    });
    editor.open(MAP, map);
    for (let count = 0; count < 3; count += 1) {
      const found = await editor.diagnostics(MAP);
      ok(found.some(({ code }) => code === 'null-lost'));
      editor.fileChanged(ENTITY, FileChangeType.Changed);
    }
    const { message } = await editor.message<{ message: string }>(LogMessageNotification.method);
    ok(message.includes(TABLE) && message.includes('gone'), message);
    equal(editor.pending(LogMessageNotification.method), 0);
  });
  it('of metadata say so where they are open', async () => {
    const editor = await startEditor({ files });
    editor.open(ENTITY, entity.replace('</DataSources>', '').replace('</Fields>', ''), 'xml');
    const found = await editor.diagnostics(ENTITY);
    ok(found.length > 0);
    ok(found.every(({ code }) => code === 'metadata-broken'));
    editor.change(ENTITY, entity);
    deepEqual(await editor.diagnostics(ENTITY), []);
  });
});
