import type { FieldMapping } from '../../map/model.ts';
import type { DataverseColumn } from '../../metadata/dataverse/model.ts';
import { columnIn } from '../../metadata/dataverse/tables.ts';
import type { FieldType } from '../../metadata/model.ts';
import type { Problem } from '../../problem/problem.ts';
import { fieldSpan, type LegEntity, relatedTo } from './legEntity.ts';
import { isFrom } from './legFacts.ts';

/** Values that one side sends and that come back as others, or not at all. */
export const checkRoundTrips = ({ leg, table, typeOf }: LegEntity): readonly Problem[] =>
  leg.fieldMappings.flatMap((mapping): readonly Problem[] => {
    const { sourceField, destinationField } = mapping;
    if (sourceField === '' || destinationField === '' || destinationField.includes('.')) return [];
    if (mapping.transforms.length > 0) return [];
    const type = typeOf(sourceField);
    const column = table === undefined ? undefined : columnIn(table, destinationField);
    return [...checkCase(mapping, type), ...checkLength(mapping, type, column)];
  });

/** A default on a mapping that goes both ways fills what is empty, and the filling comes back. */
export const checkDefault = (mapping: FieldMapping): readonly Problem[] => {
  const { direction, sourceField, destinationField, transforms } = mapping;
  const fixed = transforms.find(({ kind }) => kind === 'default');
  if (fixed?.kind !== 'default' || direction !== 3) return [];
  if (sourceField === '' || destinationField === '') return [];
  return [
    {
      code: 'no-round-trip',
      variant: 'default',
      span: mapping.span,
      args: { field: sourceField, value: fixed.value },
    },
  ];
};

/** The extended data type of a key is often in upper case: `abc` of Dataverse comes back as `ABC`. */
function checkCase(mapping: FieldMapping, type: FieldType): readonly Problem[] {
  if (mapping.direction !== 3 || type.kind !== 'text' || type.textCase === undefined) return [];
  return [
    {
      code: 'no-round-trip',
      variant: type.textCase,
      span: fieldSpan(mapping, 'fo'),
      args: { field: mapping.sourceField },
      related: relatedTo(type.origin, 'text-case', { field: mapping.sourceField }),
    },
  ];
}

function checkLength(
  mapping: FieldMapping,
  type: FieldType,
  column: DataverseColumn | undefined,
): readonly Problem[] {
  if (type.kind !== 'text' || column?.type !== 'text') return [];
  const { size } = type;
  // A text without a limit has a size below one in the AOT.
  if (size === undefined || column.size === undefined || size < 1 || column.size < 1) return [];
  const isOutward = isFrom(mapping, 'fo') && size > column.size;
  const isInward = isFrom(mapping, 'dataverse') && column.size > size;
  if (!isOutward && !isInward) return [];
  const [source, destination] = isOutward
    ? [mapping.sourceField, column.name]
    : [column.name, mapping.sourceField];
  return [
    {
      code: 'no-round-trip',
      variant: 'tooLong',
      span: mapping.span,
      args: {
        source,
        destination,
        size: Math.max(size, column.size),
        most: Math.min(size, column.size),
      },
      related: [
        ...relatedTo(type.origin, 'column-size', { column: mapping.sourceField, count: size }),
        ...relatedTo(column.origin, 'column-size', { column: column.name, count: column.size }),
      ],
    },
  ];
}
