import { EmbeddedActionsParser, type IToken, type ParserMethod } from 'chevrotain';
import type { Analysed, Problem } from '../../problem/problem.ts';
import { spanning, textOf } from '../../text/span.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { XppLiteral, XppMissing, XppOperand } from './ast.ts';
import { readLiteral } from './literals.ts';
import * as tokens from './tokens.ts';

/** The half of the grammar that reads what is compared; grammar.ts has the half that compares. */
export abstract class XppOperandGrammar extends EmbeddedActionsParser {
  problems: Problem[] = [];
  source = '';

  // Alternatives are made once: in the rules themselves each token would make their closures anew.
  private readonly operands = [
    { ALT: (): XppOperand => this.SUBRULE(this.visibleOperand) },
    { ALT: (): XppOperand => this.ACTION(() => this.missing()) },
  ];

  protected readonly operand = this.RULE('operand', (): XppOperand => this.OR(this.operands));

  private readonly visibleOperands = [
    { ALT: (): XppOperand => this.literal() },
    { ALT: (): XppOperand => this.named() },
  ];

  protected readonly visibleOperand: ParserMethod<[], XppOperand> = this.RULE(
    'visibleOperand',
    (): XppOperand => this.OR(this.visibleOperands),
  );

  /** A part of `visibleOperand`, as `named` is: a rule of its own would cost every operand a call. */
  private literal(): XppOperand {
    const token = this.CONSUME(tokens.Literal);
    const read = this.ACTION((): XppLiteral => this.noting(readLiteral(token)));
    let member: XppOperand | undefined;
    this.OPTION({
      GATE: () => token.tokenType === tokens.Placeholder,
      DEF: () => {
        member = this.SUBRULE(this.member, { ARGS: [token] });
      },
    });
    return this.ACTION(() => member ?? read);
  }

  /** What may follow a name, which is the last token that was read. */
  private readonly continuations = [
    { ALT: (): XppOperand => this.SUBRULE1(this.member, { ARGS: [this.LA(0)] }) },
    { ALT: (): XppOperand => this.SUBRULE(this.element, { ARGS: [this.LA(0)] }) },
    { ALT: (): XppOperand => this.SUBRULE(this.scoped, { ARGS: [this.LA(0)] }) },
    { ALT: (): XppOperand => this.SUBRULE(this.call, { ARGS: [this.LA(0), this.LA(0)] }) },
    { ALT: (): XppOperand => this.ACTION(() => fieldOf(this.LA(0))) },
  ];

  private named(): XppOperand {
    this.CONSUME(tokens.Identifier);
    return this.OR1(this.continuations);
  }

  /** `.Field` behind a data source, or `.%2` behind a placeholder. */
  private readonly member = this.RULE('member', (first: IToken): XppOperand => {
    const dot = this.CONSUME(tokens.Dot);
    const name = this.OPTION(() =>
      this.OR([
        { ALT: () => this.CONSUME(tokens.Identifier) },
        { ALT: () => this.CONSUME(tokens.Placeholder) },
      ]),
    );
    return this.ACTION(() =>
      name === undefined
        ? this.missingBetween(dot, this.LA(1))
        : {
            kind: 'field',
            dataSource: first.image,
            name: name.image,
            span: spanning(spanOfToken(first), spanOfToken(name)),
          },
    );
  });

  private readonly element = this.RULE('element', (name: IToken): XppOperand => {
    const open = this.CONSUME(tokens.LeftBracket);
    const index = this.OPTION(() => this.CONSUME(tokens.IntegerLiteral));
    const close = this.OPTION1(() => this.CONSUME(tokens.RightBracket));
    return this.ACTION(() =>
      index === undefined || close === undefined
        ? this.missingBetween(index ?? open, this.LA(1))
        : {
            kind: 'field',
            name: name.image,
            element: Number(index.image),
            span: spanning(spanOfToken(name), spanOfToken(close)),
          },
    );
  });

  /** `Enum::Element` or `Class::method(…)`. */
  private readonly scoped = this.RULE('scoped', (scope: IToken): XppOperand => {
    const separator = this.CONSUME(tokens.Scope);
    const name = this.OPTION(() => this.CONSUME(tokens.Identifier));
    let called: XppOperand | undefined;
    this.OPTION1(() => {
      called = this.SUBRULE(this.call, { ARGS: [scope, name ?? separator] });
    });
    return this.ACTION(() => {
      if (name === undefined) return this.missingBetween(separator, this.LA(1));
      const span = spanning(spanOfToken(scope), spanOfToken(name));
      return (
        called ?? {
          kind: 'enum',
          enumName: scope.image,
          element: name.image,
          text: textOf(this.source, span),
          span,
        }
      );
    });
  });

  private readonly call = this.RULE('call', (first: IToken, last: IToken): XppOperand => {
    const parts: (XppOperand | undefined)[] = [];
    this.CONSUME(tokens.LeftParenthesis);
    this.MANY(() => parts.push(this.SUBRULE(this.argumentPart)));
    const close = this.CONSUME(tokens.RightParenthesis);
    return this.ACTION(() => ({
      kind: 'call',
      name: textOf(this.source, spanning(spanOfToken(first), spanOfToken(last))),
      args: parts.filter((part) => part !== undefined),
      span: spanning(spanOfToken(first), spanOfToken(close)),
    }));
  });

  /** Arguments are read loosely: no call means anything in a map filter (`dualwrite.md` 2.3). */
  private readonly argumentPart = this.RULE('argumentPart', (): XppOperand | undefined =>
    this.OR([
      { ALT: (): XppOperand | undefined => this.SUBRULE(this.visibleOperand) },
      { ALT: () => this.nothing(this.CONSUME(tokens.Stray)) },
      { ALT: () => this.nothing(this.CONSUME(tokens.Relation)) },
      { ALT: () => this.nothing(this.CONSUME(tokens.Connector)) },
      { ALT: () => this.nothing(this.CONSUME(tokens.Not)) },
      { ALT: () => this.nothing(this.CONSUME(tokens.ForeignNot)) },
      {
        ALT: () => {
          this.CONSUME(tokens.LeftParenthesis);
          this.MANY(() => this.SUBRULE(this.argumentPart));
          return this.nothing(this.CONSUME(tokens.RightParenthesis));
        },
      },
    ]),
  );

  private nothing(_read: unknown): undefined {
    return undefined;
  }

  protected noting<T>(read: Analysed<T>): T {
    if (read.problems.length > 0) this.problems.push(...read.problems);
    return read.value;
  }

  protected missing(): XppMissing {
    return this.missingBetween(this.LA(0), this.LA(1));
  }

  /** A value is missing: told at what stands in its place, or at what comes before where the filter ends. */
  protected missingBetween(before: IToken, found: IToken): XppMissing {
    const isFirst = Number.isNaN(before.startOffset) || before.startOffset < 0;
    const isEnd = found.image === '';
    const span = spanOfToken(isEnd && !isFirst ? before : found);
    const place = isEnd && isFirst ? { start: 0, end: this.source.length } : span;
    this.problems.push({
      code: 'expected-value',
      span: place,
      variant: `${isFirst ? 'first' : 'after'}${isEnd ? 'End' : ''}`,
      args: { after: isFirst ? '' : before.image, found: found.image },
    });
    const gap = isEnd ? place.end : place.start;
    return { kind: 'missing', span: { start: gap, end: gap } };
  }
}

const fieldOf = (name: IToken): XppOperand => ({
  kind: 'field',
  name: name.image,
  span: spanOfToken(name),
});
