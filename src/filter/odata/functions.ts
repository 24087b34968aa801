/** A function that a filter can call: what completion, hover and signature help show, and the checks hold. */
export interface ODataFunction {
  readonly name: string;
  readonly parameters: readonly ODataParameter[];
  /** `unknown`: the type of the answer hangs on the arguments. */
  readonly answers: 'condition' | 'value' | 'unknown';
  /** Whether further pairs of arguments may follow, as in `case`. */
  readonly repeats?: boolean;
}

export interface ODataParameter {
  readonly name: string;
  readonly optional?: boolean;
}

const given = (names: string): readonly ODataParameter[] =>
  names
    .split(' ')
    .filter((name) => name !== '')
    .map((name) => (name.endsWith('?') ? { name: name.slice(0, -1), optional: true } : { name }));

const condition = (name: string, parameters: string): ODataFunction => ({
  name,
  parameters: given(parameters),
  answers: 'condition',
});

const value = (name: string, parameters: string): ODataFunction => ({
  name,
  parameters: given(parameters),
  answers: 'value',
});

/** The canonical functions of OData 4.01 (ABNF section 4, `methodCallExpr`, `castExpr`, `isofExpr`). */
export const odataFunctions: readonly ODataFunction[] = [
  condition('contains', 'text part'),
  condition('startswith', 'text start'),
  condition('endswith', 'text end'),
  condition('matchesPattern', 'text pattern'),
  condition('hassubset', 'collection subset'),
  condition('hassubsequence', 'collection subsequence'),
  condition('geo.intersects', 'point polygon'),
  condition('isof', 'value? type'),
  value('length', 'text'),
  value('indexof', 'text part'),
  value('substring', 'text start length?'),
  value('tolower', 'text'),
  value('toupper', 'text'),
  value('trim', 'text'),
  value('concat', 'first second'),
  value('year', 'date'),
  value('month', 'date'),
  value('day', 'date'),
  value('hour', 'time'),
  value('minute', 'time'),
  value('second', 'time'),
  value('fractionalseconds', 'time'),
  value('totalseconds', 'duration'),
  value('date', 'dateTimeOffset'),
  value('time', 'dateTimeOffset'),
  value('totaloffsetminutes', 'dateTimeOffset'),
  value('now', ''),
  value('mindatetime', ''),
  value('maxdatetime', ''),
  value('round', 'number'),
  value('floor', 'number'),
  value('ceiling', 'number'),
  value('geo.distance', 'first second'),
  value('geo.length', 'line'),
  { name: 'cast', parameters: given('value? type'), answers: 'unknown' },
  { name: 'case', parameters: given('condition value'), answers: 'unknown', repeats: true },
];

const byName: ReadonlyMap<string, ODataFunction> = new Map(
  odataFunctions.map((known) => [known.name, known]),
);

export const odataFunction = (name: string): ODataFunction | undefined => byName.get(name);

/** How few and how many arguments a function takes. */
function arityOf(known: ODataFunction): { readonly least: number; readonly most: number } {
  const least = known.parameters.filter(({ optional }) => optional !== true).length;
  return {
    least,
    most: known.repeats === true ? Number.POSITIVE_INFINITY : known.parameters.length,
  };
}

export function takes(known: ODataFunction, count: number): boolean {
  const { least, most } = arityOf(known);
  return count >= least && count <= most && (known.repeats !== true || count % least === 0);
}

/** How a call is written: `substring(text, start, [length])`. */
export function signatureOf({ name, parameters, repeats }: ODataFunction): string {
  const written = parameters.map((parameter) =>
    parameter.optional === true ? `[${parameter.name}]` : parameter.name,
  );
  return repeats === true ? `${name}(${written.join(':')}, …)` : `${name}(${written.join(', ')})`;
}
