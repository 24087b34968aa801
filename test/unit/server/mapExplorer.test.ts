import { deepEqual, equal, ok } from 'node:assert/strict';
import { FileChangeType } from 'vscode-languageserver/node';
import type { FieldItem } from '../../../src/service/features/mapTree.ts';
import {
  type CompareMapsParams,
  compareMapsRequest,
  type CompareMapsResult,
  exportMapRequest,
  findFieldsRequest,
  type FindFieldsResult,
  importMapsRequest,
  type ImportMapsResult,
  mapFieldsRequest,
  mapsChangedNotification,
  mapsRequest,
  type MapsParams,
  type MapsResult,
} from '../../../src/service/protocol/maps.ts';
import { rowsRequest, type RowsResult } from '../../../src/service/protocol/rows.ts';
import { mapForms } from '../../kit/maps.ts';
import { type Editor, startEditor, stopEditors } from '../../kit/protocol.ts';
import { readInRepository } from '../../kit/repository.ts';

const FOLDER = 'file:///workspace';
const MAP = `${FOLDER}/projects.json`;
const SOLUTION = `${FOLDER}/solution.xml`;
const map = readInRepository('samples/maps/projects.json');
const solution =
  mapForms.find(({ id }) => id === 'solution')?.write({ sourceFilter: '(A == 1)' }, {}) ?? '';
const files = { [MAP]: map, [SOLUTION]: solution, [`${FOLDER}/package.json`]: '{"name":"x"}' };

const mapsOf = async (editor: Editor, params: MapsParams = {}): Promise<MapsResult['documents']> =>
  (await editor.connection.sendRequest<MapsResult>(mapsRequest, params)).documents;

afterEach(stopEditors);

