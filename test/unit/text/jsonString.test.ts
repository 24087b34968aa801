import { deepEqual, equal } from 'node:assert/strict';
import { decodeJsonString, encodeJsonString } from '../../../src/text/jsonString.ts';

/** Escapes that JSON does not know keep their backslash; each is told at its own place. */
const cases = [
  {
    id: 'X++ date',
    source: String.raw`23\06\2021`,
    decoded: String.raw`23\06\2021`,
    at: [
      [2, 4],
      [5, 7],
    ],
  },
  {
    id: 'escaped X++ date',
    source: String.raw`23\\06\\2021`,
    decoded: String.raw`23\06\2021`,
    at: [],
  },
  { id: 'lone backslash at the end', source: '\\', decoded: '\\', at: [[0, 1]] },
  { id: 'three backslashes', source: '\\\\\\', decoded: '\\\\', at: [[2, 3]] },
  { id: 'short unicode', source: String.raw`\u12`, decoded: String.raw`\u12`, at: [[0, 2]] },
  { id: 'no hexadecimal', source: String.raw`\u12G4`, decoded: String.raw`\u12G4`, at: [[0, 2]] },
  { id: 'capital U', source: String.raw`\U0041`, decoded: String.raw`\U0041`, at: [[0, 2]] },
  { id: 'unicode in both cases', source: String.raw`\u00e9\u00E9`, decoded: 'éé', at: [] },
  { id: 'single quote', source: String.raw`\'`, decoded: String.raw`\'`, at: [[0, 2]] },
  {
    id: 'all simple escapes',
    source: String.raw`\"\\\/\b\f\n\r\t`,
    decoded: '"\\/\b\f\n\r\t',
    at: [],
  },
] as const;

describe('the content of a JSON string', () => {
  for (const { id, source, decoded, at } of cases) {
    it(`is decoded: ${id}`, () => {
      const document = `"${source}"`;
      const { value, problems } = decodeJsonString(document, {
        start: 1,
        end: document.length - 1,
      });
      equal(value.value, decoded);
      deepEqual(
        problems.map(({ span }) => [span.start - 1, span.end - 1]),
        at,
      );
      equal(JSON.parse(`"${encodeJsonString(decoded)}"`), decoded);
    });
  }
});
