import * as fc from 'fast-check';

/** Tokens of the language, what people type instead, and rubbish. */
export const ODATA_PIECES: readonly string[] =
  String.raw`a b.c 'x' 1 2021-06-23 null true eq ne and or not in has add - == && ! ( ) [ ] { } , : ; / . =
  any( all(x: contains( case( $it $count $filter @p "x" ' " “ %20 <guid> und N.E'A' 12x ~ \ $search=a
  Microsoft.Dynamics.CRM.In(`.split(/\s+/u);

const pieces = fc.array(fc.constantFrom(...ODATA_PIECES), { maxLength: 40 });

/** Sources made of these pieces in any order, and of any characters. */
export const anyODataSource: fc.Arbitrary<string> = fc.oneof(
  pieces.map((parts) => parts.join(' ')),
  pieces.map((parts) => parts.join('')),
  fc.string({ maxLength: 60 }),
);

const GUID = '12345678-90ab-CDEF-1234-567890abcdef';
const LITERALS = [
  "''",
  "'x'",
  "'O''Brien'",
  "'it'",
  "'( and )'",
  "'Příliš, žluťoučký'",
  '0',
  '1',
  '-17',
  '2.5',
  '-0.0',
  '12345678901234567890',
  '0.1',
  '2021-06-23',
  '2021-06-23T10:20:30Z',
  '2024-02-29T00:00:00.123+02:00',
  GUID,
  'null',
  'true',
  'false',
  'True',
] as const;
const COLUMNS = [
  'a',
  'name',
  'statecode',
  '_ownerid_value',
  'Země',
  'eq1',
  'nothing',
  'order',
  'deadbeef',
  'primarycontactid/firstname',
  'a/b/c',
  'Ns.account/name',
] as const;
const blank = fc.constantFrom('', '', ' ', '\n');
const gap = fc.constantFrom(' ', ' ', '  ', '\t', '\u00A0');

const joined = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((texts) => texts.join(''));

type Parts = Record<'value' | 'condition' | 'expression', string>;

/** Sources that keep to the ABNF and have no problem, with every construct that maps are known to hold. */
export const validODataSource: fc.Arbitrary<string> = fc.letrec<Parts>((tie) => {
  const literal = fc.constantFrom(...LITERALS);
  const column = fc.constantFrom(...COLUMNS);
  const value = tie('value');
  return {
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      column,
      literal,
      joined('(', blank, value, blank, ')'),
      joined('tolower(', blank, value, ')'),
      joined('concat(', value, blank, ',', blank, value, ')'),
      fc.constantFrom('now()', 'cast(a,Edm.String)', 'Microsoft.Dynamics.CRM.f()/b'),
      joined(value, gap, fc.constantFrom('add', 'sub', 'mul', 'div', 'mod'), gap, value),
    ),
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      joined(value, gap, fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le'), gap, value),
      joined(fc.constantFrom('contains', 'startswith'), '(', value, ',', blank, value, ')'),
      joined(column, gap, 'in', gap, '(', literal, blank, ',', blank, literal, blank, ')'),
      fc.constantFrom(
        'isactive',
        'a in (1)',
        "Microsoft.Dynamics.CRM.On(PropertyName='createdon',PropertyValue='2021-06-23')",
        `Microsoft.Dynamics.CRM.In(PropertyName='a', PropertyValues=["1","2"])`,
      ),
      joined('(', blank, tie('expression'), blank, ')'),
      joined('not', gap, fc.constantFrom('isactive', "contains(a,'b')", '(a eq 1)', 'a in (1)')),
      joined('not', gap, '(', tie('expression'), ')'),
    ),
    expression: fc
      .tuple(
        tie('condition'),
        fc.array(joined(gap, fc.constantFrom('and', 'or'), gap, tie('condition')), {
          maxLength: 3,
        }),
      )
      .map(([first, others]) => first + others.join('')),
  };
}).expression;
