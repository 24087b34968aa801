import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  CancellationTokenSource,
  type ClientCapabilities,
  CompletionTriggerKind,
  DidChangeConfigurationNotification,
  HoverRequest,
  InlayHintRefreshRequest,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  TextDocumentContentRefreshRequest,
  DiagnosticRefreshRequest,
} from 'vscode-languageserver/node';
import { fullEditor, pushedEditor, startEditor, stopEditors } from '../../kit/protocol.ts';
import { readInRepository } from '../../kit/repository.ts';

const FOLDER = 'file:///workspace';
const MAP = `${FOLDER}/projects.json`;
const FILTER = `${FOLDER}/projects.xppfilter`;
const ENTITY = `${FOLDER}/AxDataEntityView/ProjectEntity.xml`;

const map = readInRepository('samples/maps/projects.json');
const entity = readInRepository('samples/metadata/Projects/AxDataEntityView/ProjectEntity.xml');
const labels = readInRepository(
  'samples/metadata/Projects/AxLabelFile/LabelResources/en-US/Proj.en-US.label.txt',
);
const metadata = {
  [ENTITY]: entity,
  [`${FOLDER}/AxLabelFile/Proj.en-US.label.txt`]: labels,
};
const NULL_LOST = ['null-lost'];

/** What metadata decide; the other diagnostics of the sample have tests of their own. */
const codes = (diagnostics: readonly { readonly code?: string | number }[]): readonly unknown[] =>
  diagnostics
    .map(({ code }) => code)
    .filter((code) => code === 'null-lost' || code === 'metadata-missing');

afterEach(stopEditors);

describe('initialize', () => {
  it('announces what there is', async () => {
    const { initialized } = await startEditor();
    const { capabilities, serverInfo } = initialized;
    equal(serverInfo?.name, 'Dual-write Workbench');
    equal(capabilities.positionEncoding, 'utf-16');
    deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2 });
    deepEqual(capabilities.completionProvider, {
      triggerCharacters: ['(', '"', "'", '=', ':', ' '],
      resolveProvider: true,
    });
    equal(capabilities.hoverProvider, true);
    equal(capabilities.inlayHintProvider, true);
    ok(capabilities.signatureHelpProvider);
    ok(capabilities.documentLinkProvider);
    ok(capabilities.codeLensProvider);
    ok(capabilities.codeActionProvider);
    ok(capabilities.diagnosticProvider);
  });
  it('registers for files and settings where the editor can', async () => {
    const editor = await startEditor();
    const registered = new Set<string>();
    while (registered.size < 2) {
      const { registrations } = await editor.message<{ registrations: { method: string }[] }>(
        RegistrationRequest.method,
      );
      for (const { method } of registrations) registered.add(method);
    }
    ok(registered.has('workspace/didChangeWatchedFiles'));
    ok(registered.has('workspace/didChangeConfiguration'));
  });
});

describe('Diagnostics', () => {
  it('are answered to an editor that asks, and not told besides', async () => {
    const editor = await startEditor({ files: metadata });
    editor.open(MAP, map);
    deepEqual(codes(await editor.diagnostics(MAP)), NULL_LOST);
    equal(editor.pending(PublishDiagnosticsNotification.method), 0);
  });
  it('are told to an editor that does not ask', async () => {
    const editor = await startEditor({ files: metadata, capabilities: pushedEditor });
    editor.open(MAP, map);
    deepEqual(codes(await editor.published(MAP)), NULL_LOST);
    editor.change(
      MAP,
      map.replace(String.raw`ParentProject == \"\"`, String.raw`ParentProject != \"\"`),
    );
    deepEqual(codes(await editor.published(MAP)), []);
  });
  it('go when the document is closed', async () => {
    const editor = await startEditor({ files: metadata, capabilities: pushedEditor });
    editor.open(MAP, map);
    deepEqual(codes(await editor.published(MAP)), NULL_LOST);
    editor.close(MAP);
    deepEqual(await editor.published(MAP), []);
    deepEqual(await editor.diagnostics(MAP), []);
  });
  it('follow metadata that change on disk', async () => {
    const editor = await startEditor({ files: metadata });
    editor.open(MAP, map);
    deepEqual(codes(await editor.diagnostics(MAP)), NULL_LOST);
    editor.disk.set(ENTITY, entity.replaceAll('OuterJoin', 'InnerJoin'));
    editor.fileChanged(ENTITY, 2);
    await editor.message(DiagnosticRefreshRequest.method);
    await editor.message(InlayHintRefreshRequest.method);
    deepEqual(codes(await editor.diagnostics(MAP)), []);
  });
  it('follow metadata that are edited and not saved, and forget them with their document', async () => {
    const editor = await startEditor({ files: metadata, capabilities: pushedEditor });
    editor.open(MAP, map);
    deepEqual(codes(await editor.published(MAP)), NULL_LOST);
    editor.open(ENTITY, entity.replaceAll('OuterJoin', 'InnerJoin'), 'xml');
    deepEqual(codes(await editor.published(MAP)), []);
    editor.close(ENTITY);
    deepEqual(codes(await editor.published(MAP)), NULL_LOST);
  });
  it('are not made for the old side of a comparison', async () => {
    const old = MAP.replace('file:', 'git:');
    const editor = await startEditor({ files: metadata });
    const position = editor.open(old, map.replace('ParentProject', 'Parent|Project'));
    deepEqual(await editor.diagnostics(old), []);
    equal(await editor.hover(old, position), null);
    deepEqual(await editor.codeLenses(old), []);
    deepEqual(await editor.codeActions(old), []);
  });
});

