import { deepEqual, equal, ok } from 'node:assert/strict';
import { assert, pre, property, string, tuple, uniqueArray } from 'fast-check';
import { valueMapEdit } from '../../../src/generate/valueMap.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { encodeXmlText } from '../../../src/text/xml.ts';
import { checkWhole, MAP_URI } from '../../kit/check.ts';
import { mappingIn } from '../../kit/generate.ts';

type Pairs = readonly (readonly [string, string])[];

/** What stands in the mapping before; afterwards there is one value map with the pairs. */
const before: readonly {
  readonly id: string;
  readonly transforms: unknown;
  readonly kept: Pairs;
}[] = [
  { id: 'nothing', transforms: undefined, kept: [] },
  { id: 'an empty list', transforms: [], kept: [] },
  { id: 'null', transforms: null, kept: [] },
  { id: 'an empty value map', transforms: [{ transformType: 'ValueMap', valueMap: {} }], kept: [] },
  {
    id: 'one pair',
    transforms: [{ transformType: 'ValueMap', valueMap: { x: '1' } }],
    kept: [['x', '1']],
  },
  {
    id: 'pairs and a default',
    transforms: [
      { transformType: 'ValueMap', valueMap: { x: '1', y: '2' } },
      { transformType: 'Default', defaultValue: '9' },
    ],
    kept: [
      ['x', '1'],
      ['y', '2'],
    ],
  },
  { id: 'a default', transforms: [{ transformType: 'Default', defaultValue: '9' }], kept: [] },
];

const layers: readonly {
  readonly id: string;
  readonly write: (leg: object, blanks?: number) => string;
}[] = [
  { id: 'JSON', write: (map, blanks) => JSON.stringify(map, undefined, blanks) },
  {
    id: 'JSON with CRLF and a byte order mark',
    write: (map, blanks) =>
      `\uFEFF${JSON.stringify(map, undefined, blanks).replaceAll('\n', '\r\n')}`,
  },
  {
    id: 'JSON in JSON',
    write: (map, blanks) =>
      JSON.stringify({ msdyn_mapping: JSON.stringify(map, undefined, blanks) }),
  },
  {
    id: 'JSON in JSON in JSON',
    write: (map, blanks) =>
      JSON.stringify({ msdyn_mapping: JSON.stringify(JSON.stringify(map, undefined, blanks)) }),
  },
  {
    id: 'JSON in XML',
    write: (map, blanks) =>
      `<a><b><msdyn_mapping>${encodeXmlText(JSON.stringify(map, undefined, blanks)).replaceAll('"', '&quot;')}</msdyn_mapping></b></a>`,
  },
  {
    id: 'JSON in CDATA',
    write: (map, blanks) =>
      `<a><b><msdyn_mapping><![CDATA[${JSON.stringify(map, undefined, blanks)}]]></msdyn_mapping></b></a>`,
  },
];

const mapWith = (transforms: unknown): object => ({
  legs: [
    {
      fieldMappings: [
        {
          syncDirection: 3,
          sourceField: 'F',
          destinationField: 'x',
          ...(transforms === undefined ? {} : { valueTransforms: transforms }),
        },
      ],
    },
  ],
});

describe('a value map that is written', () => {
  for (const layer of layers) {
    for (const { id, transforms, kept } of before) {
      for (const blanks of [0, 2]) {
        it(`stands beside ${id}, in ${layer.id}, indented by ${blanks}`, () => {
          assert(
            property(
              uniqueArray(tuple(string(), string()), {
                minLength: 1,
                maxLength: 4,
                selector: ([key]) => key,
              }),
              (drawn) => {
                const names = new Set(['x', 'y', '__proto__']);
                // XML can't hold control characters, and numbers come first in objects.
                const pairs = drawn
                  .filter(([key]) => !names.has(key) && !/^\d+$/u.test(key))
                  .map(([key, value]) => [`k${key}`, value] as const);
                pre(pairs.length > 0);
                const text = layer.write(mapWith(transforms), blanks);
                const { leg, mapping } = mappingIn(text);
                const edit = valueMapEdit(mapping, leg, text, pairs);
                ok(edit);
                const after = applyEdits(text, [edit]);
                checkWhole({ uri: MAP_URI, text: after });
                const read = mappingIn(after).mapping.transforms;
                const maps = read.filter((each) => each.kind === 'valueMap');
                deepEqual(
                  maps.map((each) => each.pairs),
                  [[...kept, ...pairs]],
                );
                deepEqual(
                  read.filter(({ kind }) => kind === 'default'),
                  mappingIn(text).mapping.transforms.filter(({ kind }) => kind === 'default'),
                );
              },
            ),
            { numRuns: 25 },
          );
        });
      }
    }
  }

  it('is indented as the mapping is', () => {
    const text = layers[0]?.write(mapWith(undefined), 2) ?? '';
    const { leg, mapping } = mappingIn(text);
    const edit = valueMapEdit(mapping, leg, text, [['no', 'False']]);
    ok(edit);
    const valueMap = {
      transformType: 'ValueMap',
      valueMap: { no: 'False' },
      createValuesOnDestination: false,
    };
    equal(applyEdits(text, [edit]), layers[0]?.write(mapWith([valueMap]), 2));
  });
});
