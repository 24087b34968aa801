import { deepEqual, equal } from 'node:assert/strict';
import { evaluate, evaluateWithoutNull } from '../../../../src/filter/meaning/evaluate.ts';
import type { Cell, Truth } from '../../../../src/filter/meaning/values.ts';
import { conditionOf, rowOf } from '../../../kit/conditions.ts';
import { TRUTH_ROWS, truthTable } from '../../../kit/truthTable.ts';

const T = true;
const F = false;
const U = undefined;
/** One comparison of the field X: what SQL Server answers for a cell. */
const comparisons: readonly (readonly [string, Cell, Truth])[] = [
  ['X == "abc"', 'ABC', T],
  ['X == "abc"', 'abc  ', T],
  ['X == "abc"', ' abc', F],
  ['X == "abc"', 'abc\t', F],
  ['X == "abc"', null, U],
  ['X == "žluť"', 'ŽLUŤ', T],
  ['X < "b"', 'A', T],
  ['X < "B"', 'a', T],
  ['"b" > X', 'a', T],
  ['"b" < X', 'a', F],
  ['X like "a*"', 'ABC', T],
  ['X like "a*"', 'ba', F],
  ['X like "*c"', 'abc', T],
  ['X like "*c"', 'abc ', F],
  ['X like "a?c"', 'abc', T],
  ['X like "a?c"', 'abbc', F],
  ['X like "a?c"', 'a😀c', T],
  ['X like "*b*"', 'abc', T],
  ['X like ""', '', T],
  ['X like ""', ' ', F],
  ['X like "*"', '', T],
  ['X like "*"', null, U],
  ['X like "a.c"', 'abc', F],
  ['X like "a%"', 'abc', F],
  ['X like "[ab]"', 'a', F],
  ['X like "*a*b*c*"', 'xxaxxbxxcxx', T],
  ['X like "*a*b*c*"', 'xxcxxbxxaxx', F],
  ['X == 5', '5', T],
  ['X == 5', '5.0', T],
  ['X == 5', ' 05 ', T],
  ['X == 5', 'five', U],
  ['X == 0', '', U],
  ['X > 9', '10', T],
  ['X < -1', '-2', T],
  ['X == 1.5', '1.50', T],
  [String.raw`X == 23\6\2021`, '2021-06-23', T],
  [String.raw`X == 23\6\2021`, '2021-06-23T10:20:30', T],
  [String.raw`X <= 23\6\2021`, '2021-06-23 23:59:59', T],
  [String.raw`X < 23\6\2021`, '2021-06-22T23:59:59', T],
  [String.raw`X == 23\6\2021`, '23.6.2021', U],
  ['X == 2021-06-23T00:00:00', '2021-06-23', T],
  ['X < 2021-06-23T10:20:30', '2021-06-23T10:20:29', T],
  ['X >= 2021-06-23T10:20:30', '2021-06-23 10:20:30', T],
  ['X == NoYes::Yes', 'yes', T],
  ['X != NoYes::Yes', 'No', T],
  ['X == {12345678-90ab-cdef-1234-567890abcdef}', '{12345678-90AB-CDEF-1234-567890ABCDEF}', T],
  ['X == {12345678-90ab-cdef-1234-567890abcdef}', '12345678-90ab-cdef-1234-567890abcdee', F],
];

/** Conditions whose answers are their own names. */
const TRUTHS: Readonly<Record<string, string>> = {
  T: '(1 == 1)',
  F: '(1 == 2)',
  U: '(Nothing == 1)',
};
const logic: readonly (readonly [string, Truth])[] = [
  ['T && T', T],
  ['T && F', F],
  ['T && U', U],
  ['F && F', F],
  ['F && U', F],
  ['U && F', F],
  ['U && U', U],
  ['T || T', T],
  ['T || F', T],
  ['T || U', T],
  ['U || T', T],
  ['F || F', F],
  ['F || U', U],
  ['U || U', U],
  ['!T', F],
  ['!F', T],
  ['!U', U],
  ['!!U', U],
  ['!!T', T],
  // Both connectors rank alike and are read from left to right (`dualwrite.md` 2.4).
  ['T || T && F', F],
  ['T || (T && F)', T],
  ['F && F || T', T],
  ['F && (F || T)', F],
  ['T || F && F || T && U', U],
  ['!F && F', F],
  ['!(F && F)', T],
];

describe('the answer of a filter for a row', () => {
  for (const { filter, kept, meant } of truthTable) {
    it(`is that of SQL Server, and without NULL that of X++: ${filter}`, () => {
      const condition = conditionOf(filter);
      const rows = Object.entries(TRUTH_ROWS);
      const trueFor = (answer: typeof evaluate): readonly string[] =>
        rows
          .filter(([, X]) => answer(condition, rowOf({ X: X ?? null })) === true)
          .map(([name]) => name);
      deepEqual({ kept: trueFor(evaluate), meant: trueFor(evaluateWithoutNull) }, { kept, meant });
    });
  }

  for (const [source, cell, truth] of comparisons) {
    it(`compares ${JSON.stringify(cell)} by the type of the constant: ${source}`, () => {
      equal(evaluate(conditionOf(source), rowOf({ X: cell })), truth);
    });
  }

  for (const [formula, truth] of logic) {
    it(`follows three-valued logic: ${formula}`, () => {
      const source = formula.replaceAll(/[TFU]/gu, (name) => TRUTHS[name] ?? name);
      equal(
        evaluate(conditionOf(source), () => null),
        truth,
      );
    });
  }

  const fields: readonly (readonly [string, Cell, Cell, Truth])[] = [
    ['A == B', 'x', 'X ', T],
    ['A == B', '1', '1.0', T],
    ['A == B', '10', '9', F],
    ['A > B', '10', '9', T],
    ['A > B', '10', 'x', F],
    ['A == B', null, null, U],
    ['A != B', 'x', null, U],
    ['A like B', 'abc', 'a*', T],
    ['"abc" like B', null, 'a*', T],
    ['"a*" like B', null, 'abc', F],
  ];
  for (const [source, a, b, truth] of fields) {
    it(`compares two fields: ${source} with ${JSON.stringify([a, b])}`, () => {
      equal(evaluate(conditionOf(source), rowOf({ A: a, B: b })), truth);
    });
  }

  const empties: readonly (readonly [string, Truth])[] = [
    ['X == ""', T],
    ['X == 0', T],
    ['X == 0.0', T],
    ['X > 0', F],
    [String.raw`X == 1\1\1900`, T],
    [String.raw`X < 2\1\1900`, T],
    ['X == 1900-01-01T00:00:00', T],
    ['X == NoYes::No', T],
    ['X == NoYes::Yes', F],
    ['X == {00000000-0000-0000-0000-000000000000}', T],
    // Only metadata tells which element of another enum is its first.
    ['X == AccountType::Customer', U],
    ['A == B', T],
  ];
  for (const [source, truth] of empties) {
    it(`takes NULL for the empty value of X++ where asked: ${source}`, () => {
      equal(
        evaluateWithoutNull(conditionOf(source), () => null),
        truth,
      );
    });
  }

  it('answers patterns of many wildcards at once', () => {
    const pattern = `${'*a'.repeat(50)}b`;
    equal(evaluate(conditionOf(`X like "${pattern}"`), rowOf({ X: 'a'.repeat(2_000) })), false);
  });

  it('keeps every row where there is no filter', () => {
    equal(
      evaluate(conditionOf(''), () => null),
      true,
    );
  });
});
