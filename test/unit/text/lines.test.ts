import { deepEqual } from 'node:assert/strict';
import * as fc from 'fast-check';
import { linesOf } from '../../../src/text/lines.ts';

const cases = [
  { id: 'empty', text: '', places: [[0, 0]] },
  {
    id: 'one line',
    text: 'ab',
    places: [
      [0, 0],
      [0, 1],
      [0, 2],
    ],
  },
  {
    id: 'LF',
    text: 'a\nb',
    places: [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
  },
  {
    id: 'CRLF',
    text: 'a\r\nb',
    places: [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
    ],
  },
  {
    id: 'lone CR',
    text: 'a\rb',
    places: [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
  },
  {
    id: 'CR before CRLF',
    text: '\r\r\n',
    places: [
      [0, 0],
      [1, 0],
      [1, 1],
      [2, 0],
    ],
  },
  {
    id: 'LF before CR',
    text: '\n\r',
    places: [
      [0, 0],
      [1, 0],
      [2, 0],
    ],
  },
  {
    id: 'byte order mark',
    text: '\uFEFFa',
    places: [
      [0, 0],
      [0, 1],
      [0, 2],
    ],
  },
  {
    id: 'emoji counts as two',
    text: '😀\na',
    places: [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
    ],
  },
  {
    id: 'U+2028 ends no line',
    text: 'a\u2028b',
    places: [
      [0, 0],
      [0, 1],
      [0, 2],
      [0, 3],
    ],
  },
] as const;

const placesOf = (text: string): readonly (readonly [number, number])[] => {
  const lines = linesOf(text);
  return Array.from({ length: text.length + 1 }, (_, offset) => {
    const { line, character } = lines.placeOf(offset);
    return [line, character] as const;
  });
};

/** Counted from the start for every offset: slow and simple. */
const countedPlaces = (text: string): readonly (readonly [number, number])[] =>
  Array.from({ length: text.length + 1 }, (_, offset) => {
    const ended = [...text.matchAll(/\r\n|\r|\n/gu)].filter(
      ({ index, 0: end }) => index + end.length <= offset,
    );
    const last = ended.at(-1);
    return [ended.length, offset - (last === undefined ? 0 : last.index + last[0].length)] as const;
  });

describe('lines', () => {
  for (const { id, text, places } of cases) {
    it(`are counted as the protocol does: ${id}`, () => {
      deepEqual(placesOf(text), places);
    });
  }

  it('are counted as by hand in any text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\r', '\n', '😀'), maxLength: 30 });
    fc.assert(fc.property(text, (value) => deepEqual(placesOf(value), countedPlaces(value))));
  });

  it('give both ends of a range', () => {
    deepEqual(linesOf('ab\r\ncd').rangeOf({ start: 1, end: 5 }), {
      start: { line: 0, character: 1 },
      end: { line: 1, character: 1 },
    });
  });
});
