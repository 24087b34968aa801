/** What the hand-written parsers make: as much as the product's trees say, places included. */
export type LimitNode =
  | (Place & { kind: 'chain'; operators: string[]; operands: LimitNode[] })
  | (Place & { kind: 'not' | 'negation' | 'group'; operand: LimitNode })
  | (Place & {
      kind: 'comparison' | 'arithmetic';
      operator: string;
      operatorStart: number;
      left: LimitNode;
      right: LimitNode;
    })
  | (Place & { kind: 'path'; steps: LimitNode[] })
  | (Place & { kind: 'call'; name: string; args: LimitNode[] })
  | (Place & { kind: 'field'; name: string })
  | (Place & { kind: 'string' | 'date' | 'guid' | 'null' | 'boolean'; text: string; value: string })
  | (Place & { kind: 'number'; text: string; value: number });

interface Place {
  start: number;
  end: number;
}

const LETTER = 1;
const DIGIT = 2;
const BLANK = 4;

/** What each UTF-16 unit is: a table answers faster than comparisons, and its size spares the check of it. */
const CLASSES = new Uint8Array(65_536).fill(LETTER, 128);
for (let unit = 0; unit < 128; unit += 1) {
  const text = String.fromCharCode(unit);
  if (/[A-Za-z_]/u.test(text)) CLASSES[unit] = LETTER;
  else if (/\d/u.test(text)) CLASSES[unit] = DIGIT;
  else if (/\s/u.test(text)) CLASSES[unit] = BLANK;
}

const is = (text: string, offset: number, classes: number): boolean =>
  offset < text.length && ((CLASSES[text.charCodeAt(offset)] ?? 0) & classes) !== 0;

function behind(text: string, offset: number, classes: number): number {
  let end = offset;
  while (is(text, end, classes)) end += 1;
  return end;
}

// Places are handed over and not kept outside: a local variable costs no memory access per character.
export const isDigit = (text: string, offset: number): boolean => is(text, offset, DIGIT);
export const isLetter = (text: string, offset: number): boolean => is(text, offset, LETTER);
export const isWord = (text: string, offset: number): boolean => is(text, offset, LETTER | DIGIT);
export const behindBlanks = (text: string, offset: number): number => behind(text, offset, BLANK);
export const behindDigits = (text: string, offset: number): number => behind(text, offset, DIGIT);
export const behindWord = (text: string, offset: number): number =>
  behind(text, offset, LETTER | DIGIT);
