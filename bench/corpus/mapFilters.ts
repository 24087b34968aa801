import type { Random } from '../random.ts';

/**
 * Filters of a map that somebody looks after: nearly nothing is to be said about them. The corpora of the parsers
 * hold what a language allows; a document of those would be a document of hints.
 */
const FO_TEXTS = ['CUSTOMERACCOUNT', 'ORGANIZATIONNAME', 'ITEMNUMBER', 'CUSTOMERGROUPID'] as const;
const FO_NUMBERS = ['CREDITLIMIT', 'PAYMENTDAY', 'DISCOUNTPERCENTAGE'] as const;
const WORDS = ['C-0042', 'Contoso', 'Fabrikam Inc.', 'a & b (c)', 'Net30'] as const;

export function foFilter(from: Random, length: number): string {
  const connector = from.chance(0.8) ? ' && ' : ' || ';
  // In parentheses as a whole, as the documentation has it (`dualwrite.md` 2.4).
  return `(${joined(length, connector, () =>
    from.chance(0.3)
      ? `(${from.pick(FO_NUMBERS)} ${from.pick(['>', '>=', '<'])} ${1 + from.below(100_000)})`
      : `(${from.pick(FO_TEXTS)} == "${from.pick(WORDS)}")`,
  )})`;
}

const TEXTS = ['name', 'accountnumber', 'address1_city', 'emailaddress1', 'msdyn_group'] as const;
const NUMBERS = ['statecode', 'creditlimit', 'revenue', 'msdyn_paymentday'] as const;

export function dataverseFilter(from: Random, length: number): string {
  const connector = from.chance(0.8) ? ' and ' : ' or ';
  return joined(length, connector, () =>
    from.chance(0.3)
      ? `${from.pick(NUMBERS)} ${from.pick(['gt', 'ge', 'eq'])} ${from.below(100_000)}`
      : from.chance(0.3)
        ? `contains(${from.pick(TEXTS)},'${from.pick(WORDS)}')`
        : `${from.pick(TEXTS)} eq '${from.pick(WORDS)}'`,
  );
}

function joined(length: number, connector: string, condition: () => string): string {
  const conditions = [condition()];
  let size = conditions[0]?.length ?? 0;
  while (size < length) {
    const more = condition();
    conditions.push(more);
    size += more.length + connector.length;
  }
  return conditions.join(connector);
}
