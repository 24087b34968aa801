import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  type Diagnostic,
  FileChangeType,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver/node';
import {
  trackedChangedNotification,
  type TrackedNode,
  type TrackedParams,
  trackedRequest,
  type TrackedResult,
} from '../../../src/service/protocol/maps.ts';
import { mappingOf } from '../../kit/maps.ts';
import { type Editor, startEditor, stopEditors } from '../../kit/protocol.ts';
import { readInRepository } from '../../kit/repository.ts';

const FOLDER = 'file:///workspace';
const MAP = `${FOLDER}/map.json`;
const JOB = `${FOLDER}/AxClass/Job.xml`;
const map = (...fields: readonly string[]): string => JSON.stringify(mappingOf({ fields }));
const job = (body: string): string =>
  `<AxClass><Name>Job</Name><SourceCode><Declaration>class Job {}</Declaration><Methods><Method><Source><![CDATA[void run() { ProjTable p; ${body} }]]></Source></Method></Methods></SourceCode></AxClass>`;
const sample = (path: string): string => readInRepository(`samples/metadata/Projects/${path}`);
const metadata = {
  [`${FOLDER}/AxDataEntityView/ProjectEntity.xml`]: sample('AxDataEntityView/ProjectEntity.xml'),
  [`${FOLDER}/AxTable/ProjTable.xml`]: sample('AxTable/ProjTable.xml'),
  [`${FOLDER}/AxLabelFile/Proj.en-US.label.txt`]: sample(
    'AxLabelFile/LabelResources/en-US/Proj.en-US.label.txt',
  ),
};

const tracked = (editor: Editor, params: TrackedParams): Promise<TrackedResult> =>
  editor.connection.sendRequest<TrackedResult>(trackedRequest, params);

const drawn = (nodes: readonly TrackedNode[]): readonly string[] =>
  nodes.flatMap(({ sign, label, children = [] }) => [`${sign} ${label}`, ...drawn(children)]);

afterEach(stopEditors);

describe('the tracked data sources that an editor asks for', () => {
  it('are those of the first map among the documents', async () => {
    const editor = await startEditor({ files: { ...metadata, [MAP]: map('PROJECTID') } });
    const other = `${FOLDER}/other.json`;
    editor.open(other, '{"a":1}');
    editor.open(MAP, map('PROJECTID', 'PROJECTNAME'));
    const { uri, nodes, hasMetadata } = await tracked(editor, { uris: [other, MAP] });
    equal(uri, MAP);
    equal(hasMetadata, true);
    // As it is edited, not as it stands on disk.
    deepEqual(drawn(nodes).slice(0, 4), [
      'entity ProjectEntity',
      'tracked ProjTable',
      'tracked ProjectId',
      'tracked ProjectName',
    ]);
    const target = nodes[0]?.children?.[0]?.children?.[0]?.target;
    equal(target?.uri, MAP);
    equal(target.range.start.line, 0);
  });

  it('are those of all maps where none is open, each to be opened by its name', async () => {
    const files = {
      ...metadata,
      [MAP]: map('PROJECTID'),
      [`${FOLDER}/unknown.json`]: JSON.stringify(mappingOf({ sourceSchema: 'Elsewhere' })),
    };
    const editor = await startEditor({ files });
    const { uri, nodes } = await tracked(editor, { uris: [] });
    equal(uri, null);
    deepEqual(drawn(nodes), ['entity ProjectEntity', 'entity Elsewhere']);
    ok(nodes.every(({ children }) => children === undefined));
    const one = await tracked(editor, { uris: [], entity: nodes[0]?.id ?? '' });
    deepEqual(drawn(one.nodes).slice(0, 2), ['entity ProjectEntity', 'tracked ProjTable']);
    deepEqual((await tracked(editor, { uris: [], entity: 'gone' })).nodes, []);
  });

  it('are none without maps', async () => {
    const editor = await startEditor({ files: {} });
    deepEqual(await tracked(editor, { uris: [MAP] }), { uri: null, nodes: [], hasMetadata: false });
  });

  it('are told to have changed with a file', async () => {
    const editor = await startEditor({ files: { ...metadata, [MAP]: map('PROJECTID') } });
    equal((await tracked(editor, { uris: [] })).nodes.length, 1);
    editor.disk.delete(MAP);
    editor.fileChanged(MAP, FileChangeType.Deleted);
    await editor.message(trackedChangedNotification);
    equal((await tracked(editor, { uris: [] })).nodes.length, 0);
  });
});

describe('X++ that nobody notices', () => {
  const published = async (editor: Editor, uri: string): Promise<readonly Diagnostic[]> =>
    (
      await editor.message<PublishDiagnosticsParams>(
        PublishDiagnosticsNotification.method,
        (params) => params.uri === uri,
      )
    ).diagnostics;
  const files = { ...metadata, [MAP]: map('PROJECTID'), [JOB]: job('p.doUpdate();') };

  it('is told of in files that are not open', async () => {
    const editor = await startEditor({ files });
    editor.open(MAP, map('PROJECTID'));
    const [found, ...others] = await published(editor, JOB);
    equal(others.length, 0);
    equal(found?.code, 'sync-skipped');
    equal(found.relatedInformation?.length, 1);
  });

  it('is told of as it is edited, and taken back', async () => {
    const editor = await startEditor({ files });
    // An editor asks for the diagnostics of the workspace by itself.
    await editor.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
    equal((await published(editor, JOB)).length, 1);
    editor.open(JOB, job('p.update();'), 'xml');
    deepEqual(await published(editor, JOB), []);
    editor.change(JOB, job('p.doInsert(); p.doUpdate();'));
    equal((await published(editor, JOB)).length, 2);
    editor.close(JOB);
    equal((await published(editor, JOB)).length, 1);
  });

  it('hangs on the maps as they are edited', async () => {
    const editor = await startEditor({ files });
    editor.open(MAP, map('PROJECTID'));
    equal((await published(editor, JOB)).length, 1);
    editor.change(MAP, map());
    deepEqual(await published(editor, JOB), []);
  });

  it('is told of in open files alone where closed ones are not wanted', async () => {
    const editor = await startEditor({
      files: { ...files, [`${FOLDER}/AxClass/Closed.xml`]: job('p.doDelete();') },
      settings: () => ({ diagnostics: { closedFiles: false } }),
    });
    const plain = `${FOLDER}/job.xpp`;
    editor.open(plain, 'void run() { ProjTable p; p.doUpdate(); }', 'xpp');
    equal((await published(editor, plain)).length, 1);
    equal(editor.pending(PublishDiagnosticsNotification.method), 0);
  });

  it('is nothing that writes in the usual way', async () => {
    let isRead = (): void => undefined;
    const read = new Promise<void>((resolve) => (isRead = resolve));
    const editor = await startEditor({
      files: { ...files, [JOB]: job('p.update();') },
      beforeRead: (uri) => (uri === JOB ? isRead() : undefined),
    });
    editor.open(MAP, map('PROJECTID'));
    await read;
    editor.open(JOB, job('p.doUpdate();'), 'xml');
    // The first thing that is told of the file is what it was changed to.
    equal((await published(editor, JOB)).length, 1);
  });
});