describe('Requests about a place', () => {
  it('a fix generates the column and filters on it', async () => {
    const editor = await startEditor({ files: metadata });
    editor.open(MAP, map);
    const fix = (await editor.codeActions(MAP)).find(({ title }) =>
      title.includes('computed column'),
    );
    equal(fix?.kind, 'quickfix');
    const uris = fix?.edit?.documentChanges?.flatMap((change) =>
      'textDocument' in change ? [change.textDocument.uri] : [],
    );
    ok(uris?.includes(MAP));
    ok(
      uris?.some((uri) => uri.includes('/AxDataEntityViewExtension/')),
      JSON.stringify(uris),
    );
  });
  it('completion gives snippets to those who know them, and documents an item later', async () => {
    for (const [capabilities, text] of [
      [fullEditor, String.raw`\\"$1\\"`],
      [pushedEditor, String.raw`\"\"`],
    ] as const satisfies readonly (readonly [ClientCapabilities, string])[]) {
      const editor = await startEditor({ files: metadata, capabilities });
      const position = editor.open(MAP, map.replace(String.raw`== \"\"`, '== |'));
      const items = await editor.completion(MAP, position);
      const template = items.find(({ label }) => label === '"…"');
      equal(template?.textEdit?.newText, text);
      const fields = await editor.completion(
        MAP,
        editor.change(MAP, map.replace('ParentProject', 'Par|')),
      );
      const [field] = fields;
      equal(field?.label, 'ParentProject');
      equal(field?.documentation, undefined);
      const { documentation } = await editor.resolve(field ?? { label: '' });
      ok(typeof documentation === 'object' && documentation.value.includes('outer joined'));
    }
  });
  it('completion compares with the escapes that stand there', async () => {
    const editor = await startEditor();
    const position = editor.open(
      MAP,
      map.replace(String.raw`ParentProject == \"\"`, String.raw`Scheduled == \u0022Y|`),
    );
    const items = await editor.completion(MAP, position);
    deepEqual(
      items.map(({ filterText }) => filterText),
      [String.raw`\"No\"`, String.raw`\u0022Yes\"`],
    );
  });
  it('a blank brings no completion where the filter may end', async () => {
    const editor = await startEditor();
    const position = editor.open(FILTER, 'A == "x" |', 'dualwrite-xpp');
    deepEqual(await editor.completion(FILTER, position, ' '), []);
    equal((await editor.completion(FILTER, position)).length, 2);
    equal(CompletionTriggerKind.TriggerCharacter, 2);
  });
  it('hover, signature help and links answer in the document', async () => {
    const editor = await startEditor({ files: metadata });
    const position = editor.open(MAP, map.replace('(ParentProject', '(Parent|Project'));
    const hover = await editor.hover(MAP, position);
    ok(JSON.stringify(hover?.contents).includes('ParentProjTable'));
    equal((hover?.range?.end.character ?? 0) - (hover?.range?.start.character ?? 0), 13);
    const [link] = await editor.documentLinks(MAP);
    equal(link?.target?.split('#')[0], ENTITY);

    const odata = `${FOLDER}/a.odatafilter`;
    const inCall = editor.open(odata, "contains(name, |'a')", 'dualwrite-odata');
    equal((await editor.signatureHelp(odata, inCall))?.activeParameter, 1);
    const beyond = editor.change(odata, "contains(name, 'a', |)");
    equal((await editor.signatureHelp(odata, beyond))?.activeParameter, null);
  });
  it('outside of filters there is nothing', async () => {
    const editor = await startEditor({ files: metadata });
    const position = editor.open(MAP, map.replace('"order"', '"or|der"'));
    equal(await editor.hover(MAP, position), null);
    deepEqual(await editor.completion(MAP, position), []);
    equal(await editor.signatureHelp(MAP, position), null);
  });
  it('is given up as soon as nobody waits for it', async () => {
    const editor = await startEditor({ files: metadata });
    const position = editor.open(MAP, map.replace('(ParentProject', '(Parent|Project'));
    const source = new CancellationTokenSource();
    const answer = editor.connection.sendRequest(
      HoverRequest.type,
      { textDocument: { uri: MAP }, position },
      source.token,
    );
    source.cancel();
    const outcome = await answer.then(
      () => 'answered',
      (error: { readonly code?: number }) => error.code,
    );
    // RequestCancelled, unless the answer was on its way already.
    ok(outcome === -32800 || outcome === 'answered', String(outcome));
    ok(await editor.hover(MAP, position), 'the next request is answered');
  });
});

