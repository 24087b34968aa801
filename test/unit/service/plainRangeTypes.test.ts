import { deepEqual } from 'node:assert/strict';
import { mappingOf } from '../../kit/maps.ts';
import { applied, check, fixesFor, MAP_URI } from '../../kit/check.ts';
import { ENTITY_URI, entityXml, mappedField, type MetadataTexts } from '../../kit/metadata.ts';
import { tableFieldXml, tableWith } from '../../kit/types.ts';

const METADATA: MetadataTexts = {
  [ENTITY_URI]: entityXml({
    label: 'Projects',
    fields: ['Code', 'Amount', 'Other'].map((name) => mappedField(name, 'T')),
    root: { name: 'T' },
  }),
  'file:///m/Model/AxTable/T.xml': tableWith('T', [
    tableFieldXml('Code', 'String'),
    tableFieldXml('Amount', 'Real'),
  ]),
};

/** The filter after each of its conversions. */
function conversions(filter: string, metadata: MetadataTexts): readonly unknown[] {
  const fields = ['CODE', 'AMOUNT', 'OTHER'];
  const text = JSON.stringify(mappingOf({ sourceFilter: filter, fields }));
  const document = { uri: MAP_URI, text };
  return check(document, metadata)
    .filter(({ code }) => code === 'plain-range')
    .flatMap((diagnostic) => fixesFor(diagnostic, document, metadata))
    .map((fix) => JSON.parse(applied(fix, document, metadata).document.text).legs[0].sourceFilter);
}

describe('a plain range in place of a filter', () => {
  it('becomes one of texts where the field is known to hold texts, and of numbers elsewhere', () => {
    deepEqual(conversions('10..20', METADATA), [
      '((CODE >= "10") && (CODE <= "20"))',
      '((AMOUNT >= 10) && (AMOUNT <= 20))',
      '((OTHER >= 10) && (OTHER <= 20))',
    ]);
    deepEqual(conversions('7', METADATA), ['(CODE == "7")', '(AMOUNT == 7)', '(OTHER == 7)']);
  });

  it('stays as it looks without metadata', () => {
    deepEqual(conversions('7', {}), ['(CODE == 7)', '(AMOUNT == 7)', '(OTHER == 7)']);
  });
});
