import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import type { Problem } from '../../problem/problem.ts';
import type { ODataExpression } from './ast.ts';
import { closeBrackets, closeParenthesis, openParenthesis } from './brackets.ts';
import { addLiteral, addOperator, addPrefix, addStep, addStray } from './events.ts';
import { endsRow, expectOperand, finishFilter, type Neighbours, openRow, type Row } from './row.ts';
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

  private readonly row = this.RULE('row', (row: Row): void => {
    this.MANY({
      GATE: () => !endsRow(this.LA(1), row.place),
      DEF: () => {
        this.OR([
          {
            ALT: () => {
              const token = this.CONSUME(tokens.Step);
              this.ACTION(() => addStep(this, row, this.around(token)));
            },
          },
          {
            ALT: () => {
              const token = this.CONSUME(tokens.Literal);
              this.ACTION(() => addLiteral(this, row, this.around(token)));
            },
          },
          {
            ALT: () => {
              const token = this.CONSUME(tokens.Operator);
              this.ACTION(() => addOperator(this, row, this.around(token)));
            },
          },
          {
            ALT: () => {
              const token = this.CONSUME(tokens.Prefix);
              this.ACTION(() => addPrefix(this, row, this.around(token)));
            },
          },
          {
            ALT: () => {
              const token = this.CONSUME(tokens.LeftParenthesis);
              const open = this.ACTION(() => this.around(token));
              const inside = this.ACTION(() => openParenthesis(this, row, open));
              this.SUBRULE(this.row, { ARGS: [inside] });
              const close = this.CONSUME(tokens.RightParenthesis);
              this.ACTION(() => closeParenthesis(this, row, inside, open, this.around(close)));
            },
          },
          {
            ALT: () => {
              const token = this.CONSUME(tokens.LeftBracket);
              this.ACTION(() => expectOperand(this, row, this.around(token)));
              const inside = openRow('array');
              this.SUBRULE1(this.row, { ARGS: [inside] });
              const end = this.ACTION(() => this.ahead());
              const close = this.OPTION(() => this.CONSUME(tokens.RightBracket));
              this.ACTION(() => closeBrackets(this, row, inside, token, { ...end, close }));
            },
          },
          {
            ALT: () => {
              const token = this.CONSUME(tokens.LeftBrace);
              this.ACTION(() => expectOperand(this, row, this.around(token)));
              const inside = openRow('object');
              this.SUBRULE2(this.row, { ARGS: [inside] });
              const end = this.ACTION(() => this.ahead());
              const close = this.OPTION1(() => this.CONSUME(tokens.RightBrace));
              this.ACTION(() => closeBrackets(this, row, inside, token, { ...end, close }));
            },
          },
          {
            ALT: () => {
              const token = this.CONSUME(tokens.Stray);
              this.ACTION(() => addStray(this, row, this.around(token)));
            },
          },
        ]);
      },
    });
  });

  /** A token that was just read, and its neighbours. */
  private around(token: IToken): Neighbours {
    return { before: this.LA(-1), token, next: this.LA(1) };
  }

  /** The place behind the last token that was read. */
  private ahead(): Neighbours {
    return { before: this.LA(0), token: this.LA(1), next: this.LA(2) };
  }

  /** The neighbours of the end of the filter. */
  get end(): Neighbours {
    return this.ahead();
  }
}
