import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import type { Problem } from '../../problem/problem.ts';
import type { ODataExpression } from './ast.ts';
import { closeBrackets, closeParenthesis, openBrackets, openParenthesis } from './brackets.ts';
import { addLiteral, addOperator, addPrefix, addStep, addStray } from './events.ts';
import { endsRow, finishFilter, type Neighbours, openRow, type Reading, type Row } from './row.ts';
import * as tokens from './tokens.ts';

/**
 * The `boolCommonExpr` of the OData 4.01 ABNF, as the brackets of a filter and the rows of tokens between them.
 * A row takes any token: what stands in a wrong place is an error production (events.ts). So every token
 * sequence with balanced parentheses parses, one mistake gives one problem at its own place, and the
 * time is linear. Chevrotain's own recovery is not used (docs/decisions.md).
 *
 * One rule per bracket, and ranking the operators afterwards (fold.ts), keeps the stack of 500 levels small.
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

  readonly filter = this.RULE('filter', (): ODataExpression => {
    const row = openRow('top');
    this.SUBRULE(this.row, { ARGS: [row] });
    return this.ACTION(() => finishFilter(this, row));
  });

  /** The row that is being read. */
  private current = openRow('top');

  /** Made once: in the rule itself every token would make all of these closures anew. */
  private readonly alternatives = [
    { ALT: () => this.adding(this.CONSUME(tokens.Step), addStep) },
    { ALT: () => this.adding(this.CONSUME(tokens.Literal), addLiteral) },
    { ALT: () => this.adding(this.CONSUME(tokens.Operator), addOperator) },
    { ALT: () => this.adding(this.CONSUME(tokens.Prefix), addPrefix) },
    { ALT: () => this.adding(this.CONSUME(tokens.Stray), addStray) },
    {
      ALT: () => {
        const outside = this.current;
        const token = this.CONSUME(tokens.LeftParenthesis);
        const open = this.around(token);
        const inside = this.ACTION(() => openParenthesis(this, outside, open));
        this.SUBRULE(this.row, { ARGS: [inside] });
        const close = this.CONSUME(tokens.RightParenthesis);
        this.ACTION(() => closeParenthesis(this, outside, inside, open, this.around(close)));
        this.current = outside;
      },
    },
    {
      ALT: () => {
        const outside = this.current;
        const token = this.CONSUME(tokens.LeftBracket);
        const inside = this.ACTION(() => openBrackets(this, outside, this.around(token)));
        this.SUBRULE1(this.row, { ARGS: [inside] });
        const end = this.end;
        const close = this.OPTION(() => this.CONSUME(tokens.RightBracket));
        this.ACTION(() => closeBrackets(this, outside, inside, token, { ...end, close }));
        this.current = outside;
      },
    },
    {
      ALT: () => {
        const outside = this.current;
        const token = this.CONSUME(tokens.LeftBrace);
        const inside = this.ACTION(() => openBrackets(this, outside, this.around(token)));
        this.SUBRULE2(this.row, { ARGS: [inside] });
        const end = this.end;
        const close = this.OPTION1(() => this.CONSUME(tokens.RightBrace));
        this.ACTION(() => closeBrackets(this, outside, inside, token, { ...end, close }));
        this.current = outside;
      },
    },
  ];

  private readonly row = this.RULE('row', (row: Row): void => {
    this.ACTION(() => {
      this.current = row;
    });
    this.MANY({
      GATE: () => !endsRow(this.LA(1), row.place),
      DEF: () => {
        this.OR(this.alternatives);
      },
    });
  });

  private adding(token: IToken, add: (reading: Reading, row: Row, at: Neighbours) => void): void {
    this.ACTION(() => add(this, this.current, this.around(token)));
  }

  /** A token that was just read, and its neighbours. */
  private around(token: IToken): Neighbours {
    return { before: this.LA(-1), token, next: this.LA(1) };
  }

  /** The neighbours of the place behind the last token that was read. */
  get end(): Neighbours {
    return { before: this.LA(0), token: this.LA(1), next: this.LA(2) };
  }
}
