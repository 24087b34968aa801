import { EmbeddedActionsParser, EOF, type IToken, tokenMatcher } from 'chevrotain';
import type { Analysed, Problem } from '../../problem/problem.ts';
import { spanning, textOf } from '../../text/span.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type {
  XppComparison,
  XppConnector,
  XppExpression,
  XppLiteral,
  XppMissing,
  XppOperand,
} from './ast.ts';
import { readLiteral } from './literals.ts';
import { readConnector, readNot, readRelation } from './operators.ts';
import * as tokens from './tokens.ts';

/**
 * The grammar of `dualwrite.md` 2.5 with error productions: a missing operand, operator or connector
 * is part of it. So every token sequence with balanced parentheses parses, one mistake gives one problem
 * at its own place, and the time is linear. Chevrotain's own recovery is not used (docs/decisions.md).
 */
export class XppGrammar extends EmbeddedActionsParser {
  problems: Problem[] = [];
  source = '';

  /** @param skipValidations whether to trust the grammar; test/unit/filter/xpp/parse.test.ts does not. */
  constructor(skipValidations: boolean) {
    super(tokens.vocabulary, { skipValidations, maxLookahead: 1 });
    this.performSelfAnalysis();
  }

  readonly filter = this.RULE('filter', (): XppExpression => this.SUBRULE(this.chain));

  private readonly chain = this.RULE('chain', (): XppExpression => {
    const operands: XppExpression[] = [this.SUBRULE(this.term)];
    const operators: XppConnector[] = [];
    this.MANY({
      GATE: () => !this.isEndOfChain(this.LA(1)),
      DEF: () => {
        this.OR({
          // An operator can begin a term that lacks its left side, but behind a term it is surplus.
          IGNORE_AMBIGUITIES: true,
          DEF: [
            {
              ALT: () => {
                operators.push(this.SUBRULE(this.connector));
                operands.push(this.SUBRULE1(this.term));
              },
            },
            { ALT: () => this.SUBRULE(this.surplus) },
            {
              ALT: () => {
                operators.push(this.ACTION(() => this.missingConnector()));
                operands.push(this.SUBRULE2(this.term));
              },
            },
          ],
        });
      },
    });
    return this.ACTION((): XppExpression => {
      const [first] = operands;
      const last = operands.at(-1);
      if (first === undefined || last === undefined) return this.missing();
      if (operators.length === 0) return first;
      return { kind: 'chain', operands, operators, span: spanning(first.span, last.span) };
    });
  });

  private readonly connector = this.RULE('connector', (): XppConnector => {
    const token = this.CONSUME(tokens.Connector);
    return this.ACTION(() => ({
      operator: this.noting(readConnector(token)),
      span: spanOfToken(token),
    }));
  });

  /** What can't continue a chain: punctuation of operands, or a second operator (`A == 1 == 2`). */
  private readonly surplus = this.RULE('surplus', (): void => {
    const token = this.OR([
      { ALT: () => this.CONSUME(tokens.Stray) },
      { ALT: () => this.CONSUME(tokens.Relation) },
    ]);
    this.ACTION(() => {
      const span = spanOfToken(token);
      this.problems.push({ code: 'unexpected-token', span, args: { found: token.image } });
    });
    this.OPTION({
      GATE: () => tokenMatcher(token, tokens.Relation),
      DEF: () => this.SUBRULE(this.visibleOperand),
    });
  });

  /** Groups and negations stand in this rule itself: each rule per level costs stack (DEEPEST_NESTING). */
  private readonly term = this.RULE('term', (): XppExpression =>
    this.OR([
      {
        ALT: () => {
          const open = this.CONSUME(tokens.LeftParenthesis);
          const expression = this.SUBRULE(this.chain);
          const close = this.CONSUME(tokens.RightParenthesis);
          return this.ACTION((): XppExpression => ({
            kind: 'group',
            expression,
            span: spanning(spanOfToken(open), spanOfToken(close)),
          }));
        },
      },
      {
        ALT: () => {
          const not = this.OR1([
            { ALT: () => this.CONSUME(tokens.Not) },
            { ALT: () => this.CONSUME(tokens.ForeignNot) },
          ]);
          const operand = this.SUBRULE(this.term);
          return this.ACTION((): XppExpression => {
            this.problems.push(...readNot(not));
            return { kind: 'not', operand, span: spanning(spanOfToken(not), operand.span) };
          });
        },
      },
      { ALT: () => this.SUBRULE(this.comparison) },
      { ALT: () => this.SUBRULE(this.headlessComparison) },
      { ALT: () => this.ACTION(() => this.missing()) },
    ]),
  );

