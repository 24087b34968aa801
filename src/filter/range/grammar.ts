import { EmbeddedActionsParser, type IToken, tokenMatcher } from 'chevrotain';
import type { Analysed, Problem } from '../../problem/problem.ts';
import { type Span, spanning } from '../../text/span.ts';
import { foreignOperator } from '../foreignOperator.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type {
  Range,
  RangeArgument,
  RangeItem,
  RangeMethod,
  RangeMissing,
  RangeRelation,
  RangeValue,
} from './ast.ts';
import { checkMethod, missingValue } from './problems.ts';
import * as tokens from './tokens.ts';
import { readValue } from './values.ts';

/**
 * The grammar of the plain range (`dualwrite.md` 2.5) with error productions, as in the grammar of X++:
 * every token sequence with balanced parentheses parses, and one mistake gives one problem at its place.
 */
export class RangeGrammar extends EmbeddedActionsParser {
  problems: Problem[] = [];
  source = '';

  /** @param skipValidations whether to trust the grammar; test/unit/filter/range/parse.test.ts does not. */
  constructor(skipValidations: boolean) {
    super(tokens.vocabulary, { skipValidations, maxLookahead: 1 });
    this.performSelfAnalysis();
  }

  readonly range = this.RULE('range', (): Range => {
    const items: RangeItem[] = [this.SUBRULE(this.item)];
    this.MANY(() => {
      this.OR({
        // A separator is no surplus.
        IGNORE_AMBIGUITIES: true,
        DEF: [
          {
            ALT: () => {
              this.SUBRULE(this.separator);
              items.push(this.SUBRULE1(this.item));
            },
          },
          {
            ALT: () => {
              const span = this.SUBRULE(this.surplus);
              // What the item would mean without it is not what was written.
              this.ACTION(() => items.splice(-1, 1, { kind: 'missing', span }));
            },
          },
        ],
      });
    });
    return this.ACTION(() => ({ items, span: { start: 0, end: this.source.length } }));
  });

  private readonly separator = this.RULE('separator', (): void => {
    const token = this.CONSUME(tokens.Separator);
    this.ACTION(() => {
      if (token.tokenType === tokens.ForeignOr) this.problems.push(foreignOperator(token, ','));
    });
  });

  /** Whatever stands between an item and the next comma; told once. */
  private readonly surplus = this.RULE('surplus', (): Span => {
    const found = this.LA(1);
    let depth = 0;
    this.AT_LEAST_ONE({
      GATE: () => depth > 0 || !tokenMatcher(this.LA(1), tokens.Separator),
      DEF: () => {
        const token = this.SUBRULE(this.anything);
        this.ACTION(() => (depth += levelsOf(token)));
      },
    });
    return this.ACTION(() => {
      this.unexpected(found);
      return spanOfToken(found);
    });
  });

  private readonly item = this.RULE('item', (): RangeItem =>
    this.OR([
      {
        ALT: () => {
          const token = this.CONSUME(tokens.Negation);
          const value = this.SUBRULE(this.operand);
          return this.ACTION((): RangeItem => {
            if (token.tokenType === tokens.ForeignNot) {
              this.problems.push(foreignOperator(token, '!'));
            }
            const span = spanning(spanOfToken(token), value.span);
            return { kind: 'single', isNegated: true, value, span };
          });
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(tokens.Relation);
          const value = this.SUBRULE1(this.operand);
          return this.ACTION((): RangeItem => ({
            kind: 'comparison',
            relation: token.image as RangeRelation,
            value,
            span: spanning(spanOfToken(token), value.span),
          }));
        },
      },
      {
        ALT: () => {
          const points = this.CONSUME(tokens.Interval);
          const to = this.OPTION(() => this.SUBRULE(this.value));
          return this.ACTION(() => this.interval(undefined, points, to));
        },
      },
      {
        ALT: () => {
          const from = this.SUBRULE1(this.value);
          let item: RangeItem | undefined;
          this.OPTION1(() => {
            const points = this.CONSUME1(tokens.Interval);
            const to = this.OPTION2(() => this.SUBRULE2(this.value));
            item = this.ACTION(() => this.interval(from, points, to));
          });
          return this.ACTION(
            (): RangeItem =>
              item ?? { kind: 'single', isNegated: false, value: from, span: from.span },
          );
        },
      },
      { ALT: () => this.SUBRULE(this.method) },
      { ALT: () => this.ACTION(() => this.missing()) },
    ]),
  );

