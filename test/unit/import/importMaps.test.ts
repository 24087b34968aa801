import { deepEqual, equal, ok } from 'node:assert/strict';
import { property, assert as check, string, constantFrom, record, array } from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import type { PlacedFile } from '../../../src/import/archive.ts';
import { importMaps } from '../../../src/import/importMaps.ts';
import type { MapDocument } from '../../../src/map/model.ts';
import { readMapDocument } from '../../../src/map/read.ts';
import { encodeXmlText } from '../../../src/text/xml.ts';
import { type LegParts, mapForms, mappingOf } from '../../kit/maps.ts';
import { readShared } from '../../kit/repository.ts';

const file = (path: string, content: string | Uint8Array): PlacedFile => ({
  path,
  bytes: typeof content === 'string' ? strToU8(content) : content,
});

/** What a document means: everything but where it stands. */
function meaningOf({ maps, sites }: MapDocument): unknown {
  return {
    maps: maps.map(({ name, version, legs }) => ({
      name,
      version,
      legs: legs.map((leg) => ({
        ...withoutPlaces(leg),
        fieldMappings: leg.fieldMappings.map((mapping) => ({
          ...withoutPlaces(mapping),
          transforms: mapping.transforms.map(withoutPlaces),
        })),
      })),
    })),
    filters: sites.map(({ side, text, leg }) => [side, text.value, leg?.id]),
  };
}

const withoutPlaces = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !/span|text|encode/iu.test(name)));

const solution = (...maps: readonly { name: string; version: string; mapping: string }[]): string =>
  `<ImportExportXml><msdyn_dualwriteentitymaps>${maps
    .map(
      ({ name, version, mapping }) =>
        `<msdyn_dualwriteentitymap msdyn_dualwriteentitymapid="1"><msdyn_displayname>${encodeXmlText(name)}</msdyn_displayname><msdyn_mapping>${encodeXmlText(mapping)}</msdyn_mapping><msdyn_version>${version}</msdyn_version></msdyn_dualwriteentitymap>`,
    )
    .join('')}</msdyn_dualwriteentitymaps></ImportExportXml>`;

const mapping = JSON.stringify(mappingOf({ sourceFilter: '(A == 1)' }));
const recordNamed = (name: string, version = '1.0.0.0', order = 0): string =>
  JSON.stringify({
    msdyn_displayname: name,
    msdyn_version: version,
    msdyn_mapping: mapping.replace('"order":0', `"order":${order}`),
  });

