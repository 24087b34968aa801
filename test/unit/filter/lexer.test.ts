import { deepEqual, doesNotThrow } from 'node:assert/strict';
import { Lexer } from 'chevrotain';
import { odataTokensOf } from '../../../src/filter/odata/byGrammar.ts';
import * as odata from '../../../src/filter/odata/tokens.ts';
import { xppTokensOf } from '../../../src/filter/xpp/byGrammar.ts';
import * as xpp from '../../../src/filter/xpp/tokens.ts';

describe('the lexers of the filter languages', () => {
  // One pattern that Chevrotain can't look into, such as one with the flag `u`, would halve the speed of the grammar.
  for (const [language, { vocabulary }] of Object.entries({ xpp, odata })) {
    it(`choose tokens by their first character: ${language}`, () => {
      doesNotThrow(
        () =>
          new Lexer(vocabulary, {
            positionTracking: 'onlyOffset',
            skipValidations: true,
            ensureOptimizations: true,
          }),
      );
    });
  }

  it('tell type, category, text and place of each token', () => {
    deepEqual(xppTokensOf('A >= "x"'), [
      { type: 'Identifier', category: undefined, text: 'A', span: { start: 0, end: 1 } },
      { type: undefined, category: 'Relation', text: '>=', span: { start: 2, end: 4 } },
      { type: undefined, category: 'Literal', text: '"x"', span: { start: 5, end: 8 } },
    ]);
    deepEqual(odataTokensOf('a/b'), [
      { type: 'Name', category: 'Step', text: 'a', span: { start: 0, end: 1 } },
      { type: 'Slash', category: 'Operator', text: '/', span: { start: 1, end: 2 } },
      { type: 'Name', category: 'Step', text: 'b', span: { start: 2, end: 3 } },
    ]);
  });
});
