import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { evaluate } from '../../../../src/filter/meaning/evaluate.ts';
import { formatXpp, type XppFormatOptions } from '../../../../src/filter/xpp/format.ts';
import { parseXpp } from '../../../../src/filter/xpp/parse.ts';
import { printXpp } from '../../../../src/filter/xpp/print.ts';
import { applyEdits } from '../../../../src/text/edit.ts';
import { readShared } from '../../../kit/repository.ts';
import { printed } from '../../../kit/xppTree.ts';
import { asRow, cells, xppFilter, xppMeaning } from '../convert/filters.ts';

const flat: XppFormatOptions = { multiline: false, width: 100 };
const narrow: XppFormatOptions = { multiline: true, width: 30 };

const formatted = (source: string, options = flat): string =>
  applyEdits(source, formatXpp(source, options));

const treeOf = (source: string): string => {
  const { value } = parseXpp(source);
  return value === undefined ? '' : printed(value);
};

describe('format of X++ filters', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['(A==1)', '(A == 1)'],
    ['( A  ==\t1 )', '(A == 1)'],
    ['  A = 1\n', 'A = 1'],
    ['(A LIKE "x*")', '(A like "x*")'],
    ['! ( A==1 )||B  !=  2', '!(A == 1) || B != 2'],
    ['Enum :: El', 'Enum :: El'],
    ['A==Enum :: El', 'A == Enum::El'],
    ['DS . F==-1', 'DS.F == -1'],
    ['Dim [ 1 ]=="x"', 'Dim[1] == "x"'],
    ['(Day ( 1 ,2))', '(Day(1, 2))'],
    [String.raw`D<=23\06\2021`, String.raw`D <= 23\06\2021`],
    ["A=='  x  '", "A == '  x  '"],
    ['   ', ''],
    ['', ''],
    ['(A == ', '(A == '],
    ['A  eq  1', 'A  eq  1'],
    ['((A == 1)', '((A == 1)'],
    ['le=="US"', 'le == "US"'],
  ];
  for (const [source, expected] of cases) {
    it(`${JSON.stringify(source)} becomes ${expected}`, () => equal(formatted(source), expected));
  }

  it('breaks lines at operators and parentheses where they are allowed', () => {
    const source = '((AccountNum == "4005") || !((Name == "x") && (Name2 == "y")))';
    equal(
      formatted(source, narrow),
      [
        '(',
        '  (AccountNum == "4005")',
        '  || !(',
        '    (Name == "x")',
        '    && (Name2 == "y")',
        '  )',
        ')',
      ].join('\n'),
    );
    equal(formatted(formatted(source, narrow)), source);
  });

  it('writes == for = when asked to', () =>
    equal(formatted('(A=1)', { ...flat, doubleEquals: true }), '(A == 1)'));

  it('changes nothing outside a range', () => {
    const source = 'A==1  &&  B==2';
    const range = { start: 8, end: 14 };
    const edits = formatXpp(source, { ...flat, range });
    equal(applyEdits(source, edits), 'A==1  && B == 2');
    ok(edits.every(({ span }) => span.start >= 8));
  });

  it('is finished after one time and keeps the tree', () => {
    const options = fc.constantFrom(flat, narrow, { ...narrow, doubleEquals: true });
    fc.assert(
      fc.property(xppFilter, options, cells, (source, chosen, given) => {
        const text = formatted(source, chosen);
        deepEqual(formatXpp(text, chosen), []);
        equal(treeOf(text), treeOf(source));
        equal(evaluate(xppMeaning(text), asRow(given)), evaluate(xppMeaning(source), asRow(given)));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the tree of every published filter', function () {
    const rows = readShared(this, 'facts/filters.tsv').split('\n');
    const filters = rows
      .map((row) => row.split('\t'))
      .filter(
        ([side = '', entity = '']) => /^(?:fo|xpp)$/u.test(side) && !entity.includes('[plain'),
      )
      .map(([, , filter = '']) => filter);
    ok(filters.length > 50);
    for (const filter of filters) {
      for (const options of [flat, narrow]) {
        equal(treeOf(formatted(filter, options)), treeOf(filter), filter);
      }
    }
  });
});

describe('print of X++ filters', () => {
  const cases: readonly (readonly [string, string])[] = [
    ["( A='x' )", '(A == "x")'],
    [String.raw`A == 'a"b\\'`, String.raw`A == "a\"b\\"`],
    [String.raw`D <= 3\6\2021`, String.raw`D <= 03\06\2021`],
    ['A == {01234567-89ab-cdef-0123-456789abcdef}', 'A == {01234567-89ab-cdef-0123-456789abcdef}'],
    ['!(%1.%2 != %3)&&Dim[1]=="x"', '!(%1.%2 != %3) && Dim[1] == "x"'],
    ['(Cls::m( 1 ))', '(Cls::m(1))'],
  ];
  for (const [source, expected] of cases) {
    it(`${source} is ${expected}`, () => {
      const { value } = parseXpp(source);
      equal(value && printXpp(value), expected);
    });
  }

  it('is what formatting makes of a filter, and reads as the same tree', () => {
    fc.assert(
      fc.property(xppFilter, (source) => {
        const { value } = parseXpp(source);
        const text = value === undefined ? '' : printXpp(value);
        equal(treeOf(text), treeOf(source));
        deepEqual(formatXpp(text, flat), []);
      }),
      { numRuns: 300 },
    );
  });
});
