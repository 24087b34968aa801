import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { evaluate } from '../../../../src/filter/meaning/evaluate.ts';
import {
  decidingComparisons,
  explain,
  type Explained,
} from '../../../../src/filter/meaning/explain.ts';
import { anyFilter, anyRow, conditionOf, rowOf } from '../../../kit/conditions.ts';

describe('explaining a row', () => {
  const decidingIn = (source: string, cells: Readonly<Record<string, string | null>>) => {
    const explained = explain(conditionOf(source), rowOf(cells));
    const texts = decidingComparisons(explained).map(({ condition: { span } }) =>
      source.slice(span.start, span.end),
    );
    return { truth: explained.truth, texts };
  };

  for (const [source, cells, truth, texts] of [
    ['(A == "x")', { A: 'x' }, true, ['(A == "x")']],
    ['(A == "x")', { A: null }, undefined, ['(A == "x")']],
    ['((A == "x") && (B == "y"))', { A: 'x', B: 'z' }, false, ['(B == "y")']],
    ['((A == "x") && (B == "y"))', { A: 'z', B: null }, false, ['(A == "x")']],
    ['((A == "x") && (B == "y"))', { A: 'x', B: null }, undefined, ['(B == "y")']],
    ['((A == "x") || (B == "y"))', { A: 'z', B: 'y' }, true, ['(B == "y")']],
    ['((A == "x") || (B == "y"))', { A: null, B: 'z' }, undefined, ['(A == "x")']],
    ['(!((A == "x") || (B == "y")))', { A: 'x', B: 'z' }, false, ['(A == "x")']],
    [
      '((A == "x") && ((B == "y") || (C == "z")))',
      { A: 'x', B: 'n', C: 'n' },
      false,
      ['(B == "y")', '(C == "z")'],
    ],
  ] as const) {
    it(`names what decides ${source} for ${JSON.stringify(cells)}`, () => {
      const found = decidingIn(source, cells);
      equal(found.truth, truth);
      deepEqual(found.texts.map(bare), texts.map(bare));
    });
  }

  it('answers as the evaluator does, puts deciding terms first, and what decides answers alike', () => {
    fc.assert(
      fc.property(anyFilter, anyRow, (source, cells) => {
        const condition = conditionOf(source);
        const row = rowOf(cells);
        const explained = explain(condition, row);
        equal(explained.truth, evaluate(condition, row));
        check(explained);
      }),
    );
  });
});

function check({ condition, truth, decides, terms }: Explained): void {
  const flags = terms.map((term) => term.decides);
  deepEqual(
    flags,
    flags.toSorted((a, b) => Number(b) - Number(a)),
  );
  if (decides && terms.length > 0) ok(flags.includes(true));
  if (condition.kind !== 'not') {
    for (const term of terms) if (term.decides) equal(term.truth, truth);
  }
  for (const term of terms) check(term);
}

const bare = (text: string): string => text.replaceAll(/[()]/gu, '');
