import { deepEqual, equal, rejects } from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import { decodeText } from '../../../src/workspace/files.ts';
import { loadMetadata } from '../../../src/workspace/load.ts';
import { nodeFiles } from '../../../src/workspace/nodeFiles.ts';
import { tableXml } from '../../kit/metadata.ts';

describe('text of a file', () => {
  const bytes = (...values: readonly number[]): Uint8Array => new Uint8Array(values);
  const cases = [
    { id: 'empty', content: bytes(), text: '' },
    { id: 'UTF-8', content: bytes(0xc3, 0xa9), text: 'é' },
    {
      id: 'UTF-8 with its mark, which counts as a character',
      content: bytes(0xef, 0xbb, 0xbf, 0x61),
      text: '\uFEFFa',
    },
    { id: 'UTF-16, little end first', content: bytes(0xff, 0xfe, 0x61, 0), text: '\uFEFFa' },
    { id: 'UTF-16, big end first', content: bytes(0xfe, 0xff, 0, 0x61), text: '\uFEFFa' },
    { id: 'broken UTF-8', content: bytes(0x61, 0xff), text: 'a\uFFFD' },
    { id: 'binary', content: bytes(0x61, 0, 0x62), text: undefined },
  ];
  for (const { id, content, text } of cases) {
    it(`is decoded: ${id}`, () => {
      equal(decodeText(content), text);
    });
  }
});

describe('files on the disk', () => {
  let folder = '';
  const uriOf = (path: string): string => URI.file(join(folder, path)).toString();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dual-write-'));
    for (const path of ['a/b', 'node_modules', '.git', 'AxTable']) {
      await mkdir(join(folder, path), { recursive: true });
    }
    for (const path of [
      'z.json',
      'a/b/ž 50%#.json',
      'a/c.xml',
      'node_modules/n.json',
      '.git/g.json',
    ]) {
      await writeFile(join(folder, path), path);
    }
    await writeFile(join(folder, 'AxTable/T.xml'), tableXml('T', true));
    await writeFile(join(folder, 'AxTable/Binary.xml'), new Uint8Array([0, 1]));
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('are listed below a folder, those that nobody wrote aside', async () => {
    deepEqual(
      await nodeFiles.list(uriOf('')),
      ['AxTable/Binary.xml', 'AxTable/T.xml', 'a/b/ž 50%#.json', 'a/c.xml', 'z.json'].map(uriOf),
    );
  });

  it('are listed alone, or not at all', async () => {
    deepEqual(await nodeFiles.list(uriOf('z.json')), [uriOf('z.json')]);
    deepEqual(await nodeFiles.list(uriOf('nope')), []);
  });

  it('are read, whatever they are called', async () => {
    equal(decodeText(await nodeFiles.read(uriOf('a/b/ž 50%#.json'))), 'a/b/ž 50%#.json');
    await rejects(Promise.resolve(nodeFiles.read(uriOf('nope'))));
  });

  it('of metadata are loaded, those that are no text aside', async () => {
    const loaded = await loadMetadata(nodeFiles, [
      ...(await nodeFiles.list(uriOf(''))),
      uriOf('AxTable/Nope.xml'),
    ]);
    deepEqual(
      loaded.map(({ file }) => [file.uri, file.tables.map(({ name }) => name)]),
      [[uriOf('AxTable/T.xml'), ['T']]],
    );
  });
});
