import type { FieldMapping, Leg, MapDocument } from '../../map/model.ts';
import type { Problem } from '../../problem/problem.ts';
import { isFrom } from './legFacts.ts';
import { checkLookupColumns } from './lookups.ts';
import { checkDefault } from './roundTrip.ts';
import { checkValueMaps } from './valueMaps.ts';

/** What the field mappings of a document show without any filter. */
export const checkMappings = ({ maps }: MapDocument, uri: string): readonly Problem[] =>
  maps.flatMap(({ legs }) =>
    legs.flatMap((leg) => [
      ...leg.fieldMappings.flatMap((mapping) => [
        ...checkValueMaps(mapping, uri),
        ...checkDefault(mapping),
      ]),
      ...checkDuplicates(leg, uri),
      ...checkLookups(leg),
      ...checkLookupColumns(leg),
    ]),
  );

/** A field that two mappings write in one direction (`dualwrite.md` 7.2, DIPV1023 and DIPV1026). */
function checkDuplicates({ fieldMappings }: Leg, uri: string): readonly Problem[] {
  const written = new Map<string, FieldMapping>();
  return fieldMappings.flatMap((mapping): readonly Problem[] => {
    const targets = [
      { side: 'dataverse', field: mapping.destinationField, isWritten: isFrom(mapping, 'fo') },
      { side: 'fo', field: mapping.sourceField, isWritten: isFrom(mapping, 'dataverse') },
    ].filter(({ field, isWritten }) => isWritten && field.trim() !== '');
    const problems = targets.flatMap(({ side, field }): readonly Problem[] => {
      const key = `${side} ${field.toLowerCase()}`;
      const first = written.get(key);
      if (first === undefined) {
        written.set(key, mapping);
        return [];
      }
      return [
        {
          code: 'duplicate-mapping',
          span: mapping.span,
          args: { field },
          related: [{ uri, span: first.span, message: 'first-mapping' }],
        },
      ];
    });
    // The same mapping twice is one problem.
    return problems.slice(0, 1);
  });
}

/** The initial synchronization from Dataverse takes no more (`dualwrite.md` 7.1). */
const MOST_LOOKUPS = 9;

/** Microsoft ships maps with more, so it is information. */
function checkLookups({
  fieldMappings,
  fieldMappingsSpan,
  sourceSchemaSpan,
}: Leg): readonly Problem[] {
  const lookups = fieldMappings.filter(
    (mapping) => isFrom(mapping, 'dataverse') && mapping.destinationField.includes('.'),
  );
  const span = lookups[MOST_LOOKUPS]?.span ?? sourceSchemaSpan ?? fieldMappingsSpan;
  if (lookups.length <= MOST_LOOKUPS || span === undefined) return [];
  return [{ code: 'lookup-limit', span, args: { count: lookups.length, most: MOST_LOOKUPS } }];
}
