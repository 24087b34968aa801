import { isBlankAt } from '../characters.ts';
import { type Reading, skipBlanks } from '../correct.ts';
import type { ODataArithmeticOperator, ODataOperatorName, ODataRelation } from './ast.ts';
import { levelOf } from './operators.ts';

/** An operator of those that correct filters have; `has` and `divby` are left to the grammar. */
export type CorrectOperator =
  | { readonly kind: 'logical'; readonly name: 'and' | 'or'; readonly level: number }
  | { readonly kind: 'relation'; readonly name: ODataRelation; readonly level: number }
  | { readonly kind: 'in'; readonly name: 'in'; readonly level: number }
  | { readonly kind: 'arithmetic'; readonly name: ODataArithmeticOperator; readonly level: number };

const OPERATORS: readonly CorrectOperator[] = [
  ...(['and', 'or'] as const).map((name) => levelled({ kind: 'logical', name })),
  ...(['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const).map((name) =>
    levelled({ kind: 'relation', name }),
  ),
  ...(['add', 'sub', 'mul', 'div', 'mod'] as const).map((name) =>
    levelled({ kind: 'arithmetic', name }),
  ),
  levelled({ kind: 'in', name: 'in' }),
];

function levelled<const Operator extends { readonly name: ODataOperatorName }>(
  operator: Operator,
): Operator & { readonly level: number } {
  return { ...operator, level: levelOf(operator) };
}

const FIRST_LETTER = 0x61;
const LETTERS = 26;

/** Two letters tell them apart: no text is made to look one up. */
const BY_LETTERS: (CorrectOperator | undefined)[] = Array.from({ length: LETTERS * LETTERS });
for (const operator of OPERATORS) BY_LETTERS[placeOf(operator.name, 0)] = operator;

/** -1 where there are no two letters in lower case. */
function placeOf(text: string, at: number): number {
  const first = text.charCodeAt(at) - FIRST_LETTER;
  const second = text.charCodeAt(at + 1) - FIRST_LETTER;
  const areLetters = first >= 0 && first < LETTERS && second >= 0 && second < LETTERS;
  return areLetters ? first * LETTERS + second : -1;
}

/** What follows an operand, and where. Undefined where it is no operator with blanks around it. */
export function operatorBehind(reading: Reading): CorrectOperator | undefined {
  const { text, at: before } = reading;
  skipBlanks(reading);
  const { at } = reading;
  const place = at === before ? -1 : placeOf(text, at);
  const operator = place < 0 ? undefined : BY_LETTERS[place];
  if (operator === undefined) return undefined;
  const { length } = operator.name;
  const isWhole = length === 2 || text.startsWith(operator.name, at);
  return isWhole && isBlankAt(text, at + length) ? operator : undefined;
}
