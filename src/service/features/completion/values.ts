import { quoted } from '../../../filter/odata/strings.ts';
import {
  columnNamed,
  fieldInfoOf,
  isNoYes,
  typeOf,
  type ValuePair,
  valuesOfColumn,
  valuesOfField,
} from '../fieldInfo.ts';
import { type Offer, type OfferRequest, RANK } from './offer.ts';

const isElement = ({ element }: ValuePair): boolean => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(element);

/** What a field of Finance and Operations can be compared with. */
export function xppValueOffers(
  request: OfferRequest,
  name: string | undefined,
  relation: string,
): readonly Offer[] {
  const info =
    name === undefined ? undefined : fieldInfoOf(name, request.filter, request.workspace);
  const type = info === undefined ? undefined : typeOf(info);
  const values = (info === undefined ? [] : valuesOfField(info, request.workspace)).filter(
    isElement,
  );
  if (relation === 'like') return inText(request, [textOffer('"', '*')]);
  const isText = type === undefined || type === 'String' || type === 'Memo';
  const isDate = type === undefined || /date/iu.test(type);
  const isEnum = type === 'Enum' || values.length > 0;
  return inText(request, [
    ...elementOffers(values, name ?? ''),
    ...(isText && !isEnum ? [EMPTY_TEXT, textOffer('"', '')] : []),
    ...(isDate && !isEnum ? dateOffers(type, request.today) : []),
  ]);
}

/** Shipped maps quote the name of an element (`dualwrite.md` 2.3); NoYes needs no metadata to be named. */
const elementOffers = (values: readonly ValuePair[], field: string): readonly Offer[] => [
  ...values.map(({ element, value }): Offer => ({
    label: `"${element}"`,
    kind: 'enumMember',
    ...(value === undefined ? {} : { detail: value }),
    parts: [`"${element}"`],
    filterText: element,
    rank: RANK.mapped,
    subject: { kind: 'value', value: element, of: field },
  })),
  ...(isNoYes(values)
    ? values.map(({ element, value }): Offer => ({
        label: `NoYes::${element}`,
        kind: 'enumMember',
        ...(value === undefined ? {} : { detail: value }),
        parts: [`NoYes::${element}`],
        rank: RANK.likely,
        subject: { kind: 'value', value: element, of: field },
      }))
    : []),
];

const EMPTY_TEXT: Offer = {
  label: '""',
  kind: 'value',
  parts: ['""'],
  filterText: '""',
  rank: RANK.likely,
};

const textOffer = (quote: string, wildcard: string): Offer => ({
  label: `${quote}…${wildcard}${quote}`,
  kind: 'snippet',
  parts: [quote, { fill: '' }, `${wildcard}${quote}`],
  filterText: `${quote}${quote}`,
  rank: RANK.shape,
});

/** X++ writes day\month\year, and a point in time without quotes (`dualwrite.md` 2.3). */
function dateOffers(type: string | undefined, today: string): readonly Offer[] {
  const isTime = type !== undefined && /time/iu.test(type);
  return [today, '1900-01-01'].map((iso) => {
    const [year, month, day] = iso.split('-').map(Number);
    const text = isTime ? `${iso}T00:00:00` : `${day}\\${month}\\${year}`;
    return {
      label: text,
      kind: 'value',
      parts: [text],
      rank: RANK.other,
      subject: isTime ? { kind: 'dateTime', iso: `${iso}T00:00:00` } : { kind: 'date', iso },
    };
  });
}

/** The elements behind `NoYes::`, and behind other enums those of the field it is compared with. */
export function enumElementOffers(
  { filter, workspace }: OfferRequest,
  enumName: string,
  field: string | undefined,
): readonly Offer[] {
  const info = field === undefined ? undefined : fieldInfoOf(field, filter, workspace);
  const known =
    workspace.metadata.enumNamed(enumName)?.elements.map(({ name }) => name) ??
    (info === undefined ? [] : valuesOfField(info, workspace))
      .filter(isElement)
      .map(({ element }) => element);
  return known.map((element) => ({
    label: element,
    kind: 'enumMember',
    parts: [element],
    rank: RANK.mapped,
    ...(field === undefined ? {} : { subject: { kind: 'value', value: element, of: field } }),
  }));
}

/** What a column of Dataverse can be compared with. */
export function odataValueOffers(
  request: OfferRequest,
  name: string | undefined,
  relation: string,
): readonly Offer[] {
  const column = name === undefined ? undefined : columnNamed(name, request.filter);
  const pairs = (
    name === undefined ? [] : valuesOfColumn(name, request.filter, request.workspace)
  ).filter(({ value }) => value !== undefined);
  const isEquality = relation === 'eq' || relation === 'ne';
  const known = pairs.map(({ element, value = '' }): Offer => {
    const text = literalOf(value);
    return {
      label: text,
      kind: 'enumMember',
      ...(element === '' ? {} : { detail: element }),
      parts: [text],
      // Nobody knows the numbers: the name of the element finds them, too.
      filterText: /^\p{L}/u.test(request.context.typed) && element !== '' ? element : text,
      rank: RANK.mapped,
      subject: { kind: 'value', value, of: column?.name ?? name ?? '' },
    };
  });
  return inText(request, [
    ...known,
    ...(isEquality ? [keyword('null', RANK.likely)] : []),
    ...(isEquality && known.length === 0 && column?.isLookup !== true
      ? [keyword('true', RANK.other), keyword('false', RANK.other)]
      : []),
    ...(known.length === 0 && column?.isLookup !== true
      ? [textOffer("'", ''), isoDate(request.today)]
      : []),
  ]);
}

/** A value of a map as a filter writes it; maps hold every value as text. */
function literalOf(value: string): string {
  if (/^(?:true|false)$/iu.test(value)) return value.toLowerCase();
  return /^-?\d+$/u.test(value) ? value : quoted(value);
}

const keyword = (text: string, rank: number): Offer => ({
  label: text,
  kind: 'keyword',
  parts: [text],
  rank,
});

const isoDate = (iso: string): Offer => ({
  label: iso,
  kind: 'value',
  parts: [iso],
  rank: RANK.shape,
  subject: { kind: 'date', iso },
});

/** Behind an opening quote only quoted values go on what is written, with the quote that was written. */
function inText({ context }: OfferRequest, offers: readonly Offer[]): readonly Offer[] {
  const quote = /^['"]/u.exec(context.typed)?.[0];
  if (quote === undefined) return offers;
  return offers.flatMap((offer): readonly Offer[] => {
    const [first, ...rest] = offer.parts;
    const isQuoted = typeof first === 'string' && /^['"]/u.test(first);
    // A text to fill in says nothing where somebody already fills it in.
    if (!isQuoted || rest.length > 0) return [];
    const text = quote + first.slice(1, -1) + quote;
    return [{ ...offer, label: text, parts: [text], filterText: text }];
  });
}
