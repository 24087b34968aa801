import { EmbeddedActionsParser, EOF, type IToken, tokenMatcher } from 'chevrotain';
import type { Analysed, Problem } from '../../problem/problem.ts';
import { spanning } from '../../text/span.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type {
  ODataArgument,
  ODataExpression,
  ODataMember,
  ODataMissing,
  ODataOperator,
  ODataStep,
} from './ast.ts';
import { fold, type Term } from './fold.ts';
import { endsExpression, type Neighbours, type Place, suggestsConnector } from './lookahead.ts';
import { readLiteral } from './literals.ts';
import { type PrefixOperator, readOperator, readPrefix } from './operators.ts';
import { isQuantifier, pathOf, readStep, valuesInList } from './steps.ts';
import * as tokens from './tokens.ts';

/**
 * The `boolCommonExpr` of the OData 4.01 ABNF with error productions: a missing operand or operator is
 * part of it. So every token sequence with balanced parentheses parses, one mistake gives one problem at
 * its own place, and the time is linear. Chevrotain's own recovery is not used (docs/decisions.md).
 */
export class ODataGrammar extends EmbeddedActionsParser {
  problems: Problem[] = [];
  source = '';
  /** The range variables of the lambdas around the current token. */
  variables: string[] = [];

  /** @param skipValidations whether to trust the grammar; test/unit/filter/odata/grammar.test.ts does not. */
  constructor(skipValidations: boolean) {
    super(tokens.vocabulary, { skipValidations, maxLookahead: 1 });
    this.performSelfAnalysis();
  }

  readonly filter = this.RULE('filter', (): ODataExpression =>
    this.SUBRULE(this.expression, { ARGS: ['top'] }),
  );

  /** Operands and operators in a row, ranked afterwards: each rule per level costs stack (DEEPEST_NESTING). */
  private readonly expression = this.RULE('expression', (place: Place): ODataExpression => {
    const terms: Term[] = [this.SUBRULE(this.term)];
    const operators: ODataOperator[] = [];
    // A surplus token explains the missing operator behind it.
    let isExplained = false;
    this.MANY({
      GATE: () => !endsExpression(this.LA(1), place),
      DEF: () => {
        this.OR({
          IGNORE_AMBIGUITIES: true,
          DEF: [
            {
              ALT: () => {
                const token = this.CONSUME(tokens.Operator);
                operators.push(this.ACTION(() => this.noting(readOperator(token, this.source))));
                terms.push(this.SUBRULE1(this.term));
                isExplained = false;
              },
            },
            {
              ALT: () => {
                this.SUBRULE(this.surplus);
                isExplained = true;
              },
            },
            {
              ALT: () => {
                // A word between two operands stands where an operator belongs: `name equals 'x'`.
                const word = this.OPTION({
                  GATE: () => this.isWordForOperator(operators),
                  DEF: () => this.CONSUME(tokens.Name),
                });
                operators.push(
                  this.ACTION(() => this.missingOperator(operators, word, isExplained)),
                );
                terms.push(this.SUBRULE2(this.term));
                isExplained = false;
              },
            },
          ],
        });
      },
    });
    return this.ACTION(() => fold({ terms, operators, problems: this.problems }));
  });

  private readonly surplus = this.RULE('surplus', (): void => {
    const token = this.CONSUME(tokens.Stray);
    this.ACTION(() => this.unexpected(token));
  });

  /** Groups stand in this rule itself: each rule per level costs stack (DEEPEST_NESTING). */
  private readonly term = this.RULE('term', (): Term => {
    const prefixes: PrefixOperator[] = [];
    this.MANY(() => {
      const token = this.CONSUME(tokens.Prefix);
      this.ACTION(() => prefixes.push(this.noting(readPrefix(token, this.source))));
    });
    const operand = this.OR<ODataExpression>([
      {
        ALT: () => {
          const token = this.CONSUME(tokens.Literal);
          return this.ACTION(() => this.noting(readLiteral(token, this.source, false)));
        },
      },
      {
        ALT: () => {
          const before = this.LA(0);
          const open = this.CONSUME(tokens.LeftParenthesis);
          const items: ODataExpression[] = [];
          const commas: IToken[] = [];
          this.OPTION({
            GATE: () =>
              before.tokenType !== tokens.In || this.LA(1).tokenType !== tokens.RightParenthesis,
            DEF: () => {
              items.push(this.SUBRULE(this.expression, { ARGS: ['group'] }));
              this.MANY1(() => {
                commas.push(this.CONSUME(tokens.Comma));
                items.push(this.SUBRULE1(this.expression, { ARGS: ['group'] }));
              });
            },
          });
          const close = this.CONSUME(tokens.RightParenthesis);
          return this.ACTION(() => this.groupOf(before, open, items, commas, close));
        },
      },
      {
        ALT: () => {
          const steps: (ODataStep | ODataMissing)[] = [this.SUBRULE(this.step, { ARGS: [true] })];
          this.MANY2({
            GATE: () => this.isPathSlash(),
            DEF: () => {
              this.CONSUME(tokens.Slash);
              steps.push(
                this.OR1<ODataStep | ODataMissing>([
                  { ALT: () => this.SUBRULE1(this.step, { ARGS: [false] }) },
                  { ALT: () => this.ACTION(() => this.missing()) },
                ]),
              );
            },
          });
          return this.ACTION(() => pathOf(steps));
        },
      },
      { ALT: () => this.SUBRULE(this.array) },
      { ALT: () => this.SUBRULE(this.object) },
      { ALT: () => this.ACTION(() => this.missing()) },
    ]);
    return this.ACTION(() => ({ prefixes, operand }));
  });

