import { deepEqual, equal, match, ok } from 'node:assert/strict';
import {
  filterAtRequest,
  type FilterAtResult,
  rowsChangedNotification,
} from '../../../src/service/protocol/maps.ts';
import {
  explainRowRequest,
  type ExplainRowResult,
  exportRowsRequest,
  type ExportRowsResult,
  rowsPageRequest,
  type RowsPageResult,
  rowsRequest,
  type RowsResult,
} from '../../../src/service/protocol/rows.ts';
import {
  previewSyncFilterCommand,
  syncExplainRequest,
  type SyncExplainResult,
  syncFilterRequest,
  type SyncFilterResult,
  syncOpenRequest,
} from '../../../src/service/protocol/sync.ts';
import { stopEditors } from '../../kit/protocol.ts';
import { modified, PROJECT, startSync } from '../../kit/syncEditor.ts';
import { syncProjectText } from '../../kit/syncProjects.ts';

afterEach(stopEditors);

/** Customers 1 to 4 and their accounts, under filters that leave some of them out. */
const projectWith = (filters: {
  readonly tableFilter?: string;
  readonly integrationTableFilter?: string;
}): string => {
  const project = JSON.parse(syncProjectText(4)) as { mappings: object[] };
  return JSON.stringify({
    ...project,
    mappings: project.mappings.map((mapping) => ({ ...mapping, ...filters })),
  });
};
const FILTER = 'WHERE(Field1=1(<>C2&<>C3))';

const startWith = async (filters: Parameters<typeof projectWith>[0]) => {
  const started = await startSync({ [PROJECT]: projectWith(filters) });
  const { connection } = started.editor;
  const rows = (index: number, more: object = {}) =>
    connection.sendRequest<RowsResult | null>(rowsRequest, { uri: PROJECT, index, ...more });
  return { ...started, connection, rows };
};

