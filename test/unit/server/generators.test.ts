import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { translator } from '../../../src/problem/message.ts';
import { mappingOf } from '../../kit/maps.ts';
import { entityXml, mappedField, tableXml } from '../../kit/metadata.ts';
import { type Editor, fullEditor, startEditor, stopEditors } from '../../kit/protocol.ts';

const FOLDER = 'file:///workspace';
const MAP = `${FOLDER}/map.json`;
const MODEL = `${FOLDER}/Model`;
const en = translator('en');

const lazy: ClientCapabilities = {
  ...fullEditor,
  workspace: {
    ...fullEditor.workspace,
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: { groupsOnLabel: true } },
  },
  textDocument: {
    ...fullEditor.textDocument,
    codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } },
  },
};

const files = {
  [`${MODEL}/AxDataEntityView/E.xml`]: entityXml({
    label: 'Projects',
    fields: [mappedField('PROJECTID', 'R'), mappedField('PARENTPROJECT', 'D', 'F')],
    root: { name: 'R', below: [{ name: 'D', table: 'T', join: 'OuterJoin', readOnly: true }] },
  }),
  [`${MODEL}/AxTable/R.xml`]: tableXml('R', false, [['PROJECTID', 'String']]),
  [`${MODEL}/AxTable/T.xml`]: tableXml('T', false, [['F', 'String']]),
};
const text = JSON.stringify(mappingOf({ sourceFilter: '(PROJECTID == "P")' }), undefined, 2);

async function actionsAt(
  editor: Editor,
  words: string,
  only: readonly string[],
): Promise<readonly CodeAction[]> {
  const position = editor.open(MAP, text.replace(words, `|${words}`));
  const found = await editor.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: MAP },
    range: { start: position, end: position },
    context: { diagnostics: [], only: [...only] },
  });
  return (found ?? []).filter((action): action is CodeAction => 'kind' in action);
}

const resolved = (editor: Editor, action: CodeAction): Promise<CodeAction> =>
  editor.connection.sendRequest(CodeActionResolveRequest.type, action);

/** `URI annotation` of every change, the annotation of its edits. */
const changesIn = (edit: WorkspaceEdit | undefined): readonly string[] =>
  (edit?.documentChanges ?? []).map((change) => {
    if (!('edits' in change)) {
      return `${change.kind} ${'uri' in change ? change.uri : change.newUri} ${change.annotationId ?? '-'}`;
    }
    const notes = change.edits.map((each) => ('annotationId' in each ? each.annotationId : '-'));
    return `edit ${change.textDocument.uri} ${notes.join(' ')}`;
  });

const trackedTitle = en('generate.title.tracked-table', { field: 'PARENTPROJECT', entity: 'E' });

