/**
 * What the UTF-16 units of a filter are. Letters of any script make a name, because a pasted `および` must read as
 * one word (`dualwrite.md` 3.1); the general punctuation block is left out, it holds the curly quotes.
 */
const LETTERS: readonly (readonly [first: number, last: number])[] = [
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
  [0xc0, 0x1fff],
  [0x2070, 0x2fff],
  [0x3004, 0xfefe],
  [0xff10, 0xfffd],
];

/** No-break and ideographic spaces come with text pasted from web pages. */
const BLANKS = ' \t\r\n\u00A0\u3000\uFEFF';

/** The letters of a name, to stand between the brackets of a regular expression. */
export const LETTER = LETTERS.map(([first, last]) =>
  [first, last].map((unit) => String.raw`\u${unit.toString(16).padStart(4, '0')}`).join('-'),
).join('');

const IS_LETTER = 1;
const IS_DIGIT = 2;
const IS_BLANK = 4;

/** A table answers faster than comparisons. */
const CLASSES = new Uint8Array(0x10000);
for (const [first, last] of LETTERS) CLASSES.fill(IS_LETTER, first, last + 1);
CLASSES.fill(IS_DIGIT, 0x30, 0x3a);
for (const blank of BLANKS) CLASSES[blank.charCodeAt(0)] = IS_BLANK;

/** Behind the end of a text there is no unit, and so no class. */
const classAt = (text: string, at: number): number =>
  at < text.length ? (CLASSES[text.charCodeAt(at)] ?? 0) : 0;

export const isLetterAt = (text: string, at: number): boolean => classAt(text, at) === IS_LETTER;
export const isDigitAt = (text: string, at: number): boolean => classAt(text, at) === IS_DIGIT;
export const isBlankAt = (text: string, at: number): boolean => classAt(text, at) === IS_BLANK;

function behind(text: string, at: number, classes: number): number {
  let end = at;
  while ((classAt(text, end) & classes) !== 0) end += 1;
  return end;
}

/** Where the letters and digits end that begin here. */
export const behindWord = (text: string, at: number): number =>
  behind(text, at, IS_LETTER | IS_DIGIT);
export const behindDigits = (text: string, at: number): number => behind(text, at, IS_DIGIT);
export const behindBlanks = (text: string, at: number): number => behind(text, at, IS_BLANK);

// Signs of both languages.
export const BANG = 0x21;
export const AMPERSAND = 0x26;
export const QUOTE = 0x27;
export const LEFT_PARENTHESIS = 0x28;
export const RIGHT_PARENTHESIS = 0x29;
export const COMMA = 0x2c;
export const DASH = 0x2d;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const COLON = 0x3a;
export const LESS = 0x3c;
export const EQUALS = 0x3d;
export const GREATER = 0x3e;
export const LEFT_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const RIGHT_BRACKET = 0x5d;
export const BAR = 0x7c;
