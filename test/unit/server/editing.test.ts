import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import {
  type ClientCapabilities,
  CodeActionRequest,
  CodeActionResolveRequest,
  type CodeAction,
  DefinitionRequest,
  DocumentFormattingRequest,
  DocumentSymbolRequest,
  PrepareRenameRequest,
  type Range,
  ReferencesRequest,
  type Registration,
  RegistrationRequest,
  RenameRequest,
  SelectionRangeRequest,
  SemanticTokensDeltaRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver/node';
import { translator } from '../../../src/problem/message.ts';
import { fullEditor, startEditor, stopEditors } from '../../kit/protocol.ts';
import { entityText, entityUri, mapWith } from '../service/features/kit.ts';

const FOLDER = 'file:///workspace';
const OPEN = `${FOLDER}/open.json`;
const CLOSED = `${FOLDER}/closed.json`;
const OTHER = `${FOLDER}/package.json`;

const en = translator('en');
const open = mapWith('(ParentProject = "") && (Kind == 1)', '', [
  { sourceField: 'PARENTPROJECT', destinationField: 'msdyn_parent' },
]);
const closed = mapWith('(parentproject != "x")', '', []);
const files = {
  [entityUri]: entityText,
  [OPEN]: open.replaceAll('ParentProject', 'Stale'),
  [CLOSED]: closed,
  [OTHER]: '{"legs":1}',
};

const capable: ClientCapabilities = {
  ...fullEditor,
  textDocument: {
    ...fullEditor.textDocument,
    definition: { linkSupport: true },
    formatting: { dynamicRegistration: true },
    rangeFormatting: { dynamicRegistration: true },
    onTypeFormatting: { dynamicRegistration: true },
    codeAction: {
      dataSupport: true,
      disabledSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
};

/** The open map with the caret in its filter. */
const caretAt = (words: string): string => open.replace(words, `|${words}`);

const on = (uri: string): { readonly textDocument: { readonly uri: string } } => ({
  textDocument: { uri },
});

const textsOf = (text: string, ranges: readonly Range[]): readonly string[] => {
  const lines = text.split('\n');
  return ranges.map(
    ({ start, end }) => lines[start.line]?.slice(start.character, end.character) ?? '',
  );
};

describe('editing through the server', () => {
  afterEach(stopEditors);

  it('finds references in the open text and in closed files', async () => {
    const editor = await startEditor({ files });
    const position = editor.open(OPEN, caretAt('ParentProject'));
    const found = await editor.connection.sendRequest(ReferencesRequest.type, {
      ...on(OPEN),
      position,
      context: { includeDeclaration: false },
    });
    deepEqual(
      (found ?? []).map(({ uri, range }) => [
        uri,
        ...textsOf(uri === OPEN ? open : closed, [range]),
      ]),
      [
        [OPEN, 'PARENTPROJECT'],
        [OPEN, 'ParentProject'],
        [CLOSED, 'parentproject'],
      ],
    );
  });

  it('starts from the field of the entity as well, and never renames it', async () => {
    const editor = await startEditor({ files });
    const position = editor.open(
      entityUri,
      entityText.replace('ParentProject', '|ParentProject'),
      'xml',
    );
    const found = await editor.connection.sendRequest(ReferencesRequest.type, {
      ...on(entityUri),
      position,
      context: { includeDeclaration: true },
    });
    deepEqual(
      found?.map(({ uri }) => uri),
      [entityUri, OPEN, CLOSED],
    );
    await rejects(
      editor.connection.sendRequest(PrepareRenameRequest.type, { ...on(entityUri), position }),
      { message: en('rename.metadata') },
    );
  });

  it('renames in all maps, each with the version it was read in', async () => {
    const editor = await startEditor({ files });
    const position = editor.open(OPEN, caretAt('ParentProject'));
    const prepared = await editor.connection.sendRequest(PrepareRenameRequest.type, {
      ...on(OPEN),
      position,
    });
    ok(prepared !== null && 'placeholder' in prepared);
    equal(prepared.placeholder, 'ParentProject');
    const edit = await editor.connection.sendRequest(RenameRequest.type, {
      ...on(OPEN),
      position,
      newName: 'Mother',
    });
    deepEqual(
      edit?.documentChanges?.map((change) =>
        'edits' in change
          ? [change.textDocument, change.edits.map((each) => 'newText' in each && each.newText)]
          : [],
      ),
      [
        [{ uri: OPEN, version: 1 }, ['MOTHER', 'Mother']],
        [{ uri: CLOSED, version: null }, ['Mother']],
      ],
    );
    await rejects(
      editor.connection.sendRequest(RenameRequest.type, { ...on(OPEN), position, newName: 'a b' }),
      { message: en('rename.no-name', { name: 'a b' }) },
    );
  });

  it('says nothing in files that are no maps', async () => {
    const editor = await startEditor({ files });
    const position = editor.open(OTHER, '{"na|me":"x"}');
    const { connection } = editor;
    equal(
      await connection.sendRequest(PrepareRenameRequest.type, { ...on(OTHER), position }),
      null,
    );
    deepEqual(await connection.sendRequest(DocumentSymbolRequest.type, on(OTHER)), []);
    const tokens = await connection.sendRequest(SemanticTokensRequest.type, on(OTHER));
    deepEqual(tokens?.data, []);
    deepEqual(
      await connection.sendRequest(DocumentFormattingRequest.type, {
        ...on(OTHER),
        options: { tabSize: 2, insertSpaces: true },
      }),
      [],
    );
  });

  it('finds maps and filters by name, closed ones as well', async () => {
    const editor = await startEditor({ files });
    const found = await editor.connection.sendRequest(WorkspaceSymbolRequest.type, {
      query: 'projmsdyn',
    });
    deepEqual(
      found?.map(({ name, location }) => [name, location.uri]),
      [
        ['[Projects] - [msdyn_projects]', OPEN],
        ['Projects → msdyn_projects', OPEN],
        ['[Projects] - [msdyn_projects]', CLOSED],
        ['Projects → msdyn_projects', CLOSED],
      ],
    );
  });

  it('answers definitions as links where the editor takes them', async () => {
    for (const capabilities of [capable, fullEditor]) {
      const editor = await startEditor({ files, capabilities });
      const position = editor.open(OPEN, caretAt('ParentProject'));
      const found = await editor.connection.sendRequest(DefinitionRequest.type, {
        ...on(OPEN),
        position,
      });
      const [first] = Array.isArray(found) ? found : [];
      ok(first);
      equal('targetUri' in first ? first.targetUri : first.uri, entityUri);
      equal('targetUri' in first, capabilities === capable);
    }
  });

  it('sends tokens in full, by range, and as what changed', async () => {
    const editor = await startEditor({ files });
    editor.open(OPEN, open);
    const { connection } = editor;
    const full = await connection.sendRequest(SemanticTokensRequest.type, on(OPEN));
    equal(full?.data.length, 7 * 5);
    const line = open.split('\n').findIndex((text) => text.includes('sourceFilter'));
    const range = { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
    const part = await connection.sendRequest(SemanticTokensRangeRequest.type, {
      ...on(OPEN),
      range,
    });
    deepEqual(part?.data, full?.data);
    editor.change(OPEN, open.replace('Kind', 'Sort'));
    const delta = await connection.sendRequest(SemanticTokensDeltaRequest.type, {
      ...on(OPEN),
      previousResultId: full?.resultId ?? '',
    });
    deepEqual(delta !== null && 'edits' in delta ? delta.edits : undefined, []);
  });

  it('announces formatting for files that are one filter alone', async () => {
    const editor = await startEditor({ files, capabilities: capable });
    equal(editor.initialized.capabilities.documentFormattingProvider, undefined);
    const methods: string[] = [];
    while (methods.length < 3) {
      const { registrations } = await editor.message<{ registrations: readonly Registration[] }>(
        RegistrationRequest.method,
      );
      for (const { method, registerOptions } of registrations) {
        if (!method.includes('ormatting')) continue;
        methods.push(method);
        ok(!JSON.stringify(registerOptions).includes('"json"'));
      }
    }
    // Asked for all the same, it touches nothing but the filters.
    editor.open(OPEN, open.replace('Kind ==', 'Kind  =='));
    const edits = await editor.connection.sendRequest(DocumentFormattingRequest.type, {
      ...on(OPEN),
      options: { tabSize: 2, insertSpaces: true },
    });
    deepEqual(
      edits?.map(({ newText }) => newText),
      [' '],
    );
  });

  it('offers the kinds that are asked for, and resolves what takes time', async () => {
    const editor = await startEditor({ files, capabilities: capable });
    const position = editor.open(OPEN, caretAt('ParentProject'));
    const actions = async (only?: readonly string[]): Promise<readonly CodeAction[]> => {
      const found = await editor.connection.sendRequest(CodeActionRequest.type, {
        ...on(OPEN),
        range: { start: position, end: position },
        context: { diagnostics: [], ...(only === undefined ? {} : { only: [...only] }) },
      });
      return (found ?? []).filter((action): action is CodeAction => 'kind' in action);
    };
    const kindsOf = async (only?: readonly string[]): Promise<readonly unknown[]> => [
      ...new Set((await actions(only)).map(({ kind }) => kind)),
    ];
    deepEqual(await kindsOf(['refactor']), ['refactor.rewrite', 'refactor.generate']);
    deepEqual(await kindsOf(['source.fixAll']), ['source.fixAll.dualWrite']);
    deepEqual(await kindsOf(['source.organizeImports']), []);
    ok(!(await kindsOf()).includes('source.fixAll.dualWrite'));
    const [fixAll] = await actions(['source.fixAll.dualWrite']);
    ok(fixAll);
    equal(fixAll.edit, undefined);
    const resolved = await editor.connection.sendRequest(CodeActionResolveRequest.type, fixAll);
    ok(resolved.edit?.documentChanges?.length === 1);
  });

  it('answers every position with a selection range', async () => {
    const editor = await startEditor({ files });
    const position = editor.open(OPEN, caretAt('ParentProject'));
    const found = await editor.connection.sendRequest(SelectionRangeRequest.type, {
      ...on(OPEN),
      positions: [position, { line: 0, character: 0 }],
    });
    deepEqual(
      textsOf(
        open,
        (found ?? []).map(({ range }) => range),
      ),
      ['ParentProject', ''],
    );
  });
});
