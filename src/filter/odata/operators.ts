import type { IToken } from 'chevrotain';
import type { Analysed, Problem } from '../../problem/problem.ts';
import type { Span } from '../../text/span.ts';
import { signMeant } from '../mistypedSigns.ts';
import { foreignOperator } from '../foreignOperator.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { ODataArithmeticOperator, ODataOperator, ODataOperatorName } from './ast.ts';

/**
 * The operators from the loosest to the tightest group (OData 4.01 part 2, "Operator Precedence").
 * `not` and unary minus stand between the last two.
 */
export const PRECEDENCE: readonly (readonly ODataOperatorName[])[] = [
  ['or'],
  ['and'],
  ['eq', 'ne'],
  ['gt', 'ge', 'lt', 'le'],
  ['add', 'sub'],
  ['mul', 'div', 'divby', 'mod'],
  ['has', 'in'],
];

const LEVELS: ReadonlyMap<ODataOperatorName, number> = new Map(
  PRECEDENCE.flatMap((names, level) => names.map((name) => [name, level])),
);

export const levelOf = ({ name }: Pick<ODataOperator, 'name'>): number => LEVELS.get(name) ?? 0;

export const isArithmetic = (name: ODataOperatorName): name is ODataArithmeticOperator =>
  name === 'add' ||
  name === 'sub' ||
  name === 'mul' ||
  name === 'div' ||
  name === 'divby' ||
  name === 'mod';

/** What was written instead of an operator, and what it means. */
const FOREIGN: Readonly<Record<string, ODataOperatorName>> = {
  '&&': 'and',
  '&': 'and',
  und: 'and',
  および: 'and',
  '||': 'or',
  '|': 'or',
  oder: 'or',
  または: 'or',
  '==': 'eq',
  '=': 'eq',
  '!=': 'ne',
  '<>': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'mod',
};

/** Answers with the name itself: a piece of the filter compares slower wherever the tree is looked at. */
const NAMES: ReadonlyMap<string, ODataOperatorName> = new Map(
  PRECEDENCE.flat().map((name) => [name, name]),
);

export function readOperator(token: IToken, source: string): Analysed<ODataOperator> {
  const { image } = token;
  const span = spanOfToken(token);
  const exact = NAMES.get(image);
  if (exact !== undefined) return { value: { text: image, span, name: exact }, problems: [] };
  const lower = image.toLowerCase();
  const miscased = NAMES.get(lower);
  const name = miscased ?? FOREIGN[signMeant(lower) ?? lower] ?? 'eq';
  const problem =
    miscased === undefined ? replacement(token, name, source) : wronglyCased(token, source);
  return { value: { text: image, span, name }, problems: [problem] };
}

/** `not` or unary minus. */
export interface PrefixOperator {
  readonly name: 'not' | '-';
  readonly text: string;
  readonly span: Span;
}

export function readPrefix(token: IToken, source: string): Analysed<PrefixOperator> {
  const base = { text: token.image, span: spanOfToken(token) };
  if (token.image === '-') return { value: { ...base, name: '-' }, problems: [] };
  if (token.image === 'not') return { value: { ...base, name: 'not' }, problems: [] };
  const problem =
    token.image.toLowerCase() === 'not'
      ? wronglyCased(token, source)
      : replacement(token, 'not', source);
  return { value: { ...base, name: 'not' }, problems: [problem] };
}

/** The ABNF of OData 4.0, which Dataverse speaks, knows operators and `null` in lower case alone. */
export const wronglyCased = (token: IToken, source: string): Problem => ({
  ...replacement(token, token.image.toLowerCase(), source),
  variant: 'case',
});

function replacement(token: IToken, meant: string, source: string): Problem {
  const { start, end } = spanOfToken(token);
  // A sign needs no blanks around it (`a==b`, `!(a)`), the word in its place does.
  const before = /[^\s(]$/u.test(source.slice(Math.max(0, start - 1), start)) ? ' ' : '';
  const after = /^\S/u.test(source.slice(end, end + 1)) ? ' ' : '';
  return foreignOperator(token, meant, before + meant + after);
}
