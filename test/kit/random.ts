import * as fc from 'fast-check';

/** One choice after another out of a seed: how each character is spelled, without an arbitrary per character. */
export function choices(seed: number): <T>(options: readonly [T, ...T[]]) => T {
  let state = seed >>> 0;
  return (options) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return options[(state >>> 16) % options.length] ?? options[0];
  };
}

/** What breaks readers of text: delimiters, escapes, control characters, halves of surrogate pairs. */
const TROUBLE = [
  '"',
  "'",
  '\\',
  '/',
  '&',
  '<',
  '>',
  '&amp;',
  '\\u0041',
  '\\0',
  '\n',
  '\r\n',
  '\t',
  '\b',
  '\u007F',
  '\u2028',
  '\uFEFF',
  'é',
  '組織',
  '😀',
  '\uD83D',
  '\uDE00',
  ' ',
] as const;

/** Text of any UTF-16 units, rich in what breaks readers. */
export const troublesomeText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...TROUBLE),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** Text that an editor or a file can hold: no NUL, no half of a surrogate pair. */
export const writtenText: fc.Arbitrary<string> = troublesomeText.map((text) =>
  text.replaceAll(/\0|\p{Surrogate}/gu, ''),
);
