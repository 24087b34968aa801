import { deepEqual, equal } from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  addParenthesesOData,
  negateOData,
  removeParenthesesOData,
  resolveNegationOData,
  sortAlternativesOData,
} from '../../../../src/filter/convert/refactorOData.ts';
import {
  addParenthesesXpp,
  doubleEqualsXpp,
  negateXpp,
  parenthesiseXpp,
  removeParenthesesXpp,
  resolveNegationXpp,
  sortAlternativesXpp,
} from '../../../../src/filter/convert/refactorXpp.ts';
import { compareConditions } from '../../../../src/filter/meaning/compare.ts';
import type { Condition } from '../../../../src/filter/meaning/condition.ts';
import { evaluate } from '../../../../src/filter/meaning/evaluate.ts';
import { applyEdits, type Edit } from '../../../../src/text/edit.ts';
import type { Span } from '../../../../src/text/span.ts';
import { asRow, cells, odataFilter, odataMeaning, xppFilter, xppMeaning } from './filters.ts';

type Rewrite = (source: string, selection?: Span) => readonly Edit[];

const after = (rewrite: Rewrite, source: string, selection?: Span): string =>
  applyEdits(source, rewrite(source, selection));

const spanOf = (source: string, part: string): Span => {
  const start = source.indexOf(part);
  return { start, end: start + part.length };
};

interface Case {
  readonly name: string;
  readonly rewrite: Rewrite;
  readonly texts: readonly (readonly [string, string, string?])[];
}

const all =
  (rewrite: (source: string, selection: Span) => readonly Edit[]): Rewrite =>
  (source, selection) =>
    rewrite(source, selection ?? { start: 0, end: source.length });

const xpp: readonly Case[] = [
  {
    name: 'removeParenthesesXpp',
    rewrite: removeParenthesesXpp,
    texts: [
      ['((A == 1))', '(A == 1)'],
      ['(((A == 1)))', '(A == 1)'],
      ['((A == 1) && ((B == 2) && (C == 3)))', '((A == 1) && (B == 2) && (C == 3))'],
      ['((A == 1) && ((B == 2) || (C == 3)))', '((A == 1) && ((B == 2) || (C == 3)))'],
      ['!((A == 1))', '!(A == 1)'],
      ['(A == 1', '(A == 1'],
    ],
  },
  {
    name: 'addParenthesesXpp',
    rewrite: addParenthesesXpp,
    texts: [
      ['A == 1', '(A == 1)'],
      ['A == 1 && B == 2', '((A == 1) && (B == 2))'],
      ['(A == 1) && B == 2 || C == 3', '(((A == 1) && (B == 2)) || (C == 3))'],
      ['!A == 1', '(!(A == 1))'],
    ],
  },
  {
    name: 'parenthesiseXpp',
    rewrite: all(parenthesiseXpp),
    texts: [['(A == 1) && B == 2 || C == 3', '(A == 1) && (B == 2) || C == 3', 'B']],
  },
  {
    name: 'doubleEqualsXpp',
    rewrite: doubleEqualsXpp,
    texts: [['(A = 1) && (B == 2) && (C=3)', '(A == 1) && (B == 2) && (C==3)']],
  },
  {
    name: 'resolveNegationXpp',
    rewrite: resolveNegationXpp,
    texts: [
      ['!((A == 1) && (B < 2))', '((A != 1) || (B >= 2))'],
      ['!((A == 1) && (N like "x*"))', '((A != 1) || !(N like "x*"))'],
      ['!(!(A == 1))', '((A == 1))'],
      ['!(N like "x*")', '!(N like "x*")'],
      ['(A == 1) && !(B == 2)', '(A == 1) && (B != 2)', 'B'],
    ],
  },
  {
    name: 'sortAlternativesXpp',
    rewrite: sortAlternativesXpp,
    texts: [
      ['((A == "b") || (A == "a") || (a == "B"))', '((A == "a") || (A == "b"))'],
      ['A == 10 || A == 9', 'A == 9 || A == 10'],
      ['A == 10 || B == 9', 'A == 10 || B == 9'],
      ['A == 2 || A != 1', 'A == 2 || A != 1'],
    ],
  },
];

