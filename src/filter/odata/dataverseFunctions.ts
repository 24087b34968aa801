import type { ODataFunction } from './functions.ts';

/** The query functions of Dataverse have this namespace, and need it (filter-rows, "Dataverse query functions"). */
export const QUERY_NAMESPACE = 'Microsoft.Dynamics.CRM';

/** What a query function takes beside the name of the column. */
const PARAMETERS = {
  none: [],
  one: ['PropertyValue'],
  two: ['PropertyValue1', 'PropertyValue2'],
  many: ['PropertyValues'],
} as const;

const named = (takes: keyof typeof PARAMETERS, names: string): readonly ODataFunction[] =>
  names
    .trim()
    .split(/\s+/u)
    .map((name) => ({
      name: `${QUERY_NAMESPACE}.${name}`,
      parameters: ['PropertyName', ...PARAMETERS[takes]].map((parameter) => ({ name: parameter })),
      answers: 'condition',
    }));

/** Web API query function reference; every one answers whether the row matches. */
export const dataverseFunctions: readonly ODataFunction[] = [
  ...named(
    'none',
    `EqualBusinessId EqualRoleBusinessId EqualUserId EqualUserLanguage EqualUserOrUserHierarchy
     EqualUserOrUserHierarchyAndTeams EqualUserOrUserTeams EqualUserTeams Last7Days LastFiscalPeriod
     LastFiscalYear LastMonth LastWeek LastYear Next7Days NextFiscalPeriod NextFiscalYear NextMonth
     NextWeek NextYear NotEqualBusinessId NotEqualUserId ThisFiscalPeriod ThisFiscalYear ThisMonth
     ThisWeek ThisYear Today Tomorrow Yesterday`,
  ),
  ...named(
    'one',
    `Above AboveOrEqual Contains InFiscalPeriod InFiscalYear LastXDays LastXFiscalPeriods
     LastXFiscalYears LastXHours LastXMonths LastXWeeks LastXYears NextXDays NextXFiscalPeriods
     NextXFiscalYears NextXHours NextXMonths NextXWeeks NextXYears NotUnder OlderThanXDays
     OlderThanXHours OlderThanXMinutes OlderThanXMonths OlderThanXWeeks OlderThanXYears On OnOrAfter
     OnOrBefore Under UnderOrEqual`,
  ),
  ...named(
    'two',
    'InFiscalPeriodAndYear InOrAfterFiscalPeriodAndYear InOrBeforeFiscalPeriodAndYear',
  ),
  ...named('many', 'Between ContainValues DoesNotContainValues In NotBetween NotIn'),
];

const byName: ReadonlyMap<string, ODataFunction> = new Map(
  dataverseFunctions.map((known) => [known.name, known]),
);

export const dataverseFunction = (name: string): ODataFunction | undefined => byName.get(name);

/** The functions of OData that Dataverse documents for texts (filter-rows, "Use OData query functions"). */
export const documentedFunctions: ReadonlySet<string> = new Set([
  'contains',
  'startswith',
  'endswith',
]);
