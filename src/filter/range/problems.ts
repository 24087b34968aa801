import { EOF, type IToken } from 'chevrotain';
import type { Problem } from '../../problem/problem.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { RangeMethod, RangeMissing } from './ast.ts';
import { rangeMethod, signatureOf } from './methods.ts';

/**
 * A value is missing: told at what stands in its place, or at what comes before where the text ends.
 * One of the two is a token, for a text without any is empty and misses nothing.
 */
export function missingValue(
  before: IToken,
  found: IToken,
): { readonly problem: Problem; readonly missing: RangeMissing } {
  const isFirst = before.tokenType === EOF;
  // A parenthesis that was put at the end has no text either.
  const isEnd = found.tokenType === EOF || found.image === '';
  const span = spanOfToken(isEnd ? before : found);
  const gap = isEnd ? span.end : span.start;
  return {
    problem: {
      code: 'expected-value',
      span,
      variant: `${isFirst ? 'first' : 'after'}${isEnd ? 'End' : ''}`,
      args: { after: isFirst ? '' : before.image, found: isEnd ? '' : found.image },
    },
    missing: { kind: 'missing', span: { start: gap, end: gap } },
  };
}

/** What of a method is wrong whatever the company has added to SysQueryRangeUtil. */
export function checkMethod({ name, nameSpan, args }: RangeMethod): readonly Problem[] {
  const known = rangeMethod(name);
  if (known === undefined) return [];
  const words = args.filter((argument) => !/^-?\d+$/u.test(argument.text));
  const problems: readonly Problem[] = words.map((argument) => ({
    code: 'invalid-literal',
    variant: 'number',
    span: argument.span,
    args: { text: argument.text },
  }));
  if (args.length <= known.parameters.length) return problems;
  return [
    ...problems,
    {
      code: 'argument-count',
      span: nameSpan,
      args: { signature: signatureOf(known), count: args.length },
    },
  ];
}
