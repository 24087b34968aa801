import { oneOf } from './rule.ts';

/**
 * How the characters of a filter are written where it stands. A grammar sees the file, not the decoded filter,
 * so each pattern is spelled once for each way of escaping; this says the spelling of one character.
 */
export interface Layer {
  readonly id: string;
  /** The spelling of one character, as a pattern. */
  readonly char: (character: string) => string;
  /** One character of any kind that does not end the text around the filter. */
  readonly unit: string;
  /** What ends the text around the filter; empty where nothing does. */
  readonly end: string;
  readonly space: string;
  /** What a sequence that stands for a character is, where no pattern claimed it. */
  readonly escapes: readonly { readonly match: string; readonly name: string }[];
}

const literally = (text: string): string =>
  text.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`);

export const plain: Layer = {
  id: 'plain',
  char: literally,
  unit: '.',
  end: '',
  space: String.raw`\s`,
  escapes: [],
};

const ENTITIES: Readonly<Record<string, string>> = {
  '"': 'quot',
  "'": 'apos',
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
};

/** Character data of an XML element. */
export const xmlText: Layer = {
  id: 'xml',
  char: (character) => {
    const name = ENTITIES[character];
    if (name === undefined) return literally(character);
    const code = character.charCodeAt(0);
    const reference = `&(?:${name}|#0*${String(code)}|#[xX]0*${anyCase(code.toString(16))});`;
    return character === '&' || character === '<' ? reference : oneOf(character, reference);
  },
  unit: '(?:&(?:[A-Za-z]+|#[0-9]+|#[xX][0-9A-Fa-f]+);|[^<&])',
  end: '<',
  space: String.raw`\s`,
  escapes: [
    { match: '&(?:[A-Za-z]+|#[0-9]+|#[xX][0-9A-Fa-f]+);', name: 'constant.character.entity.xml' },
    { match: '&', name: 'invalid.illegal.bad-ampersand.xml' },
  ],
};

/** What the encoders of .NET, PowerShell and Java write as \uXXXX although they need not. */
const WRITTEN_AS_CODE = new Set(['"', "'", '&', '<', '>', '\\', '/', '+', '=', '`']);

/** A JSON string inside `outer`. */
export function jsonString(id: string, outer: Layer): Layer {
  const backslash = outer.char('\\');
  const quote = outer.char('"');
  const code = `u[0-9A-Fa-f]{4}`;
  const simple = oneOf(...['"', '\\', '/'].map(outer.char), '[bfnrt]');
  return {
    id,
    char: (character) => {
      const needsEscape = character === '"' || character === '\\';
      const forms = [(needsEscape ? backslash : '') + outer.char(character)];
      if (character === '/') forms.push(backslash + outer.char(character));
      if (WRITTEN_AS_CODE.has(character)) {
        const hexadecimal = character.charCodeAt(0).toString(16).padStart(4, '0');
        forms.push(`${backslash}u${anyCase(hexadecimal)}`);
      }
      return forms.length === 1 && !needsEscape ? (forms[0] ?? '') : oneOf(...forms);
    },
    // The last alternative is a backslash whose escape JSON does not know: it stands for itself.
    unit: oneOf(
      backslash + code,
      backslash + simple,
      `(?!${oneOf(quote, backslash)})${outer.unit}`,
      `${backslash}(?!${quote})`,
    ),
    end: outer.end === '' ? quote : oneOf(quote, outer.end),
    space: oneOf(outer.space, `${backslash}[nrt]`),
    escapes: [
      { match: backslash + oneOf(code, simple), name: 'constant.character.escape.json' },
      {
        match: `${backslash}(?!${quote})${outer.unit}`,
        name: 'invalid.illegal.unrecognized-string-escape.json',
      },
      ...outer.escapes,
    ],
  };
}

/** A pattern for hexadecimal digits of either case. */
const anyCase = (digits: string): string =>
  digits.replaceAll(/[a-f]/gu, (letter) => `[${letter}${letter.toUpperCase()}]`);
