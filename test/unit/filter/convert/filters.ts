import * as fc from 'fast-check';
import type { Condition } from '../../../../src/filter/meaning/condition.ts';
import type { Row } from '../../../../src/filter/meaning/evaluate.ts';
import { rowOf } from '../../../../src/filter/meaning/samples.ts';
import type { Cell } from '../../../../src/filter/meaning/values.ts';
import { meaningOfOData } from '../../../../src/filter/odata/meaning.ts';
import { parseOData } from '../../../../src/filter/odata/parse.ts';
import { meaningOfXpp } from '../../../../src/filter/xpp/meaning.ts';
import { parseXpp } from '../../../../src/filter/xpp/parse.ts';

/* Random filters over a few fields, and rows that tell them apart. */

export const xppMeaning = (source: string): Condition => meaningOfXpp(parseXpp(source).value);
export const odataMeaning = (source: string): Condition => meaningOfOData(parseOData(source).value);

const blank = fc.constantFrom('', '', ' ', '  ', '\n');
const spaced = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((texts) => texts.join(''));

const TEXTS = ['', 'a', 'A', 'ab', 'abc', 'b', 'a b', '  ', 'a%', String.raw`a\"c`];
const xppRelation = fc.constantFrom('==', '=', '!=', '<', '<=', '>', '>=');

const xppComparison: fc.Arbitrary<string> = fc.oneof(
  spaced(
    fc.constantFrom('T', 'U', 't'),
    blank,
    xppRelation,
    blank,
    fc.constantFrom(...TEXTS).map((text) => `"${text}"`),
  ),
  spaced(
    fc.constantFrom('T', 'U'),
    ' ',
    fc.constantFrom('like', 'LIKE'),
    ' ',
    fc.constantFrom('"a*"', '"*b"', '"*b*"', "'?'", '"a?c"', '"*"', '"ab"', '"A*c"'),
  ),
  spaced('N', blank, xppRelation, blank, fc.constantFrom('0', '1', '2', '-1', '1.5')),
  spaced(
    'D',
    blank,
    xppRelation,
    blank,
    fc.constantFrom(String.raw`1\1\1900`, String.raw`23\06\2021`, String.raw`24\6\2021`),
  ),
  spaced(fc.constantFrom('0', '1'), blank, xppRelation, blank, 'N'),
);

export const xppFilter: fc.Arbitrary<string> = fc.letrec<{ term: string; chain: string }>(
  (tie) => ({
    term: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      xppComparison,
      spaced('(', blank, tie('chain'), blank, ')'),
      spaced('!', blank, tie('term')),
    ),
    chain: fc
      .tuple(
        tie('term'),
        fc.array(spaced(blank, fc.constantFrom('&&', '||'), blank, tie('term')), { maxLength: 2 }),
      )
      .map(([first, others]) => first + others.join('')),
  }),
).chain;

const odataRelation = fc.constantFrom('eq', 'ne', 'lt', 'le', 'gt', 'ge');
const gap = fc.constantFrom(' ', '  ', '\n');

const odataComparison: fc.Arbitrary<string> = fc.oneof(
  spaced(
    fc.constantFrom('T', 'U'),
    gap,
    odataRelation,
    gap,
    fc.constantFrom("'a'", "'ab'", "'b'", "'O''B'", "'a b'"),
  ),
  spaced(fc.constantFrom('T', 'U', 'N', 'D'), gap, fc.constantFrom('eq', 'ne'), gap, 'null'),
  spaced(
    fc.constantFrom('contains', 'startswith', 'endswith'),
    '(',
    blank,
    'T',
    blank,
    ',',
    blank,
    fc.constantFrom("'a'", "'b'", "'a_'", "'[ab]c'", "'%b'"),
    blank,
    ')',
  ),
  spaced('N', gap, odataRelation, gap, fc.constantFrom('0', '1', '2', '-1', '1.5')),
  spaced('N', gap, 'in', gap, fc.constantFrom('(1,2)', '( 0 )', '(2 , 1)')),
  spaced('D', gap, odataRelation, gap, fc.constantFrom('2021-06-23', '2021-06-24')),
  spaced('S', gap, fc.constantFrom('eq', 'ne'), gap, fc.constantFrom('true', 'false', 'null')),
  fc.constantFrom('S', 'true', 'false', 'null ne T'),
);

export const odataFilter: fc.Arbitrary<string> = fc.letrec<{ term: string; chain: string }>(
  (tie) => ({
    term: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      odataComparison,
      spaced('(', blank, tie('chain'), blank, ')'),
      spaced('not (', blank, tie('chain'), ')'),
    ),
    chain: fc
      .tuple(
        tie('term'),
        fc.array(spaced(gap, fc.constantFrom('and', 'or'), gap, tie('term')), { maxLength: 2 }),
      )
      .map(([first, others]) => first + others.join('')),
  }),
).chain;

export type Cells = Readonly<Record<'t' | 'u' | 'n' | 'd' | 's', Cell>>;

const text = fc.oneof(
  fc.constantFrom(null, '', ' ', 'a', 'A ', 'ab', 'abc', 'b', 'aa', 'a b', 'a%', 'a"c', 'xby'),
  fc.string({ unit: fc.constantFrom('a', 'b', 'C', ' ', '!', '%', 'ž'), maxLength: 4 }),
);

/** Cells of the fields above, each of the type it is compared as. */
export const cells: fc.Arbitrary<Cells> = fc.record({
  t: text,
  u: text,
  n: fc.constantFrom(null, '-2', '-1', '0', '0.5', '1', '1.0', '1.5', '1.7', '2', '3'),
  d: fc.constantFrom(
    null,
    '1900-01-01',
    '2021-06-22',
    '2021-06-23',
    '2021-06-23T10:00:00',
    '2021-06-24',
    '2021-06-25',
  ),
  s: fc.constantFrom(null, 'true', 'false', 'Yes', '0'),
});

export const asRow = (given: Cells): Row => rowOf(new Map(Object.entries(given)));
