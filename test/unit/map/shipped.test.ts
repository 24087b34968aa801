import { deepEqual, equal, ok } from 'node:assert/strict';
import type { MapDocument } from '../../../src/map/model.ts';
import { readMapDocument } from '../../../src/map/read.ts';
import { contentSpan } from '../../../src/text/embedded.ts';
import { readShared } from '../../kit/repository.ts';

/** Microsoft's 19 maps, as a solution exports them (`dualwrite.md` 1.3 counts them). */
describe("Microsoft's shipped maps", () => {
  let text = '';
  let maps: MapDocument;

  before(function () {
    text = readShared(this, 'data/gab-maps/customizations.xml');
    const { value, problems } = readMapDocument(text);
    deepEqual(problems, []);
    maps = value;
  });

  it('are all found', () => {
    equal(maps.kind, 'solution');
    equal(maps.maps.length, 19);
    deepEqual([...new Set(maps.maps.map(({ legs }) => legs.length))], [1]);
    equal(maps.sites.length, 38);
  });

  it('have the field mappings that were counted', () => {
    const mappings = maps.maps.flatMap(({ legs }) => legs.flatMap((leg) => leg.fieldMappings));
    const count = (direction: number): number =>
      mappings.filter((mapping) => mapping.direction === direction).length;
    deepEqual([mappings.length, count(1), count(2), count(3)], [337, 70, 2, 265]);
    const transforms = mappings.flatMap((mapping) => mapping.transforms);
    const kinds = transforms.map(({ kind }) => kind);
    deepEqual(
      [
        kinds.filter((kind) => kind === 'valueMap').length,
        kinds.filter((kind) => kind === 'default').length,
      ],
      [52, 9],
    );
  });

  it('have names and versions', () => {
    for (const { name, version } of maps.maps) {
      ok(/ - /u.test(name), name);
      ok(/^\d+(?:\.\d+){3}$/u.test(version ?? ''), version);
    }
  });

  it('have filters that stand where they are found', () => {
    const filters = maps.sites.filter(({ text: filter }) => filter.value !== '');
    deepEqual(
      [
        filters.filter(({ side }) => side === 'fo').length,
        filters.filter(({ side }) => side === 'dataverse').length,
      ],
      [4, 5],
    );
    for (const { text: filter } of filters) {
      const { start, end } = contentSpan(filter);
      const written = text
        .slice(start, end)
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&')
        .replaceAll('&gt;', '>')
        .replaceAll('&lt;', '<');
      equal(JSON.parse(`"${written}"`), filter.value);
    }
  });
});
