import { deepEqual, equal, notEqual } from 'node:assert/strict';
import * as fc from 'fast-check';
import { evaluate } from '../../../../src/filter/meaning/evaluate.ts';
import { rangeToExpression } from '../../../../src/filter/range/expression.ts';
import { meaningOfRange } from '../../../../src/filter/range/meaning.ts';
import { parseRange } from '../../../../src/filter/range/parse.ts';
import { meaningOfXpp } from '../../../../src/filter/xpp/meaning.ts';
import { parseXpp } from '../../../../src/filter/xpp/parse.ts';

const converted = [
  { range: 'Smith', expression: '(F == "Smith")' },
  { range: '!Smith', expression: '(F != "Smith")' },
  { range: 'A..C', expression: '((F >= "A") && (F <= "C"))' },
  { range: '1..10', expression: '((F >= 1) && (F <= 10))' },
  { range: '1000..', expression: '(F >= 1000)' },
  { range: '..1000', expression: '(F <= 1000)' },
  { range: '>1000', expression: '(F > 1000)' },
  { range: '>=1.5', expression: '(F >= 1.5)' },
  { range: 'S*', expression: '(F like "S*")' },
  { range: '!S*', expression: '(!(F like "S*"))' },
  { range: 'A, D', expression: '((F == "A") || (F == "D"))' },
  { range: '!A, !D', expression: '((F != "A") && (F != "D"))' },
  { range: 'S*, !Smith', expression: '((F like "S*") && (F != "Smith"))' },
  {
    range: '..5000, 5012..5014, 5500, !6500, 6000..',
    expression:
      '(((F <= 5000) || ((F >= 5012) && (F <= 5014)) || (F == 5500) || (F >= 6000)) && (F != 6500))',
  },
  { range: '""', expression: '(F == "")' },
  { range: '!""', expression: '(F != "")' },
  { range: '0010', expression: '(F == "0010")' },
  { range: '2021-06-23..', expression: String.raw`(F >= 23\06\2021)` },
  { range: '2021-06-23T10:30:00', expression: '(F == 2021-06-23T10:30:00)' },
  { range: 'NoYes::Yes', expression: '(F == NoYes::Yes)' },
  { range: String.raw`C:\x`, expression: String.raw`(F == "C:\\x")` },
] as const;

const withoutMeaning = [
  '',
  'T',
  'a, T..',
  '(Day(1))',
  '(Mine::later())',
  '1/2/2021',
  '*a..b',
  '>b*',
  '..',
  '0.0000001',
  'A == 5',
] as const;

/** Values that ranges are written with, and cells that lie on, between and beside them. */
const value = fc.constantFrom('A', 'B b', '5', '10', '2.5', '"x, y"', '""', '2021-06-23');
const pattern = fc.constantFrom('A*', '*b', 'B?b');
const item = fc.oneof(
  value,
  pattern,
  fc.oneof(value, pattern).map((text) => `!${text}`),
  fc
    .tuple(fc.constantFrom('<', '<=', '>', '>='), value)
    .map(([relation, text]) => `${relation}${text}`),
  fc.tuple(value, value).map(([from, to]) => `${from}..${to}`),
  value.map((text) => `${text}..`),
  value.map((text) => `..${text}`),
);
const range = fc.array(item, { minLength: 1, maxLength: 5 }).map((items) => items.join(', '));
const cell = fc.constantFrom(
  null,
  '',
  'a',
  'A1',
  'B b',
  'x, y',
  '5',
  '7.5',
  '10',
  '2021-06-23',
  '2022-01-01',
);

describe('the expression for a plain range', () => {
  for (const { range, expression } of converted) {
    it(`of ${range}`, () => {
      const { value, problems } = parseRange(range);
      deepEqual(problems, []);
      equal(rangeToExpression(value, 'F'), expression);
    });
  }

  const ofTexts = [
    { range: '10', expression: '(F == "10")' },
    { range: '!10', expression: '(F != "10")' },
    { range: '10..20', expression: '((F >= "10") && (F <= "20"))' },
    { range: '10.5..', expression: '(F >= "10.5")' },
    { range: '>5', expression: '(F > "5")' },
    {
      range: '10, A*, 2021-06-23',
      expression: '((F == "10") || (F like "A*") || (F == "2021-06-23"))',
    },
    { range: '1/2/2021', expression: '(F == "1/2/2021")' },
    { range: '""', expression: '(F == "")' },
    { range: 'NoYes::Yes', expression: '(F == NoYes::Yes)' },
  ];
  for (const { range, expression } of ofTexts) {
    it(`of ${range}, for a field of texts`, () => {
      equal(rangeToExpression(parseRange(range).value, 'F', true), expression);
    });
  }

  for (const range of withoutMeaning) {
    it(`does not exist for ${JSON.stringify(range)}`, () => {
      equal(rangeToExpression(parseRange(range).value, 'F'), undefined);
    });
  }

  it('is an expression of X++ that keeps the same rows', () => {
    const property = fc.property(range, fc.array(cell, { minLength: 1 }), (source, cells) => {
      const { value } = parseRange(source);
      const expression = rangeToExpression(value, 'Field');
      notEqual(expression, undefined);
      const parsed = parseXpp(expression ?? '');
      deepEqual(parsed.problems, []);
      for (const cell of cells) {
        equal(
          evaluate(meaningOfXpp(parsed.value), () => cell),
          evaluate(meaningOfRange(value, 'Field'), () => cell),
          `${source} of ${String(cell)}`,
        );
      }
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('keeps what a list names and nothing that it excludes', () => {
    const { value } = parseRange('..5000, 5012..5014, 5500, !6500, 6000..');
    const meaning = meaningOfRange(value, 'F');
    const kept = ['1', '5000', '5001', '5012', '5013', '5500', '5999', '6000', '6500', '7000'];
    deepEqual(
      kept.filter((cell) => evaluate(meaning, () => cell) === true),
      ['1', '5000', '5012', '5013', '5500', '6000', '7000'],
    );
    equal(
      evaluate(meaning, () => null),
      undefined,
    );
  });

  it('keeps every row where the range is empty', () => {
    equal(
      evaluate(meaningOfRange(undefined, 'F'), () => null),
      true,
    );
  });
});