  private readonly comparison = this.RULE('comparison', (): XppExpression => {
    const left = this.SUBRULE(this.visibleOperand);
    let compared: XppComparison | undefined;
    this.OPTION({
      // A word between an operand and a value stands where an operator belongs: `A equals "x"`.
      GATE: () =>
        !tokenMatcher(this.LA(1), tokens.Identifier) || tokenMatcher(this.LA(2), tokens.Literal),
      DEF: () => {
        const token = this.OPTION1(() =>
          this.OR([
            { ALT: () => this.CONSUME(tokens.Relation) },
            { ALT: () => this.CONSUME(tokens.Identifier) },
          ]),
        );
        const next = this.LA(1);
        const right = this.SUBRULE(this.operand);
        compared = this.ACTION(() => this.comparisonOf(left, token, right, next));
      },
    });
    return this.ACTION((): XppExpression => {
      if (compared !== undefined) return compared;
      if (left.kind === 'call' || left.kind === 'missing') return left;
      this.problems.push({
        code: 'expected-comparison',
        span: left.span,
        args: { operand: textOf(this.source, left.span) },
      });
      return { kind: 'missing', span: left.span };
    });
  });

  /** `== "x"` with nothing before it. */
  private readonly headlessComparison = this.RULE('headlessComparison', (): XppExpression => {
    const before = this.LA(0);
    const token = this.CONSUME(tokens.Relation);
    const next = this.LA(1);
    const right = this.SUBRULE(this.operand);
    return this.ACTION(() =>
      this.comparisonOf(this.missingBetween(before, token), token, right, next),
    );
  });

  private readonly operand = this.RULE('operand', (): XppOperand =>
    this.OR([
      { ALT: () => this.SUBRULE(this.visibleOperand) },
      { ALT: () => this.ACTION(() => this.missing()) },
    ]),
  );

  private readonly visibleOperand = this.RULE('visibleOperand', (): XppOperand =>
    this.OR([{ ALT: () => this.SUBRULE(this.literal) }, { ALT: () => this.SUBRULE(this.named) }]),
  );

  private readonly literal = this.RULE('literal', (): XppOperand => {
    const token = this.CONSUME(tokens.Literal);
    const read = this.ACTION((): XppLiteral => this.noting(readLiteral(token)));
    let member: XppOperand | undefined;
    this.OPTION({
      GATE: () => tokenMatcher(token, tokens.Placeholder),
      DEF: () => {
        member = this.SUBRULE(this.member, { ARGS: [token] });
      },
    });
    return this.ACTION(() => member ?? read);
  });

  private readonly named = this.RULE('named', (): XppOperand => {
    const name = this.CONSUME(tokens.Identifier);
    return this.OR([
      { ALT: () => this.SUBRULE(this.member, { ARGS: [name] }) },
      { ALT: () => this.SUBRULE(this.element, { ARGS: [name] }) },
      { ALT: () => this.SUBRULE(this.scoped, { ARGS: [name] }) },
      { ALT: () => this.SUBRULE(this.call, { ARGS: [name, name] }) },
      {
        ALT: () =>
          this.ACTION((): XppOperand => ({
            kind: 'field',
            name: name.image,
            span: spanOfToken(name),
          })),
      },
    ]);
  });

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

  private isEndOfChain(token: IToken): boolean {
    return token.tokenType === EOF || token.tokenType === tokens.RightParenthesis;
  }

  private nothing(_read: unknown): undefined {
    return undefined;
  }

  private noting<T>(read: Analysed<T>): T {
    this.problems.push(...read.problems);
    return read.value;
  }

  private comparisonOf(
    left: XppOperand,
    token: IToken | undefined,
    right: XppOperand,
    next: IToken,
  ): XppComparison {
    const isRelation = token !== undefined && tokenMatcher(token, tokens.Relation);
    const between = { start: left.span.end, end: left.span.end };
    if (!isRelation) {
      const found = token ?? next;
      this.problems.push({
        code: 'expected-operator',
        span: spanOfToken(found),
        args: { after: textOf(this.source, left.span), found: found.image },
      });
    }
    return {
      kind: 'comparison',
      left,
      relation: isRelation ? this.noting(readRelation(token)) : '==',
      operator: {
        text: token?.image ?? '',
        span: token === undefined ? between : spanOfToken(token),
      },
      right,
      span: spanning(left.span, right.span),
    };
  }

  private missingConnector(): XppConnector {
    const before = this.LA(0);
    const found = this.LA(1);
    const gap = { start: spanOfToken(before).end, end: spanOfToken(before).end };
    this.problems.push({
      code: 'expected-connector',
      span: spanOfToken(found),
      args: { after: before.image, found: found.image },
      fixes: ['&&', '||'].map((operator) => ({
        title: 'insert-operator',
        args: { text: operator },
        edits: [{ span: gap, text: ` ${operator}` }],
      })),
    });
    return { operator: '&&', span: gap };
  }

  private missing(): XppMissing {
    return this.missingBetween(this.LA(0), this.LA(1));
  }

  /** A value is missing: told at what stands in its place, or at what comes before where the filter ends. */
  private missingBetween(before: IToken, found: IToken): XppMissing {
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
