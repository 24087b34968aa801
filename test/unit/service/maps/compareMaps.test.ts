import { deepEqual, equal } from 'node:assert/strict';
import { array, assert as check, constantFrom, property, shuffledSubarray } from 'fast-check';
import { readMapDocument } from '../../../../src/map/read.ts';
import {
  areEqual,
  compareMaps,
  type MapsCompared,
  type MapsToCompare,
} from '../../../../src/service/maps/compareMaps.ts';
import { normalForms } from '../../../../src/service/maps/normalForm.ts';
import { emptyWorkspace } from '../../../../src/service/workspace.ts';
import { type LegParts, mapForms, mappingOf } from '../../../kit/maps.ts';

const read = (text: string): MapsToCompare => ({
  document: { uri: 'file:///m.json', text },
  map: readMapDocument(text).value,
  isBroken: readMapDocument(text).problems.length > 0,
});

interface Mapping {
  readonly syncDirection?: unknown;
  readonly sourceField?: string;
  readonly destinationField?: string;
  readonly destinationLookupFieldRelatedEntity?: string;
  readonly valueTransforms?: readonly object[];
}

const withFields = (...fieldMappings: readonly Mapping[]): string =>
  JSON.stringify({
    name: 'M',
    legs: [{ id: '001', sourceSchema: 'S', destinationSchema: 'd', fieldMappings }],
  });
const field = (sourceField: string, destinationField: string, more: Mapping = {}): Mapping => ({
  syncDirection: 3,
  sourceField,
  destinationField,
  ...more,
});
const valueMap = (map: Readonly<Record<string, string>>, more: object = {}): Mapping => ({
  valueTransforms: [{ transformType: 'ValueMap', valueMap: map, ...more }],
});
const fixed = (value: string): Mapping => ({
  valueTransforms: [{ transformType: 'Default', defaultValue: value }],
});

const compared = (first: string, second: string): MapsCompared =>
  compareMaps(read(first), read(second), emptyWorkspace);

const legsOf = ({ pairs }: MapsCompared) =>
  pairs.flatMap((pair) => (pair.kind === 'both' ? pair.legs : []));
const fieldsOf = (result: MapsCompared) =>
  legsOf(result).flatMap((leg) => (leg.kind === 'both' ? leg.fields : []));

