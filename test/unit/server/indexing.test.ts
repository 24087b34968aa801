import { deepEqual, equal, fail, notEqual, ok } from 'node:assert/strict';
import {
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  type ProgressToken,
  type Registration,
  RegistrationRequest,
  UnregistrationRequest,
  WorkDoneProgressCancelNotification,
  WorkDoneProgressCreateRequest,
} from 'vscode-languageserver/node';
import { metadataFiles } from '../../../server/metadataFiles.ts';
import { type IndexWatcher, workspaceIndex } from '../../../server/workspaceIndex.ts';
import type { Settings } from '../../../server/settings.ts';
import { everything } from '../../../src/service/diagnosticOptions.ts';
import { fullEditor, startEditor, stopEditors } from '../../kit/protocol.ts';
import { readInRepository } from '../../kit/repository.ts';

const FOLDER = 'file:///workspace';
const MAP = `${FOLDER}/projects.json`;
const ENTITY = `${FOLDER}/AxDataEntityView/ProjectEntity.xml`;
const LABELS = `${FOLDER}/AxLabelFile/Proj.en-US.label.txt`;
const map = readInRepository('samples/maps/projects.json');
const sample = (path: string): string => readInRepository(`samples/metadata/Projects/${path}`);
const entity = {
  [ENTITY]: sample('AxDataEntityView/ProjectEntity.xml'),
  [LABELS]: sample('AxLabelFile/LabelResources/en-US/Proj.en-US.label.txt'),
};

const tableUri = (number: number): string => `${FOLDER}/AxTable/Table${number}.xml`;
/** So many tables that nothing speaks of. */
const tables = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, number) => [
      tableUri(number),
      `<AxTable><Name>Table${number}</Name></AxTable>`,
    ]),
  );

const said = (diagnostics: readonly { readonly code?: string | number }[]): readonly unknown[] =>
  diagnostics
    .map(({ code }) => code)
    .filter((code) => code === 'null-lost' || code === 'metadata-missing');

interface Gate {
  readonly opens: Promise<void>;
  readonly open: () => void;
}
const gate = (): Gate => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opens: promise, open: resolve };
};

afterEach(stopEditors);

describe('Many files of metadata', () => {
  it('are not waited for: what they tell is told once they are read', async () => {
    const reading = gate();
    const editor = await startEditor({
      files: { ...entity, ...tables(300) },
      beforeRead: () => reading.opens,
    });
    editor.open(MAP, map);
    deepEqual(said(await editor.diagnostics(MAP)), []);
    reading.open();
    await editor.message(DiagnosticRefreshRequest.method);
    deepEqual(said(await editor.diagnostics(MAP)), ['null-lost']);
  });

  it('are waited for where they are few', async () => {
    const editor = await startEditor({ files: { ...entity, ...tables(100) } });
    editor.open(MAP, map);
    deepEqual(said(await editor.diagnostics(MAP)), ['null-lost']);
  });

  it('are missed only once all of them are read', async () => {
    const reading = gate();
    const editor = await startEditor({ files: tables(300), beforeRead: () => reading.opens });
    editor.open(MAP, map);
    deepEqual(said(await editor.diagnostics(MAP)), []);
    reading.open();
    await editor.message(DiagnosticRefreshRequest.method);
    deepEqual(said(await editor.diagnostics(MAP)), ['metadata-missing']);
  });

  it('give way to those of an entity that a map names', async () => {
    const reading = gate();
    const editor = await startEditor({
      files: { ...entity, ...tables(300) },
      beforeRead: (uri) => (uri.includes('/AxTable/Table') ? reading.opens : undefined),
      settings: ({ section }) =>
        section === 'dualWrite' ? { metadata: { entities: { Projects: 'ProjectEntity' } } } : null,
    });
    editor.open(MAP, map);
    deepEqual(said(await editor.diagnostics(MAP)), []);
    await editor.message(DiagnosticRefreshRequest.method);
    deepEqual(said(await editor.diagnostics(MAP)), ['null-lost']);
    reading.open();
  });

  const progressing = {
    ...fullEditor,
    window: { workDoneProgress: true },
  };
  it('are read with progress, and no further once that is given up', async () => {
    const reading = gate();
    let reads = 0;
    const editor = await startEditor({
      // What was read before it was given up tells what it can.
      files: { ...tables(1_500), ...entity },
      capabilities: progressing,
      async beforeRead() {
        reads += 1;
        if (reads > 100) await reading.opens;
      },
    });
    const kinds = ['begin', 'report', 'end'] as const;
    const told = Object.fromEntries(kinds.map((kind) => [kind, gate()]));
    editor.connection.onUnhandledProgress(({ value }) => told[value.kind]?.open());
    editor.open(MAP, map);
    deepEqual(said(await editor.diagnostics(MAP)), []);
    const { token } = await editor.message<{ token: ProgressToken }>(
      WorkDoneProgressCreateRequest.method,
    );
    await told['begin']?.opens;
    await told['report']?.opens;
    await editor.connection.sendNotification(WorkDoneProgressCancelNotification.type, { token });
    // Answered after the notification: what was given up is known.
    await editor.diagnostics(MAP);
    reading.open();
    await told['end']?.opens;
    ok(reads < 200, `${reads} files`);
    deepEqual(said(await editor.diagnostics(MAP)), []);
  });

  it('are read without progress for an editor that can show none', async () => {
    const editor = await startEditor({ files: { ...entity, ...tables(1_500) } });
    editor.open(MAP, map);
    await editor.diagnostics(MAP);
    await editor.message(DiagnosticRefreshRequest.method);
    deepEqual(said(await editor.diagnostics(MAP)), ['null-lost']);
    equal(editor.pending(WorkDoneProgressCreateRequest.method), 0);
  });
});

