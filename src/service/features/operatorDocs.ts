import { approximateOperator } from './approximateSql.ts';
import { type DocsContext, fenced, languageOf, paragraphs } from './docsContext.ts';
import type { FilterLanguage } from './lexemes.ts';

/** Words that mean the same have one message, whichever was written. */
const OPERATORS: Readonly<Record<FilterLanguage, Readonly<Record<string, string>>>> = {
  xpp: {
    '==': 'equal',
    '=': 'assign',
    '!=': 'notEqual',
    '<': 'less',
    '<=': 'lessOrEqual',
    '>': 'greater',
    '>=': 'greaterOrEqual',
    like: 'like',
    '&&': 'and',
    '||': 'or',
    '!': 'not',
  },
  odata: {
    eq: 'odataEqual',
    ne: 'odataNotEqual',
    lt: 'less',
    le: 'lessOrEqual',
    gt: 'greater',
    ge: 'greaterOrEqual',
    and: 'odataAnd',
    or: 'odataOr',
    not: 'odataNot',
  },
};

const EXAMPLES: Readonly<Record<string, string>> = {
  equal: 'PartyType == "Organization"',
  notEqual: 'SalesOrderNumber != ""',
  like: 'Name like "A*"',
  and: '(A == "") && (B != 0)',
  or: '(A == "") || (B != 0)',
  not: '!(Name like "*A*")',
  odataEqual: 'statecode eq 0',
  odataNotEqual: '(statuscode ne 2 or statuscode eq null)',
  odataAnd: 'statecode eq 0 and name ne null',
  odataOr: 'statecode eq 0 or statuscode eq null',
  odataNot: "not contains(name, 'A')",
};

export function operatorDocs(name: string, { filter, translate }: DocsContext): string | undefined {
  const meaning = OPERATORS[languageOf(filter)][name.toLowerCase()];
  if (meaning === undefined) return undefined;
  const example = EXAMPLES[meaning];
  return paragraphs(
    fenced(name.toLowerCase(), filter),
    translate(`operator.${meaning}`),
    example === undefined ? '' : `${translate('hover.example')} \`${example}\``,
    filter.site.side === 'fo' ? approximateOperator(meaning, translate) : '',
  );
}
