import type {
  Comparison,
  ComparisonOperator,
  Condition,
  Operand,
  PatternOperand,
  Value,
} from './condition.ts';
import { digitsOf } from './numbers.ts';

/** What of a rendering is not shown by public evidence (`dualwrite.md` 4.1, last line). */
export type Approximation = 'inequality' | 'like' | 'date' | 'enum' | 'negation' | 'junction';

export interface SqlText {
  readonly text: string;
  readonly approximations: ReadonlySet<Approximation>;
}

/**
 * Renders a condition the way Finance and Operations writes it into the statement: columns in upper case and
 * without alias, `N'…'` for texts but `''` for the empty one, each comparison in parentheses (`dualwrite.md` 4.1).
 * Undefined for the empty filter, which adds no term.
 *
 * @param columnOf the column of a field in a comparison; Dataverse's are not in upper case.
 * @param literalOf how a value is written; a statement that is to be run has parameters there.
 */
export function sqlTextOf(
  condition: Condition,
  columnOf: (field: string, comparison: Comparison) => string = (field) => field.toUpperCase(),
  literalOf: (literal: SqlLiteral, comparison: Comparison) => string = writtenLiteral,
): SqlText | undefined {
  if (condition.kind === 'always') return undefined;
  const rendering: Rendering = { approximations: new Set(), columnOf, literalOf };
  return { text: render(condition, rendering), approximations: rendering.approximations };
}

/** A value as SQL Server has it: the wildcards of a text that is a pattern are its own. */
export type SqlLiteral = Exclude<Value, { readonly type: 'text' }> | SqlLiteralText;

interface SqlLiteralText {
  readonly type: 'text';
  readonly text: string;
}

interface Rendering {
  readonly approximations: Set<Approximation>;
  readonly columnOf: (field: string, comparison: Comparison) => string;
  readonly literalOf: (literal: SqlLiteral, comparison: Comparison) => string;
}

/** Joins terms as the generated statements do: `(((a AND b) AND c) AND d)`. */
export function leftFold(terms: readonly string[], operator: 'AND' | 'OR', gap = ' '): string {
  const [first = '', ...others] = terms;
  return (
    '('.repeat(others.length) + first + others.map((term) => ` ${operator}${gap}${term})`).join('')
  );
}

export const quotedText = (text: string): string =>
  text === '' ? "''" : `N'${text.replaceAll("'", "''")}'`;

const OPERATORS: Readonly<Record<ComparisonOperator, string>> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  like: ' LIKE ',
};

function render(condition: Condition, rendering: Rendering): string {
  switch (condition.kind) {
    case 'comparison':
      return renderComparison(condition, rendering);
    case 'not':
      rendering.approximations.add('negation');
      return `(NOT ${render(condition.term, rendering)})`;
    case 'and':
    case 'or':
      rendering.approximations.add('junction');
      return leftFold(
        condition.terms.map((term) => render(term, rendering)),
        condition.kind === 'and' ? 'AND' : 'OR',
      );
    case 'always':
      return '(1=1)';
    case 'unreadable':
      return '(/* ? */)';
  }
}

function renderComparison(
  comparison: Comparison,
  { approximations, columnOf, literalOf }: Rendering,
): string {
  const { left, operator, right } = comparison;
  if (operator === 'ne') approximations.add('inequality');
  if (operator === 'like') approximations.add('like');
  const operand = (side: Operand): string => {
    switch (side.kind) {
      case 'field':
        return columnOf(side.name, comparison);
      case 'literal': {
        const { value } = side;
        if (value.type === 'date' || value.type === 'datetime') approximations.add('date');
        if (value.type === 'enum') approximations.add('enum');
        return literalOf(
          value.type === 'text' && operator === 'like'
            ? { type: 'text', text: sqlPattern(value.text) }
            : value,
          comparison,
        );
      }
      case 'constant':
        return side.constant === null ? 'NULL' : String(Number(side.constant));
      case 'pattern':
        return literalOf({ type: 'text', text: runsAround(side) }, comparison);
    }
  };
  const asksForNull = right.kind === 'constant' && right.constant === null;
  if (asksForNull && operator === 'eq') return `(${operand(left)} IS NULL)`;
  if (asksForNull && operator === 'ne') return `(${operand(left)} IS NOT NULL)`;
  return `(${operand(left)}${OPERATORS[operator]}${operand(right)})`;
}

/** The wildcards of Dataverse are those of SQL Server. */
const runsAround = ({ match, text }: PatternOperand): string =>
  `${match === 'startswith' ? '' : '%'}${text}${match === 'endswith' ? '' : '%'}`;

function writtenLiteral(value: SqlLiteral): string {
  switch (value.type) {
    case 'text':
      return quotedText(value.text);
    case 'number':
      return digitsOf(value);
    case 'date':
    case 'datetime':
      return `{ts '${momentText(value.iso)}'}`;
    case 'enum':
      // Its number is not known here; a variable keeps the statement readable and runnable.
      return `@${value.enumName}_${value.element}`;
    case 'guid':
      return `'${value.guid}'`;
  }
}

/** A day or a point in time as SQL Server reads it, whatever its language. */
export const momentText = (iso: string): string =>
  `${iso.slice(0, 10)} ${iso.slice(11) || '00:00:00'}.000`;

/** `*` and `?` of X++ in the pattern language of SQL Server. */
const sqlPattern = (pattern: string): string =>
  pattern
    .replaceAll(/[%_[]/gu, (wildcard) => `[${wildcard}]`)
    .replaceAll('*', '%')
    .replaceAll('?', '_');
