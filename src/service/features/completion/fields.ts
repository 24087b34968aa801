import type { ColumnInfo, FieldInfo } from '../fieldInfo.ts';
import { columnsOf, fieldsOf, glyphOf, typeOf } from '../fieldInfo.ts';
import { type Offer, type OfferRequest, RANK } from './offer.ts';

/** Fields to compare: those on the map first, since only their changes are noticed (`dualwrite.md` 2.1, F2). */
export const fieldOffers = ({ filter, workspace }: OfferRequest): readonly Offer[] =>
  fieldsOf(filter, workspace)
    // A virtual field is no column: it can't be filtered (`dualwrite.md` 4.5).
    .filter(({ known }) => known?.field.kind !== 'virtual')
    .map((info) => ({
      label: info.name,
      kind: 'field',
      ...detailed(detailOf(info)),
      parts: [info.name],
      rank: info.mappings.length > 0 ? RANK.mapped : RANK.likely,
      subject: { kind: 'field', name: info.name },
    }));

const detailed = (detail: string): { readonly detail?: string } =>
  detail === '' ? {} : { detail };

function detailOf(info: FieldInfo): string {
  const { known } = info;
  const type = typeOf(info) ?? '';
  const nullable =
    known?.nullability.kind === 'outerJoin' || known?.nullability.kind === 'computed' ? '?' : '';
  const source = known?.field.kind === 'mapped' ? known.field.dataSource : '';
  return [`${type}${nullable}`, source, destinations(info)]
    .filter((part) => part !== '')
    .join(' · ');
}

const destinations = ({ mappings }: FieldInfo): string =>
  mappings
    .filter(({ destinationField }) => destinationField !== '')
    .map((mapping) => `${glyphOf(mapping)} ${mapping.destinationField}`)
    .join(', ');

/** Columns to compare: those on the map first, then all that metadata knows of the table. */
export function columnOffers({ filter, workspace }: OfferRequest): readonly Offer[] {
  const mapped = columnsOf(filter);
  const named = new Set(mapped.map(({ name }) => name.toLowerCase()));
  const offer = (name: string, details: readonly string[], rank: number): Offer => ({
    label: name,
    kind: 'field',
    ...detailed(details.filter((part) => part !== '').join(' · ')),
    parts: [name],
    rank,
    subject: { kind: 'column', name },
  });
  const table = workspace.metadata.dataverse.tableNamed(filter.site.leg?.destinationSchema ?? '');
  const types = new Map(table?.columns.map(({ name, type }) => [name.toLowerCase(), type]));
  const typeOfColumn = (name: string): string => {
    const type = types.get(name.toLowerCase()) ?? 'unknown';
    return type === 'unknown' ? '' : type;
  };
  return [
    ...mapped.map((column) =>
      offer(column.name, [typeOfColumn(column.name), sources(column)], RANK.mapped),
    ),
    ...(table?.columns ?? [])
      .filter(({ name }) => !named.has(name.toLowerCase()))
      .map(({ name }) => offer(name, [typeOfColumn(name)], RANK.likely)),
  ];
}

const sources = ({ mappings }: ColumnInfo): string =>
  mappings
    .filter(({ sourceField }) => sourceField !== '')
    .map((mapping) => `${mapping.sourceField} ${glyphOf(mapping)}`)
    .join(', ');

/** The name of a column in the quotes of `PropertyName='…'`. */
export const columnTextOffers = (request: OfferRequest): readonly Offer[] =>
  columnOffers(request).map((offer) => ({
    ...offer,
    parts: [`'${offer.label}'`],
    filterText: request.context.typed.startsWith("'") ? `'${offer.label}'` : offer.label,
  }));
