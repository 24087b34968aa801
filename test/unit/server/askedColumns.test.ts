import { deepEqual, equal, ok } from 'node:assert/strict';
import { strToU8 } from 'fflate';
import { FileChangeType } from 'vscode-languageserver/node';
import { workspaceIndex } from '../../../server/workspaceIndex.ts';
import { everything } from '../../../src/service/diagnosticOptions.ts';
import {
  metadataChangedNotification,
  metadataStateRequest,
  type MetadataStateResult,
} from '../../../src/service/protocol/maps.ts';
import { columnsTold } from '../../kit/columns.ts';
import { type Editor, startEditor, stopEditors } from '../../kit/protocol.ts';
import { databaseOf, inlineText, workbookOf } from '../../kit/rowFiles.ts';

const FOLDER = 'file:///workspace';
const at = (name: string): string => `${FOLDER}/rows/${name}`;
const WORKBOOK = at('Sales%20orders.xlsx');

const workbook = (...names: readonly string[]): Uint8Array =>
  workbookOf(
    `<row r="1">${names.map((name, column) => inlineText(`${'ABC'.charAt(column)}1`, name)).join('')}</row>`,
  );

/** An index of a disk with some files, and what it was told and has read. */
function indexOf(files: Readonly<Record<string, Uint8Array>>) {
  const disk = new Map(Object.entries(files));
  const reads: string[] = [];
  const told: (() => void)[] = [];
  const warnings: string[] = [];
  let changes = 0;
  const index = workspaceIndex(
    {
      list: () => Promise.resolve([...disk.keys()]),
      size: (uri) => Promise.resolve(disk.get(uri)?.length ?? 1),
      read(uri) {
        reads.push(uri);
        const bytes = disk.get(uri);
        return bytes === undefined ? Promise.reject(new Error('gone')) : Promise.resolve(bytes);
      },
    },
    () => [FOLDER],
    () =>
      Promise.resolve({
        metadataFolders: [],
        entityNames: {},
        company: '',
        partition: '',
        model: '',
        diagnostics: everything,
        reportsClosedFiles: true,
      }),
    (message) => warnings.push(message),
    {
      begin: () => ({ read: () => undefined, isCancelled: () => false, end: () => undefined }),
      changed() {
        changes += 1;
        for (const tell of told.splice(0)) tell();
      },
    },
  );
  const columns = async (entity: string): Promise<readonly string[] | undefined> =>
    columnsTold((await index.current()).metadata.sampledEntityNamed(entity));
  /** The columns, once they were read. */
  const columnsSoon = async (entity: string): Promise<readonly string[] | undefined> => {
    const change = new Promise<void>((resolve) => told.push(resolve));
    await columns(entity);
    await change;
    return columns(entity);
  };
  return { index, disk, reads, warnings, changes: () => changes, columns, columnsSoon };
}

