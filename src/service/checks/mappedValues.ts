import type { FieldMapping, ValueTransform } from '../../map/model.ts';
import type { DataverseColumn } from '../../metadata/dataverse/model.ts';
import { columnIn } from '../../metadata/dataverse/tables.ts';
import type { FieldType } from '../../metadata/model.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Span } from '../../text/span.ts';
import { type LegEntity, relatedTo } from './legEntity.ts';

/** Elements that value maps and defaults name and no enum has, and values that are no options. */
export const checkMappedValues = ({ leg, table, typeOf }: LegEntity): readonly Problem[] =>
  leg.fieldMappings.flatMap((mapping): readonly Problem[] => {
    if (mapping.transforms.length === 0) return [];
    const { sourceField, destinationField } = mapping;
    const type = sourceField === '' ? undefined : typeOf(sourceField);
    const column = table === undefined ? undefined : columnIn(table, destinationField);
    return mapping.transforms
      .flatMap((transform) => valuesOf(transform, mapping))
      .flatMap(({ element, value, span }) => [
        ...(element === undefined ? [] : checkElement(element, sourceField, type, span)),
        ...(value === undefined ? [] : checkOption(value, column, span)),
      ]);
  });

interface MappedValue {
  /** What it is in Finance and Operations, and in Dataverse. */
  readonly element: string | undefined;
  readonly value: string | undefined;
  readonly span: Span;
}

/** A default is a value of the side that it is written to. */
function valuesOf(transform: ValueTransform, mapping: FieldMapping): readonly MappedValue[] {
  if (transform.kind === 'valueMap') {
    return transform.pairs.map(([element, value], index) => ({
      element,
      value,
      span: transform.spans[index] ?? mapping.span,
    }));
  }
  const { value } = transform;
  const { direction, span } = mapping;
  if (direction === 1) return [{ element: undefined, value, span }];
  return direction === 2 ? [{ element: value, value: undefined, span }] : [];
}

/** `blank` is how some maps write an empty value (`dualwrite.md` 1.3); a number is none of the names. */
const isNoName = (text: string): boolean => /^(?:blank|-?\d+)?$/iu.test(text.trim());

function checkElement(
  text: string,
  field: string,
  type: FieldType | undefined,
  span: Span,
): readonly Problem[] {
  if (type?.kind !== 'enum' || !type.isWhole || type.elements.length === 0) return [];
  const wanted = text.trim().toLowerCase();
  const isTruth = type.name.toLowerCase() === 'noyes' && /^(?:true|false)$/u.test(wanted);
  if (isNoName(text) || isTruth) return [];
  if (type.elements.some(({ name }) => name.toLowerCase() === wanted)) return [];
  return [
    {
      code: 'unknown-value',
      variant: 'element',
      span,
      args: { field, text, enumName: type.name },
      related: relatedTo(type.origin, 'enum', { name: type.name }),
    },
  ];
}

/** Options are known whole where the publisher of the column made them, as for a filter. */
function checkOption(
  text: string,
  column: DataverseColumn | undefined,
  span: Span,
): readonly Problem[] {
  if (column?.options === undefined || !/^-?\d+$/u.test(text.trim())) return [];
  if (!column.name.includes('_') && column.name !== 'statecode') return [];
  if (column.options.some(({ value }) => value === Number(text))) return [];
  return [
    {
      code: 'unknown-value',
      variant: 'option',
      span,
      args: { column: column.name, text },
      related: relatedTo(column.origin, 'enum', { name: column.name }),
    },
  ];
}
