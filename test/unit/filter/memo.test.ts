import { deepEqual, equal } from 'node:assert/strict';
import { memoised } from '../../../src/filter/memo.ts';

/** A memory of a room, and what it was really asked for. */
function remembering(room: number): {
  readonly ask: (text: string) => { readonly text: string };
  readonly asked: string[];
} {
  const asked: string[] = [];
  const ask = memoised((text) => {
    asked.push(text);
    return { text };
  }, room);
  return { ask, asked };
}

const texts = (count: number, length: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => String(index).padStart(length, 'x'));

describe('what is remembered of filters', () => {
  it('is the answer itself', () => {
    const { ask, asked } = remembering(100_000);
    equal(ask('a'), ask('a'));
    deepEqual(ask('a'), { text: 'a' });
    deepEqual(asked, ['a']);
  });

  it('is all of a document with 1,000 long filters', () => {
    const asked: string[] = [];
    const ask = memoised((text) => {
      asked.push(text);
      return {};
    });
    const filters = texts(1_000, 300);
    for (let pass = 0; pass < 3; pass += 1) for (const filter of filters) ask(filter);
    equal(asked.length, filters.length);
  });

  it('is bound by the length of all texts, and what is used stays', () => {
    const { ask, asked } = remembering(100_000);
    for (const text of texts(1_000, 900)) {
      ask('used');
      ask(text);
    }
    equal(asked.filter((text) => text === 'used').length, 1);
    const [first = ''] = texts(1_000, 900);
    ask(first);
    equal(asked.filter((text) => text === first).length, 2);
  });

  it('is bound in number for empty texts, too', () => {
    const { ask, asked } = remembering(100_000);
    const short = texts(20_000, 1);
    for (const text of [...short, ...short]) ask(text);
    equal(asked.length, 2 * short.length);
  });

  it('is no text that takes much of the room', () => {
    const { ask, asked } = remembering(100_000);
    const long = 'x'.repeat(2_000);
    ask('short');
    for (let time = 0; time < 200; time += 1) ask(long);
    ask('short');
    equal(asked.length, 201);
  });
});