describe('The preview of a filter of a mapping', () => {
  it('shows the records of its side, those that it leaves out among them', async () => {
    const { connection, rows } = await startWith({ tableFilter: FILTER });
    const found = await rows(0);
    ok(found?.kind === 'rows');
    deepEqual(found.source, { kind: 'project', name: 'Customer' });
    equal(found.title, 'CUSTOMER · Customer');
    equal(found.filter, FILTER);
    deepEqual(found.columns, ['SystemId', 'No.', 'Name']);
    deepEqual(found.filterColumns, ['No.']);
    deepEqual(found.counts.asWritten, { kept: 2, lostToNull: 0, dropped: 2 });
    const page = await connection.sendRequest<RowsPageResult>(rowsPageRequest, {
      filter: { uri: PROJECT, index: 0 },
      query: { verdicts: ['dropped'], search: 'customer' },
      offset: 0,
      limit: 10,
    });
    deepEqual(
      page.rows.map(({ number, cells, verdict }) => [number, cells[1], verdict]),
      [
        [2, 'C2', 'dropped'],
        [3, 'C3', 'dropped'],
      ],
    );
    const exported = await connection.sendRequest<ExportRowsResult>(exportRowsRequest, {
      filter: { uri: PROJECT, index: 0 },
      query: { verdicts: ['kept'] },
    });
    match(exported.kind === 'text' ? exported.csv : '', /C1,Customer 1[^]*C4,Customer 4/u);
  });

  it('says why it leaves out a record that somebody asks about', async () => {
    const { ask, connection } = await startWith({ tableFilter: FILTER });
    const id = '00000001-0000-8000-8000-000000000002';
    const explained = await ask<SyncExplainResult>(syncExplainRequest, { id });
    const { excludedBy } = explained ?? {};
    ok(excludedBy !== undefined);
    const place = await ask<SyncFilterResult>(syncFilterRequest, {
      mapping: 'CUSTOMER',
      side: excludedBy.side,
      id,
    });
    deepEqual(place, { index: 0, number: 2 });
    const told = await connection.sendRequest<ExplainRowResult>(explainRowRequest, {
      filter: { uri: PROJECT, index: 0 },
      number: 2,
    });
    equal(told.explained.verdict, 'dropped');
    equal(told.explained.root.written, '<>C2&<>C3');
  });

  it('is found for a mapping alone, and for a record that is not there', async () => {
    const { ask } = await startWith({});
    const find = (more: object) =>
      ask<SyncFilterResult>(syncFilterRequest, { side: 'Dataverse', ...more });
    deepEqual(await find({ mapping: 'CUSTOMER' }), { index: 1 });
    deepEqual(await find({ mapping: 'CUSTOMER', id: 'nobody' }), { index: 1 });
    equal(await find({ mapping: 'VENDOR' }), null);
  });

  it('of Dataverse counts an empty column as blank', async () => {
    const { connection, rows } = await startWith({
      integrationTableFilter: 'WHERE(name=FILTER(<>Account*))',
    });
    const found = await rows(1);
    ok(found?.kind === 'rows');
    deepEqual(found.columns, ['id', 'name']);
    deepEqual(found.counts.asWritten, { kept: 3, lostToNull: 0, dropped: 1 });
    const told = await connection.sendRequest<ExplainRowResult>(explainRowRequest, {
      filter: { uri: PROJECT, index: 1 },
      number: 1,
    });
    equal(told.explained.verdict, 'dropped');
  });

  it('says that a blank filter lets every record pass', async () => {
    const { rows } = await startWith({});
    const found = await rows(0);
    ok(found?.kind === 'rows');
    equal(found.counts.asWritten.kept, 4);
    equal(found.notice, 'The filter is blank: every record passes.');
  });

  it('shows the view that GetView writes, and SQL that keeps the same records', async () => {
    const { connection } = await startWith({
      tableFilter: 'where( Field1 = 1(<>C2&<>C3) ,Name=filter(A*))',
      integrationTableFilter: 'SORTING(name) WHERE(name=FILTER(<>Account*))',
    });
    const statementOf = async (index: number): Promise<string> => {
      const found = await connection.sendRequest<FilterAtResult | null>(filterAtRequest, {
        uri: PROJECT,
        index,
      });
      const { text } = await connection.sendRequest<{ readonly text: string }>(
        'workspace/textDocumentContent',
        { uri: found?.sqlUri },
      );
      return text;
    };
    equal(
      await statementOf(0),
      `-- Table Filter of the integration table mapping CUSTOMER, over Customer of Business Central
-- As GetView writes it: WHERE(Field1=1(<>C2&<>C3),Name=FILTER(A*))
-- In words: Keeps the rows in which No. is none of these: “C2” and “C3” and Name begins with “A”.
-- The statement below is an equivalent: Business Central writes its own, and knows no NULL.
-- Upper and lower case are told apart, except behind @.

SELECT *
FROM [Customer]
WHERE ((([No.]<>N'C2') AND ([No.]<>N'C3')) AND ([Name] LIKE N'A%'))
`,
    );
    match(
      await statementOf(1),
      /^-- Integration Table Filter of [^]*SORTING\(name\) WHERE\(name=FILTER\(<>Account\*\)\)\n/u,
    );
    equal(await statementOf(8), '-- The filter of this statement is gone.\n');
  });

  it('has nothing to show of a filter that there is not', async () => {
    const { connection, rows } = await startWith({});
    equal(await rows(7), null);
    equal(
      await connection.sendRequest(rowsRequest, {
        uri: 'file:///workspace/no.sync.json',
        index: 0,
      }),
      null,
    );
  });

  it('opens no project for a count that nobody asked for', async () => {
    const { ask, rows, threads } = await startWith({ tableFilter: FILTER });
    equal(await rows(0, { ownRowsOnly: true }), null);
    equal(threads.engineOf(PROJECT), undefined);
    await ask(syncOpenRequest);
    equal((await rows(0, { ownRowsOnly: true }))?.kind, 'rows');
  });

  it('is asked for again once a run has changed records', async () => {
    const { editor, rows, run } = await startWith({ tableFilter: FILTER });
    await rows(0);
    await run('Synchronize Modified Records', modified);
    await editor.message(rowsChangedNotification);
  });

  it('is a lens over each filter that says something, unless lenses are off', async () => {
    const text = projectWith({ tableFilter: FILTER, integrationTableFilter: ' ' });
    const lenses = async (isOn: boolean) => {
      const { editor } = await startSync(
        { [PROJECT]: text },
        {
          settings: ({ section }) => (section === 'dualWrite.codeLens' ? { enabled: isOn } : null),
        },
      );
      editor.open(PROJECT, text, 'json');
      return editor.codeLenses(PROJECT);
    };
    const [lens, ...others] = await lenses(true);
    deepEqual(await lenses(false), []);
    deepEqual(others, []);
    const { start, end } = lens?.range ?? {};
    equal(text.slice(start?.character, end?.character), JSON.stringify(FILTER));
    equal(lens?.command?.command, previewSyncFilterCommand);
    deepEqual(lens.command.arguments, [
      { project: PROJECT, mapping: 'CUSTOMER', side: 'BusinessCentral' },
    ]);
  });
});
