import { deepEqual } from 'node:assert/strict';
import { check, MAP_URI, only } from '../../kit/check.ts';
import { mapForms, type LegParts, mappingOf } from '../../kit/maps.ts';
import { entityXml, mappedField, type MetadataTexts } from '../../kit/metadata.ts';

const entity = (name: string, label: string): MetadataTexts => ({
  [`file:///m/AxDataEntityView/${name}.xml`]: entityXml({
    name,
    label,
    fields: [mappedField('F', 'R')],
    root: { name: 'R' },
  }),
});

const cases: readonly {
  readonly id: string;
  readonly legs: readonly LegParts[];
  readonly metadata: MetadataTexts;
  readonly variants: readonly string[];
}[] = [
  { id: 'no metadata', legs: [{ sourceFilter: '(F == "")' }], metadata: {}, variants: ['none'] },
  {
    id: 'once for several filters',
    legs: [{ sourceFilter: '(F == "")' }, { sourceFilter: '(G != 1)' }],
    metadata: {},
    variants: ['none'],
  },
  {
    id: 'not for a filter that loses nothing',
    legs: [{ sourceFilter: '(F == "x")' }, { sourceFilter: '(F != "")' }],
    metadata: {},
    variants: [],
  },
  { id: 'not without a filter', legs: [{}], metadata: {}, variants: [] },
  {
    id: 'behind a filter that loses nothing',
    legs: [{ sourceFilter: '(F == "x")' }, { sourceFilter: '(F == "")' }],
    metadata: {},
    variants: ['none'],
  },
  {
    id: 'other entities are known',
    legs: [{ sourceFilter: '(F == "")' }],
    metadata: entity('Other', 'Others'),
    variants: ['unknown'],
  },
  {
    id: 'two entities have the label',
    legs: [{ sourceFilter: '(F == "")' }],
    metadata: { ...entity('A', 'Projects'), ...entity('B', 'Projects') },
    variants: ['ambiguous'],
  },
  {
    id: 'the entity is known',
    legs: [{ sourceFilter: '(F == "")' }],
    metadata: entity('A', 'Projects'),
    variants: [],
  },
];

describe('the hint that metadata is missing', () => {
  for (const { id, legs, metadata, variants } of cases) {
    for (const form of mapForms) {
      it(`is given once, and only where rows could be lost: ${id}, ${form.id}`, () => {
        const diagnostics = only(
          check({ uri: MAP_URI, text: form.write(...legs) }, metadata),
          'metadata-missing',
        );
        deepEqual(
          diagnostics.map(({ problem }) => problem.variant),
          variants,
        );
      });
    }
  }

  it('stands at the label', () => {
    const text = JSON.stringify(
      mappingOf({ sourceFilter: '(F == "")', sourceSchema: 'My things' }),
    );
    const diagnostics = only(check({ uri: MAP_URI, text }, {}), 'metadata-missing');
    deepEqual(
      diagnostics.map(({ span }) => text.slice(span.start, span.end)),
      ['"My things"'],
    );
  });
});
