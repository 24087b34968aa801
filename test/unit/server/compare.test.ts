import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
} from 'vscode-languageserver/node';
import { startEditor, stopEditors } from '../../kit/protocol.ts';
import { mappingOf } from '../../kit/maps.ts';
import { pathInRepository, readInRepository } from '../../kit/repository.ts';

const FOLDER = 'file:///workspace';
const MAP = `${FOLDER}/projects.json`;
const ROWS = `${FOLDER}/ProjectEntity.csv`;
const map = readInRepository('samples/maps/projects.json');
const files = {
  [`${FOLDER}/AxDataEntityView/ProjectEntity.xml`]: readInRepository(
    'samples/metadata/Projects/AxDataEntityView/ProjectEntity.xml',
  ),
  [`${FOLDER}/AxLabelFile/Proj.en-US.label.txt`]: readInRepository(
    'samples/metadata/Projects/AxLabelFile/LabelResources/en-US/Proj.en-US.label.txt',
  ),
  [ROWS]: readFileSync(pathInRepository('samples/rows/ProjectEntity.csv'), 'utf8'),
};
const PLAIN = 'Preview SQL and rows';

afterEach(stopEditors);

describe('Code lenses', () => {
  const titlesIn = async (editor: Awaited<ReturnType<typeof startEditor>>) => {
    const lenses = await editor.codeLenses(MAP);
    const resolved = await Promise.all(
      lenses.map(async (lens) =>
        lens.command === undefined ? await editor.resolveLens(lens) : lens,
      ),
    );
    return resolved.map(({ command }) => command?.title);
  };

  it('count the rows once they come into view', async () => {
    const editor = await startEditor({ files });
    editor.open(MAP, map);
    const [lens, other, ...others] = await editor.codeLenses(MAP);
    ok(lens && other);
    equal(others.length, 0);
    // Of the filter of Dataverse there are no rows.
    equal(other.command?.title, PLAIN);
    equal(lens.command, undefined);
    const { command } = await editor.resolveLens(lens);
    equal(command?.title, `${PLAIN} · 1 of 7 rows, 3 lost to NULL`);
    deepEqual(command.arguments, [{ uri: MAP, index: 0 }]);
  });
  it('follow the filter and the rows', async () => {
    const editor = await startEditor({ files });
    editor.open(MAP, map);
    deepEqual(await titlesIn(editor), [`${PLAIN} · 1 of 7 rows, 3 lost to NULL`, PLAIN]);
    editor.change(MAP, map.replace(String.raw`ParentProject == \"\"`, 'Scheduled == 1'));
    deepEqual(await titlesIn(editor), [`${PLAIN} · 5 of 7 rows`, PLAIN]);
    editor.disk.set(ROWS, 'PROJECTID,SCHEDULED\nP1,1\n');
    editor.fileChanged(ROWS, 2);
    await editor.message(CodeLensRefreshRequest.method);
    deepEqual(await titlesIn(editor), [`${PLAIN} · 1 of 1 row`, PLAIN]);
  });
  it('are complete at once where there are no rows', async () => {
    const { [ROWS]: _, ...withoutRows } = files;
    const editor = await startEditor({ files: withoutRows });
    editor.open(MAP, map);
    const [lens] = await editor.codeLenses(MAP);
    equal(lens?.command?.title, PLAIN);
  });
  it('count nothing for a filter that can not be read, or a broken table', async () => {
    const editor = await startEditor({ files });
    editor.open(MAP, map.replace(String.raw`ParentProject == \"\"`, 'Scheduled =='));
    deepEqual(await titlesIn(editor), [PLAIN, PLAIN]);
    editor.change(MAP, map);
    editor.disk.set(ROWS, '');
    editor.fileChanged(ROWS, 2);
    deepEqual(await titlesIn(editor), [PLAIN, PLAIN]);
  });
  it('answer for a filter that is gone', async () => {
    const editor = await startEditor({ files });
    editor.open(MAP, map);
    const [lens] = await editor.codeLenses(MAP);
    ok(lens);
    editor.close(MAP);
    equal((await editor.resolveLens(lens)).command?.title, PLAIN);
    const { data: _, ...foreign } = lens;
    deepEqual(await editor.resolveLens(foreign), foreign);
  });
  it('are off where the setting says so', async () => {
    let enabled = true;
    const editor = await startEditor({
      files,
      settings: ({ section }) => (section === 'dualWrite.codeLens' ? { enabled } : {}),
    });
    editor.open(MAP, map);
    equal((await editor.codeLenses(MAP)).length, 2);
    enabled = false;
    await editor.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: null,
    });
    await editor.message(CodeLensRefreshRequest.method);
    deepEqual(await editor.codeLenses(MAP), []);
  });
});

