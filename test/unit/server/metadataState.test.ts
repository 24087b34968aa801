import { deepEqual, equal } from 'node:assert/strict';
import { FileChangeType } from 'vscode-languageserver/node';
import {
  metadataChangedNotification,
  type MetadataStateParams,
  metadataStateRequest,
  type MetadataStateResult,
} from '../../../src/service/protocol/maps.ts';
import { type Editor, startEditor, stopEditors } from '../../kit/protocol.ts';
import { readInRepository } from '../../kit/repository.ts';

const FOLDER = 'file:///workspace';
const MAP = `${FOLDER}/map.json`;
const ROWS = `${FOLDER}/rows/our_things.csv`;
const sample = (path: string): string => readInRepository(`samples/metadata/Projects/${path}`);
const metadata = {
  [`${FOLDER}/AxDataEntityView/ProjectEntity.xml`]: sample('AxDataEntityView/ProjectEntity.xml'),
  [`${FOLDER}/AxLabelFile/Proj.en-US.label.txt`]: sample(
    'AxLabelFile/LabelResources/en-US/Proj.en-US.label.txt',
  ),
};
const mapOf = (...schemas: readonly string[]): string =>
  JSON.stringify({
    legs: schemas.map((sourceSchema) => ({
      sourceSchema,
      sourceFilter: '(Id == "")',
      destinationSchema: 'accounts',
      fieldMappings: [],
    })),
  });

const stateOf = (editor: Editor, uri = MAP): Promise<MetadataStateResult | null> => {
  const params: MetadataStateParams = { uri };
  return editor.connection.sendRequest<MetadataStateResult | null>(metadataStateRequest, params);
};

afterEach(stopEditors);

describe('the state of metadata that an editor asks for', () => {
  it('is that of each entity of the map once', async () => {
    const editor = await startEditor({ files: { ...metadata, [ROWS]: 'Id,Name\n1,a b' } });
    editor.open(MAP, mapOf('Projects', 'Our Things', 'PROJECTS', 'Nothing'));
    deepEqual(await stateOf(editor), {
      isIndexing: false,
      entities: [
        { label: 'Projects', name: 'ProjectEntity', source: 'aot' },
        { label: 'Our Things', name: 'Our Things', source: 'sampled' },
        { label: 'Nothing', name: 'Nothing', source: 'unknown' },
      ],
    });
  });

  it('is none of a document without a map', async () => {
    const editor = await startEditor({ files: metadata });
    editor.open(MAP, '{"a": 1}');
    equal(await stateOf(editor), null);
    equal(await stateOf(editor, `${FOLDER}/never-opened.json`), null);
  });

  it('is asked for again when a row file comes and when it goes', async () => {
    const editor = await startEditor({ files: metadata });
    editor.open(MAP, mapOf('Our Things'));
    const sources = async (): Promise<readonly string[] | undefined> =>
      (await stateOf(editor))?.entities.map(({ source }) => source);
    deepEqual(await sources(), ['unknown']);
    const come = editor.message(metadataChangedNotification);
    editor.disk.set(ROWS, 'Id,Name\n1,a b');
    editor.fileChanged(ROWS, FileChangeType.Created);
    await come;
    deepEqual(await sources(), ['sampled']);
    const gone = editor.message(metadataChangedNotification);
    editor.disk.delete(ROWS);
    editor.fileChanged(ROWS, FileChangeType.Deleted);
    await gone;
    deepEqual(await sources(), ['unknown']);
  });
});
