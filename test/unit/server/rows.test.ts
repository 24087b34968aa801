import { deepEqual, equal, ok } from 'node:assert/strict';
import { CodeLensRefreshRequest, FileChangeType } from 'vscode-languageserver/node';
import {
  type FilterReference,
  rowsChangedNotification,
} from '../../../src/service/protocol/maps.ts';
import {
  explainRowRequest,
  type ExplainRowResult,
  exportRowsRequest,
  type ExportRowsResult,
  nullRuleRequest,
  pinRowRequest,
  rowsAsSqlRequest,
  type RowsAsSqlResult,
  rowsPageRequest,
  type RowsPageResult,
  rowsProgressNotification,
  rowsRequest,
  type RowsResult,
  stopRowsRequest,
  validationJobRequest,
  type ValidationJobResult,
} from '../../../src/service/protocol/rows.ts';
import { type Editor, type Setup, startEditor, stopEditors } from '../../kit/protocol.ts';
import { readInRepository } from '../../kit/repository.ts';

const FOLDER = 'file:///workspace';
const MAP = `${FOLDER}/projects.json`;
const ROWS = `${FOLDER}/ProjectEntity.csv`;
const ENTITY = `${FOLDER}/AxDataEntityView/ProjectEntity.xml`;
const map = readInRepository('samples/maps/projects.json');
const metadata = {
  [ENTITY]: readInRepository('samples/metadata/Projects/AxDataEntityView/ProjectEntity.xml'),
  [`${FOLDER}/AxLabelFile/Proj.en-US.label.txt`]: readInRepository(
    'samples/metadata/Projects/AxLabelFile/LabelResources/en-US/Proj.en-US.label.txt',
  ),
};
const sample = { ...metadata, [ROWS]: readInRepository('samples/rows/ProjectEntity.csv') };
const FILTER: FilterReference = { uri: MAP, index: 0 };
const ALL = { verdicts: ['kept', 'lostToNull', 'dropped'] } as const;

const mapWith = (filter: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    name: 'm',
    legs: [{ sourceSchema: 'Projects', destinationSchema: 'msdyn_projects', ...filter }],
  });

type Rows = Extract<RowsResult, { kind: 'rows' }>;

async function rowsIn(editor: Editor, isAnew = false): Promise<Rows> {
  const asked = { ...FILTER, ...(isAnew ? { isAnew } : {}) };
  const result = await editor.connection.sendRequest<RowsResult | null>(rowsRequest, asked);
  ok(result?.kind === 'rows', JSON.stringify(result));
  return result;
}

async function opened(files: Setup['files'], text = map): Promise<Editor> {
  const editor = await startEditor({ files: files ?? {} });
  editor.open(MAP, text);
  return editor;
}

const ask = <T>(editor: Editor, method: string, params: object): Promise<T | null> =>
  editor.connection.sendRequest<T | null>(method, params);