describe('Folders outside the workspace', () => {
  it('are watched, and no longer once the settings name them no more', async () => {
    let folders: readonly string[] = ['/aot'];
    const editor = await startEditor({
      capabilities: {
        ...fullEditor,
        workspace: {
          ...fullEditor.workspace,
          didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
        },
      },
      settings: ({ section }) => (section === 'dualWrite' ? { metadata: { folders } } : null),
    });
    const { registrations } = await editor.message<{ registrations: Registration[] }>(
      RegistrationRequest.method,
      ({ registrations: [first] }) => JSON.stringify(first?.registerOptions).includes('"baseUri"'),
    );
    const text = JSON.stringify(registrations[0]?.registerOptions);
    ok(text.includes('"baseUri":"file:///aot"'), text);
    folders = [];
    await editor.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: null,
    });
    const { unregisterations } = await editor.message<{
      unregisterations: readonly { readonly id: string }[];
    }>(UnregistrationRequest.method);
    deepEqual(
      unregisterations.map(({ id }) => id),
      registrations.map(({ id }) => id),
    );
  });
});

describe('The index', () => {
  const settings: Settings = {
    metadataFolders: [],
    entityNames: {},
    company: '',
    partition: '',
    diagnostics: everything,
    reportsClosedFiles: true,
    model: '',
  };
  const indexOver = (disk: Map<string, string>, watcher?: IndexWatcher) => {
    const reads: string[] = [];
    const index = workspaceIndex(
      {
        list: async () => [...disk.keys()],
        async read(uri) {
          reads.push(uri);
          return new TextEncoder().encode(disk.get(uri));
        },
      },
      () => [FOLDER],
      async () => settings,
      () => undefined,
      watcher,
    );
    return { index, reads };
  };

  it('reads a file once, and again only where it changed', async () => {
    const disk = new Map(Object.entries({ ...entity, ...tables(3) }));
    const { index, reads } = indexOver(disk);
    await index.current();
    equal(reads.length, disk.size);
    await index.current();
    equal(reads.length, disk.size);
    index.fileChanged(tableUri(1), 'changed');
    await index.current();
    deepEqual(reads.slice(disk.size), [tableUri(1)]);
  });

  it('waits for no reading that waits for itself, where a file changes while it is read', async () => {
    const text = new TextEncoder().encode('<AxEnum><Name>Kind</Name></AxEnum>');
    const uri = `${FOLDER}/AxEnum/Kind.xml`;
    const readings: (() => void)[] = [];
    const read = (): Promise<Uint8Array> =>
      new Promise((resolve) => readings.push(() => resolve(text)));
    const index = metadataFiles({ list: () => Promise.resolve([uri]), read }, () => fail());
    const first = index.load(uri);
    index.changed(uri);
    const second = index.load(uri);
    index.changed(uri);
    for (const end of readings) end();
    equal((await first)?.metadata.enums[0]?.name, 'Kind');
    equal((await second)?.metadata.enums[0]?.name, 'Kind');
    // Until it is read again, it counts as it was.
    equal((await index.loaded([uri])).size, 1);
  });

  it('stays the same where a file is written anew as it was', async () => {
    const disk = new Map(Object.entries({ ...entity, ...tables(3) }));
    const { index } = indexOver(disk);
    const before = await index.current();
    index.fileChanged(ENTITY, 'changed');
    equal(await index.current(), before);
    disk.set(ENTITY, (disk.get(ENTITY) ?? '').replaceAll('OuterJoin', 'InnerJoin'));
    index.fileChanged(ENTITY, 'changed');
    notEqual(await index.current(), before);
  });

  it('answers with what it knew while many files are read again', async () => {
    const disk = new Map(Object.entries({ ...entity, ...tables(300) }));
    const changed = gate();
    const silent = { read: () => undefined, isCancelled: () => false, end: () => undefined };
    const { index } = indexOver(disk, { begin: () => silent, changed: changed.open });
    await index.current();
    await changed.opens;
    const before = await index.current();
    ok(before.metadata.tableNamed('Table7'));
    for (let number = 0; number < 300; number += 1) {
      disk.delete(tableUri(number));
      index.fileChanged(tableUri(number), 'deleted');
    }
    for (let number = 1_000; number < 1_300; number += 1) {
      disk.set(tableUri(number), `<AxTable><Name>Table${number}</Name></AxTable>`);
      index.fileChanged(tableUri(number), 'created');
    }
    equal(await index.current(), before);
  });
});
