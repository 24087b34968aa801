import { BLANKS, separatorOf, styleOf, written } from '../map/written.ts';
import type { FieldMapping, Leg, ValueTransform } from '../map/model.ts';
import type { DataverseColumn, OptionValue } from '../metadata/dataverse/model.ts';
import type { EnumElement, EnumType } from '../metadata/model.ts';
import type { Edit } from '../text/edit.ts';
import type { Note } from './generated.ts';

/** What a value map says, and which of both sides are left for a person to match. */
export interface MatchedValues {
  /** Those that are to be added, in the order of the enum. */
  readonly pairs: readonly (readonly [key: string, value: string])[];
  readonly elements: readonly string[];
  readonly options: readonly string[];
}

type ValueMap = Extract<ValueTransform, { kind: 'valueMap' }>;

const valueMapOf = ({ transforms }: FieldMapping): ValueMap | undefined =>
  transforms.find((transform) => transform.kind === 'valueMap');

/**
 * Matches the elements of an enum with the options of a column: by name, then by label, then by number where the
 * numbers of the enum are the same in every system (`dualwrite.md` 4.8). What two could match is left alone, and so
 * are pairs that the mapping has already.
 *
 * @param textsOf what a label says in each language known.
 */
export function matchedValues(
  { elements, isExtensible }: EnumType,
  column: DataverseColumn,
  mapping: FieldMapping,
  textsOf: (label: string) => readonly string[],
): MatchedValues | undefined {
  const options = optionsOf(column);
  if (options === undefined || elements.length === 0) return undefined;
  const known = valueMapOf(mapping)?.pairs ?? [];
  const keys = new Set(known.map(([name]) => plain(name)));
  const values = new Set(known.map(([, value]) => value.trim().toLowerCase()));
  let left: readonly EnumElement[] = elements.filter(({ name }) => !keys.has(plain(name)));
  let free: readonly Option[] = options.filter(({ value }) => !values.has(value.toLowerCase()));
  const found = new Map<EnumElement, Option>();
  const isAlike: readonly ((element: EnumElement, option: Option) => boolean)[] = [
    ({ name }, { names }) => names.includes(plain(name)),
    ({ label }, { names }) => textsOf(label).some((text) => names.includes(plain(text))),
    ({ value }, { number }) => !isExtensible && value !== undefined && value === number,
  ];
  for (const alike of isAlike) {
    const pairs = onlyPairs(left, free, alike);
    for (const [element, option] of pairs) found.set(element, option);
    left = left.filter((element) => !found.has(element));
    const taken = new Set(found.values());
    free = free.filter((option) => !taken.has(option));
  }
  const isCapital = known.some(([name]) => /^\p{Lu}/u.test(name));
  return {
    pairs: elements.flatMap((element): readonly (readonly [string, string])[] => {
      const option = found.get(element);
      const name = isCapital ? element.name : camelCase(element.name);
      return option === undefined ? [] : [[name, option.value]];
    }),
    elements: left.map(({ name }) => name),
    options: free.map(({ shown }) => shown),
  };
}

interface Option {
  /** As a value map writes it. */
  readonly value: string;
  readonly number: number | undefined;
  readonly names: readonly string[];
  /** As a person is told of it. */
  readonly shown: string;
}

function optionsOf({ type, options }: DataverseColumn): readonly Option[] | undefined {
  if (type === 'boolean') return BOOLEAN;
  return options?.map(({ value, labels }: OptionValue) => ({
    value: String(value),
    number: value,
    names: labels.map(plain).filter((name) => name !== ''),
    shown: [String(value), ...labels.slice(0, 1)].join(' '),
  }));
}

/** How value maps write a column of two options (`dualwrite.md` 1.3). */
const BOOLEAN: readonly Option[] = [
  { value: 'False', number: 0, names: ['no', 'false'], shown: 'False' },
  { value: 'True', number: 1, names: ['yes', 'true'], shown: 'True' },
];

