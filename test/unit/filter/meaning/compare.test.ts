import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  compareConditions,
  type ConditionsCompared,
} from '../../../../src/filter/meaning/compare.ts';
import type { Condition } from '../../../../src/filter/meaning/condition.ts';
import { evaluate } from '../../../../src/filter/meaning/evaluate.ts';
import { matches, xppPattern } from '../../../../src/filter/meaning/patterns.ts';
import { rowOf } from '../../../../src/filter/meaning/samples.ts';
import { textCells } from '../../../../src/filter/meaning/textCells.ts';
import { type Cell, compareCell } from '../../../../src/filter/meaning/values.ts';
import {
  asRow,
  cells,
  odataFilter,
  odataMeaning,
  xppFilter,
  xppMeaning,
} from '../convert/filters.ts';

const both = (left: string, right: string): ConditionsCompared =>
  compareConditions(xppMeaning(left), xppMeaning(right));

const namedRow = (row: ReadonlyMap<string, Cell>): ReturnType<typeof rowOf> =>
  rowOf(new Map([...row].map(([field, cell]) => [field.toLowerCase(), cell])));

describe('comparing conditions', () => {
  const equals: readonly (readonly [string, string])[] = [
    ['(A == 1)', '( A = 1 )'],
    ['((A == 1) && (B == 2))', '(b == 2) && ((a == 1))'],
    ['A == "x" || A == "X "', 'A == "x"'],
    ['(F != "")', '(!(F == ""))'],
    ['F > ""', 'F != ""'],
    ['!(A == 1 || B < 2)', 'A != 1 && B >= 2'],
    ['(A == 1 || B == 2) && C == 3', '(A == 1 && C == 3) || (B == 2 && C == 3)'],
    [String.raw`D > 23\06\2021`, String.raw`D >= 24\06\2021`],
    ['N like "A*" && N like "*B"', 'N like "A*B"'],
    ['N like "ab*" && N like "*ba"', 'N like "ab*ba" || N like "aba"'],
    ['N like "a*" || N like "*"', 'N like "**"'],
    ['N like "x*" && N < "x"', 'A == "q" && A != "q"'],
    ['"x" == A', 'A == "x"'],
    ['A == B', 'B == A'],
    ['A < B', 'B > A'],
    ['', ''],
  ];
  for (const [left, right] of equals) {
    it(`${left} equals ${right}`, () => deepEqual(both(left, right), { kind: 'equal' }));
  }

  const different: readonly (readonly [string, string])[] = [
    ['A == "x" || A != "x"', ''],
    ['A >= 2', 'A > 1'],
    ['A == 1 || B == 2 && C == 3', 'A == 1 || (B == 2 && C == 3)'],
    ['N like "a?"', 'N like "a*"'],
    ['N == "ab"', 'N like "ab"'],
    ['A < B', 'A <= B'],
    [String.raw`D < 2021-06-24T00:00:00`, String.raw`D <= 2021-06-23T23:59:58`],
  ];
  for (const [left, right] of different) {
    it(`${left} differs from ${right}`, () => {
      const result = both(left, right);
      equal(result.kind, 'different');
      if (result.kind !== 'different') return;
      const row = namedRow(result.witness.row);
      equal(evaluate(xppMeaning(left), row), result.witness.left);
      equal(evaluate(xppMeaning(right), row), result.witness.right);
      notEqual(result.witness.left === true, result.witness.right === true);
    });
  }

  it('tells UNKNOWN from false only in the mode that asks for it', () => {
    const [left, right] = [odataMeaning("f eq 'v'"), odataMeaning("f eq 'v' and f ne null")];
    equal(compareConditions(left, right).kind, 'equal');
    equal(compareConditions(left, right, { mode: 'truth' }).kind, 'different');
  });

  it('leaves out NULL where it can not be', () => {
    const [left, right] = [xppMeaning('A == 1 || A != 1'), xppMeaning('')];
    equal(compareConditions(left, right).kind, 'different');
    equal(compareConditions(left, right, { isNullable: () => false }).kind, 'equal');
  });

  it('does not answer for what it can not read, list or walk through', () => {
    const reason = (result: ConditionsCompared): string =>
      result.kind === 'unknown' ? result.reason : result.kind;
    equal(reason(both('DS.A == 1', 'A == 1')), 'unreadable');
    equal(reason(both('A == 1 && A != 1', 'B == 1 && B == "x" && B != 1')), 'equal');
    equal(reason(both('A == 1 && A < "x"', 'A < "x" && A == 1 && A <= "x"')), 'cells');
    equal(
      reason(
        compareConditions(xppMeaning('A == 1 && B > 2'), xppMeaning('B > 1 && B > 2'), {
          effort: 0,
        }),
      ),
      'large',
    );
  });

  it('finds a difference among many fields', () => {
    const terms = Array.from({ length: 60 }, (_, index) => `(F${index} == "a" || G${index} == 2)`);
    const whole = terms.join(' && ');
    equal(both(whole, terms.toReversed().join(' && ')).kind, 'equal');
    equal(both(whole, whole.replace('G59 == 2', 'G59 == 3')).kind, 'different');
  });

  it('takes no more than seconds for long chains', function () {
    this.timeout(15_000);
    const terms = Array.from({ length: 20_000 }, (_, index) => `A == "${index}"`);
    equal(both(terms.join(' || '), terms.toReversed().join(' || ')).kind, 'equal');
    equal(both(terms.join(' || '), terms.slice(1).join(' || ')).kind, 'different');
    equal(
      both(terms.slice(0, 800).join(' || '), terms.slice(1, 800).join(' || ')).kind,
      'different',
    );
  });

  /** What an answer promises, held against rows. */
  function checkAgainstRows(left: Condition, right: Condition, given: readonly unknown[]): void {
    const result = compareConditions(left, right);
    if (result.kind === 'different') {
      const row = namedRow(result.witness.row);
      notEqual(evaluate(left, row) === true, evaluate(right, row) === true);
      return;
    }
    if (result.kind === 'unknown') return;
    for (const row of given as readonly Parameters<typeof asRow>[0][]) {
      equal(evaluate(left, asRow(row)) === true, evaluate(right, asRow(row)) === true);
    }
  }

  it('answers for pairs of X++ filters what rows answer', () => {
    const rows = fc.array(cells, { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(xppFilter, xppFilter, rows, (left, right, given) =>
        checkAgainstRows(xppMeaning(left), xppMeaning(right), given),
      ),
      { numRuns: 300 },
    );
  });

  it('answers for pairs of OData filters what rows answer', () => {
    const rows = fc.array(cells, { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(odataFilter, odataFilter, rows, (left, right, given) =>
        checkAgainstRows(odataMeaning(left), odataMeaning(right), given),
      ),
      { numRuns: 300 },
    );
  });

  it('finds filters equal that differ in order, spelling and parentheses', () => {
    fc.assert(
      fc.property(fc.array(xppFilter, { minLength: 1, maxLength: 3 }), (terms) => {
        const left = terms.map((term) => `(${term})`).join(' && ');
        const right = terms
          .toReversed()
          .map((term) => `((${term.replaceAll('T', 't').replaceAll('U', 'u')}))`)
          .join('&&');
        equal(both(left, right).kind, 'equal');
      }),
      { numRuns: 200 },
    );
  });

  it('finds a row for whatever a random row tells apart', () => {
    fc.assert(
      fc.property(xppFilter, xppFilter, cells, (left, right, given) => {
        const [a, b] = [xppMeaning(left), xppMeaning(right)];
        const row = asRow(given);
        fc.pre((evaluate(a, row) === true) !== (evaluate(b, row) === true));
        notEqual(compareConditions(a, b).kind, 'equal');
      }),
      { numRuns: 300 },
    );
  });
});

describe('cells of texts', () => {
  const PARTS = ['a', 'b', 'B', '*', '?', ' ', '!'];
  const pattern = fc.string({ unit: fc.constantFrom(...PARTS), maxLength: 4 });
  const literal = fc.string({ unit: fc.constantFrom('a', 'b', 'A', ' ', '!', 'é'), maxLength: 3 });
  const cell = fc.string({
    unit: fc.constantFrom('a', 'b', 'B', ' ', '!', 'é', 'z'),
    maxLength: 6,
  });

  it('give every answer that any text gives', () => {
    fc.assert(
      fc.property(
        fc.array(pattern, { maxLength: 3 }),
        fc.array(literal, { maxLength: 3 }),
        fc.array(cell, { minLength: 30, maxLength: 30 }),
        (patterns, texts, given) => {
          const answer = (text: Cell): string =>
            [
              ...patterns.map((one) => matches(xppPattern(one), text ?? '')),
              ...texts.flatMap((one) =>
                (['lt', 'eq'] as const).map((operator) =>
                  compareCell(text, operator, { type: 'text', text: one }),
                ),
              ),
            ].join();
          const found = textCells(texts, patterns.map(xppPattern));
          ok(found.isComplete);
          const answers = new Set(found.cells.map(answer));
          for (const text of given) ok(answers.has(answer(text)), JSON.stringify(text));
        },
      ),
      { numRuns: 500 },
    );
  });
});