describe('Comparing filters', () => {
  const OTHER = `${FOLDER}/other.json`;
  const ODATA = `${FOLDER}/a.odatafilter`;
  const reference = { uri: MAP, index: 0 };
  const opened = async () => {
    const editor = await startEditor({ files });
    editor.open(MAP, map);
    editor.open(
      OTHER,
      JSON.stringify(
        mappingOf({
          sourceFilter: '( ParentProject = "" )',
          reversedSourceFilter: 'statecode eq 0 and _msdyn_parent_value eq null',
        }),
      ),
    );
    editor.open(ODATA, 'statecode eq 0', 'dualwrite-odata');
    return editor;
  };

  it('offers the others of the same side', async () => {
    const editor = await opened();
    const uris = [MAP, OTHER, ODATA, `${FOLDER}/never-opened.json`];
    const found = await editor.comparable({ filter: reference, uris });
    deepEqual(found, {
      text: '(ParentProject == "")',
      others: [
        {
          reference: { uri: OTHER, index: 0 },
          title: 'Projects → msdyn_projects',
          text: '( ParentProject = "" )',
        },
      ],
    });
    const odata = await editor.comparable({ filter: { uri: MAP, index: 1 }, uris });
    deepEqual(
      odata?.others.map(({ reference: { uri, index } }) => `${uri} ${index}`),
      [`${OTHER} 1`, `${ODATA} 0`],
    );
    equal(await editor.comparable({ filter: { uri: MAP, index: 9 }, uris }), null);
  });
  it('offers those of maps that are not open, and compares with them', async () => {
    const closed = `${FOLDER}/closed.json`;
    const editor = await startEditor({ files: { ...files, [closed]: map } });
    editor.open(MAP, map);
    const found = await editor.comparable({ filter: reference, uris: [MAP] });
    deepEqual(
      found?.others.map((other) => other.reference),
      [{ uri: closed, index: 0 }],
    );
    const result = await editor.compare({ filter: reference, other: { uri: closed, index: 0 } });
    equal(result?.compared.kind, 'equal');
  });
  it('says at once that a filter can not be read', async () => {
    const editor = await opened();
    editor.change(MAP, map.replace(String.raw`ParentProject == \"\"`, 'Scheduled =='));
    const found = await editor.comparable({ filter: reference, uris: [] });
    match(found?.errors ?? '', /^1:\d+ /u);
  });

  const others = [
    { id: 'a filter of another map', other: { uri: OTHER, index: 0 }, kind: 'equal' },
    { id: 'a text', other: { text: 'ParentProject = ""' }, kind: 'equal' },
    { id: 'a text that keeps other rows', other: { text: '' }, kind: 'different' },
    { id: 'a text that can not be read', other: { text: '(A ==' }, kind: 'unknown' },
    { id: 'a filter of the other side', other: { uri: ODATA, index: 0 }, kind: 'unknown' },
  ] as const;
  for (const { id, other, kind } of others) {
    it(`compares with ${id}`, async () => {
      const editor = await opened();
      const result = await editor.compare({ filter: reference, other });
      equal(result?.compared.kind, kind);
      match(result.sentence, /\w/u);
      equal(result.errors !== undefined, 'text' in other && other.text === '(A ==');
    });
  }
  it('uses what metadata tell of the entity', async () => {
    const editor = await opened();
    editor.change(MAP, map.replace(String.raw`(ParentProject == \"\")`, ''));
    const withText = (text: string) => editor.compare({ filter: reference, other: { text } });
    const never = await withText('(ProjectId == "") || (ProjectId != "")');
    equal(never?.compared.kind, 'equal');
    const maybe = await withText('(ParentProject == "") || (ParentProject != "")');
    equal(
      maybe?.sentence,
      'The filters differ: a row with ParentProject = NULL is kept by the first alone.',
    );
  });
  it('knows nothing of a filter that is gone', async () => {
    const editor = await opened();
    equal(await editor.compare({ filter: { uri: MAP, index: 9 }, other: { text: '' } }), null);
    equal(await editor.compare({ filter: reference, other: { uri: OTHER, index: 9 } }), null);
  });
});