describe('row files that are no text', () => {
  it('are read by nobody before somebody asks for the entity, and once then', async () => {
    const { columns, columnsSoon, reads, changes } = indexOf({
      [WORKBOOK]: workbook('Id', 'Name'),
      [at('Other.xlsx')]: workbook('X'),
      [at('Sales%20orders.sqlite')]: databaseOf('CREATE TABLE t (Y)'),
    });
    equal(await columns('Customers'), undefined);
    deepEqual(reads, []);
    equal(await columns('sales_orders'), undefined);
    deepEqual(await columnsSoon('SALES orders'), ['Id unknown', 'Name unknown']);
    deepEqual(await columns('Sales orders'), ['Id unknown', 'Name unknown']);
    deepEqual([reads, changes()], [[WORKBOOK], 1]);
  });

  it('are told of once, however many were asked for', async () => {
    const names = ['A', 'B', 'C'];
    const { columns, columnsSoon, changes } = indexOf(
      Object.fromEntries(names.map((name) => [at(`${name}.xlsx`), workbook(`Of${name}`)])),
    );
    for (const name of names.slice(1)) equal(await columns(name), undefined);
    deepEqual(await columnsSoon('A'), ['OfA unknown']);
    for (const name of names) deepEqual(await columns(name), [`Of${name} unknown`]);
    equal(changes(), 1);
  });

  it('are given up where the files changed before they were read', async () => {
    const { index, disk, columns, columnsSoon } = indexOf({ [WORKBOOK]: workbook('Id') });
    equal(await columns('Sales orders'), undefined);
    disk.set(WORKBOOK, workbook('Name'));
    index.fileChanged(WORKBOOK, 'changed');
    deepEqual(await columnsSoon('Sales orders'), ['Name unknown']);
  });

  it('are asked again once they changed, and no more once they are gone', async () => {
    const { index, disk, columns, columnsSoon, changes } = indexOf({ [WORKBOOK]: workbook('Id') });
    deepEqual(await columnsSoon('Sales orders'), ['Id unknown']);
    disk.set(WORKBOOK, workbook('Id', 'Name'));
    ok(index.fileChanged(WORKBOOK, 'changed'));
    // Until it is read again it counts as it was.
    deepEqual(await columns('Sales orders'), ['Id unknown']);
    deepEqual(await columnsSoon('Sales orders'), ['Id unknown', 'Name unknown']);
    disk.delete(WORKBOOK);
    ok(index.fileChanged(WORKBOOK, 'deleted'));
    equal(await columns('Sales orders'), undefined);
    equal(changes(), 2);
  });

  it('are found when they come, and where another folder holds them', async () => {
    const { index, disk, columns, columnsSoon } = indexOf({});
    equal(await columns('Sales orders'), undefined);
    disk.set(WORKBOOK, workbook('Id'));
    ok(index.fileChanged(WORKBOOK, 'created'));
    deepEqual(await columnsSoon('Sales orders'), ['Id unknown']);
    equal(await columns('Orders'), undefined);
    disk.set(at('Orders.db'), databaseOf('CREATE TABLE t (Y TEXT)'));
    index.reset();
    deepEqual(await columnsSoon('Orders'), ['Y unknown']);
  });

  it('say nothing beside delimited text of the same name', async () => {
    const { columns, reads } = indexOf({
      [WORKBOOK]: workbook('Id'),
      [at('sales-orders.csv')]: strToU8('A,B\n'),
    });
    deepEqual(await columns('Sales orders'), ['A unknown', 'B unknown']);
    deepEqual(reads, [at('sales-orders.csv')]);
  });

  it('say nothing while better sources are read', async () => {
    const { index, reads } = indexOf({
      [WORKBOOK]: workbook('Id'),
      ...Object.fromEntries(
        Array.from({ length: 300 }, (_, number) => [
          `${FOLDER}/AxTable/T${number}.xml`,
          strToU8('<AxTable/>'),
        ]),
      ),
    });
    const { isIndexing, metadata } = await index.current();
    equal(isIndexing, true);
    equal(metadata.sampledEntityNamed('Sales orders'), undefined);
    equal(reads.includes(WORKBOOK), false);
  });

  it('harm nobody where they are broken, and are told of where they can not be read', async () => {
    const { columns, index, disk, warnings, columnsSoon } = indexOf({
      [WORKBOOK]: strToU8('no workbook'),
      [at('Gone.xlsx')]: workbook('Id'),
      [at('Orders.xlsx')]: workbook('Id'),
    });
    await index.rowFiles();
    disk.delete(at('Gone.xlsx'));
    for (const entity of ['Sales orders', 'Gone']) equal(await columns(entity), undefined);
    deepEqual(await columnsSoon('Orders'), ['Id unknown']);
    for (const entity of ['Sales orders', 'Gone']) equal(await columns(entity), undefined);
    deepEqual(warnings, [`${at('Gone.xlsx')}: gone`]);
  });
});

const MAP = `${FOLDER}/map.json`;
const map = JSON.stringify({
  legs: [{ sourceSchema: 'Sales orders', destinationSchema: 'salesorders', fieldMappings: [] }],
});
const sourceIn = async (editor: Editor): Promise<string | undefined> => {
  const state = await editor.connection.sendRequest<MetadataStateResult | null>(
    metadataStateRequest,
    { uri: MAP },
  );
  return state?.entities[0]?.source;
};

describe('an entity that JSON with rows alone tells of', () => {
  afterEach(stopEditors);
  const ROWS = at('Sales%20orders.json');

  it('is told to the editor once its columns are read, and again when they are gone', async () => {
    const editor = await startEditor({ files: { [ROWS]: '[{"Id":"SO-1"}]' } });
    editor.open(MAP, map);
    equal(await sourceIn(editor), 'unknown');
    await editor.message(metadataChangedNotification);
    equal(await sourceIn(editor), 'sampled');
    editor.disk.set(ROWS, '{"legs":[]}');
    editor.fileChanged(ROWS, FileChangeType.Changed);
    await editor.message(metadataChangedNotification);
    equal(await sourceIn(editor), 'sampled');
    await editor.message(metadataChangedNotification);
    equal(await sourceIn(editor), 'unknown');
  });
});
