import { deepEqual, equal } from 'node:assert/strict';
import {
  DiagnosticRefreshRequest,
  FileChangeType,
  type Range,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver/node';
import { entityXml, mappedField, tableXml } from '../../kit/metadata.ts';
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

/** The metadata of two entities of one table, and a map of each. */
const parties = Object.fromEntries(
  ['Alphas', 'Betas'].map((label) => [
    `${FOLDER}/AxDataEntityView/${label}.xml`,
    entityXml({
      name: label,
      label,
      fields: [mappedField('ID', 'Party')],
      root: { name: 'Party' },
    }),
  ]),
);
const partyTable = {
  [`${FOLDER}/AxTable/Party.xml`]: tableXml('Party', false, [['ID', 'String']]),
};
const partyMap = (label: string): string =>
  JSON.stringify({
    legs: [
      {
        sourceSchema: label,
        destinationSchema: label.toLowerCase(),
        sourceFilter: '(ID == "1")',
        fieldMappings: [{ syncDirection: 3, sourceField: 'ID', destinationField: 'name' }],
      },
    ],
  });

const ALONE = text('accounts', 'Organization');

/** The place of the filter's value in `ALONE`, whose length it has. */
const rangeOf = (value: string): Range => {
  const character = ALONE.indexOf('Organization');
  return {
    start: { line: 0, character },
    end: { line: 0, character: character + value.length },
  };
};

/** Has one map alone, and types in its filter: each key is asked about. */
async function startAlone(): Promise<Editor> {
  const editor = await startEditor({ files: { [ACCOUNTS]: ALONE } });
  editor.open(ACCOUNTS, ALONE, 'json');
  await editor.diagnostics(ACCOUNTS);
  for (const [before, after] of [
    ['Organization', 'Organizatio'],
    ['Organizatio', 'Person'],
  ] as const) {
    editor.edit(ACCOUNTS, rangeOf(before), after);
    deepEqual(await overlaps(editor, ACCOUNTS), []);
  }
  return editor;
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
    const editor = await startAlone();
    editor.open(CONTACTS, files[CONTACTS] ?? '', 'json');
    deepEqual(await overlaps(editor, CONTACTS), [ACCOUNTS]);
    deepEqual(await overlaps(editor, ACCOUNTS), [CONTACTS]);
    editor.edit(ACCOUNTS, rangeOf('Person'), 'Organization');
    deepEqual(await overlaps(editor, ACCOUNTS), []);
    deepEqual(await overlaps(editor, CONTACTS), []);
  });

  it('are found on disk by one that was typed in alone before', async () => {
    const editor = await startAlone();
    editor.disk.set(CONTACTS, files[CONTACTS] ?? '');
    editor.fileChanged(CONTACTS, FileChangeType.Created);
    while ((await overlaps(editor, ACCOUNTS)).length === 0) {
      await editor.message(DiagnosticRefreshRequest.method);
    }
    deepEqual(await overlaps(editor, ACCOUNTS), [CONTACTS]);
  });

  it('tell of a table that both follow to one that was typed in before', async () => {
    const alphas = partyMap('Alphas');
    const editor = await startEditor({
      files: { ...parties, ...partyTable, [ACCOUNTS]: alphas },
    });
    const shared = async (): Promise<number> =>
      (await editor.diagnostics(ACCOUNTS)).filter(({ code }) => code === 'tracked-by-many').length;
    editor.open(ACCOUNTS, alphas, 'json');
    const character = alphas.indexOf('1');
    for (let key = 0; key < 2; key += 1) {
      const end = { line: 0, character };
      editor.edit(ACCOUNTS, { start: end, end }, '2');
      equal(await shared(), 0);
    }
    editor.disk.set(CONTACTS, partyMap('Betas'));
    editor.fileChanged(CONTACTS, FileChangeType.Created);
    while ((await shared()) === 0) await editor.message(DiagnosticRefreshRequest.method);
    equal(await shared(), 1);
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
