import { choices } from './random.ts';

/** Text as a layer of escapes writes it, with the place of each decoded unit: what the decoders must find. */
export interface Spelled {
  readonly text: string;
  /** Offset in `text` of each unit of the decoded text, and of its end. */
  readonly starts: readonly number[];
}

/** How a layer may write one character: itself, an escape of all its units, or an escape per unit. */
type Spelling = string | readonly [string, string];

/** The characters of a layer's text, each in one of the ways the layer allows, chosen by `seed`. */
function spelled(
  decoded: string,
  seed: number,
  spellings: (character: string) => readonly [Spelling, ...Spelling[]],
): Spelled {
  const choose = choices(seed);
  const starts: number[] = [];
  let text = '';
  for (const character of decoded) {
    const spelling = choose(spellings(character));
    const perUnit =
      typeof spelling !== 'string' ? spelling : spelling === character ? spelling.split('') : [];
    if (perUnit.length > 0) {
      for (const unit of perUnit) {
        starts.push(text.length);
        text += unit;
      }
    } else if (typeof spelling === 'string') {
      for (let unit = 0; unit < character.length; unit++) starts.push(text.length);
      text += spelling;
    }
  }
  return { text, starts: [...starts, text.length] };
}

const SIMPLE: Readonly<Record<string, string>> = {
  '"': String.raw`\"`,
  '\\': String.raw`\\`,
  '/': String.raw`\/`,
  '\b': String.raw`\b`,
  '\f': String.raw`\f`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
};

/** The content of a JSON string. */
export const spelledJson = (decoded: string, seed: number): Spelled =>
  spelled(decoded, seed, (character) => {
    const hexadecimal = (unit: number): string =>
      String.raw`\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`;
    const escape: Spelling =
      character.length === 2 ? [hexadecimal(0), hexadecimal(1)] : hexadecimal(0);
    const simple = SIMPLE[character];
    const mustEscape = character < ' ' || character === '"' || character === '\\';
    return [
      escape,
      ...(simple === undefined ? [] : [simple]),
      ...(mustEscape ? [] : [character, character]),
    ];
  });

const NAMED: Readonly<Record<string, string>> = {
  '"': '&quot;',
  "'": '&apos;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

/** Character data of an XML element. */
export const spelledXml = (decoded: string, seed: number): Spelled =>
  spelled(decoded, seed, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const named = NAMED[character];
    const mustEscape = character === '&' || character === '<';
    return [
      `&#x${code.toString(16).toUpperCase()};`,
      `&#${code};`,
      ...(named === undefined ? [] : [named]),
      ...(mustEscape ? [] : [character, character, character]),
    ];
  });

/** Text written by `inner`, written once more by `outer`. */
export const nestedSpelling = (inner: Spelled, outer: Spelled): Spelled => ({
  text: outer.text,
  starts: inner.starts.map((offset) => outer.starts[offset] ?? Number.NaN),
});

/** Text that stands between other text of the same layer. */
export const between = (before: string, { text, starts }: Spelled, after: string): Spelled => ({
  text: `${before}${text}${after}`,
  starts: starts.map((offset) => offset + before.length),
});
