import { deepEqual, equal } from 'node:assert/strict';
import * as fc from 'fast-check';
import { compareExactly } from '../../../../src/filter/meaning/exactText.ts';
import { compareCell } from '../../../../src/filter/meaning/values.ts';
import { writtenText } from '../../../kit/random.ts';

const OPERATORS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'like'] as const;

describe('texts with upper and lower case apart', () => {
  it('sort by letters, and lower before upper case', () => {
    const words = ['B', 'a', 'b', 'A', 'ab', 'Ab', '', 'aB'];
    deepEqual(
      words.toSorted((left, right) => {
        if (compareExactly(left, 'lt', right)) return -1;
        return compareExactly(left, 'gt', right) ? 1 : 0;
      }),
      ['', 'a', 'A', 'ab', 'aB', 'Ab', 'b', 'B'],
    );
  });

  it('ignore trailing blanks, but not in patterns', () => {
    equal(compareExactly('a ', 'eq', 'a'), true);
    equal(compareExactly('a ', 'like', 'a'), false);
    equal(compareExactly('A', 'eq', 'a'), false);
    equal(compareExactly('😀B', 'like', '?B'), true);
    equal(compareExactly('😀b', 'like', '?B'), false);
  });

  it('are compared in an order', () => {
    const property = fc.property(writtenText, writtenText, (left, right) => {
      const [less, equals, greater] = (['lt', 'eq', 'gt'] as const).map((operator) =>
        compareExactly(left, operator, right),
      );
      equal([less, equals, greater].filter(Boolean).length, 1, `${left} ${right}`);
      equal(compareExactly(left, 'le', right), less === true || equals === true);
      equal(compareExactly(left, 'ge', right), greater === true || equals === true);
      equal(compareExactly(left, 'ne', right), equals === false);
    });
    fc.assert(property);
  });

  it('are equal or alike only if they are so without case', () => {
    const property = fc.property(writtenText, writtenText, (cell, text) => {
      for (const operator of ['eq', 'like'] as const) {
        if (!compareExactly(cell, operator, text)) continue;
        equal(compareCell(cell, operator, { type: 'text', text }), true);
      }
    });
    fc.assert(property);
  });

  it('are asked for by the constant, and NULL stays unknown', () => {
    const constant = { type: 'text', text: 'a', caseSensitive: true } as const;
    equal(compareCell('A', 'eq', constant), false);
    equal(compareCell('A', 'eq', { type: 'text', text: 'a' }), true);
    for (const operator of OPERATORS) equal(compareCell(null, operator, constant), undefined);
  });
});
