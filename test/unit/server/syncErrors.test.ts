import { deepEqual, equal, match, ok } from 'node:assert/strict';
import {
  CodeActionRequest,
  type Diagnostic,
  DiagnosticRefreshRequest,
  FileChangeType,
} from 'vscode-languageserver/node';
import {
  showSyncErrorsCommand,
  showSyncMappingCommand,
  syncCloseRequest,
  syncOpenRequest,
} from '../../../src/service/protocol/sync.ts';
import { pushedEditor, stopEditors } from '../../kit/protocol.ts';
import { FOLDER, modified, PROJECT, startSync, type SyncEditor } from '../../kit/syncEditor.ts';
import { syncProjectText } from '../../kit/syncProjects.ts';

afterEach(stopEditors);

const TEXT = syncProjectText(5, { conflicts: 2 });

const wordsOf = ({ message }: Diagnostic): string =>
  typeof message === 'string' ? message : message.value;

/** What the Problems panel says of the project once that is expected; asked again whenever the server says so. */
async function problems(
  { editor }: SyncEditor,
  expected: (messages: readonly string[]) => boolean,
): Promise<readonly string[]> {
  for (;;) {
    const messages = (await editor.diagnostics(PROJECT)).map(wordsOf);
    if (expected(messages)) return messages;
    await editor.message(DiagnosticRefreshRequest.method);
  }
}

describe('Synchronization errors as problems of their project', () => {
  it('are one for each mapping, updated as they change, and gone with the last one', async () => {
    const started = await startSync({ [PROJECT]: TEXT });
    const { editor, run } = started;
    editor.open(PROJECT, TEXT, 'json');
    deepEqual(await editor.diagnostics(PROJECT), []);
    await run('Synchronize Modified Records', modified);
    deepEqual(await problems(started, (messages) => messages.length > 0), [
      '2 records of CUSTOMER do not synchronize.',
    ]);
    const [problem] = await editor.diagnostics(PROJECT);
    equal(problem?.code, 'sync-errors');
    const { start, end } = problem.range;
    equal(TEXT.slice(start.character, end.character), '"CUSTOMER"');
    await run('Delete Couplings', modified);
    deepEqual(await problems(started, (messages) => messages.length === 0), []);
  });

  it('are found where the file is not open, too', async () => {
    const started = await startSync({ [PROJECT]: TEXT });
    await started.run('Synchronize Modified Records', modified);
    deepEqual(await problems(started, (messages) => messages.length > 0), [
      '2 records of CUSTOMER do not synchronize.',
    ]);
  });

  it('go when the project is closed, and come back with it', async () => {
    const started = await startSync({ [PROJECT]: TEXT });
    started.editor.open(PROJECT, TEXT, 'json');
    await started.run('Synchronize Modified Records', modified);
    await problems(started, (messages) => messages.length === 1);
    await started.ask(syncCloseRequest);
    deepEqual(await problems(started, (messages) => messages.length === 0), []);
    await started.ask(syncOpenRequest);
    await problems(started, (messages) => messages.length === 1);
  });

  it('go with the file', async () => {
    const started = await startSync({ [PROJECT]: TEXT });
    await started.run('Synchronize Modified Records', modified);
    await problems(started, (messages) => messages.length === 1);
    started.files.delete(PROJECT);
    started.editor.disk.delete(PROJECT);
    started.editor.fileChanged(PROJECT, FileChangeType.Deleted);
    deepEqual(await problems(started, (messages) => messages.length === 0), []);
  });

  it('are told to editors that do not ask', async () => {
    const started = await startSync({ [PROJECT]: TEXT }, { capabilities: pushedEditor });
    started.editor.open(PROJECT, TEXT, 'json');
    await started.run('Synchronize Modified Records', modified);
    let told = await started.editor.published(PROJECT);
    while (told.length === 0) told = await started.editor.published(PROJECT);
    deepEqual(
      told.map(({ code }) => code),
      ['sync-errors'],
    );
    await started.ask(syncCloseRequest);
    deepEqual(await started.editor.published(PROJECT), []);
  });

  it('lead to the views', async () => {
    const started = await startSync({ [PROJECT]: TEXT }, { locale: 'fr' });
    const { editor, run } = started;
    editor.open(PROJECT, TEXT, 'json');
    await run('Synchronize Modified Records', modified);
    await problems(started, (messages) => messages.length > 0);
    const [problem] = await editor.diagnostics(PROJECT);
    ok(problem);
    match(wordsOf(problem), /synchronisent/u);
    const actions = async (range: typeof problem.range) =>
      (await editor.connection.sendRequest(CodeActionRequest.type, {
        textDocument: { uri: PROJECT },
        range,
        context: { diagnostics: [problem] },
      })) ?? [];
    deepEqual(
      (await actions(problem.range)).map(({ title, command }) => [
        title,
        typeof command === 'object' && [command.command, command.arguments],
      ]),
      [
        [
          'Afficher ces erreurs',
          [showSyncErrorsCommand, [{ project: PROJECT, mapping: 'CUSTOMER' }]],
        ],
        [
          'Afficher le mappage',
          [showSyncMappingCommand, [{ project: PROJECT, mapping: 'CUSTOMER' }]],
        ],
      ],
    );
    const elsewhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    deepEqual(await actions(elsewhere), []);
  });

  it('leave other projects alone', async () => {
    const other = `${FOLDER}/other.sync.json`;
    const started = await startSync({ [PROJECT]: TEXT, [other]: TEXT });
    started.editor.open(other, TEXT, 'json');
    await started.run('Synchronize Modified Records', modified);
    await problems(started, (messages) => messages.length > 0);
    deepEqual(await started.editor.diagnostics(other), []);
  });
});

describe('A sync project in the editor', () => {
  it('is checked as it is typed', async () => {
    const { editor } = await startSync({ [PROJECT]: TEXT });
    editor.open(PROJECT, '{ "mappings": 1 }', 'json');
    const found = await editor.diagnostics(PROJECT);
    ok(found.some(({ code }) => code === 'project-shape'));
  });
});
