import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyEdits, type Edit } from '../../../src/text/edit.ts';
import { linesOf } from '../../../src/text/lines.ts';
import { longText, type LongText } from '../../../src/text/longText.ts';

/** Texts that fill several pieces, with line breaks of every kind, in each place or in none. */
const part = fc.oneof(
  fc.constantFrom('\n', '\r', '\r\n', '\n\r', 'legs', '"le', 'gs"', '', '😀', 'ž'),
  fc
    .tuple(fc.constantFrom('a', 'le', 'gs\n', '\r\n', 'x'.repeat(99) + '\n'), fc.nat(30_000))
    .map(([unit, count]) => unit.repeat(Math.ceil(count / unit.length))),
);
const texts = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
/** As shares of the text, since that changes from edit to edit. */
const place = fc.double({ min: 0, max: 1, noNaN: true });
const edits = fc.array(fc.tuple(place, place, part), { minLength: 1, maxLength: 5 });

const editIn = (
  text: string,
  [from, length, inserted]: readonly [number, number, string],
): Edit => {
  const start = Math.floor(from * text.length);
  // Most deletions are short, as those of a person are.
  const end = Math.min(text.length, start + Math.floor(length ** 8 * text.length));
  return { span: { start, end }, text: inserted };
};

const offsetsIn = (text: string): readonly number[] => {
  const around = [0, 1, text.length - 1, text.length];
  for (const match of text.slice(0, 200_000).matchAll(/[\r\n]+/gu)) {
    if (around.length > 400) break;
    around.push(match.index - 1, match.index, match.index + 1, match.index + match[0].length);
  }
  for (let offset = 0; offset < text.length; offset += 3_001) around.push(offset);
  return around.filter((offset) => offset >= 0 && offset <= text.length);
};

function agrees(long: LongText, text: string): void {
  ok(long.toString() === text);
  equal(long.length, text.length);
  const lines = linesOf(text);
  for (const offset of offsetsIn(text)) {
    const there = lines.placeOf(offset);
    deepEqual(long.placeOf(offset), there, `offset ${offset}`);
    for (const end of [offset, offset + 9, offset + 70_000]) {
      ok(long.slice(offset, end) === text.slice(offset, end), `${offset} to ${end}`);
    }
    for (const character of [0, there.character, there.character + 1, 1e9]) {
      const asked = { line: there.line, character };
      equal(long.offsetOf(asked), lines.offsetOf(asked), JSON.stringify(asked));
    }
  }
  for (const asked of [
    { line: -1, character: 5 },
    { line: 0, character: -5 },
    { line: 1e6, character: 0 },
  ]) {
    equal(long.offsetOf(asked), lines.offsetOf(asked), JSON.stringify(asked));
  }
  for (const word of ['legs', '"legs"', 'ab', '😀ž', 'xx']) {
    equal(long.includes(word), text.includes(word), word);
  }
}

describe('a long text', () => {
  it('is the text that it was made of, edit by edit', () => {
    fc.assert(
      fc.property(texts, edits, (first, all) => {
        let [text, long] = [first, longText(first)];
        agrees(long, text);
        for (const each of all) {
          const edit = editIn(text, each);
          text = applyEdits(text, [edit]);
          long = long.edited(edit);
          agrees(long, text);
        }
      }),
      { numRuns: 150 },
    );
  });

  const breaks = [
    { id: 'a line feed behind a carriage return', text: 'a\r', at: 2, typed: '\n' },
    { id: 'a carriage return before a line feed', text: '\na', at: 0, typed: '\r' },
    { id: 'between the two', text: '\r\n', at: 1, typed: 'x' },
  ];
  for (const { id, text, at, typed } of breaks) {
    for (const filling of [0, 32_767, 32_768, 98_304]) {
      it(`knows a line break that is typed in two: ${id}, ${filling} units around`, () => {
        const around = 'x'.repeat(filling);
        const edit = { span: { start: filling + at, end: filling + at }, text: typed };
        const before = around + text + around;
        agrees(longText(before).edited(edit), applyEdits(before, [edit]));
      });
    }
  }

  it('finds a word across pieces that have become short', () => {
    const line = 'x'.repeat(200_000);
    let text = `${line}le${line}gs${line}`;
    let long = longText(text);
    for (const span of [
      { start: 400_004, end: 600_004 },
      { start: 200_002, end: 400_002 },
    ]) {
      equal(long.includes('legs'), text.includes('legs'));
      long = long.edited({ span, text: '' });
      text = applyEdits(text, [{ span, text: '' }]);
    }
    equal(text.includes('legs'), true);
    equal(long.includes('legs'), true);
  });

  it('takes a long time of typing in one place without falling into pieces', () => {
    let long = longText('x'.repeat(300_000));
    for (let count = 0; count < 2_000; count++) {
      long = long.edited({ span: { start: 100_000, end: 100_000 }, text: 'y' });
    }
    equal(long.toString(), 'x'.repeat(100_000) + 'y'.repeat(2_000) + 'x'.repeat(200_000));
  });
});
