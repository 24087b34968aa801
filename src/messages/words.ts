/** The words of a text, and where they stand in it. */
export interface Words {
  /** In small letters, each with a blank before and behind: ` the user is not `. */
  readonly line: string;
  /** The text with escapes and markup undone. */
  readonly text: string;
  /** For each word where it begins in `line`, and its place in `text`. */
  readonly places: readonly {
    readonly at: number;
    readonly start: number;
    readonly end: number;
  }[];
}

/** Escapes lie in layers: an exported row holds JSON that quotes HTML. */
const MOST_LAYERS = 4;

const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  amp: '&',
  nbsp: ' ',
};

/**
 * What is left of a pasted text when everything that an export, a log, a mail or a browser does to it is undone: case,
 * line ends, quotes, escapes of JSON and HTML, markup.
 */
export function wordsOf(pasted: string): Words {
  let text = pasted.normalize('NFKC');
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const plain = withoutEscapes(text);
    if (plain === text) break;
    text = plain;
  }
  text = text.replaceAll(/<\/?[a-z][a-z0-9:-]*(?:\s[^<>]*)?\/?>/giu, ' ');
  const parts = [' '];
  const places: { at: number; start: number; end: number }[] = [];
  let at = 1;
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{M}\p{N}_]+/gu)) {
    const key = word.toLowerCase();
    places.push({ at, start: index, end: index + word.length });
    parts.push(key, ' ');
    at += key.length + 1;
  }
  return { line: parts.join(''), text, places };
}

const withoutEscapes = (text: string): string =>
  text
    // However many backslashes: layers of JSON double them.
    .replaceAll(/\\+(?:u([0-9a-f]{4})|([nrtbf]))?/giu, unescaped)
    .replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));/giu, entity);

const unescaped = (_whole: string, hex: string | undefined, letter: string | undefined): string =>
  hex === undefined ? (letter === undefined ? '' : ' ') : characterOf(Number.parseInt(hex, 16));

const entity = (
  whole: string,
  hex: string | undefined,
  decimal: string | undefined,
  name: string | undefined,
): string => {
  if (hex !== undefined) return characterOf(Number.parseInt(hex, 16));
  if (decimal !== undefined) return characterOf(Number(decimal));
  const known = name?.toLowerCase() ?? '';
  return Object.hasOwn(ENTITIES, known) ? (ENTITIES[known] ?? whole) : whole;
};

const characterOf = (code: number): string =>
  code <= 0x10_ff_ff ? String.fromCodePoint(code) : ' ';
