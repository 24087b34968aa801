import { deepEqual, equal, rejects } from 'node:assert/strict';
import { strToU8 } from 'fflate';
import type { Files } from '../../../src/workspace/files.ts';
import { jsonColumns } from '../../../src/workspace/jsonColumns.ts';
import { columnsTold } from '../../kit/columns.ts';

const URI = 'file:///w/Sales%20orders.json';
const LINES = 'file:///w/Sales%20orders.ndjson';
const text = `[${Array.from({ length: 20_000 }, () => '{"Id":"SO-1","Amount":1.5}').join(',')}]`;

/** A disk that can read files in parts, or only as a whole. */
const inParts = (bytes: Uint8Array): Files => ({
  list: () => Promise.resolve([]),
  head: (_uri, count) => Promise.resolve(bytes.subarray(0, count)),
  read: () => Promise.reject(new Error('read as a whole')),
});
const asWhole = (bytes: Uint8Array): Files => ({
  list: () => Promise.resolve([]),
  size: () => Promise.resolve(bytes.length),
  read: () => Promise.resolve(bytes),
});

describe('the columns of a JSON file', () => {
  it('are read off its beginning, with the text they stand in', async () => {
    const read = await jsonColumns(inParts(strToU8(text)), URI);
    deepEqual(columnsTold(read?.entity), ['Id text', 'Amount number']);
    const { start, end } = read?.entity.fields[1]?.origin.span ?? { start: 0, end: 0 };
    equal(read?.text?.slice(start, end), 'Amount');
  });

  it('are those of a small file where a part can not be had', async () => {
    const read = await jsonColumns(asWhole(strToU8('{"Id":"SO-1"}')), LINES);
    deepEqual(columnsTold(read?.entity), ['Id text']);
    equal(await jsonColumns(asWhole(strToU8(text)), URI), undefined);
  });

  const beginnings = [
    { begins: '\uFEFF [ {"Id":"SO-1"}]', isRows: true },
    { begins: '{ "value": [{"Id":"SO-1"}]}', isRows: true },
    { begins: '{"@odata.context":"x","value":[{"Id":"SO-1"}]}', isRows: true },
    { begins: '{"odata.metadata":"x","value":[{"Id":"SO-1"}]}', isRows: true },
    { begins: '{"name":"Sales orders","legs":[]}', isRows: false },
    { begins: '{"Id":"SO-1"}', isRows: false },
    { begins: '', isRows: false },
    { begins: '\0\0', isRows: false },
  ];
  for (const { begins, isRows } of beginnings) {
    it(`are ${isRows ? 'those' : 'none'} of ${JSON.stringify(begins)}`, async () => {
      const read = await jsonColumns(inParts(strToU8(begins)), URI);
      deepEqual(columnsTold(read?.entity), isRows ? ['Id text'] : undefined);
    });
  }

  it('are not made up where it can not be read', async () => {
    const files = { ...inParts(strToU8('')), head: () => Promise.reject(new Error('gone')) };
    await rejects(jsonColumns(files, URI));
  });
});
