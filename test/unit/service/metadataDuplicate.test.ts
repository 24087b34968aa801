import { deepEqual } from 'node:assert/strict';
import { check, MAP_URI } from '../../kit/check.ts';
import { mapForms } from '../../kit/maps.ts';
import { entityXml, mappedField } from '../../kit/metadata.ts';

describe('two entities of one name', () => {
  const entity = (field: string): string =>
    entityXml({ label: 'Projects', fields: [mappedField(field, 'T')], root: { name: 'T' } });
  const texts = {
    'file:///m/B/Two/AxDataEntityView/E.xml': entity('B'),
    'file:///m/A/One/AxDataEntityView/E.xml': entity('A'),
  };

  it('are named with the one that counts, once', () => {
    const text = mapForms[0]?.write({ sourceFilter: '(A == "x")' }, { sourceFilter: '(A == "y")' });
    const told = check({ uri: MAP_URI, text: text ?? '' }, texts).filter(
      ({ code }) => code === 'metadata-duplicate',
    );
    deepEqual(
      told.map(({ problem, related }) => [problem.args, related.map(({ uri }) => uri)]),
      [
        [
          { entity: 'E', taken: 'A/One', other: 'B/Two' },
          ['file:///m/A/One/AxDataEntityView/E.xml', 'file:///m/B/Two/AxDataEntityView/E.xml'],
        ],
      ],
    );
  });

  it('say nothing where there is no filter', () => {
    const text = mapForms[0]?.write({});
    deepEqual(
      check({ uri: MAP_URI, text: text ?? '' }, texts).map(({ code }) => code),
      [],
    );
  });
});
