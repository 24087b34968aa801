import type { ODataExpression } from '../../filter/odata/ast.ts';
import type { XppExpression } from '../../filter/xpp/ast.ts';
import type { FilterSite } from '../../map/model.ts';
import { catalogue, isBroken } from '../../problem/catalogue.ts';
import type { Problem } from '../../problem/problem.ts';
import { checkODataCompany, checkXppCompany } from './companyFilter.ts';
import { checkDirection, columnsOf, type FieldUse, odataFields, xppFields } from './direction.ts';
import { checkElements } from './elements.ts';
import { isPartyMap } from './entityRows.ts';
import type { LegFacts } from './legFacts.ts';

/** What a filter of Finance and Operations says against the mappings around it. */
export function checkXppInLeg(
  { text, leg }: FilterSite,
  facts: LegFacts,
  expression: XppExpression | undefined,
  isField: (name: string) => boolean,
  known: readonly Problem[],
  isTyped: (field: string) => boolean,
): readonly Problem[] {
  if (expression === undefined) return [];
  const company = checkXppCompany(expression, isField, isBroken(known));
  const fields = xppFields(expression);
  return [
    ...company,
    ...checkParties(leg, text.value, facts),
    ...checkElements(expression, facts, isTyped),
    ...checkDirection(withoutTold(fields, [...known, ...company]), text.value, facts),
  ];
}

/** What a map of parties leaves out, other maps look for in vain (`dualwrite.md` section 6, F16). */
function checkParties(leg: FilterSite['leg'], source: string, facts: LegFacts): readonly Problem[] {
  if (leg === undefined || !isPartyMap(leg) || !facts.isSource || source.trim() === '') return [];
  const start = source.length - source.trimStart().length;
  return [{ code: 'filtered-parties', span: { start, end: source.trimEnd().length } }];
}

/** The same for Dataverse. */
export function checkODataInLeg(
  { text }: FilterSite,
  facts: LegFacts,
  expression: ODataExpression | undefined,
  known: readonly Problem[],
): readonly Problem[] {
  if (expression === undefined) return [];
  const columns = columnsOf(expression);
  const company = checkODataCompany(columns);
  const fields = odataFields(columns);
  return [
    ...company,
    ...checkDirection(withoutTold(fields, [...known, ...company]), text.value, facts),
  ];
}

/** What is wrong as such needs no advice about its mapping; a broken filter may name fields that it does not mean. */
function withoutTold(fields: readonly FieldUse[], told: readonly Problem[]): readonly FieldUse[] {
  if (told.length === 0) return fields;
  if (isBroken(told)) return [];
  const places = new Set(
    told
      .filter(({ code }) => catalogue[code].severity === 'warning')
      .map(({ span }) => `${span.start} ${span.end}`),
  );
  return fields.filter(({ span }) => !places.has(`${span.start} ${span.end}`));
}