describe('importing maps', () => {
  for (const { id, write } of mapForms) {
    it(`keeps what a map means: ${id}`, () => {
      const written = write(
        {
          sourceFilter: String.raw`(A == "x \\ y") && (B != "")`,
          reversedSourceFilter: "a eq 'b'",
        },
        { sourceFilter: '', sourceSchema: 'Other' },
      );
      const { maps, troubles } = importMaps([file('x', written)]);
      deepEqual(troubles, []);
      equal(maps.length, 1);
      const before = readMapDocument(written).value;
      const after = readMapDocument(maps[0]?.text ?? '');
      deepEqual(after.problems, []);
      deepEqual(meaningOf(after.value), meaningOf(before));
    });
  }

  it('keeps what a map means, whatever its filters and fields hold', () => {
    const text = string({ unit: 'binary', maxLength: 30 });
    const legs = record({
      sourceFilter: text,
      reversedSourceFilter: text,
      sourceSchema: text,
      fields: array(text, { maxLength: 3 }),
    });
    // XML has no place for control characters and lone surrogates.
    const forms = mapForms.filter(({ kind }) => kind !== 'solution');
    check(
      property(constantFrom(...forms), legs, ({ write }, leg: LegParts) => {
        const written = write(leg);
        const { maps } = importMaps([file('x', written)]);
        deepEqual(
          meaningOf(readMapDocument(maps[0]?.text ?? '').value),
          meaningOf(readMapDocument(written).value),
        );
      }),
    );
  });

  it('lays out what it writes, and keeps keys given twice and numbers as they are', () => {
    const json =
      '{"legs":[{"fieldMappings":[{"valueTransforms":[{"valueMap":{"a":"1","a":"2"},"n":1.00}]}]}]}';
    const { maps } = importMaps([file('x', JSON.stringify({ msdyn_mapping: json, other: null }))]);
    const text = maps[0]?.text ?? '';
    equal(text.replaceAll(/\s/gu, ''), `{"msdyn_mapping":${json},"other":null}`);
    ok(text.includes('\n  "msdyn_mapping": {\n    "legs": ['), text);
    ok(text.endsWith('}\n'));
  });

  it('leaves a column that holds no JSON as it is', () => {
    const properties = '{"TargetTypeList":[3,1]';
    const { maps } = importMaps([
      file('x', JSON.stringify({ msdyn_mapping: mapping, msdyn_properties: properties })),
    ]);
    const read: Record<string, unknown> = JSON.parse(maps[0]?.text ?? '');
    equal(read['msdyn_properties'], properties);
    equal(typeof read['msdyn_mapping'], 'object');
  });

  const named: readonly { id: string; texts: readonly string[]; names: readonly string[] }[] = [
    {
      id: 'one map',
      texts: [recordNamed('accounts - Customers V3')],
      names: ['accounts - Customers V3.json'],
    },
    {
      id: 'versions',
      texts: [recordNamed('A', '1.0.0.10'), recordNamed('A', '1.0.0.9')],
      names: ['A 1.0.0.9.json', 'A 1.0.0.10.json'],
    },
    {
      id: 'one version twice, different',
      texts: [recordNamed('A', '1', 1), recordNamed('A', '1', 2)],
      names: ['A 1.json', 'A 1 (2).json'],
    },
    { id: 'the same twice', texts: [recordNamed('A'), recordNamed('A')], names: ['A.json'] },
    {
      id: 'names that differ in case alone',
      texts: [recordNamed('a', ''), recordNamed('A', '')],
      names: ['A.json', 'a (2).json'],
    },
    {
      id: 'names no file system takes',
      texts: [
        recordNamed('../../etc/passwd'),
        recordNamed('C:\\x?*'),
        recordNamed('con'),
        recordNamed('...'),
      ],
      names: ['map.json', 'etc-passwd.json', 'C-x.json', 'con_.json'],
    },
    {
      id: 'a long name',
      texts: [recordNamed('ž'.repeat(500))],
      names: [`${'ž'.repeat(100)}.json`],
    },
    { id: 'no name', texts: [JSON.stringify({ legs: [] })], names: ['map.json'] },
  ];
  for (const { id, texts, names } of named) {
    it(`names files: ${id}`, () => {
      const namesOf = (list: readonly string[]): readonly string[] =>
        importMaps(list.map((text, index) => file(`${index}.json`, text))).maps.map(
          ({ fileName }) => fileName,
        );
      deepEqual(namesOf(texts).toSorted(), names.toSorted());
      deepEqual(namesOf(texts.toReversed()), namesOf(texts));
    });
  }

  it('passes over what holds no map, and tells what was meant to', () => {
    const { maps, troubles } = importMaps([
      file('package.json', '{"name":"x"}'),
      file('a.xml', '<a/>'),
      file('picture.json', new Uint8Array([0, 1, 2])),
      file('cut.json', '{"legs": ['),
      file('cut.xml', '<ImportExportXml><a><msdyn_mapping>{"legs":[]}'),
    ]);
    deepEqual(maps, []);
    deepEqual(troubles, [
      { path: 'cut.json', kind: 'unreadable' },
      { path: 'cut.xml', kind: 'unreadable' },
    ]);
  });
});

