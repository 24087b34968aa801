import type { IToken } from 'chevrotain';
import type { Problem } from '../../problem/problem.ts';
import { spanning, textOf } from '../../text/span.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { XppExpression, XppOperand } from './ast.ts';

/** What stands behind a comparison and can't go on with it. */
interface Surplus {
  readonly token: IToken;
  /** The values that a comma lists: `"20"` of `A == "10","20"`. */
  readonly values: readonly XppOperand[];
  /** Whether a comma stands where a connector belongs: `A == 1, B == 2`. */
  readonly isConnector: boolean;
  readonly compared: XppExpression | undefined;
  /** Whether the comparison is all there is between its parentheses. */
  readonly isAlone: boolean;
  readonly source: string;
}

/** One problem, whatever follows from it: a list is one mistake, however many values it has. */
export function surplusProblem(surplus: Surplus): Problem {
  const { token, values, isConnector } = surplus;
  const span = spanOfToken(token);
  const last = values.at(-1);
  if (last !== undefined) {
    return {
      code: 'unexpected-token',
      variant: 'list',
      span: spanning(span, last.span),
      fixes: listFixes(surplus, last),
    };
  }
  if (!isConnector) return { code: 'unexpected-token', span, args: { found: token.image } };
  return {
    code: 'unexpected-token',
    variant: 'comma',
    span,
    fixes: ['&&', '||'].map((text) => ({
      title: 'replace-operator',
      args: { text },
      edits: [{ span, text: ` ${text}` }],
    })),
  };
}

/** `==` asks for one of the values, `!=` for none of them; no other relation has a list. */
function listFixes(
  { values, compared, isAlone, source }: Surplus,
  last: XppOperand,
): NonNullable<Problem['fixes']> {
  if (compared?.kind !== 'comparison') return [];
  const { left, operator, relation, right } = compared;
  if (left.kind !== 'field' || (relation !== '==' && relation !== '!=')) return [];
  const begin = `${textOf(source, left.span)} ${operator.text}`;
  const all = [right, ...values].map(({ span }) => `(${begin} ${textOf(source, span)})`);
  const chain = all.join(relation === '==' ? ' || ' : ' && ');
  return [
    {
      title: 'expand-list',
      edits: [{ span: spanning(compared.span, last.span), text: isAlone ? chain : `(${chain})` }],
      preferred: true,
    },
  ];
}
