/**
 * Signs of comparison with a character too many, in the wrong order or with a blank inside: `===`, `=<`, `! =`. Each is
 * one mistake, and what it was meant for is plain. No filter that is right has one outside its texts.
 * Without the flag `u`, with which a lexer would try every token at every character (lexer.ts).
 */
export const MISTYPED_SIGN =
  /=\s*=\s*=|=\s+=|!\s*=\s*=|!\s+=|==!(?!\s*=)|=\s*!(?!\s*=)|[<>]\s*=\s*=|[<>]\s+=|=\s*[<>](?![A-Za-z])|<\s+>/;

const MEANT: Readonly<Record<string, Sign>> = {
  '===': '==',
  '==': '==',
  '!==': '!=',
  '!=': '!=',
  '=!': '!=',
  '==!': '!=',
  '<==': '<=',
  '<=': '<=',
  '=<': '<=',
  '>==': '>=',
  '>=': '>=',
  '=>': '>=',
  '<>': '!=',
};

type Sign = '==' | '!=' | '<=' | '>=';

/** The sign of X++ that was meant; undefined for one that is as it should be, or of another kind. */
export const signMeant = (written: string): Sign | undefined =>
  MEANT[written.replaceAll(/\s+/gu, '')];
