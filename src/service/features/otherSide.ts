import type { Conversion, ConversionContext } from '../../filter/convert/conversion.ts';
import { odataToXpp } from '../../filter/convert/odataToXpp.ts';
import { xppToOData } from '../../filter/convert/xppToOData.ts';
import type { Value } from '../../filter/meaning/condition.ts';
import type { FieldMapping } from '../../map/model.ts';
import type { AnalysedDocument } from '../analysis.ts';
import type { AnalysedFilter } from '../analysed.ts';
import type { Workspace } from '../workspace.ts';
import { fieldInfoOf } from './fieldInfo.ts';
import { keyOf } from './mentions.ts';

/** A filter as the other side of its leg would write it, and the empty filter it can stand in. */
export interface OtherSide {
  readonly target: AnalysedFilter;
  readonly conversion: Conversion;
}

/** Undefined where the leg has no empty filter on the other side, or there is nothing to say there. */
export function otherSideOf(
  filter: AnalysedFilter,
  { filters }: AnalysedDocument,
  workspace: Workspace,
): OtherSide | undefined {
  const { leg, side, text } = filter.site;
  if (leg === undefined || text.value.trim() === '') return undefined;
  const target = filters.find(({ site }) => site.leg === leg && site.side !== side);
  if (target === undefined || target.site.text.value.trim() !== '') return undefined;
  // Only a filter without mistakes has a meaning to be said elsewhere.
  if (filter.parsed.expression === undefined) return undefined;
  const context = contextOf(side === 'fo' ? filter : target, leg.fieldMappings, side, workspace);
  const conversion =
    filter.parsed.language === 'xpp'
      ? xppToOData(filter.parsed.expression, context)
      : odataToXpp(filter.parsed.expression, context);
  return { target, conversion };
}

/** @param fo the filter of Finance and Operations, whose entity tells of its fields. */
function contextOf(
  fo: AnalysedFilter,
  mappings: readonly FieldMapping[],
  from: 'fo' | 'dataverse',
  workspace: Workspace,
): ConversionContext {
  const mappingOf = (name: string): FieldMapping | undefined =>
    mappings.find(
      ({ sourceField, destinationField }) =>
        sourceField !== '' &&
        // A lookup holds the id of a row there, which no filter of the other side names.
        isPlainColumn(destinationField) &&
        keyOf(from === 'fo' ? sourceField : destinationField) === keyOf(name),
    );
  const pairOf = (
    name: string,
    index: 0 | 1,
    value: string,
  ): readonly [string, string] | undefined =>
    mappingOf(name)
      ?.transforms.flatMap((transform) => (transform.kind === 'valueMap' ? transform.pairs : []))
      .find((pair) => keyOf(pair[index]) === keyOf(value));
  const infoOf = (name: string): ReturnType<typeof fieldInfoOf> => fieldInfoOf(name, fo, workspace);
  return {
    fieldOf: (name) => {
      const mapping = mappingOf(name);
      if (mapping === undefined || from === 'fo') return mapping?.destinationField;
      return infoOf(mapping.sourceField)?.name ?? mapping.sourceField;
    },
    valueOfElement: (field, element) => pairOf(field, 0, element)?.[1],
    elementOfValue: (column, value) => pairOf(column, 1, value)?.[0],
    isNullable: (field) => {
      const kind = infoOf(field)?.known?.nullability.kind ?? 'unknown';
      return kind === 'unknown' ? undefined : kind !== 'never';
    },
    typeOf: (field) => {
      const known = infoOf(field)?.known;
      return known === undefined
        ? undefined
        : TYPES[known.tableField?.type ?? ('type' in known.field ? known.field.type : '')];
    },
  };
}

const isPlainColumn = (name: string): boolean => /^\w+$/u.test(name);

/** Kinds of AxTableField. */
const TYPES: Readonly<Record<string, Value['type']>> = {
  String: 'text',
  Int: 'number',
  Int64: 'number',
  Real: 'number',
  Enum: 'enum',
  Date: 'date',
  UtcDateTime: 'datetime',
  Guid: 'guid',
};
