/** The letters of the tokens in `src/filter/{xpp,odata}/tokens.ts`: of any script, without the curly quotes. */
const LETTER = String.raw`A-Za-z_\x{00C0}-\x{1FFF}\x{2070}-\x{2FFF}\x{3004}-\x{FEFE}\x{FF10}-\x{FFFD}`;

export const WORD = `[${LETTER}][${LETTER}0-9]*`;

/** Behind the last letter of a word; `\b` would see a word in the `n` of the JSON escape `\n`. */
export const WORD_END = `(?![${LETTER}0-9])`;

export const CURLY_QUOTE = String.raw`[\x{2018}-\x{201F}\x{00AB}\x{00BB}]`;

const HEX = '[0-9A-Fa-f]';
export const GUID = `${HEX}{8}(?:-${HEX}{4}){3}-${HEX}{12}`;

export const word = (...words: readonly string[]): string => `(?i:${words.join('|')})${WORD_END}`;