describe('generators in an editor', () => {
  afterEach(stopEditors);

  for (const [only, expected] of [
    [
      ['quickfix', 'refactor'],
      ['quickfix', ['untracked-mapping']],
    ],
    [['quickfix'], ['quickfix', ['untracked-mapping']]],
    [['refactor'], ['refactor.generate', undefined]],
  ] as const) {
    it(`are offered once, as the fix of their finding if fixes are asked for: ${only.join(', ')}`, async () => {
      const editor = await startEditor({ files, capabilities: lazy });
      const found = await actionsAt(editor, 'PARENTPROJECT"', only);
      deepEqual(
        found
          .filter(({ title }) => title === trackedTitle)
          .map(({ kind, diagnostics, edit }) => [kind, diagnostics?.map(({ code }) => code), edit]),
        [[...expected, undefined]],
      );
    });
  }

  it('do not repeat the quick fix of a lost row, and preview it as a refactoring', async () => {
    const lossy = text.replace('PROJECTID ==', 'PARENTPROJECT !=');
    for (const [only, expected] of [
      [['quickfix', 'refactor'], ['quickfix']],
      [['refactor'], ['refactor.generate']],
    ] as const) {
      const editor = await startEditor({ files, capabilities: lazy });
      const position = editor.open(MAP, lossy.replace('PARENTPROJECT !=', '|PARENTPROJECT !='));
      const found = await editor.connection.sendRequest(CodeActionRequest.type, {
        textDocument: { uri: MAP },
        range: { start: position, end: position },
        context: { diagnostics: [], only: [...only] },
      });
      deepEqual(
        (found ?? [])
          .filter(({ title }) => title.includes('PARENTPROJECTNotNull'))
          .map((action) => ('kind' in action ? action.kind : '')),
        expected,
      );
    }
  });

  it('write when they are chosen, after a person has seen what', async () => {
    const editor = await startEditor({ files, capabilities: lazy });
    const [action] = await actionsAt(editor, 'PARENTPROJECT"', ['refactor.generate']);
    ok(action);
    const { edit } = await resolved(editor, action);
    deepEqual(changesIn(edit), [
      `create ${MODEL}/AxDataEntityViewExtension/E.DualWrite.xml aot`,
      `edit ${MODEL}/AxDataEntityViewExtension/E.DualWrite.xml aot`,
      `create ${MODEL}/AxClass/E_DualWrite_Extension.xml aot`,
      `edit ${MODEL}/AxClass/E_DualWrite_Extension.xml aot`,
    ]);
    const annotation = edit?.changeAnnotations?.['aot'];
    equal(annotation?.needsConfirmation, true);
    equal(annotation.label, en('generate.part.aot'));
    ok(annotation.description?.includes('BusinessEventsDefinition'));
  });

  it('write at once where the editor can neither wait nor ask', async () => {
    const editor = await startEditor({ files, capabilities: fullEditor });
    const [action] = await actionsAt(editor, 'PARENTPROJECT"', ['refactor.generate']);
    equal(action?.edit?.changeAnnotations, undefined);
    deepEqual(
      changesIn(action?.edit).map((change) => change.split(' ').at(-1)),
      ['-', '-', '-', '-'],
    );
  });

  it('write over no file that stands already', async () => {
    const job = `${MODEL}/AxClass/EFilterJob.xml`;
    const editor = await startEditor({ files: { ...files, [job]: 'mine' }, capabilities: lazy });
    const [action] = await actionsAt(editor, 'PROJECTID == ', ['refactor.generate']);
    ok(action);
    const { edit } = await resolved(editor, action);
    deepEqual(changesIn(edit), [
      `create ${MODEL}/AxClass/EFilterJob2.xml aot`,
      `edit ${MODEL}/AxClass/EFilterJob2.xml aot`,
    ]);
  });

  it('say so where nothing is left to write', async () => {
    const name = 'CustCustomerV3Entity';
    const fields = ['ADDRESS', 'INVOICEADDRESS', 'DELIVERYADDRESS', 'URL', 'PHONE', 'EMAIL', 'FAX'];
    const own = JSON.stringify(
      mappingOf({
        sourceSchema: name,
        fields: fields.map((field) => (field.endsWith('S') ? field : `PRIMARYCONTACT${field}`)),
      }),
      undefined,
      2,
    );
    const editor = await startEditor({
      files: {
        [`${MODEL}/AxDataEntityView/${name}.xml`]: entityXml({
          name,
          fields: [mappedField('K', 'CustTable')],
          root: { name: 'CustTable' },
        }),
      },
      capabilities: lazy,
    });
    const position = editor.open(MAP, own.replace(`"${name}"`, `"|${name}"`));
    const found = await editor.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: MAP },
      range: { start: position, end: position },
      context: { diagnostics: [], only: ['refactor.generate'] },
    });
    const action = (found ?? []).find((each): each is CodeAction => 'kind' in each);
    ok(action);
    equal((await resolved(editor, action)).edit, undefined);
    const { message } = await editor.message<{ message: string }>('window/showMessageRequest');
    equal(message, en('generate.none'));
  });

  it('write to the model of the setting', async () => {
    const editor = await startEditor({
      files,
      capabilities: lazy,
      settings: ({ section }) => (section === 'dualWrite' ? { generate: { model: 'own' } } : {}),
    });
    const [action] = await actionsAt(editor, 'PROJECTID == ', ['refactor.generate']);
    ok(action);
    const { edit } = await resolved(editor, action);
    equal(changesIn(edit)[0], `create ${FOLDER}/own/AxClass/EFilterJob.xml aot`);
  });

  it('read other maps and rows where they matter', async () => {
    const customers = `${FOLDER}/customers.json`;
    const name = 'CustCustomerV3Entity';
    const mapOf = (...fields: readonly string[]): string =>
      JSON.stringify(mappingOf({ sourceSchema: name, fields }), undefined, 2);
    const editor = await startEditor({
      files: {
        [`${MODEL}/AxDataEntityView/${name}.xml`]: entityXml({
          name,
          label: 'Customers V3',
          fields: [mappedField('CUSTOMERACCOUNT', 'CustTable')],
          root: { name: 'CustTable' },
        }),
        [`${FOLDER}/other.json`]: mapOf('CUSTOMERACCOUNT', 'PRIMARYCONTACTFAX'),
        [`${FOLDER}/${name}.csv`]: 'CUSTOMERACCOUNT,ADDRESSCITY\n"1",\n"2",\n',
      },
      capabilities: lazy,
    });
    const own = mapOf('CUSTOMERACCOUNT', 'ADDRESSCITY');
    const position = editor.open(customers, own.replace(`"${name}"`, `"|${name}"`));
    const found = await editor.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: customers },
      range: { start: position, end: position },
      context: { diagnostics: [], only: ['refactor.generate'] },
    });
    const action = (found ?? []).find((each): each is CodeAction => 'kind' in each);
    ok(action);
    const { edit } = await resolved(editor, action);
    const written = JSON.stringify(edit);
    equal(written.includes('AddressRecordId'), true);
    equal(written.includes('PrimaryContactFaxRecordId'), false, 'another map sends the fax number');
    equal(changesIn(edit).filter((change) => change.startsWith(`edit ${customers}`)).length, 1);
    deepEqual(Object.keys(edit?.changeAnnotations ?? {}).toSorted(), ['aot', 'map']);
  });
});