describe('Settings', () => {
  const [quiet, loud] = ['file:///quiet', 'file:///loud'];
  it('are those of the folder a document is in', async () => {
    const editor = await startEditor({
      folders: [quiet, loud],
      settings: ({ section, scopeUri }) =>
        section === 'dualWrite.inlayHints' ? { enabled: scopeUri?.startsWith(quiet) !== true } : {},
    });
    for (const [folder, count] of [
      [quiet, 0],
      [loud, 1],
    ] as const) {
      const uri = `${folder}/a.xppfilter`;
      editor.open(uri, String.raw`A > 5\6\2021`, 'dualwrite-xpp');
      equal((await editor.inlayHints(uri)).length, count, folder);
    }
  });
  it('count from the moment they change', async () => {
    let names: Readonly<Record<string, string>> = {};
    const editor = await startEditor({
      files: { [ENTITY]: entity },
      settings: ({ section }) => (section === 'dualWrite' ? { metadata: { entities: names } } : {}),
    });
    editor.open(MAP, map);
    deepEqual(codes(await editor.diagnostics(MAP)), ['metadata-missing']);
    names = { Projects: 'ProjectEntity' };
    await editor.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: null,
    });
    await editor.message(DiagnosticRefreshRequest.method);
    deepEqual(codes(await editor.diagnostics(MAP)), NULL_LOST);
  });
});

describe('The preview', () => {
  it('shows a statement and follows the filter', async () => {
    const editor = await startEditor({ files: metadata });
    const position = editor.open(MAP, map.replace('(ParentProject', '(|ParentProject'));
    const filter = await editor.filterAt(MAP, position);
    ok(filter);
    const before = await editor.content(filter.sqlUri);
    ok(before.includes("(PARENTPROJECT='')"), before);
    editor.change(MAP, map.replace('ParentProject', 'ProjectName'));
    const { uri } = await editor.message<{ uri: string }>(TextDocumentContentRefreshRequest.method);
    equal(uri, filter.sqlUri);
    ok((await editor.content(uri)).includes("(PROJECTNAME='')"));
  });

  const carets = [
    { name: 'in a filter', marked: '(Parent|Project', index: 0 },
    { name: 'behind it on its line', marked: String.raw`\"\")",|`, index: 0 },
    { name: 'on the line below', marked: '"destinationEnvironment": |"",', index: 1 },
    { name: 'above all of them', marked: '|"name"', index: 0 },
    { name: 'below all of them', marked: '"isSystemGenerated"|', index: 1 },
  ];
  for (const { name, marked, index } of carets) {
    it(`takes the filter that is meant with the caret ${name}`, async () => {
      const plain = marked.replace('|', '');
      const at = name.startsWith('below') ? map.lastIndexOf(plain) : map.indexOf(plain);
      ok(at >= 0);
      const editor = await startEditor({ files: metadata });
      const position = editor.open(MAP, map.slice(0, at) + marked + map.slice(at + plain.length));
      equal((await editor.filterAt(MAP, position))?.index, index);
    });
  }
});
