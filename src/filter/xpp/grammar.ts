import { EOF, type IToken, type ParserMethod, tokenMatcher } from 'chevrotain';
import { spanning, textOf } from '../../text/span.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { XppComparison, XppConnector, XppExpression, XppOperand } from './ast.ts';
import { XppOperandGrammar } from './operandGrammar.ts';
import { readConnector, readNot, readRelation } from './operators.ts';
import { surplusProblem } from './surplus.ts';
import * as tokens from './tokens.ts';

/** The operands of a chain and what joins them, as read so far. */
interface OpenChain {
  readonly operands: XppExpression[];
  readonly operators: XppConnector[];
}

const openChain = (): OpenChain => ({ operands: [], operators: [] });

/**
 * The grammar of `dualwrite.md` 2.5 with error productions: a missing operand, operator or connector
 * is part of it. So every token sequence with balanced parentheses parses, one mistake gives one problem
 * at its own place, and the time is linear. Chevrotain's own recovery is not used (docs/decisions.md).
 */
export class XppGrammar extends XppOperandGrammar {
  /** @param skipValidations whether to trust the grammar; test/unit/filter/xpp/parse.test.ts does not. */
  constructor(skipValidations: boolean) {
    super(tokens.vocabulary, { skipValidations, maxLookahead: 1 });
    this.performSelfAnalysis();
  }

  readonly filter = this.RULE('filter', (): XppExpression => this.SUBRULE(this.chain));

  /** The chain that is being read. */
  private current = openChain();

  // Alternatives are made once: in the rules themselves each token would make their closures anew.
  private readonly links = [
    {
      ALT: () => {
        const { operands, operators } = this.current;
        operators.push(this.SUBRULE(this.connector));
        operands.push(this.SUBRULE1(this.term));
      },
    },
    { ALT: () => this.SUBRULE(this.surplus) },
    {
      ALT: () => {
        const { operands, operators } = this.current;
        operators.push(this.ACTION(() => this.missingConnector()));
        operands.push(this.SUBRULE2(this.term));
      },
    },
  ];

  private readonly link = {
    GATE: () => !this.isEndOfChain(this.LA(1)),
    DEF: () => {
      // An operator can begin a term that lacks its left side, but behind a term it is surplus.
      this.OR({ IGNORE_AMBIGUITIES: true, DEF: this.links });
    },
  };

  private readonly chain = this.RULE('chain', (): XppExpression => {
    const outside = this.current;
    const { operands, operators } = (this.current = openChain());
    operands.push(this.SUBRULE(this.term));
    this.MANY(this.link);
    this.current = outside;
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
    this.OPTION({
      GATE: () => tokenMatcher(token, tokens.Relation),
      DEF: () => this.SUBRULE(this.visibleOperand),
    });
    const values: XppOperand[] = [];
    this.MANY({
      GATE: () => token.tokenType === tokens.Comma && this.isListed(),
      DEF: () => {
        values.push(this.SUBRULE1(this.visibleOperand));
        this.OPTION1({
          GATE: () => tokenMatcher(this.LA(2), tokens.Literal),
          DEF: () => this.CONSUME(tokens.Comma),
        });
      },
    });
    this.ACTION(() => {
      this.isConnectorTold =
        token.tokenType === tokens.Comma && values.length === 0 && this.isTermNext();
      this.problems.push(
        surplusProblem({
          token,
          values,
          isConnector: this.isConnectorTold,
          compared: this.current.operands.at(-1),
          isAlone: this.current.operators.length === 0 && this.isEndOfChain(this.LA(1)),
          source: this.source,
        }),
      );
    });
  });

  /** Whether a connector is missing where a comma stands, which was told of the comma. */
  private isConnectorTold = false;

  private isTermNext(): boolean {
    const next = this.LA(1);
    const others = [tokens.Connector, tokens.Stray, tokens.Relation];
    return !this.isEndOfChain(next) && !others.some((other) => tokenMatcher(next, other));
  }

  /** A further value behind a comma, and no comparison that begins with a constant. */
  private isListed(): boolean {
    return tokenMatcher(this.LA(1), tokens.Literal) && !tokenMatcher(this.LA(2), tokens.Relation);
  }

  private readonly negations = [
    { ALT: () => this.CONSUME(tokens.Not) },
    { ALT: () => this.CONSUME(tokens.ForeignNot) },
  ];

  private readonly terms = [
    {
      ALT: (): XppExpression => {
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
      ALT: (): XppExpression => {
        const not = this.OR1(this.negations);
        const operand = this.SUBRULE(this.term);
        return this.ACTION((): XppExpression => {
          this.problems.push(...readNot(not));
          return { kind: 'not', operand, span: spanning(spanOfToken(not), operand.span) };
        });
      },
    },
    { ALT: (): XppExpression => this.SUBRULE(this.comparison) },
    { ALT: (): XppExpression => this.SUBRULE(this.headlessComparison) },
    { ALT: (): XppExpression => this.ACTION(() => this.missing()) },
  ];

  /** Groups and negations stand in this rule itself: each rule per level costs stack (DEEPEST_NESTING). */
  private readonly term: ParserMethod<[], XppExpression> = this.RULE('term', (): XppExpression =>
    this.OR(this.terms),
  );

  private readonly comparing = [
    { ALT: () => this.CONSUME(tokens.Relation) },
    { ALT: () => this.CONSUME(tokens.Identifier) },
  ];

  private readonly written = (): IToken => this.OR(this.comparing);

  /** A word between an operand and a value stands where an operator belongs: `A equals "x"`. */
  private readonly isCompared = (): boolean =>
    !tokenMatcher(this.LA(1), tokens.Identifier) ||
    tokenMatcher(this.LA(2), tokens.Literal) ||
    (/^is$/iu.test(this.LA(1).image) && /^null$/iu.test(this.LA(2).image));

  private readonly comparison = this.RULE('comparison', (): XppExpression => {
    const left = this.SUBRULE(this.visibleOperand);
    let compared: XppComparison | undefined;
    this.OPTION({
      GATE: this.isCompared,
      DEF: () => {
        const token = this.OPTION1(this.written);
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

  private isEndOfChain(token: IToken): boolean {
    return token.tokenType === EOF || token.tokenType === tokens.RightParenthesis;
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
    if (this.isConnectorTold) {
      this.isConnectorTold = false;
      const { start } = spanOfToken(found);
      return { operator: '&&', span: { start, end: start } };
    }
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
    const { start } = spanOfToken(found);
    return { operator: '&&', span: { start, end: start } };
  }
}
