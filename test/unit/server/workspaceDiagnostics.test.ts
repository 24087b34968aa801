import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  CancellationTokenSource,
  DidChangeConfigurationNotification,
  DiagnosticRefreshRequest,
  DocumentDiagnosticRequest,
  FileChangeType,
  type PreviousResultId,
  ProgressType,
  WorkspaceDiagnosticRequest,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { type Editor, startEditor, stopEditors } from '../../kit/protocol.ts';

const FOLDER = 'file:///workspace';
const WRONG = `${FOLDER}/wrong.xppfilter`;
const CLEAN = `${FOLDER}/clean.xppfilter`;
const OTHER = `${FOLDER}/package.json`;
const files = { [WRONG]: '(A = "x")', [CLEAN]: '(A == "x")', [OTHER]: '{"name":"x"}' };

const all = async (
  editor: Editor,
  previousResultIds: PreviousResultId[] = [],
): Promise<readonly WorkspaceDocumentDiagnosticReport[]> => {
  const { items } = await editor.connection.sendRequest(WorkspaceDiagnosticRequest.type, {
    previousResultIds,
  });
  return items;
};

/** What a report says, without its name. */
const said = (reports: readonly WorkspaceDocumentDiagnosticReport[]): unknown =>
  reports.map((report) => [
    report.uri,
    report.kind === 'full' ? report.items.map(({ code }) => code) : 'unchanged',
  ]);

const namesOf = (reports: readonly WorkspaceDocumentDiagnosticReport[]): PreviousResultId[] =>
  reports.flatMap(({ uri, resultId }) =>
    resultId === undefined ? [] : [{ uri, value: resultId }],
  );

const pull = (editor: Editor, uri: string, previousResultId?: string) =>
  editor.connection.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument: { uri },
    ...(previousResultId === undefined ? {} : { previousResultId }),
  });

afterEach(stopEditors);

describe('Diagnostics of one document', () => {
  it('are not sent again while they stay the same', async () => {
    const editor = await startEditor();
    editor.open(WRONG, '(A = "x")', 'dualwrite-xpp');
    const first = await pull(editor, WRONG);
    equal(first.kind, 'full');
    ok(first.resultId);
    deepEqual(await pull(editor, WRONG, first.resultId), {
      kind: 'unchanged',
      resultId: first.resultId,
    });
    editor.change(WRONG, '(A == "x")');
    const fixed = await pull(editor, WRONG, first.resultId);
    deepEqual(fixed.kind === 'full' && fixed.items, []);
    editor.change(WRONG, '(A = "x")');
    equal((await pull(editor, WRONG, first.resultId)).kind, 'unchanged');
  });
  it('become those of the file once the document is closed', async () => {
    const editor = await startEditor({ files });
    editor.open(WRONG, '(A == "x")', 'dualwrite-xpp');
    deepEqual(await editor.diagnostics(WRONG), []);
    editor.close(WRONG);
    equal((await editor.diagnostics(WRONG)).length, 1);
    // Clean on disk and shown with a problem: it is told of though nobody has a name for it.
    editor.open(CLEAN, '(A = "x")', 'dualwrite-xpp');
    editor.close(CLEAN);
    deepEqual(said((await all(editor)).filter(({ uri }) => uri === CLEAN)), [[CLEAN, []]]);
  });
});