describe('maps compared by meaning', () => {
  const same: readonly { id: string; first: string; second: string }[] = [
    {
      id: 'directions as text and number',
      first: withFields(field('A', 'a', { syncDirection: '1' })),
      second: withFields(field('A', 'a', { syncDirection: 1 })),
    },
    {
      id: 'the order of mappings',
      first: withFields(field('A', 'a'), field('B', 'b')),
      second: withFields(field('B', 'b'), field('A', 'a')),
    },
    {
      id: 'the case of fields',
      first: withFields(field('A', 'a')),
      second: withFields(field('a', 'A')),
    },
    {
      id: 'the order of a value map, and its type',
      first: withFields(field('A', 'a', valueMap({ no: '0', yes: '1' }))),
      second: withFields(field('A', 'a', valueMap({ yes: '1', no: '0' }, { $type: 'X' }))),
    },
  ];
  for (const { id, first, second } of same) {
    it(`are equal whatever: ${id}`, () => {
      deepEqual(fieldsOf(compared(first, second)), []);
      equal(areEqual(compared(first, second)), true);
      const [one, other] = normalForms(read(first).map, read(second).map, emptyWorkspace);
      equal(one.toLowerCase(), other.toLowerCase());
    });
  }

  const different = [
    {
      id: 'a mapping less',
      first: withFields(field('A', 'a'), field('B', 'b')),
      second: withFields(field('A', 'a')),
      expected: [{ kind: 'first', mapping: 'B = b', transforms: '' }],
    },
    {
      id: 'a mapping more',
      first: withFields(field('A', 'a')),
      second: withFields(field('A', 'a'), field('', 'b', { syncDirection: 1, ...fixed('3') })),
      expected: [{ kind: 'second', mapping: '– >> b', transforms: '= 3' }],
    },
    {
      id: 'a direction',
      first: withFields(field('A', 'a')),
      second: withFields(field('A', 'a', { syncDirection: 2 })),
      expected: [
        {
          kind: 'both',
          mapping: 'A = a',
          changes: [{ what: 'direction', before: '↔', after: '←' }],
        },
      ],
    },
    {
      id: 'another source',
      first: withFields(field('A', 'a')),
      second: withFields(field('B', 'a')),
      expected: [
        { kind: 'both', mapping: 'A = a', changes: [{ what: 'source', before: 'A', after: 'B' }] },
      ],
    },
    {
      id: 'a value',
      first: withFields(field('A', 'a', valueMap({ no: '0' }))),
      second: withFields(field('A', 'a', valueMap({ no: '1' }))),
      expected: [
        {
          kind: 'both',
          mapping: 'A >< a',
          changes: [{ what: 'transforms', before: 'no: 0', after: 'no: 1' }],
        },
      ],
    },
    {
      id: 'a lookup',
      first: withFields(field('A', 'a.b', { destinationLookupFieldRelatedEntity: 'x' })),
      second: withFields(field('A', 'a.b')),
      expected: [
        { kind: 'both', mapping: 'A = a.b', changes: [{ what: 'lookup', before: 'x', after: '' }] },
      ],
    },
  ];
  for (const { id, first, second, expected } of different) {
    it(`differ by: ${id}`, () => {
      const result = compared(first, second);
      deepEqual(fieldsOf(result), expected);
      equal(areEqual(result), false);
      const [one, other] = normalForms(read(first).map, read(second).map, emptyWorkspace);
      equal(one === other, false);
    });
  }

  it('are equal to themselves in every form, with mappings in any order', () => {
    const leg: LegParts = {
      sourceFilter: '((A == 1) && B != "x")',
      reversedSourceFilter: 'a eq 1',
    };
    const names = ['A', 'B', 'C', 'D'];
    check(
      property(
        constantFrom(...mapForms),
        constantFrom(...mapForms),
        shuffledSubarray(names, { minLength: 4 }),
        (one, other, order) => {
          const fieldMappings = (list: readonly string[]): readonly Mapping[] =>
            list.map((name) => field(name, name.toLowerCase()));
          const [first, second] = [names, order].map((list) => withFields(...fieldMappings(list)));
          equal(areEqual(compared(first ?? '', second ?? '')), true);
          equal(areEqual(compared(one.write(leg), other.write(leg))), true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('say of a change in any place that it is one', () => {
    const fields = array(constantFrom('A', 'B', 'C'), { minLength: 1, maxLength: 3 });
    check(
      property(fields, (names) => {
        const before = withFields(...names.map((name, index) => field(name, `${name}${index}`)));
        const after = withFields(
          ...names.map((name, index) => field(name, `${name}${index}`)).slice(1),
        );
        equal(areEqual(compared(before, after)), false);
        equal(areEqual(compared(after, before)), false);
      }),
    );
  });

  it('compare filters by the rows they keep', () => {
    const map = (leg: LegParts): string => JSON.stringify(mappingOf(leg));
    const result = compared(
      map({ sourceFilter: '(A == 1)', reversedSourceFilter: 'a eq 1' }),
      map({ sourceFilter: ' ( ( A == 1 ) ) ', reversedSourceFilter: 'a eq 2' }),
    );
    deepEqual(
      legsOf(result).flatMap((leg) =>
        leg.kind === 'both'
          ? leg.filters.map(({ side, compared: { kind } }) => `${side} ${kind}`)
          : [],
      ),
      ['fo equal', 'dataverse different'],
    );
    const [one, other] = normalForms(
      read(map({ sourceFilter: '(A == 1)' })).map,
      read(map({ sourceFilter: ' ( ( A == 1 ) ) ' })).map,
      emptyWorkspace,
    );
    equal(one, other);
  });

  it('pair maps of one name by their versions, and tell those that have none', () => {
    const record = (version: string, direction: number): object => ({
      msdyn_version: version,
      msdyn_mapping: withFields(field('A', 'a', { syncDirection: direction })),
    });
    const { pairs } = compared(
      JSON.stringify({ value: [record('1.0.0.1', 1), record('1.0.0.2', 2)] }),
      JSON.stringify({ value: [record('1.0.0.2', 2)] }),
    );
    deepEqual(
      pairs.map((pair) => (pair.kind === 'both' ? pair.versions : `${pair.kind} ${pair.version}`)),
      ['first 1.0.0.1', ['1.0.0.2', '1.0.0.2']],
    );
  });

  it('compare the keys of gateway projects', () => {
    const project = (key: string): string =>
      JSON.stringify({
        name: 'p',
        environments: [
          {
            schemas: [{ name: 'd', fields: [], keys: [{ isIntegrationKey: true, fields: [key] }] }],
          },
        ],
        entityMappingTasks: [
          { legs: [{ sourceSchema: 'S', destinationSchema: 'd', fieldMappings: [] }] },
        ],
      });
    deepEqual(
      legsOf(compared(project('a'), project('b'))).flatMap((leg) =>
        leg.kind === 'both' ? leg.changes : [],
      ),
      [{ what: 'destinationKey', before: 'a', after: 'b' }],
    );
    equal(areEqual(compared(project('a'), project('a'))), true);
  });

  it('find a broken filter not equal to anything', () => {
    const cut = '{"legs":[{"sourceFilter":"(A == 1';
    equal(areEqual(compared(cut, cut)), false);
  });
});
