import type { IToken } from 'chevrotain';
import type { Problem } from '../../problem/problem.ts';
import { spanning, type Span } from '../../text/span.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { ODataArgument, ODataExpression, ODataMissing, ODataStep } from './ast.ts';
import * as tokens from './tokens.ts';

/** What stands between the parentheses of a step. */
interface Arguments {
  /** The range variable of a lambda. */
  readonly variable: string | undefined;
  readonly args: readonly ODataArgument[];
  /** The token in front of each argument but the first. */
  readonly separators: readonly IToken[];
  readonly close: IToken;
}

/** One step of a path as its tokens say it; `inside` is undefined where no parenthesis follows. */
export interface WrittenStep {
  readonly token: IToken;
  readonly isFirst: boolean;
  readonly inside: Arguments | undefined;
  /** The range variables of the lambdas around it. */
  readonly variables: readonly string[];
}

export function readStep(written: WrittenStep, problems: Problem[]): ODataStep {
  const { token, inside } = written;
  problems.push(...misplacedSeparators(written));
  if (token.tokenType === tokens.SystemName) return readSystemStep(written, problems);
  if (token.tokenType === tokens.AtName) return readAtStep(written);
  if (inside === undefined) return readName(written);
  const step = readCall(token, inside);
  if (step.kind === 'lambda') problems.push(...lambdaProblems(written, inside));
  return step;
}

export const isQuantifier = (token: IToken): boolean =>
  token.image === 'any' || token.image === 'all';

const spanOfStep = ({ token, inside }: WrittenStep): Span =>
  inside === undefined
    ? spanOfToken(token)
    : spanning(spanOfToken(token), spanOfToken(inside.close));

function readName({ token, isFirst, variables }: WrittenStep): ODataStep {
  const name = token.image;
  const span = spanOfToken(token);
  if (isFirst && variables.includes(name)) return { kind: 'variable', name, span };
  return { kind: name.includes('.') ? 'typeName' : 'property', name, span };
}

function readCall(token: IToken, inside: Arguments): ODataStep {
  const span = spanning(spanOfToken(token), spanOfToken(inside.close));
  const name = token.image;
  const isLambda = inside.variable !== undefined || inside.args.length === 0;
  if ((name === 'any' || name === 'all') && isLambda) {
    const condition = inside.args[0]?.value;
    return {
      kind: 'lambda',
      quantifier: name,
      ...(inside.variable === undefined ? {} : { variable: inside.variable }),
      ...(condition === undefined ? {} : { condition }),
      span,
    };
  }
  return { kind: 'call', name, nameSpan: spanOfToken(token), args: inside.args, span };
}

/** A lambda stands behind a collection, and `all` asks for a condition (ABNF, `anyExpr`, `allExpr`). */
function lambdaProblems({ token, isFirst }: WrittenStep, inside: Arguments): readonly Problem[] {
  const code = 'unexpected-token';
  if (isFirst) return [{ code, span: spanOfToken(token), args: { found: token.image } }];
  if (token.image === 'any' || inside.args.length > 0) return [];
  const { image: found } = inside.close;
  return [{ code, span: spanOfToken(inside.close), args: { found } }];
}

const VARIABLES: ReadonlySet<string> = new Set(['$it', '$this', '$root']);

function readSystemStep(written: WrittenStep, problems: Problem[]): ODataStep {
  const { token, inside } = written;
  const name = token.image;
  const span = spanOfStep(written);
  if (name === '$count') return { kind: 'count', options: inside?.args ?? [], span };
  if (name === '$filter' && inside !== undefined) {
    const condition = inside.args[0]?.value;
    return { kind: 'subset', ...(condition === undefined ? {} : { condition }), span };
  }
  if (!VARIABLES.has(name) || inside !== undefined) {
    problems.push({ code: 'unexpected-token', span: spanOfToken(token), args: { found: name } });
  }
  return { kind: 'variable', name, span };
}

/** Without a namespace it is a parameter alias at the start of a path, and a term inside it. */
function readAtStep(written: WrittenStep): ODataStep {
  const name = written.token.image;
  const span = spanOfStep(written);
  return { kind: written.isFirst && !/[.#]/u.test(name) ? 'alias' : 'annotation', name, span };
}

/** Arguments have commas between them, the values of `case` a colon, the options of `$count` a semicolon. */
function misplacedSeparators({ token, inside }: WrittenStep): readonly Problem[] {
  if (inside === undefined) return [];
  return inside.separators.flatMap((separator, index) => {
    const expected =
      token.image === 'case' && index % 2 === 0
        ? tokens.Colon
        : token.image === '$count'
          ? tokens.Semicolon
          : tokens.Comma;
    return separator.tokenType === expected && inside.variable === undefined
      ? []
      : [
          {
            code: 'unexpected-token' as const,
            span: spanOfToken(separator),
            args: { found: separator.image },
          },
        ];
  });
}

export function pathOf(steps: readonly (ODataStep | ODataMissing)[]): ODataExpression {
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined || first === last) {
    return first ?? { kind: 'missing', span: { start: 0, end: 0 } };
  }
  return { kind: 'path', steps, span: spanning(first.span, last.span) };
}
