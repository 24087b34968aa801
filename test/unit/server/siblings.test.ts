import { deepEqual, equal } from 'node:assert/strict';
import {
  DiagnosticRefreshRequest,
  FileChangeType,
  type Range,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver/node';
import { type Editor, pushedEditor, startEditor, stopEditors } from '../../kit/protocol.ts';

const FOLDER = 'file:///workspace';
const [ACCOUNTS, CONTACTS] = [`${FOLDER}/accounts.json`, `${FOLDER}/contacts.json`];

const mapOf = (table: string, filter: string): string =>
  JSON.stringify({
    legs: [
      {
        sourceSchema: 'Customers V3',
        destinationSchema: table,
        sourceFilter: filter,
        fieldMappings: [{ syncDirection: 3, sourceField: 'PARTYTYPE', destinationField: 'name' }],
      },
    ],
  });

const text = (table: string, kind: string): string => mapOf(table, `(PartyType == "${kind}")`);

const files = {
  [ACCOUNTS]: text('accounts', 'Person'),
  [CONTACTS]: text('contacts', 'Person'),
};

afterEach(stopEditors);

const overlaps = async (editor: Editor, uri: string): Promise<readonly string[]> =>
  (await editor.diagnostics(uri))
    .filter(({ code }) => code === 'filter-overlap')
    .map(({ relatedInformation }) => relatedInformation?.[0]?.location.uri ?? '');

const ALONE = text('accounts', 'Organization');

/** The place of the filter's value in `ALONE`, whose length it has. */
const rangeOf = (value: string): Range => {
  const character = ALONE.indexOf('Organization');
  return {
    start: { line: 0, character },
    end: { line: 0, character: character + value.length },
  };
};

/** Key by key, as far as the server sees: each is asked about. */
async function typePerson(editor: Editor): Promise<void> {
  for (const [before, after] of [
    ['Organization', 'Organizatio'],
    ['Organizatio', 'Person'],
  ] as const) {
    editor.edit(ACCOUNTS, rangeOf(before), after);
    deepEqual(await overlaps(editor, ACCOUNTS), []);
  }
}

describe('Maps of one entity in several files', () => {
  it('are compared once all of them are read', async () => {
    const editor = await startEditor({ files });
    editor.open(ACCOUNTS, files[ACCOUNTS] ?? '', 'json');
    // The first answer waits for no other file.
    await editor.diagnostics(ACCOUNTS);
    await editor.message(DiagnosticRefreshRequest.method);
    deepEqual(await overlaps(editor, ACCOUNTS), [CONTACTS]);
  });

  it('are compared as they are edited', async () => {
    const editor = await startEditor({ files });
    editor.open(ACCOUNTS, files[ACCOUNTS] ?? '', 'json');
    editor.open(CONTACTS, files[CONTACTS] ?? '', 'json');
    await editor.diagnostics(ACCOUNTS);
    await editor.diagnostics(CONTACTS);
    deepEqual(await overlaps(editor, ACCOUNTS), [CONTACTS]);
    editor.change(CONTACTS, text('contacts', 'Organization'));
    deepEqual(await overlaps(editor, CONTACTS), []);
    deepEqual(await overlaps(editor, ACCOUNTS), []);
  });

  it('are read again when a file changes', async () => {
    const editor = await startEditor({ files });
    editor.open(ACCOUNTS, files[ACCOUNTS] ?? '', 'json');
    await editor.diagnostics(ACCOUNTS);
    await editor.message(DiagnosticRefreshRequest.method);
    editor.disk.set(CONTACTS, text('contacts', 'Organization'));
    editor.fileChanged(CONTACTS, FileChangeType.Changed);
    await editor.message(DiagnosticRefreshRequest.method);
    await editor.diagnostics(ACCOUNTS);
    await editor.message(DiagnosticRefreshRequest.method);
    deepEqual(await overlaps(editor, ACCOUNTS), []);
  });

  it('meet one that was typed in alone before, as it stands now', async () => {
    const editor = await startEditor({ files: { [ACCOUNTS]: ALONE } });
    editor.open(ACCOUNTS, ALONE, 'json');
    await editor.diagnostics(ACCOUNTS);
    await typePerson(editor);
    editor.open(CONTACTS, files[CONTACTS] ?? '', 'json');
    deepEqual(await overlaps(editor, CONTACTS), [ACCOUNTS]);
    deepEqual(await overlaps(editor, ACCOUNTS), [CONTACTS]);
    editor.edit(ACCOUNTS, rangeOf('Person'), 'Organization');
    deepEqual(await overlaps(editor, ACCOUNTS), []);
    deepEqual(await overlaps(editor, CONTACTS), []);
  });

  it('are found on disk by one that was typed in alone before', async () => {
    const editor = await startEditor({ files: { [ACCOUNTS]: ALONE } });
    editor.open(ACCOUNTS, ALONE, 'json');
    await editor.diagnostics(ACCOUNTS);
    await typePerson(editor);
    editor.disk.set(CONTACTS, files[CONTACTS] ?? '');
    editor.fileChanged(CONTACTS, FileChangeType.Created);
    while ((await overlaps(editor, ACCOUNTS)).length === 0) {
      await editor.message(DiagnosticRefreshRequest.method);
    }
    deepEqual(await overlaps(editor, ACCOUNTS), [CONTACTS]);
  });

  it('are told to an editor that asks for all files', async () => {
    const editor = await startEditor({ files });
    const ask = async (): Promise<number> => {
      const { items } = await editor.connection.sendRequest(WorkspaceDiagnosticRequest.type, {
        previousResultIds: [],
      });
      return items
        .flatMap((report) => (report.kind === 'full' ? report.items : []))
        .filter(({ code }) => code === 'filter-overlap').length;
    };
    await ask();
    await editor.message(DiagnosticRefreshRequest.method);
    equal(await ask(), 2);
  });

  it('are told to an editor that does not ask', async () => {
    const editor = await startEditor({ files, capabilities: pushedEditor });
    editor.open(ACCOUNTS, files[ACCOUNTS] ?? '', 'json');
    for (;;) {
      const told = await editor.published(ACCOUNTS);
      if (told.some(({ code }) => code === 'filter-overlap')) break;
    }
  });
});
