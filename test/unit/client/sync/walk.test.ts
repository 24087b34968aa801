import { deepEqual, equal } from 'node:assert/strict';
import { type Answer, walk } from '../../../../client/sync/walk.ts';

/** Steps that answer what is written, in the order in which they are asked; `=` has nothing to ask. */
function asked(answers: readonly string[], count: number) {
  const left = [...answers];
  const seen: number[] = [];
  const steps = Array.from({ length: count }, (_, index) => (state: string): Answer<string> => {
    seen.push(index);
    const answer = left.shift();
    if (answer === '=') return state;
    return answer === 'back' || answer === undefined ? answer : `${state}${answer}`;
  });
  return { steps: steps.map((step) => async (state: string) => step(state)), seen };
}

describe('a guided action', () => {
  const cases: readonly (readonly [
    string,
    readonly string[],
    Answer<string>,
    readonly number[],
  ])[] = [
    ['goes on to the end', ['a', 'b', 'c'], 'abc', [0, 1, 2]],
    [
      'goes back a step, and on with another answer',
      ['a', 'back', 'x', 'b', 'c'],
      'xbc',
      [0, 1, 0, 1, 2],
    ],
    ['passes over what has nothing to ask', ['a', '=', 'c'], 'ac', [0, 1, 2]],
    [
      'passes over it on the way back, too',
      ['a', '=', 'back', 'x', 'b', 'c'],
      'xbc',
      [0, 1, 2, 0, 1, 2],
    ],
    ['goes back where nothing was asked before', ['=', '=', 'back'], 'back', [0, 1, 2]],
    ['goes back from its first step', ['back'], 'back', [0]],
    ['ends where somebody thinks better of it', ['a'], undefined, [0, 1]],
  ];
  for (const [id, answers, result, order] of cases) {
    it(id, async () => {
      const { steps, seen } = asked(answers, 3);
      equal(await walk('', steps), result);
      deepEqual(seen, order);
    });
  }

  it('is over at once without steps', async () => {
    equal(await walk('start', []), 'start');
  });
});