describe('Diagnostics of the workspace', () => {
  it('are asked for again with other settings, though nothing is open', async () => {
    const editor = await startEditor({ files });
    await all(editor);
    await editor.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: null,
    });
    await editor.message(DiagnosticRefreshRequest.method);
  });

  it('are those of every map, and unchanged afterwards', async () => {
    const editor = await startEditor({ files });
    const first = await all(editor);
    deepEqual(said(first), [
      [WRONG, ['single-equals']],
      [CLEAN, []],
    ]);
    deepEqual(said(await all(editor, namesOf(first))), [
      [WRONG, 'unchanged'],
      [CLEAN, 'unchanged'],
    ]);
  });
  it('are of open documents as they are edited', async () => {
    const editor = await startEditor({ files });
    const first = await all(editor);
    editor.open(WRONG, '(A == "y")', 'dualwrite-xpp');
    editor.open(WRONG.replace('file:', 'git:'), '(A = "x")', 'dualwrite-xpp');
    const [edited, ...others] = await all(editor, namesOf(first));
    equal(edited?.version, 1);
    deepEqual(said([...(edited === undefined ? [] : [edited]), ...others]), [
      [WRONG, []],
      [CLEAN, 'unchanged'],
    ]);
  });
  it('go with the file, even where nobody tells of it', async () => {
    const editor = await startEditor({ files });
    const names = namesOf(await all(editor));
    editor.disk.delete(WRONG);
    const after = await all(editor, names);
    deepEqual(said(after), [
      [WRONG, []],
      [CLEAN, 'unchanged'],
    ]);
    deepEqual(said(await all(editor, namesOf(after))), [[CLEAN, 'unchanged']]);
  });
  it('follow a file to its new name', async () => {
    const editor = await startEditor({ files });
    const names = namesOf(await all(editor));
    const renamed = `${FOLDER}/renamed.xppfilter`;
    editor.disk.delete(WRONG);
    editor.disk.set(renamed, files[WRONG]);
    editor.fileChanged(WRONG, FileChangeType.Deleted);
    editor.fileChanged(renamed, FileChangeType.Created);
    await editor.message(DiagnosticRefreshRequest.method);
    deepEqual(said(await all(editor, names)), [
      [CLEAN, 'unchanged'],
      [renamed, ['single-equals']],
      [WRONG, []],
    ]);
  });
  it('are taken back where they are no longer wanted', async () => {
    const editor = await startEditor({
      files,
      settings: ({ section }) =>
        section === 'dualWrite' ? { diagnostics: { closedFiles: false } } : {},
    });
    deepEqual(await all(editor), []);
    deepEqual(said(await all(editor, [{ uri: WRONG, value: 'before' }])), [[WRONG, []]]);
    deepEqual(await editor.diagnostics(WRONG), []);
  });
  it('are made once for a text', async () => {
    const reads: string[] = [];
    const editor = await startEditor({ files, beforeRead: (uri) => void reads.push(uri) });
    const names = namesOf(await all(editor));
    reads.length = 0;
    await all(editor, names);
    // What is shown to a person is looked at again.
    deepEqual(reads, [WRONG]);
    editor.disk.set(CLEAN, '(A = "z")');
    editor.fileChanged(CLEAN, FileChangeType.Changed);
    deepEqual(said(await all(editor, names)), [
      [WRONG, 'unchanged'],
      [CLEAN, ['single-equals']],
    ]);
  });
  it('come in parts where the editor takes them so', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 45 }, (_, index) => [`${FOLDER}/${index}.xppfilter`, '(A = "x")']),
    );
    const editor = await startEditor({ files: many });
    const parts: number[] = [];
    const type = new ProgressType<WorkspaceDiagnosticReportPartialResult>();
    editor.connection.onProgress(type, 'part', ({ items }) => void parts.push(items.length));
    const { items } = await editor.connection.sendRequest(WorkspaceDiagnosticRequest.type, {
      previousResultIds: [],
      partialResultToken: 'part',
    });
    deepEqual([...parts, items.length], [20, 20, 5]);
  });
  it('are no longer made once nobody waits for them', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`${FOLDER}/${index}.xppfilter`, '(A = "x")']),
    );
    const source = new CancellationTokenSource();
    const middle = Promise.withResolvers<void>();
    let reads = 0;
    const editor = await startEditor({
      files: many,
      async beforeRead() {
        reads += 1;
        if (reads !== 100) return;
        source.cancel();
        await middle.promise;
      },
    });
    const answer = editor.connection.sendRequest(
      WorkspaceDiagnosticRequest.type,
      { previousResultIds: [] },
      source.token,
    );
    // The answer does not wait for the read that hangs.
    equal(await codeOf(answer), REQUEST_CANCELLED);
    middle.resolve();
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    equal(reads, 100);
  });
});

const REQUEST_CANCELLED = -32_800;

const codeOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => 'answered',
    (error: { readonly code?: number }) => error.code,
  );
