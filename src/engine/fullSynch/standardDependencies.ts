const account = ['SALESPEOPLE', 'CURRENCY', 'PAYMENT TERMS', 'SHIPMENT METHOD', 'SHIPPING AGENT'];

/** What the mappings of the standard setup depend on (`bc-sync.md` 2.14). */
const standard: ReadonlyMap<string, readonly string[]> = new Map([
  ['CUSTOMER', account],
  ['VENDOR', account],
  ['CONTACT', ['CUSTOMER', 'VENDOR']],
  ['OPPORTUNITY', ['CONTACT']],
  ['ITEM-PRODUCT', ['UNIT OF MEASURE']],
  ['RESOURCE-PRODUCT', ['UNIT OF MEASURE']],
  ['POSTEDSALESINV-INV', ['ITEM-PRODUCT', 'RESOURCE-PRODUCT', 'OPPORTUNITY']],
  ['CUSTPRCGRP-PRICE', ['CURRENCY', 'ITEM-PRODUCT']],
]);

/** What a mapping depends on: what it says itself, or what the standard setup has for its name, as far as it is there. */
export const dependenciesOf = (
  { name, dependencyFilter }: { readonly name: string; readonly dependencyFilter?: string },
  known: ReadonlySet<string>,
): readonly string[] =>
  dependencyFilter === undefined
    ? (standard.get(name) ?? []).filter((dependency) => known.has(dependency))
    : dependencyFilter.split('|').filter((dependency) => dependency !== '');
