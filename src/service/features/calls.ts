import { dataverseFunctions, documentedFunctions } from '../../filter/odata/dataverseFunctions.ts';
import { type ODataFunction, odataFunctions } from '../../filter/odata/functions.ts';
import { rangeMethod, type RangeMethodDescription } from '../../filter/range/methods.ts';
import type { Translate } from '../../problem/message.ts';
import { canonicalExamples } from './functionExamples.ts';
import type { FilterLanguage } from './lexemes.ts';

/** A function as hover, completion and signature help show it. */
export interface KnownFunction {
  /** As it is called: `contains`, `Microsoft.Dynamics.CRM.LastXDays`, `SysQueryRangeUtil::day`. */
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly isOptional: boolean }[];
  /** Whether arguments are given by name, as query functions of Dataverse have it. */
  readonly isNamed: boolean;
  /** Whether its arguments stand in pairs, of which more may follow: `case(a:1, b:2)`. */
  readonly isPaired: boolean;
  readonly answers: ODataFunction['answers'];
  /** Key of the message that says what it means. */
  readonly meaning: string;
  /** False for what OData has and Dataverse does not document. */
  readonly isDocumented: boolean;
  readonly example: string;
}

/** Each has a sentence of its own, `function.NAME`; few are documented for filters of Dataverse (`dualwrite.md` 3.2). */
const canonical = (known: ODataFunction): KnownFunction => ({
  name: known.name,
  parameters: known.parameters.map(({ name, optional }) => ({
    name,
    isOptional: optional === true,
  })),
  isNamed: false,
  isPaired: known.repeats === true,
  answers: known.answers,
  meaning: `function.${known.name}`,
  isDocumented: documentedFunctions.has(known.name),
  example: canonicalExamples[known.name] ?? '',
});

/** Query functions by family: what the name does not say is the same for all of one (Web API query function reference). */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^(?:Not)?Equal/u, 'user'],
  [/^LastX/u, 'lastX'],
  [/^NextX/u, 'nextX'],
  [/^OlderThanX/u, 'olderThanX'],
  [/Fiscal.*And|^InFiscal/u, 'fiscal'],
  [/^(?:Last|Next|This|Today|Tomorrow|Yesterday)/u, 'period'],
  [/^(?:Above|Under|NotUnder)/u, 'hierarchy'],
  [/^On/u, 'on'],
  [/Between$/u, 'between'],
  [/ContainValues$/u, 'choices'],
  [/^(?:Not)?In$/u, 'in'],
];

const COLUMNS: Readonly<Record<string, string>> = {
  user: 'ownerid',
  contains: 'name',
  choices: 'interests',
  in: 'statuscode',
  hierarchy: 'accountid',
  between: 'numberofemployees',
};

const VALUES: Readonly<Record<string, string>> = {
  fiscal: '2026',
  hierarchy: "'00000000-0000-0000-0000-000000000001'",
  on: "'2026-06-23'",
};

const query = (known: ODataFunction): KnownFunction => {
  const short = known.name.slice(known.name.lastIndexOf('.') + 1);
  const family = FAMILIES.find(([pattern]) => pattern.test(short))?.[1] ?? 'contains';
  const parameters = known.parameters.map(({ name }) => ({ name, isOptional: false }));
  const values = parameters.map(({ name }) => `${name}=${exampleOf(name, family)}`).join(',');
  return {
    name: known.name,
    parameters,
    isNamed: true,
    isPaired: false,
    answers: known.answers,
    meaning: `function.query.${family}`,
    isDocumented: true,
    example: `${known.name}(${values})`,
  };
};

function exampleOf(parameter: string, family: string): string {
  if (parameter === 'PropertyName') return `'${COLUMNS[family] ?? 'createdon'}'`;
  if (parameter === 'PropertyValues') return family === 'between' ? '["5","2000"]' : '["1","2"]';
  if (parameter === 'PropertyValue1') return '1';
  if (parameter === 'PropertyValue2') return '2026';
  return VALUES[family] ?? (family === 'contains' ? "'Ltd'" : '7');
}

const RANGE_CLASS = 'SysQueryRangeUtil';

/** A method of SysQueryRangeUtil yields the plain range of one field (`dualwrite.md` 2.5). */
const range = ({ name, parameters }: RangeMethodDescription): KnownFunction => ({
  name: `${RANGE_CLASS}::${name}`,
  parameters: parameters.map((parameter) => ({ name: parameter.name, isOptional: true })),
  isNamed: false,
  isPaired: false,
  answers: 'value',
  meaning: `function.range.${name}`,
  isDocumented: true,
  example: `(${name}(${['0', '-1, 0'][parameters.length - 1] ?? ''}))`,
});

export const canonicalFunctions: readonly KnownFunction[] = odataFunctions.map(canonical);
export const queryFunctions: readonly KnownFunction[] = dataverseFunctions.map(query);

const named = (known: KnownFunction): readonly [string, KnownFunction] => [known.name, known];
const ODATA: ReadonlyMap<string, KnownFunction> = new Map(
  [...canonicalFunctions, ...queryFunctions].map(named),
);

export function functionNamed(name: string, language: FilterLanguage): KnownFunction | undefined {
  if (language === 'odata') return ODATA.get(name);
  const method = rangeMethod(name);
  return method === undefined ? undefined : range(method);
}

/** `contains(text, part)`; each parameter with its place in the whole. */
export function signatureOf(known: KnownFunction): {
  readonly label: string;
  readonly parameters: readonly (readonly [number, number])[];
} {
  let label = `${known.name}(`;
  const parameters: (readonly [number, number])[] = [];
  for (const [index, { name, isOptional }] of known.parameters.entries()) {
    if (index > 0) label += known.isPaired ? ':' : ', ';
    const start = label.length;
    label += isOptional ? `[${name}]` : name;
    parameters.push([start, label.length]);
  }
  return { label: `${label}${known.isPaired ? ', …' : ''})`, parameters };
}

export function meaningOf(known: KnownFunction, translate: Translate): string {
  const example =
    known.example === '' ? [] : [`${translate('hover.example')} \`${known.example}\``];
  const note = known.isDocumented ? '' : ` ${translate('function.undocumented')}`;
  return [translate(known.meaning) + note, ...example].join('\n\n');
}