describe('importing archives', () => {
  const xml = solution({ name: 'A', version: '1.0.0.5', mapping });
  const zip = zipSync({
    'customizations.xml': strToU8(xml),
    'solution.xml': strToU8('<ImportExportXml/>'),
    '[Content_Types].xml': strToU8('<Types/>'),
    'picture.png': new Uint8Array([1, 2, 3]),
  });
  const namesIn = (...files: readonly PlacedFile[]): readonly string[] =>
    importMaps(files).maps.map(({ fileName }) => fileName);
  const kindsIn = (content: Uint8Array, limits?: Parameters<typeof importMaps>[1]): unknown =>
    importMaps([file('x.zip', content)], limits).troubles.map(
      ({ path, kind }) => `${kind} ${path}`,
    );

  it('reads a solution, and a package that holds solutions', () => {
    deepEqual(namesIn(file('s.zip', zip)), ['A.json']);
    deepEqual(namesIn(file('p.zip', zipSync({ 'PkgAssets/s.zip': zip }))), ['A.json']);
    deepEqual(importMaps([file('s.zip', zip)]).maps, importMaps([file('c.xml', xml)]).maps);
  });

  const limits = { bytes: 5_000, entries: 10, depth: 2 };
  const nested = zipSync({ 'a.zip': zipSync({ 'b.zip': zip }) });
  const large = zipSync({ 'a.xml': new Uint8Array(10_000) });
  const many = zipSync(
    Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`${n}.txt`, strToU8('x')])),
  );
  const cabinet = zipSync({ 'x.cab': strToU8('MSCF\0\0\0\0') });
  const outside = zipSync({
    '../a.json': strToU8(recordNamed('A')),
    '/b.json': strToU8(recordNamed('B')),
  });
  const bent = zipSync({ 'c\\..\\..\\d.json': strToU8(recordNamed('C')) });
  const cases: readonly { id: string; content: Uint8Array; expected: readonly string[] }[] = [
    { id: 'too deep', content: nested, expected: ['deep x.zip/a.zip/b.zip'] },
    { id: 'too large', content: large, expected: ['large x.zip/a.xml'] },
    { id: 'too many', content: many, expected: ['many x.zip'] },
    { id: 'a cabinet', content: cabinet, expected: ['cab x.zip/x.cab'] },
    {
      id: 'names that lead outside',
      content: outside,
      expected: ['outside x.zip/../a.json', 'outside x.zip//b.json'],
    },
    {
      id: 'names that lead outside by backslashes',
      content: bent,
      expected: ['outside x.zip/c/../../d.json'],
    },
    { id: 'cut off', content: zip.slice(0, -30), expected: ['broken x.zip'] },
  ];
  for (const { id, content, expected } of cases) {
    it(`refuses: ${id}`, () => {
      deepEqual(kindsIn(content, limits), expected);
      deepEqual(importMaps([file('x.zip', content)], limits).maps, []);
    });
  }

  it('refuses an entry that is larger than it says', () => {
    const written = zipSync({ 'a.xml': new Uint8Array(100_000) }, { level: 9 });
    const view = new DataView(written.buffer, written.byteOffset);
    // The sizes before and after in the entry itself and in the directory at the end.
    const directory = view.getUint32(written.length - 6, true);
    view.setUint32(22, 10, true);
    view.setUint32(directory + 24, 10, true);
    deepEqual(kindsIn(written), ['broken x.zip/a.xml']);
  });

  it('reads on where one entry is broken', () => {
    const content = zipSync({
      'a.xml': strToU8('x'.repeat(1_000)),
      'b.json': strToU8(recordNamed('B')),
    });
    content.fill(0xff, 35, 40);
    deepEqual(kindsIn(content), ['broken x.zip/a.xml']);
    deepEqual(namesIn(file('x.zip', content)), ['B.json']);
  });

  it('keeps what every shipped map means', function () {
    const shipped = readShared(this, 'data/gab-maps/customizations.xml');
    const { maps, troubles } = importMaps([
      file('s.zip', zipSync({ 'customizations.xml': strToU8(shipped) })),
    ]);
    deepEqual(troubles, []);
    equal(maps.length, 19);
    const meanings = (documents: readonly string[]): readonly string[] =>
      documents
        .flatMap((text) => {
          const { maps: all, sites } = readMapDocument(text).value;
          return all.map((map) =>
            JSON.stringify(
              meaningOf({
                kind: 'mapping',
                maps: [map],
                sites: sites.filter(({ leg }) => leg !== undefined && map.legs.includes(leg)),
              }),
            ),
          );
        })
        .toSorted();
    deepEqual(meanings(maps.map(({ text }) => text)), meanings([shipped]));
  });
});
