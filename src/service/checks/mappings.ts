import type { FieldMapping, Leg, MapDocument, Side } from '../../map/model.ts';
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
  /** The mapping that wrote the field before. */
  const before = (side: Side, field: string, mapping: FieldMapping): FieldMapping | undefined => {
    if (field.trim() === '') return undefined;
    const key = `${side} ${field.toLowerCase()}`;
    const first = written.get(key);
    if (first === undefined) written.set(key, mapping);
    return first;
  };
  return fieldMappings.flatMap((mapping): readonly Problem[] => {
    const { sourceField, destinationField } = mapping;
    const outward = isFrom(mapping, 'fo') && before('dataverse', destinationField, mapping);
    const inward = isFrom(mapping, 'dataverse') && before('fo', sourceField, mapping);
    // The same mapping twice is one problem.
    const [first, field] = outward ? [outward, destinationField] : [inward, sourceField];
    if (!first) return [];
    return [
      {
        code: 'duplicate-mapping',
        span: mapping.span,
        args: { field },
        related: [{ uri, span: first.span, message: 'first-mapping' }],
      },
    ];
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