describe('The maps of the workspace', () => {
  it('are listed with their legs and filters', async () => {
    const editor = await startEditor({ files });
    const documents = await mapsOf(editor);
    deepEqual(
      documents.map(({ uri, maps }) => [
        uri,
        maps.map(({ name, version, legs }) => [
          name,
          version,
          legs.map(({ source, destination, filters, mappings }) => [
            `${source} ${destination} ${mappings}`,
            ...filters.map(({ side, text, index }) => `${index} ${side} ${text}`),
          ]),
        ]),
      ]),
      [
        [
          MAP,
          [
            [
              '[Projects] - [msdyn_projects]',
              '',
              [
                [
                  'Projects msdyn_projects 4',
                  '0 fo (ParentProject == "")',
                  '1 dataverse _msdyn_parent_value eq null and statecode eq 0',
                ],
              ],
            ],
          ],
        ],
        [
          SOLUTION,
          [
            [
              '[Projects] - [msdyn_projects]',
              '1.0.0.5',
              [['Projects msdyn_projects 3', '0 fo (A == 1)'], ['Projects msdyn_projects 3']],
            ],
          ],
        ],
      ],
    );
  });

  it('are listed as they are edited, and one by one', async () => {
    const editor = await startEditor({ files });
    await mapsOf(editor);
    editor.open(MAP, map.replace('[Projects]', '[Edited]'));
    equal((await mapsOf(editor))[0]?.maps[0]?.name, '[Edited] - [msdyn_projects]');
    editor.change(MAP, '{}');
    deepEqual(await mapsOf(editor, { uris: [MAP] }), [{ uri: MAP, maps: [] }]);
    editor.close(MAP);
    equal((await mapsOf(editor))[0]?.maps[0]?.name, '[Projects] - [msdyn_projects]');
  });

  it('are read once, and again where they changed or that is asked for', async () => {
    const reads: string[] = [];
    const editor = await startEditor({ files, beforeRead: (uri) => void reads.push(uri) });
    await mapsOf(editor);
    reads.length = 0;
    await mapsOf(editor);
    deepEqual(reads, []);
    editor.disk.set(MAP, map.replace('[Projects]', '[Changed]'));
    editor.fileChanged(MAP, FileChangeType.Changed);
    equal((await mapsOf(editor))[0]?.maps[0]?.name, '[Changed] - [msdyn_projects]');
    editor.disk.set(`${FOLDER}/new.json`, map);
    equal((await mapsOf(editor)).length, 2);
    equal((await mapsOf(editor, { isAnew: true })).length, 3);
  });

  it('change with what surrounds them', async () => {
    const editor = await startEditor({ files });
    await mapsOf(editor);
    editor.open(`${FOLDER}/AxTable/T.xml`, '<AxTable><Name>T</Name></AxTable>', 'xml');
    await editor.message(mapsChangedNotification);
  });

  it('look the same while nothing of a mapping is changed', async () => {
    const editor = await startEditor({ files });
    const stateOf = async (text: string): Promise<number | undefined> => {
      editor.change(MAP, text);
      return (await mapsOf(editor, { uris: [MAP] }))[0]?.maps[0]?.legs[0]?.state;
    };
    editor.open(MAP, map);
    const before = await stateOf(map);
    equal(await stateOf(`\n\n${map}`), before);
    ok((await stateOf(map.replace('"SCHEDULED"', '"PLANNED"'))) !== before);
    ok((await stateOf(map.replace('"no": "False"', '"no": "0"'))) !== before);
  });

  it('answer their mappings page by page', async () => {
    const editor = await startEditor({ files });
    const page = (start: number, count: number): Promise<FieldItem[]> =>
      editor.connection.sendRequest(mapFieldsRequest, { uri: MAP, map: 0, leg: 0, start, count });
    deepEqual(
      (await page(1, 2)).map(({ index, source, glyph, destination, lookup }) =>
        [index, source, glyph, destination, lookup].join(' '),
      ),
      [
        '1 PROJECTNAME = msdyn_subject ',
        '2 PARENTPROJECT > msdyn_parent.msdyn_externalprojectid msdyn_projects',
      ],
    );
    const [field] = await page(3, 1);
    const line = map.split('\n')[field?.range.start.line ?? -1];
    equal(line?.trim(), '{');
    deepEqual(await page(4, 10), []);
  });

  it('are searched for fields', async () => {
    const editor = await startEditor({ files });
    const find = (query: string): Promise<FindFieldsResult> =>
      editor.connection.sendRequest(findFieldsRequest, { query });
    const { found, hasMore } = await find('externalproject');
    equal(hasMore, false);
    deepEqual(
      found.map(({ uri, field }) => [uri, field.source]),
      [
        [MAP, 'PROJECTID'],
        [MAP, 'PARENTPROJECT'],
      ],
    );
    deepEqual((await find('nope')).found, []);
  });

  it('are compared with earlier texts', async () => {
    const editor = await startEditor({ files });
    const compare = (params: CompareMapsParams): Promise<CompareMapsResult | null> =>
      editor.connection.sendRequest(compareMapsRequest, params);
    const now = { uri: MAP, title: 'now' };
    const same = await compare({
      first: now,
      second: { ...now, text: JSON.stringify(JSON.parse(map)) },
    });
    equal(same?.isEqual, true);
    const text = map.replace('"SCHEDULED"', '"PLANNED"');
    const different = await compare({ first: { ...now, title: 'then', text }, second: now });
    equal(different?.isEqual, false);
    ok(different?.markdown.includes('PLANNED'));
    equal(await compare({ first: now, second: { ...now, text: '{}' } }), null);
  });

  it('are exported one by one, and in the language of the editor', async () => {
    const editor = await startEditor({ files, locale: 'cs' });
    const text = await editor.connection.sendRequest<string | null>(exportMapRequest, { uri: MAP });
    ok(text?.includes('### Mapování polí'), text ?? '');
    equal(await editor.connection.sendRequest(exportMapRequest, { uri: MAP, map: 1 }), null);
    equal(
      await editor.connection.sendRequest(exportMapRequest, { uri: `${FOLDER}/package.json` }),
      null,
    );
  });

  it('are imported, with what could not be read', async () => {
    const editor = await startEditor({
      files: {
        ...files,
        [`${FOLDER}/in/c.xml`]: solution,
        [`${FOLDER}/in/x.cab`]: 'MSCF\0\0',
      },
    });
    const { maps, troubles } = await editor.connection.sendRequest<ImportMapsResult>(
      importMapsRequest,
      { uris: [`${FOLDER}/in`] },
    );
    deepEqual(
      maps.map(({ fileName }) => fileName),
      ['msdyn_projects - Projects.json'],
    );
    equal(troubles.length, 1);
    ok(troubles[0]?.startsWith('x.cab: '));
  });

  it('have the rows of their filters counted though they are closed', async () => {
    const editor = await startEditor({
      files: {
        ...files,
        [`${FOLDER}/Projects.csv`]: readInRepository('samples/rows/ProjectEntity.csv'),
      },
    });
    const rows = await editor.connection.sendRequest<RowsResult | null>(rowsRequest, {
      uri: MAP,
      index: 0,
    });
    ok(rows !== null);
    equal(rows.kind, 'rows', JSON.stringify(rows));
  });
});
