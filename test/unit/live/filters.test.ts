import { equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { evaluate } from '../../../src/filter/meaning/evaluate.ts';
import { analyseDataverse } from '../../../src/filter/odata/dataverse.ts';
import { meaningOfOData } from '../../../src/filter/odata/meaning.ts';
import { answerOf } from '../../../src/live/filters.ts';

describe('a filter over a row of which not all is known', () => {
  const cell = fc.constantFrom('a', 'b', null);
  const terms = fc.constantFrom("x eq 'a'", "y ne 'b'", 'z eq null', "not (x eq 'b')", "y eq 'a'");
  const filter = fc
    .array(fc.tuple(terms, fc.constantFrom('and', 'or')), { minLength: 1, maxLength: 5 })
    .map((parts) =>
      parts.map(([term, by], index) => (index === 0 ? term : `${by} ${term}`)).join(' '),
    );
  const conditionOf = (text: string) => meaningOfOData(analyseDataverse(text).value);

  it('is what it is over the whole row', () => {
    fc.assert(
      fc.property(filter, cell, cell, cell, (text, x, y, z) => {
        const condition = conditionOf(text);
        const row = new Map([
          ['x', x],
          ['y', y],
          ['z', z],
        ]);
        const truth = evaluate(condition, (name) => row.get(name) ?? null);
        const { answer } = answerOf(condition, row);
        const expected = truth === undefined ? ['null', 'lost'] : [String(truth)];
        ok(expected.includes(answer), `${text}: ${answer}`);
      }),
    );
  });

  it('says true or false only where every row that fits says the same', () => {
    fc.assert(
      fc.property(filter, cell, cell, cell, (text, x, y, z) => {
        const condition = conditionOf(text);
        const { answer } = answerOf(condition, new Map([['x', x]]));
        if (answer !== 'true' && answer !== 'false') return;
        const whole = new Map([
          ['x', x],
          ['y', y],
          ['z', z],
        ]);
        equal(answerOf(condition, whole).answer, answer, text);
      }),
    );
  });
});

describe('a filter on a lookup', () => {
  for (const [text, cells, expected] of [
    ['_a_value eq null', { 'a.name': null }, 'true'],
    ['_a_value eq null', { 'a.name': 'x' }, 'false'],
    ['_a_value ne null', { a: 'x' }, 'true'],
    ['_a_value eq null', { other: 'x' }, 'open'],
    // Which GUID it is, nobody tells.
    ['_a_value eq 00000000-0000-0000-0000-000000000001', { 'a.name': 'x' }, 'open'],
  ] as const) {
    it(`knows of ${JSON.stringify(cells)} for ${text}`, () => {
      const condition = meaningOfOData(analyseDataverse(text).value);
      equal(answerOf(condition, new Map(Object.entries(cells))).answer, expected);
    });
  }
});
