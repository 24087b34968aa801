import type { Random } from '../random.ts';

/**
 * Filters of a map that somebody looks after: nearly nothing is to be said about them. The corpora of the parsers
 * hold what a language allows; a document of those would be a document of hints.
 */
const FO_TEXTS = [
  'CUSTOMERACCOUNT',
  'ORGANIZATIONNAME',
  'ITEMNUMBER',
  'CUSTOMERGROUPID',
  'PAYMENTTERMS',
  'DELIVERYMODE',
  'WAREHOUSEID',
  'LANGUAGEID',
  'SALESDISTRICT',
];
const FO_NUMBERS = ['CREDITLIMIT', 'PAYMENTDAY', 'DISCOUNTPERCENTAGE'];
const WORDS = ['C-0042', 'Contoso', 'Fabrikam Inc.', 'a & b (c)', 'Net30'] as const;

export function foFilter(from: Random, length: number): string {
  const connector = from.chance(0.8) ? ' && ' : ' || ';
  const conditions = [
    ...FO_TEXTS.map((name) => `(${name} == "${from.pick(WORDS)}")`),
    ...FO_NUMBERS.map((name) => `(${name} ${from.pick(['>', '>='])} ${1 + from.below(100_000)})`),
  ];
  // In parentheses as a whole, as the documentation has it (`dualwrite.md` 2.4).
  return `(${joined(from, conditions, length, connector)})`;
}

const TEXTS = ['name', 'accountnumber', 'address1_city', 'emailaddress1', 'msdyn_group'];
const NUMBERS = ['statecode', 'creditlimit', 'revenue', 'msdyn_paymentday'];
const OTHERS = ['description', 'telephone1', 'msdyn_taxgroup'];

export function dataverseFilter(from: Random, length: number): string {
  const connector = from.chance(0.8) ? ' and ' : ' or ';
  const conditions = [
    ...TEXTS.map((name) => `${name} eq '${from.pick(WORDS)}'`),
    ...OTHERS.map((name) => `contains(${name},'${from.pick(WORDS)}')`),
    ...NUMBERS.map((name) => `${name} ${from.pick(['gt', 'eq'])} ${from.below(100_000)}`),
  ];
  return joined(from, conditions, length, connector);
}

/** Each field once: two conditions on one would contradict each other sooner or later. */
function joined(
  from: Random,
  conditions: readonly string[],
  length: number,
  connector: string,
): string {
  let text = '';
  for (const condition of from.shuffled(conditions)) {
    if (text.length >= length) break;
    text += text === '' ? condition : connector + condition;
  }
  return text;
}
