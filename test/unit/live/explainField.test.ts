import { deepEqual } from 'node:assert/strict';
import { explainField } from '../../../src/live/explainField.ts';
import { readMapDocument } from '../../../src/map/read.ts';
import { legsIn } from '../../../src/service/rehearsal/rehearsal.ts';
import { metadataIn } from '../../kit/metadata.ts';
import { codesOf } from '../../kit/rehearsals.ts';
import { mapOf, type MapParts, metadata } from './items.ts';

const outcomesOf = (parts: MapParts, field = 'NAME'): readonly (readonly string[])[] => {
  const [named] = legsIn(readMapDocument(JSON.stringify(mapOf(parts))).value, 'map.json');
  const mapping = named?.leg.fieldMappings.find(({ sourceField }) => sourceField === field);
  if (named === undefined || mapping === undefined) return [];
  const knowledge = { metadata: metadataIn(metadata), entityNames: {} };
  return explainField(named, mapping, knowledge).map((result) => [
    ...result.outcomes,
    ...codesOf(result).filter((code) => code.startsWith('filter.new.')),
  ]);
};

describe('a change of a field of which no value is told', () => {
  it('arrives where no filter is', () => {
    deepEqual(outcomesOf({}), [['synchronized'], ['synchronized']]);
  });

  it('does not fail for want of an entry in a value map', () => {
    const kind = {
      syncDirection: 1,
      sourceField: 'KIND',
      destinationField: 'ours_kind',
      valueTransforms: [{ transformType: 'ValueMap', valueMap: { x: '1' } }],
    };
    deepEqual(outcomesOf({ more: [kind] }, 'KIND')[0], ['synchronized']);
  });

  for (const [filter, back] of [
    ['(Name == "")', 'ours_name eq null'],
    ['(Name == "x")', "ours_name ne 'x'"],
  ] as const) {
    it(`is left open by a filter that asks for the field: ${filter}`, () => {
      const open = ['synchronized', 'notTriggered', 'filter.new.open'];
      deepEqual(outcomesOf({ filter, back }), [open, open]);
    });
  }
});