describe('The rows of a filter', () => {
  afterEach(stopEditors);

  it('are titled by the way of the filter, and say whether a job of X++ can try it', async () => {
    const editor = await opened(sample);
    const own = await rowsIn(editor);
    deepEqual([own.title, own.isXpp], ['Projects → msdyn_projects', true]);
    const other = await ask<RowsResult>(editor, rowsRequest, { ...FILTER, index: 1 });
    ok(other?.kind === 'rows');
    deepEqual([other.title, other.isXpp], ['msdyn_projects → Projects', false]);
  });

  it('are judged by SQLite, too, where they are of a file', async () => {
    const editor = await opened(sample);
    deepEqual(await ask<RowsAsSqlResult>(editor, rowsAsSqlRequest, FILTER), {
      counts: { kept: 1, lostToNull: 3, dropped: 3 },
      isSame: true,
    });
    equal(await ask(editor, rowsAsSqlRequest, { ...FILTER, index: 9 }), null);
    await stopEditors();
    const alone = await opened(metadata);
    equal((await rowsIn(alone)).source.kind, 'witness');
    equal(await ask(alone, rowsAsSqlRequest, FILTER), null);
  });

  it('come from the file that is named like the entity, and are told when it changes', async () => {
    const editor = await opened(sample);
    const { source, counts, columns, filterColumns, rowCount, words, notice, engine } =
      await rowsIn(editor);
    deepEqual(source, {
      kind: 'file',
      name: 'ProjectEntity.csv',
      uri: ROWS,
      nullRule: 'quotes',
      longRows: 0,
    });
    deepEqual(counts, {
      asWritten: { kept: 1, lostToNull: 3, dropped: 3 },
      nullAsEmpty: { kept: 4, lostToNull: 0, dropped: 3 },
    });
    equal(rowCount, 7);
    ok(columns.includes('PARENTPROJECT'));
    deepEqual(filterColumns, ['ParentProject']);
    ok(words?.includes('ParentProject'), words);
    equal(notice, undefined);
    equal(engine, 'memory');
    editor.disk.set(ROWS, 'ProjectId,ParentProject\nP1,""\n');
    editor.fileChanged(ROWS, FileChangeType.Changed);
    await editor.message(rowsChangedNotification);
    deepEqual((await rowsIn(editor)).counts.asWritten, { kept: 1, lostToNull: 0, dropped: 0 });
  });

  it('come page by page, sorted and searched', async () => {
    const editor = await opened(sample);
    const page = await ask<RowsPageResult>(editor, rowsPageRequest, {
      filter: FILTER,
      query: { verdicts: ['lostToNull'], sort: { column: 'ProjectId', isDescending: true } },
      offset: 1,
      limit: 1,
    });
    equal(page?.total, 3);
    equal(page.rows.length, 1);
    equal(page.rows[0]?.verdict, 'lostToNull');
    const found = await ask<RowsPageResult>(editor, rowsPageRequest, {
      filter: FILTER,
      query: { ...ALL, search: page.rows[0].cells[0] ?? '' },
      offset: 0,
      limit: 1_000_000,
    });
    ok(found?.rows.some(({ number }) => number === page.rows[0]?.number));
  });

  it('are made up where there is no file, in every way that the filter can decide', async () => {
    const editor = await opened(metadata);
    const { source, notice, counts, columns, rowCount } = await rowsIn(editor);
    deepEqual(source, { kind: 'witness' });
    ok(notice?.includes('ProjectEntity.csv'), notice);
    deepEqual(columns, ['ParentProject']);
    const { kept, lostToNull, dropped } = counts.asWritten;
    ok(kept > 0 && lostToNull > 0 && dropped > 0);
    equal(kept + lostToNull + dropped, rowCount);
    const page = await ask<RowsPageResult>(editor, rowsPageRequest, {
      filter: FILTER,
      query: ALL,
      offset: 0,
      limit: 100,
    });
    equal(page?.rows.length, rowCount);
  });

  it('are not made up for who wants to count his own', async () => {
    const editor = await opened(metadata);
    const result = await ask<RowsResult>(editor, rowsRequest, { ...FILTER, ownRowsOnly: true });
    equal(result?.kind === 'none' && result.reason, 'There are no rows of this entity.');
  });

  it('are there for a filter of Dataverse', async () => {
    const text = mapWith({ reversedSourceFilter: "msdyn_name ne 'x'" });
    const file = `${FOLDER}/msdyn_projects.jsonl`;
    const editor = await opened({ [file]: '{"msdyn_name":null}\n{"msdyn_name":"y"}\n' }, text);
    const { source, counts } = await rowsIn(editor);
    equal(source.kind === 'file' && source.uri, file);
    equal(source.kind === 'file' && source.nullRule, undefined);
    deepEqual(counts.asWritten, { kept: 1, lostToNull: 1, dropped: 0 });
  });

  it('are those of a file beside a filter that is a file of its own', async () => {
    const uri = `${FOLDER}/open.xppfilter`;
    const editor = await startEditor({ files: { [`${FOLDER}/open.tsv`]: 'A\tB\nx\ty\n' } });
    editor.open(uri, 'A == "x"', 'dualwrite-xpp');
    const rows = await editor.rows({ uri, index: 0 });
    equal(rows?.kind === 'rows' && rows.counts.asWritten.kept, 1);
  });

  for (const [id, content, told] of [
    ['lacks a column', 'Other\n1\n', 'no column ParentProject'],
    ['is empty', '', 'is empty'],
    ['is broken', 'A\n"x', 'begins at line 2'],
    ['is no text', 'A\0B\n', 'neither UTF-8 nor UTF-16'],
  ] as const) {
    it(`are made up where the file ${id}, which is told`, async () => {
      const editor = await opened({ ...metadata, [ROWS]: content });
      const { source, notice } = await rowsIn(editor);
      equal(source.kind, 'witness');
      ok(notice?.includes(told), notice);
    });
  }

  it('are no map that is named like its entity', async () => {
    const editor = await opened({ ...metadata, [`${FOLDER}/Projects.json`]: map });
    const { source, notice } = await rowsIn(editor);
    equal(source.kind, 'witness');
    ok(notice?.includes('ProjectEntity.csv'), notice);
  });

  it('are none where the filter cannot be read', async () => {
    const editor = await opened(sample, map.replace('(ParentProject ==', '(ParentProject == =='));
    const result = await editor.rows(FILTER);
    equal(result?.kind, 'none');
    equal(await editor.rows({ uri: MAP, index: 99 }), null);
  });

  it('follow the rule by which NULL and nothing are told apart', async () => {
    const editor = await opened({ ...metadata, [ROWS]: 'ProjectId,ParentProject\n1,\n' });
    const before = await rowsIn(editor);
    equal(before.source.kind === 'file' && before.source.nullRule, 'null');
    equal(before.counts.asWritten.lostToNull, 1);
    await ask(editor, nullRuleRequest, { uri: ROWS, rule: 'empty' });
    await editor.message(rowsChangedNotification);
    await editor.message(CodeLensRefreshRequest.method);
    const after = await rowsIn(editor);
    equal(after.source.kind === 'file' && after.source.nullRule, 'empty');
    equal(after.counts.asWritten.kept, 1);
    await ask(editor, nullRuleRequest, { uri: ROWS, rule: null });
    deepEqual((await rowsIn(editor)).counts, before.counts);
  });

  it('are explained one by one, and in the hover while one is pinned', async () => {
    const editor = await opened(sample);
    const position = editor.change(MAP, map.replace('(ParentProject', '(Parent|Project'));
    const lost = await ask<RowsPageResult>(editor, rowsPageRequest, {
      filter: FILTER,
      query: { verdicts: ['lostToNull'] },
      offset: 0,
      limit: 1,
    });
    const number = lost?.rows[0]?.number ?? 0;
    const told = await ask<ExplainRowResult>(editor, explainRowRequest, { filter: FILTER, number });
    equal(told?.explained.verdict, 'lostToNull');
    ok(told.text.includes(`Row ${number} is lost to NULL`), told.text);
    equal(await ask(editor, explainRowRequest, { filter: FILTER, number: 99 }), null);
    const hover = async (): Promise<string> =>
      JSON.stringify((await editor.hover(MAP, position))?.contents);
    ok(!(await hover()).includes('lost to NULL:'));
    await ask(editor, pinRowRequest, { filter: FILTER, number });
    ok((await hover()).includes(`Row ${number} is lost to NULL`), await hover());
    await ask(editor, pinRowRequest, { filter: FILTER, number: null });
    ok(!(await hover()).includes(`Row ${number} is`));
  });

  it('are exported as found, none of them a formula', async () => {
    const files = { ...metadata, [ROWS]: 'ProjectId,ParentProject\n=1+1,\n2,x\n' };
    const editor = await opened(files);
    const exported = await ask<ExportRowsResult>(editor, exportRowsRequest, {
      filter: FILTER,
      query: { verdicts: ['lostToNull'] },
    });
    deepEqual(exported, { kind: 'text', csv: "ProjectId,ParentProject\r\n'=1+1,\r\n" });
  });

  it('can be counted where the filter will run', async () => {
    const editor = await opened(metadata);
    const job = await ask<ValidationJobResult>(editor, validationJobRequest, FILTER);
    ok(job?.text.includes('tableNum(ProjectEntity)'), job?.text);
    editor.change(MAP, mapWith({ reversedSourceFilter: "msdyn_name eq 'x'" }));
    equal(await ask(editor, validationJobRequest, FILTER), null);
  });

  it('tell of a long reading, which can be stopped and begun anew', async () => {
    const lines = Array.from({ length: 25_000 }, (_, row) => `${row},x`).join('\n');
    const editor = await opened({ ...metadata, [ROWS]: `ProjectId,ParentProject\n${lines}` });
    await rowsIn(editor);
    const last = await editor.message<{ rows: number; isDone: boolean }>(
      rowsProgressNotification,
      ({ isDone }) => isDone,
    );
    equal(last.rows, 25_000);
    await ask(editor, stopRowsRequest, { uri: ROWS });
    equal((await rowsIn(editor, true)).rowCount, 25_000);
  });

  it('are counted in the lens above a filter, unless they are made up', async () => {
    const editor = await opened(sample);
    const [lens] = await editor.codeLenses(MAP);
    ok(lens);
    const counted = await editor.resolveLens(lens);
    equal(counted.command?.title, 'Preview SQL and rows · 1 of 7 rows, 3 lost to NULL');
    editor.disk.delete(ROWS);
    editor.fileChanged(ROWS, FileChangeType.Deleted);
    await editor.message(CodeLensRefreshRequest.method);
    const [plain] = await editor.codeLenses(MAP);
    equal(plain?.command?.title, 'Preview SQL and rows');
  });

  it('of a large file are counted in the lens once somebody has asked for a preview', async () => {
    const lines = Array.from({ length: 10_001 }, (_, row) => `${row},x`).join('\n');
    const editor = await startEditor({
      files: { ...metadata, [ROWS]: `ProjectId,ParentProject\n${lines}` },
      size: (uri) => (uri === ROWS ? 100_000_000 : undefined),
    });
    editor.open(MAP, map);
    const lens = async (): Promise<string | undefined> => {
      const [first] = await editor.codeLenses(MAP);
      return first && (await editor.resolveLens(first)).command?.title;
    };
    equal(await lens(), 'Preview SQL and rows');
    await rowsIn(editor);
    await editor.message(CodeLensRefreshRequest.method);
    ok((await lens())?.includes('0 of 10001 rows'), await lens());
  });

  it('are answered, each request, while metadata and rows change under them', async () => {
    let slow: (() => void)[] = [];
    const editor = await startEditor({
      files: sample,
      // Reading takes a while, so that changes come while rows are loaded.
      beforeRead: (uri) =>
        uri === ROWS ? new Promise<void>((resolve) => slow.push(resolve)) : undefined,
    });
    editor.open(MAP, map);
    const asked: Promise<RowsResult | null>[] = [];
    for (let turn = 0; turn < 20; turn += 1) {
      asked.push(editor.rows(FILTER));
      if (turn % 3 === 0) {
        editor.disk.set(ENTITY, `${metadata[ENTITY]}<!-- ${turn} -->`);
        editor.fileChanged(ENTITY, FileChangeType.Changed);
      }
      if (turn % 4 === 0) editor.fileChanged(ROWS, FileChangeType.Changed);
      await new Promise((resolve) => setImmediate(resolve));
      const [first] = slow.splice(turn % 2, 1);
      first?.();
    }
    const release = setInterval(() => {
      for (const each of slow) each();
      slow = [];
    }, 1);
    const answers = await Promise.all(asked);
    clearInterval(release);
    deepEqual(
      answers.map((answer) => answer?.kind === 'rows' && answer.counts.asWritten),
      answers.map(() => ({ kept: 1, lostToNull: 3, dropped: 3 })),
    );
  });
});
