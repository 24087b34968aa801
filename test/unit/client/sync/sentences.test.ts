import { equal } from 'node:assert/strict';
import { joined } from '../../../../client/sync/sentences.ts';

const cases: readonly (readonly [string, readonly string[], string])[] = [
  ['one part', ['Failed: 4'], 'Failed: 4'],
  ['counts', ['A: Failed: 4', 'B: Failed: 2'], 'A: Failed: 4; B: Failed: 2'],
  ['sentences', ['One record failed.', 'A: Failed: 1'], 'One record failed. A: Failed: 1'],
  ['a quotation', ['It said "Not now."', 'A: Failed: 1'], 'It said "Not now." A: Failed: 1'],
  ['a question in parentheses', ['It failed (why?)', 'B'], 'It failed (why?) B'],
  ['a French quotation', ['Erreur « Non. »', 'B'], 'Erreur « Non. » B'],
  ['blanks behind a sentence', ['It failed.  ', 'B'], 'It failed. B'],
  ['nothing', ['', 'A', ' '], 'A'],
];

describe('The parts of a message', () => {
  for (const [name, parts, text] of cases) {
    it(`are joined: ${name}`, () => {
      equal(joined(parts), text);
    });
  }
});
