import { equal, ok } from 'node:assert/strict';
import { array, assert, constantFrom, property } from 'fast-check';
import { parseRange } from '../../../../src/filter/range/parse.ts';
import { isPlainRange } from '../../../../src/filter/range/plainRange.ts';

const ranges = [
  '4005',
  '4005, 4006',
  '!Smith',
  '1..10',
  '..5',
  '6000..',
  '>1000',
  '<= 5',
  'S*',
  '*east',
  'Sm?th',
  'A,D,F',
  '""',
  'T',
  'US 001',
  '1.5',
  '"A & B"',
  '"==", <=5',
];
const others = [
  '',
  'A == 1',
  '(A == 1)',
  'A != ""',
  'A = 1',
  '!(A)',
  'A && B',
  'A & B',
  '"A" == B',
  '<==5',
  'A,',
  ',',
  '..',
  '"x',
  'A like "x*"',
  '(Day(1))',
];

describe('the range of a single field', () => {
  for (const text of ranges) {
    it(`is one: ${text}`, () => {
      equal(isPlainRange(text), true);
    });
  }

  for (const text of others) {
    it(`is none: ${text}`, () => {
      equal(isPlainRange(text), false);
    });
  }

  const hostile = [
    'a '.repeat(100_000),
    'a.'.repeat(100_000),
    `${'a..'.repeat(50_000)}(`,
    '"a" '.repeat(50_000),
  ];
  for (const [index, text] of hostile.entries()) {
    it(`is decided in no time: hostile text ${index + 1}`, function () {
      this.timeout(2_000);
      equal(isPlainRange(`${text}(`), false);
    });
  }

  it('is none for its signs alone where its grammar would find a mistake', () => {
    const pieces = array(
      constantFrom('A', ' ', '&', '=', '<', '>', '!', '"', ',', '..', '(', ')', '|', '*', '1'),
      { maxLength: 12 },
    );
    assert(
      property(pieces, constantFrom('&', '=='), pieces, (before, sign, behind) => {
        const text = [...before, sign, ...behind].join('');
        const { value, problems } = parseRange(text);
        if (value !== undefined && problems.length === 0) ok(/"[^"]*(?:&|==)/u.test(text), text);
        else equal(isPlainRange(text), false);
      }),
      { numRuns: 2000 },
    );
  });
});