  /** A name, alone or with arguments. */
  private readonly step = this.RULE('step', (isFirst: boolean): ODataStep => {
    const token = this.CONSUME(tokens.Step);
    const args: ODataArgument[] = [];
    const separators: IToken[] = [];
    let variable: string | undefined;
    let close: IToken | undefined;
    this.OPTION(() => {
      this.CONSUME(tokens.LeftParenthesis);
      this.OPTION1({
        GATE: () => isQuantifier(token) && this.LA(2).tokenType === tokens.Colon,
        DEF: () => {
          const name = this.CONSUME(tokens.Name);
          this.CONSUME(tokens.Colon);
          this.ACTION(() => {
            variable = name.image;
            this.variables.push(variable);
          });
        },
      });
      this.MANY({
        GATE: () =>
          this.LA(1).tokenType !== tokens.RightParenthesis ||
          (variable !== undefined && args.length === 0),
        DEF: () => {
          this.OPTION2({
            GATE: () => args.length > 0,
            DEF: () => separators.push(this.CONSUME(tokens.Separator)),
          });
          const name = this.OPTION3({
            GATE: () => this.LA(2).tokenType === tokens.Assign,
            DEF: () => {
              const written = this.CONSUME1(tokens.Step);
              this.CONSUME(tokens.Assign);
              return written;
            },
          });
          const value = this.SUBRULE(this.expression, { ARGS: ['argument'] });
          this.ACTION(() =>
            args.push(
              name === undefined
                ? { value }
                : { name: { text: name.image, span: spanOfToken(name) }, value },
            ),
          );
        },
      });
      close = this.CONSUME(tokens.RightParenthesis);
    });
    return this.ACTION(() => {
      if (variable !== undefined) this.variables.pop();
      const inside = close === undefined ? undefined : { variable, args, separators, close };
      return readStep({ token, isFirst, inside, variables: this.variables }, this.problems);
    });
  });

  private readonly array = this.RULE('array', (): ODataExpression => {
    const open = this.CONSUME(tokens.LeftBracket);
    const items: ODataExpression[] = [];
    this.OPTION({
      GATE: () => this.LA(1).tokenType !== tokens.RightBracket,
      DEF: () => {
        items.push(this.SUBRULE(this.element));
        this.MANY(() => {
          this.CONSUME(tokens.Comma);
          items.push(this.SUBRULE1(this.element));
        });
      },
    });
    const close = this.OPTION1(() => this.CONSUME(tokens.RightBracket));
    return this.ACTION(() => ({ kind: 'array', items, span: this.enclosed(open, close, ']') }));
  });

  private readonly object = this.RULE('object', (): ODataExpression => {
    const open = this.CONSUME(tokens.LeftBrace);
    const members: ODataMember[] = [];
    this.OPTION({
      GATE: () => this.LA(1).tokenType !== tokens.RightBrace,
      DEF: () => {
        members.push(this.SUBRULE(this.member));
        this.MANY(() => {
          this.CONSUME(tokens.Comma);
          members.push(this.SUBRULE1(this.member));
        });
      },
    });
    const close = this.OPTION1(() => this.CONSUME(tokens.RightBrace));
    return this.ACTION(() => ({ kind: 'object', members, span: this.enclosed(open, close, '}') }));
  });

  private readonly member = this.RULE('member', (): ODataMember => {
    const name = this.OPTION({
      GATE: () => this.LA(2).tokenType === tokens.Colon,
      DEF: () => this.CONSUME(tokens.DoubleQuoted),
    });
    const colon = this.OPTION1(() => this.CONSUME(tokens.Colon));
    if (name === undefined || colon === undefined) this.ACTION(() => this.missing());
    const value = this.SUBRULE(this.element);
    return this.ACTION(() => ({
      name: name === undefined ? undefined : name.image.slice(1, -1),
      value,
    }));
  });

