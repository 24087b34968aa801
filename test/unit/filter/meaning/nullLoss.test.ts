import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { evaluate, evaluateWithoutNull } from '../../../../src/filter/meaning/evaluate.ts';
import { nullLosses } from '../../../../src/filter/meaning/nullLoss.ts';
import { textOf } from '../../../../src/text/span.ts';
import { anyRow, conditionOf, literalFilter, rowOf } from '../../../kit/conditions.ts';

/** The comparisons reported for a filter, as written; negated ones with `!`. F and G are nullable, R is not. */
const lossesIn = (source: string): readonly string[] =>
  nullLosses(conditionOf(source), (field) => /^[fg]$/iu.test(field)).map(
    ({ comparison, negated }) => `${negated ? '!' : ''}${textOf(source, comparison.span)}`,
  );

const alone: readonly (readonly [string, boolean])[] = [
  ['F == ""', true],
  ['F == " "', true],
  ['F == "v"', false],
  ['F != ""', false],
  ['F != "v"', true],
  ['F < "v"', true],
  ['F <= ""', true],
  ['F < ""', false],
  ['F > ""', false],
  ['F >= ""', true],
  ['F > "v"', false],
  ['F like "*"', true],
  ['F like "?"', false],
  ['F like "v*"', false],
  ['F like ""', true],
  ['F == 0', true],
  ['F == 1', false],
  ['F != 1', true],
  ['F != 0', false],
  ['F > 0', false],
  ['F >= 0', true],
  ['F < 5', true],
  ['F > -1', true],
  ['F == 0.0', true],
  [String.raw`F == 1\1\1900`, true],
  [String.raw`F <= 23\6\2021`, true],
  [String.raw`F > 1\1\1900`, false],
  [String.raw`F != 1\1\1900`, false],
  ['F == 1900-01-01T00:00:00', true],
  ['F > 1900-01-01T00:00:00', false],
  ['F < 2021-06-23T10:20:30', true],
  ['F == NoYes::No', true],
  ['F != NoYes::Yes', true],
  ['F == NoYes::Yes', false],
  ['F != NoYes::No', false],
  ['F == {00000000-0000-0000-0000-000000000000}', true],
  ['F != {12345678-90ab-cdef-1234-567890abcdef}', true],
  ['f == ""', true],
  ['R == ""', false],
  ['R != "v"', false],
];

const MIRRORED: Readonly<Record<string, string>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** Several comparisons: which of them lose rows. */
const together: readonly (readonly [string, readonly string[]])[] = [
  ['(F != "") && (F != "v")', []],
  ['(F != "v") && (F != "")', []],
  ['(F != "w") && (F != "v")', ['(F != "w")', '(F != "v")']],
  ['(F != "") || (F != "v")', ['(F != "v")']],
  ['(F != "") && (f != "v")', []],
  ['(F != "") && (G != "v")', ['(G != "v")']],
  ['(F == "") && (G == "")', ['(F == "")', '(G == "")']],
  ['(F == "") || (R == "x")', ['(F == "")']],
  ['(F != "v") && (R == "x")', ['(F != "v")']],
  ['!((F == "v") || (F == ""))', []],
  ['!((F == "v") && (F == ""))', ['!(F == "v")']],
  ['!((F == "v") || (F == "w"))', ['!(F == "v")', '!(F == "w")']],
  ['!(!(F == "v"))', []],
  ['!(!(F != "v"))', ['(F != "v")']],
  ['(F > "") && ((F != "v") || (R == "x"))', []],
  ['((F != "v") || (R == "x")) && ((F != "") || (G != ""))', ['(F != "v")']],
  ['((F != "v") || (R == "x")) && ((F != "") || (F > "a"))', []],
  ['(R == "x") && ((F != "") && (F != "v"))', []],
  ['(F == "a") && (F == "")', []],
  // Left to right: everything before || is its left side.
  ['(F != "") && (R == "x") || (F != "v")', ['(F != "v")']],
  ['(F != "v") || (R == "x") && (F != "")', []],
  // Nothing is known of the first element of an enum, nor of a comparison of two fields.
  ['(F == Kinds::None)', []],
  ['(F != Kinds::None)', []],
  ['(F == G)', []],
  ['(F == Kinds::None) && (F != "v")', ['(F != "v")']],
];

describe('comparisons that lose rows to NULL', () => {
  for (const [source, loses] of alone) {
    const [field = '', operator = '', ...literal] = source.split(' ');
    const mirrored = MIRRORED[operator];

    it(`are told by operator and value: ${source}`, () => {
      deepEqual(lossesIn(`(${source})`), loses ? [source] : []);
    });

    it(`are told below a negation: !(${source})`, () => {
      const isNullable = field !== 'R';
      deepEqual(lossesIn(`!(${source})`), !loses && isNullable ? [`!${source}`] : []);
    });

    if (mirrored !== undefined) {
      const swapped = `${literal.join(' ')} ${mirrored} ${field}`;
      it(`are told with the constant first: ${swapped}`, () => {
        deepEqual(lossesIn(`(${swapped})`), loses ? [swapped] : []);
      });
    }
  }

  for (const [source, losses] of together) {
    it(`are weighed with what else drops the row: ${source}`, () => {
      deepEqual(
        lossesIn(source),
        losses.map((loss) => loss.replaceAll(/[()]/gu, '')),
      );
    });
  }

  it('are never missed: a row that NULL loses has one of them, if all fields can be NULL', () => {
    // Holds for filters that compare fields with constants, when every field is nullable. An enum other than
    // NoYes has no known empty value: there `evaluateWithoutNull` leaves NULL, and the row counts as not lost.
    const property = fc.property(literalFilter, anyRow, (source, cells) => {
      const condition = conditionOf(source);
      const row = rowOf(cells);
      const isLost =
        evaluateWithoutNull(condition, row) === true && evaluate(condition, row) !== true;
      const losses = nullLosses(condition, () => true);
      if (isLost) ok(losses.length > 0, source);
      // Where nothing can be NULL nothing is lost.
      equal(nullLosses(condition, () => false).length, 0);
    });
    fc.assert(property, { numRuns: 600 });
  });

  it('are never invented: a comparison alone is told only where some row is lost by it', () => {
    const property = fc.property(literalFilter, (source) => {
      const condition = conditionOf(source);
      if (condition.kind !== 'comparison') return;
      const isLost =
        evaluateWithoutNull(condition, () => null) === true &&
        evaluate(condition, () => null) !== true;
      equal(nullLosses(condition, () => true).length, isLost ? 1 : 0, source);
    });
    fc.assert(property, { numRuns: 500 });
  });

  const chains = [
    { id: 'one field', term: () => '(F != "v")' },
    { id: 'a field each', term: (index: number) => `(F${index} != "v")` },
    {
      id: 'compensated at the end',
      term: (index: number) => (index === 99_999 ? '(F != "")' : '(F != "v")'),
    },
  ];
  for (const { id, term } of chains) {
    it(`are found in a chain of 100,000 terms: ${id}`, () => {
      const source = Array.from({ length: 100_000 }, (_, index) => term(index)).join(' && ');
      const expected = id.startsWith('compensated') ? 0 : 100_000;
      equal(nullLosses(conditionOf(source), () => true).length, expected);
    });
  }
});
