import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import type { Problem } from '../../problem/problem.ts';
import { spanning } from '../../text/span.ts';
import { foreignOperator } from '../foreignOperator.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { FilterJunction, FilterRelation, FilterValue, TableFilter } from './ast.ts';
import {
  addOperand,
  addOperator,
  closeGroup,
  finishFilter,
  missingValueAt,
  openGroup,
  openRows,
} from './row.ts';
import * as tokens from './tokens.ts';
import { readValue } from './values.ts';

/**
 * The grammar of a field's filter with error productions, as in the grammar of X++: every token sequence with
 * balanced parentheses parses, and one mistake gives one problem at its place. Groups are rows on a stack of
 * their own (row.ts): a rule per level overflows the stack of the process below 500 of them.
 */
export class TableFilterGrammar extends EmbeddedActionsParser {
  problems: Problem[] = [];
  source = '';

  /** @param skipValidations whether to trust the grammar; test/unit/filter/tableFilter/parse.test.ts does not. */
  constructor(skipValidations: boolean) {
    super(tokens.vocabulary, { skipValidations, maxLookahead: 1 });
    this.performSelfAnalysis();
  }

  readonly filter = this.RULE('filter', (): TableFilter => {
    const rows = openRows();
    this.MANY(() => {
      const at = { before: this.LA(0), token: this.LA(1) };
      this.OR([
        {
          ALT: () => {
            this.CONSUME(tokens.LeftParenthesis);
            this.ACTION(() => openGroup(rows, at));
          },
        },
        {
          ALT: () => {
            this.CONSUME(tokens.RightParenthesis);
            this.ACTION(() => closeGroup(this, rows, at));
          },
        },
        {
          ALT: () => {
            const operator = this.SUBRULE(this.connector);
            this.ACTION(() => addOperator(this, rows, operator, at));
          },
        },
        {
          ALT: () => {
            const term = this.SUBRULE(this.term);
            this.ACTION(() => addOperand(this, rows, term, at));
          },
        },
      ]);
    });
    return this.ACTION(() => finishFilter(this, rows, { before: this.LA(0), token: this.LA(1) }));
  });

  private readonly connector = this.RULE('connector', (): FilterJunction['operator'] => {
    const token = this.CONSUME(tokens.Connector);
    return this.ACTION(() => {
      const operator = token.image.startsWith('&') ? '&' : '|';
      if (token.tokenType === tokens.ForeignConnector) {
        this.problems.push(foreignOperator(token, operator));
      }
      return operator;
    });
  });

  private readonly term = this.RULE('term', (): TableFilter =>
    this.OR([
      { ALT: () => this.SUBRULE(this.comparison) },
      {
        ALT: () => {
          const points = this.CONSUME(tokens.Interval);
          const to = this.OPTION(() => this.SUBRULE(this.value));
          return this.ACTION(() => this.interval(undefined, points, to));
        },
      },
      { ALT: () => this.SUBRULE(this.valueOrInterval) },
    ]),
  );

  private readonly comparison = this.RULE('comparison', (): TableFilter => {
    const token = this.CONSUME(tokens.Relation);
    const value = this.OPTION(() => this.SUBRULE(this.value));
    return this.ACTION((): TableFilter => {
      const operatorSpan = spanOfToken(token);
      const relation = RELATIONS[token.image] ?? '=';
      if (token.tokenType === tokens.ForeignRelation) {
        this.problems.push(foreignOperator(token, relation));
      }
      const compared = value ?? missingValueAt(this, { before: this.LA(0), token: this.LA(1) });
      const span = spanning(operatorSpan, compared.span);
      return { kind: 'comparison', relation, operatorSpan, value: compared, span };
    });
  });

  private readonly valueOrInterval = this.RULE('valueOrInterval', (): TableFilter => {
    const value = this.SUBRULE(this.value);
    let interval: TableFilter | undefined;
    this.OPTION(() => {
      const points = this.CONSUME(tokens.Interval);
      const to = this.OPTION1(() => this.SUBRULE1(this.value));
      interval = this.ACTION(() => this.interval(value, points, to));
    });
    return this.ACTION(
      (): TableFilter => interval ?? { kind: 'comparison', relation: '=', value, span: value.span },
    );
  });

  private readonly value = this.RULE('value', (): FilterValue => {
    const token = this.CONSUME(tokens.Value);
    return this.ACTION(() => {
      const { value, problems } = readValue(token);
      this.problems.push(...problems);
      return value;
    });
  });

  private interval(
    from: FilterValue | undefined,
    points: IToken,
    to: FilterValue | undefined,
  ): TableFilter {
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
}

const RELATIONS: Readonly<Record<string, FilterRelation>> = {
  '=': '=',
  '==': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};