  private readonly element = this.RULE('element', (): ODataExpression =>
    this.OR({
      // A text in double quotes begins an expression too, a wrong one.
      IGNORE_AMBIGUITIES: true,
      DEF: [
        {
          GATE: () => endsExpression(this.LA(2), 'json'),
          ALT: () => {
            const token = this.CONSUME(tokens.DoubleQuoted);
            return this.ACTION(() => this.noting(readLiteral(token, this.source, true)));
          },
        },
        { ALT: () => this.SUBRULE(this.expression, { ARGS: ['json'] }) },
      ],
    }),
  );

  /** A slash behind a blank divides; OData has no blank in a path. */
  private isPathSlash(): boolean {
    return spanOfToken(this.LA(0)).end === this.LA(1).startOffset;
  }

  private isWordForOperator(operators: readonly ODataOperator[]): boolean {
    return (
      this.LA(1).tokenType === tokens.Name &&
      tokenMatcher(this.LA(2), tokens.Literal) &&
      !suggestsConnector(operators, this.neighbours())
    );
  }

  private neighbours(): Neighbours {
    return { before: this.LA(0), first: this.LA(1), second: this.LA(2) };
  }

  private noting<T>(read: Analysed<T>): T {
    this.problems.push(...read.problems);
    return read.value;
  }

  private unexpected(token: IToken): void {
    this.problems.push({
      code: 'unexpected-token',
      span: spanOfToken(token),
      args: { found: token.image },
    });
  }

  private groupOf(
    before: IToken,
    open: IToken,
    items: readonly ODataExpression[],
    commas: readonly IToken[],
    close: IToken,
  ): ODataExpression {
    const span = spanning(spanOfToken(open), spanOfToken(close));
    const [first] = items;
    const isBehindIn = before.tokenType === tokens.In;
    if (!isBehindIn) for (const comma of commas) this.unexpected(comma);
    const isList = items.length !== 1 || (isBehindIn && first !== undefined && 'text' in first);
    if (isList && isBehindIn) this.problems.push(...valuesInList(items, this.source));
    return isList || first === undefined
      ? { kind: 'list', items, span }
      : { kind: 'group', expression: first, span };
  }

  private enclosed(
    open: IToken,
    close: IToken | undefined,
    missing: string,
  ): ODataExpression['span'] {
    const last = close ?? this.LA(0);
    const { end } = spanOfToken(last);
    if (close === undefined) {
      this.problems.push({
        code: 'unclosed-parenthesis',
        span: spanOfToken(open),
        variant: 'bracket',
        args: { bracket: open.image },
        fixes: [
          {
            title: 'insert-text',
            args: { text: missing },
            edits: [{ span: { start: end, end }, text: missing }],
            preferred: true,
          },
        ],
      });
    }
    return spanning(spanOfToken(open), spanOfToken(last));
  }

  private missingOperator(
    operators: readonly ODataOperator[],
    word: IToken | undefined,
    isExplained: boolean,
  ): ODataOperator {
    const before = word === undefined ? this.LA(0) : this.LA(-1);
    const found = word ?? this.LA(1);
    const { end } = spanOfToken(before);
    const gap = { start: end, end };
    const isConnector = word === undefined && suggestsConnector(operators, this.neighbours());
    if (!isExplained) {
      const connectors = isConnector ? ['and', 'or'] : [];
      this.problems.push({
        code: isConnector ? 'expected-connector' : 'expected-operator',
        span: spanOfToken(found),
        variant: 'odata',
        args: { after: before.image, found: found.image },
        fixes: connectors.map((text) => ({
          title: 'insert-operator',
          args: { text },
          edits: [{ span: gap, text: ` ${text}` }],
        })),
      });
    }
    return {
      name: isConnector ? 'and' : 'eq',
      text: word?.image ?? '',
      span: word === undefined ? gap : spanOfToken(word),
    };
  }

  /** A value is missing: told at what stands in its place, or at what comes before where the filter ends. */
  private missing(): ODataMissing {
    const before = this.LA(0);
    const found = this.LA(1);
    const isFirst = Number.isNaN(before.startOffset) || before.startOffset < 0;
    const isEnd = found.tokenType === EOF || found.image === '';
    const span = spanOfToken(isEnd && !isFirst ? before : found);
    const place = isEnd && isFirst ? { start: 0, end: this.source.length } : span;
    const variant = `${isFirst ? 'first' : 'after'}${isEnd ? 'End' : ''}`;
    this.problems.push({
      code: 'expected-value',
      span: place,
      variant: variant === 'firstEnd' ? 'firstEndOData' : variant,
      args: { after: isFirst ? '' : before.image, found: found.image },
    });
    const gap = isEnd ? place.end : place.start;
    return { kind: 'missing', span: { start: gap, end: gap } };
  }
}
