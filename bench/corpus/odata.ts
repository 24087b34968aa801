import { type Random, random } from '../random.ts';

/**
 * OData filters as Dataverse maps hold them. Lengths spread like those of the corpus of the facts
 * (`performance.md` 1): 10 to 2,000 characters, half of them up to about 100.
 */
export function odataCorpus(count: number): readonly string[] {
  const from = random(20_240_601);
  const texts = new Set<string>();
  while (texts.size < count) texts.add(odataFilter(from, lengthOf(from)));
  return [...texts];
}

export const LONGEST = 1_990;

/** Most filters are a line, some are pages. */
export function lengthOf(from: Random): number {
  if (from.chance(0.55)) return 10 + from.below(80);
  if (from.chance(0.65)) return 90 + from.below(250);
  return 340 + from.below(from.chance(0.6) ? 400 : 1_500);
}

const TEXTS = [
  'name',
  'accountnumber',
  'address1_city',
  'msdyn_description',
  'emailaddress1',
] as const;
const NUMBERS = ['statecode', 'statuscode', 'msdyn_ordertype', 'creditlimit', 'revenue'] as const;
const LOOKUPS = ['_parentaccountid_value', '_msdyn_company_value', '_ownerid_value'] as const;
const DATES = ['createdon', 'modifiedon', 'msdyn_scheduledstart'] as const;
const PATHS = ['primarycontactid/firstname', 'msdyn_company/cdm_companycode'] as const;
const WORDS = ['Contoso', 'Seattle', 'Fabrikam Inc.', "O''Brien", 'USMF', 'a & b (c)'] as const;
const RELATIONS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
const EQUALITIES = ['eq', 'ne'] as const;
const FUNCTIONS = ['contains', 'startswith', 'endswith'] as const;

/** A filter of at most about `length` characters, never longer than the longest. */
export function odataFilter(from: Random, length: number): string {
  let text = condition(from, length);
  while (text.length < length) {
    const more = condition(from, length - text.length);
    if (text.length + more.length + 5 > LONGEST) break;
    text += `${from.chance(0.65) ? ' and ' : ' or '}${more}`;
  }
  return text.length > LONGEST ? comparison(from) : text;
}

/** Where there is room for several conditions, it may be a group; those nest up to some twenty levels. */
function condition(from: Random, room: number): string {
  if (room > 90 && from.chance(0.4)) {
    const inner = from.shuffled([condition(from, room * 0.8), condition(from, room / 4)]);
    const group = `(${inner.join(from.chance(0.5) ? ' and ' : ' or ')})`;
    return from.chance(0.15) ? `not ${group}` : group;
  }
  return comparison(from);
}

function comparison(from: Random): string {
  switch (from.below(8)) {
    case 0:
      return `${from.pick(LOOKUPS)} ${from.pick(EQUALITIES)} ${guid(from)}`;
    case 1:
      return `${from.pick(DATES)} ${from.pick(['ge', 'lt', 'gt', 'le'])} ${date(from)}`;
    case 2:
      return `${from.pick(LOOKUPS)} ${from.pick(EQUALITIES)} null`;
    case 3: {
      const call = `${from.pick(FUNCTIONS)}(${from.pick(TEXTS)},'${from.pick(WORDS)}')`;
      return from.chance(0.2) ? `not ${call}` : call;
    }
    case 4:
      return `${from.pick(PATHS)} ${from.pick(EQUALITIES)} '${from.pick(WORDS)}'`;
    case 5:
    case 6:
      return `${from.pick(NUMBERS)} ${from.pick(RELATIONS)} ${number(from)}`;
    default:
      return `${from.pick(TEXTS)} ${from.pick(EQUALITIES)} '${from.pick(WORDS)}'`;
  }
}

const number = (from: Random): string =>
  from.chance(0.2) ? `${from.below(10_000)}.${1 + from.below(9)}` : String(from.below(1_000_000));

const two = (value: number): string => String(value).padStart(2, '0');

const date = (from: Random): string => {
  const day = `${2015 + from.below(10)}-${two(1 + from.below(12))}-${two(1 + from.below(28))}`;
  return `${day}T${two(from.below(24))}:${two(from.below(60))}:00Z`;
};

function guid(from: Random): string {
  const hex = (length: number): string =>
    Array.from({ length }, () => from.below(16).toString(16)).join('');
  return [8, 4, 4, 4, 12].map(hex).join('-');
}