  private readonly operand = this.RULE('operand', (): RangeValue | RangeMissing =>
    this.OR([
      { ALT: () => this.SUBRULE(this.value) },
      { ALT: () => this.ACTION(() => this.missing()) },
    ]),
  );

  private readonly value = this.RULE('value', (): RangeValue => {
    const token = this.CONSUME(tokens.Value);
    return this.ACTION(() => this.noting(readValue(token)));
  });

  /** `(name(arguments))`. */
  private readonly method = this.RULE('method', (): RangeItem => {
    const open = this.CONSUME(tokens.LeftParenthesis);
    const name = this.OPTION(() => this.CONSUME(tokens.Word));
    const args: RangeArgument[] = [];
    let hasArguments = false;
    this.OPTION1(() => {
      this.CONSUME1(tokens.LeftParenthesis);
      this.SUBRULE(this.content, { ARGS: [args] });
      this.CONSUME(tokens.RightParenthesis);
      hasArguments = true;
    });
    this.SUBRULE1(this.content, { ARGS: [[]] });
    const close = this.CONSUME1(tokens.RightParenthesis);
    return this.ACTION((): RangeItem => {
      const span = spanning(spanOfToken(open), spanOfToken(close));
      const isMethod = name !== undefined && /^[A-Za-z_]\w*(?:::\w+)?$/u.test(name.image);
      if (!isMethod || !hasArguments) {
        this.unexpected(open);
        return { kind: 'missing', span };
      }
      const read: RangeMethod = {
        kind: 'method',
        name: name.image,
        nameSpan: spanOfToken(name),
        args,
        span,
      };
      this.problems.push(...checkMethod(read));
      return read;
    });
  });

  /** Tokens of any kind up to the parenthesis that closes what they stand in. */
  private readonly content = this.RULE('content', (args: RangeArgument[]): void => {
    let depth = 0;
    this.MANY({
      GATE: () => depth > 0 || this.LA(1).tokenType !== tokens.RightParenthesis,
      DEF: () => {
        const token = this.SUBRULE(this.anything);
        this.ACTION(() => {
          if (token.tokenType === tokens.Word && depth === 0) {
            args.push({ text: token.image, span: spanOfToken(token) });
          }
          depth += levelsOf(token);
        });
      },
    });
  });

  /** One token. Parentheses among them are counted: a rule per level would cost stack. */
  private readonly anything = this.RULE('anything', (): IToken =>
    this.OR([
      { ALT: () => this.CONSUME(tokens.Value) },
      { ALT: () => this.CONSUME(tokens.Separator) },
      { ALT: () => this.CONSUME(tokens.Relation) },
      { ALT: () => this.CONSUME(tokens.Negation) },
      { ALT: () => this.CONSUME(tokens.Interval) },
      { ALT: () => this.CONSUME(tokens.Stray) },
      { ALT: () => this.CONSUME(tokens.LeftParenthesis) },
      { ALT: () => this.CONSUME(tokens.RightParenthesis) },
    ]),
  );

  private noting<T>(read: Analysed<T>): T {
    this.problems.push(...read.problems);
    return read.value;
  }

  private unexpected(found: IToken): void {
    this.problems.push({
      code: 'unexpected-token',
      span: spanOfToken(found),
      args: { found: found.image },
    });
  }

  private interval(
    from: RangeValue | undefined,
    points: IToken,
    to: RangeValue | undefined,
  ): RangeItem {
    const own = spanOfToken(points);
    if (from === undefined && to === undefined) {
      this.problems.push({ code: 'expected-value', span: own, variant: 'interval' });
    }
    return {
      kind: 'interval',
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      span: spanning(from?.span ?? own, to?.span ?? own),
    };
  }

  private missing(): RangeMissing {
    const { problem, missing } = missingValue(this.LA(0), this.LA(1));
    // A stray sign is surplus: told there, and once.
    if (!tokenMatcher(this.LA(1), tokens.Stray)) this.problems.push(problem);
    return missing;
  }
}

/** How much deeper parentheses nest behind a token. */
function levelsOf({ tokenType }: IToken): number {
  if (tokenType === tokens.LeftParenthesis) return 1;
  return tokenType === tokens.RightParenthesis ? -1 : 0;
}