/** The elements and options that are alike and have no other that is. */
function onlyPairs(
  elements: readonly EnumElement[],
  options: readonly Option[],
  isAlike: (element: EnumElement, option: Option) => boolean,
): readonly (readonly [EnumElement, Option])[] {
  return elements.flatMap((element): readonly (readonly [EnumElement, Option])[] => {
    const [option, ...others] = options.filter((each) => isAlike(element, each));
    if (option === undefined || others.length > 0) return [];
    return elements.filter((each) => isAlike(each, option)).length === 1 ? [[element, option]] : [];
  });
}

/** Blanks, case, accents and punctuation differ between a name and its label. */
const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

/** Maps begin an element with a small letter, capitals at its head as one: `legalEntity`, `atpPlusIssueMargin`. */
export const camelCase = (name: string): string =>
  name.replace(/^\p{Lu}+(?=\p{Lu}\p{Ll}|[^\p{Ll}]|$)|^\p{Lu}/u, (head) => head.toLowerCase());

/**
 * The edit that writes the pairs into the mapping: behind those of its value map, else as a value map of its own.
 * Everything is written as the mapping is, and escaped as its place needs it.
 */
export function valueMapEdit(
  mapping: FieldMapping,
  { encode }: Leg,
  documentText: string,
  pairs: readonly (readonly [string, string])[],
): Edit | undefined {
  if (pairs.length === 0) return undefined;
  const existing = valueMapOf(mapping);
  const { span, transformsSpan, transforms } = mapping;
  const style = styleOf(documentText.slice(span.start, span.end));
  if (existing !== undefined) return intoValueMap(existing, pairs, style, encode, documentText);
  const valueMap = {
    transformType: 'ValueMap',
    valueMap: Object.fromEntries(pairs),
    createValuesOnDestination: false,
  };
  if (transformsSpan === undefined) {
    const end = new RegExp(`${BLANKS}\\}$`, 'u').exec(documentText.slice(span.start, span.end));
    if (end === null) return undefined;
    const at = span.start + end.index;
    const blanks = style.outer + style.unit;
    const before = blanks === '' && style.colon !== ':' ? ', ' : `,${blanks}`;
    const name = encode(JSON.stringify('valueTransforms'));
    const text = `${before}${name}${style.colon}${written([valueMap], style, encode, 1)}`;
    return { span: { start: at, end: at }, text };
  }
  if (transforms.length === 0) {
    return { span: transformsSpan, text: written([valueMap], style, encode, 1) };
  }
  // A default that stands there goes on being used for what the value map lacks.
  const at = transformsSpan.start + 1;
  const blanks = style.outer + style.unit.repeat(2);
  return {
    span: { start: at, end: at },
    text: `${blanks}${written(valueMap, style, encode, 2)},`,
  };
}

function intoValueMap(
  { spans, span }: ValueMap,
  pairs: readonly (readonly [string, string])[],
  style: ReturnType<typeof styleOf>,
  encode: Leg['encode'],
  documentText: string,
): Edit {
  const last = spans.at(-1);
  if (last === undefined) {
    return { span, text: written(Object.fromEntries(pairs), style, encode, 3) };
  }
  const separator = separatorOf(spans.at(-2)?.end, last.start, documentText);
  const text = pairs
    .map(
      ([key, value]) =>
        `${separator}${encode(JSON.stringify(key))}${style.colon}${encode(JSON.stringify(value))}`,
    )
    .join('');
  return { span: { start: last.end, end: last.end }, text };
}

/** What a person is told: how many were matched, and what is left. */
export const matchNotes = (
  { pairs, elements, options }: MatchedValues,
  field: string,
  column: string,
): readonly Note[] => [
  { message: 'values.matched', args: { count: pairs.length, field, column } },
  ...(elements.length === 0
    ? []
    : [
        {
          message: 'values.elements',
          args: { count: elements.length, names: elements.join(', ') },
        },
      ]),
  ...(options.length === 0
    ? []
    : [{ message: 'values.options', args: { count: options.length, names: options.join(', ') } }]),
];
