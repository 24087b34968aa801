import { equal } from 'node:assert/strict';
import { linesOf } from '../../../src/text/lines.ts';

describe('offsetOf', () => {
  for (const text of ['', 'ab', 'a\nb', 'a\r\nb', 'a\rb\n', '😀\r\n\r\né']) {
    it(`finds the offset of each place of ${JSON.stringify(text)}`, () => {
      const lines = linesOf(text);
      for (let offset = 0; offset <= text.length; offset += 1) {
        const isInsidePair = text[offset - 1] === '\r' && text[offset] === '\n';
        equal(lines.offsetOf(lines.placeOf(offset)), isInsidePair ? offset - 1 : offset);
      }
    });
  }
  it('keeps what lies beyond a line or the text inside of it', () => {
    const { offsetOf } = linesOf('ab\r\nc');
    equal(offsetOf({ line: 0, character: 99 }), 2);
    equal(offsetOf({ line: 1, character: 99 }), 5);
    equal(offsetOf({ line: 9, character: 0 }), 5);
    equal(offsetOf({ line: -1, character: 0 }), 0);
    equal(offsetOf({ line: 0, character: -3 }), 0);
  });
});