const odata: readonly Case[] = [
  {
    name: 'removeParenthesesOData',
    rewrite: removeParenthesesOData,
    texts: [
      ['((a eq 1))', 'a eq 1'],
      ['(a eq 1 and (b eq 2 and c eq 3))and d eq 4', 'a eq 1 and b eq 2 and c eq 3 and d eq 4'],
      ['(a eq 1 and b eq 2) or c eq 3', '(a eq 1 and b eq 2) or c eq 3'],
    ],
  },
  {
    name: 'addParenthesesOData',
    rewrite: addParenthesesOData,
    texts: [['a eq 1 or b eq 2 and c eq 3', 'a eq 1 or (b eq 2 and c eq 3)']],
  },
  {
    name: 'resolveNegationOData',
    rewrite: resolveNegationOData,
    texts: [
      ["not (a eq 1 and contains(b,'x'))", "(a ne 1 or not contains(b,'x'))"],
      ['not (a eq 1 and b eq 2 or c eq 3)', '((a ne 1 or b ne 2) and c ne 3)'],
      ["not contains(b,'x')", "not contains(b,'x')"],
    ],
  },
  {
    name: 'sortAlternativesOData',
    rewrite: sortAlternativesOData,
    texts: [
      ['a eq 2 or a eq 1 or a eq 2', 'a eq 1 or a eq 2'],
      ["(b eq 'y' or b eq 'x') and a eq 1", "(b eq 'x' or b eq 'y') and a eq 1"],
    ],
  },
];

const sides = [
  { cases: xpp, filter: xppFilter, meaningOf: xppMeaning },
  { cases: odata, filter: odataFilter, meaningOf: odataMeaning },
];

const isSame = (left: Condition, right: Condition): boolean =>
  compareConditions(left, right, { mode: 'truth' }).kind !== 'different';

for (const { cases, filter, meaningOf } of sides) {
  for (const { name, rewrite, texts } of cases) {
    describe(name, () => {
      for (const [source, expected, part] of texts) {
        it(`makes ${expected} of ${source}`, () => {
          const selection = part === undefined ? undefined : spanOf(source, part);
          equal(after(rewrite, source, selection), expected);
        });
      }

      it('keeps the meaning', () => {
        fc.assert(
          fc.property(filter, cells, (source, given) => {
            const [before, behind] = [meaningOf(source), meaningOf(after(rewrite, source))];
            equal(evaluate(behind, asRow(given)), evaluate(before, asRow(given)));
            equal(isSame(before, behind), true);
          }),
          { numRuns: 300 },
        );
      });
    });
  }
}

describe('negation', () => {
  const xppCases: readonly (readonly [string, string, string?])[] = [
    ['(A == 1)', '(A != 1)'],
    ['A == 1 && B < 2 || (N like "x")', 'A != 1 || B >= 2 && !(N like "x")'],
    ['N like "x" && A == 1', '!(N like "x") || A != 1'],
    ['(A == 1) && !(B == 2)', '(A == 1) && (B == 2)', '!(B'],
    ['(Day(1))', '(Day(1))'],
    ['', ''],
  ];
  for (const [source, expected, part] of xppCases) {
    it(`of ${source} is ${expected}`, () => {
      const selection = part === undefined ? undefined : spanOf(source, part);
      equal(after(negateXpp, source, selection), expected);
    });
  }

  const odataCases: readonly (readonly [string, string])[] = [
    ['a eq 1 and b lt 2 or c eq null', '(a ne 1 or b ge 2) and c ne null'],
    ["contains(a,'x') and s", "not contains(a,'x') or not s"],
    ['not (a eq 1)', '(a eq 1)'],
    ['a in (1,2)', 'not (a in (1,2))'],
    ['not s and a eq 1', 's or a ne 1'],
    ['not s and a eq 1 or s', '(s or a ne 1) and not s'],
  ];
  for (const [source, expected] of odataCases) {
    it(`of ${source} is ${expected}`, () => equal(after(negateOData, source), expected));
  }

  const opposite = (truth: boolean | undefined): boolean | undefined =>
    truth === undefined ? undefined : !truth;

  it('answers the opposite, and UNKNOWN where that was', () => {
    fc.assert(
      fc.property(xppFilter, odataFilter, cells, (left, right, given) => {
        const row = asRow(given);
        const negatedXpp = xppMeaning(after(negateXpp, left));
        deepEqual(evaluate(negatedXpp, row), opposite(evaluate(xppMeaning(left), row)));
        const negatedOData = odataMeaning(after(negateOData, right));
        deepEqual(evaluate(negatedOData, row), opposite(evaluate(odataMeaning(right), row)));
      }),
      { numRuns: 500 },
    );
  });
});
