import type {
  Comparison,
  ComparisonOperator,
  Condition,
  KnownOperand,
  Operand,
  PatternOperand,
  Value,
} from '../filter/meaning/condition.ts';
import { cellOf, emptyCellFor, fieldWithKnown } from '../filter/meaning/evaluate.ts';
import { numberValue } from '../filter/meaning/numbers.ts';
import { dataversePattern, matches } from '../filter/meaning/patterns.ts';
import {
  type Cell,
  compareCell,
  compareCells,
  compareConstant,
  type Truth,
} from '../filter/meaning/values.ts';
import { nativeComparison, type NativeColumns } from './sqliteNative.ts';

/**
 * A condition as an SQLite expression. SQLite decides AND, OR and NOT. Its own comparisons differ from SQL Server's in
 * case, padding and types (`dualwrite.md` 4.7): it compares columns that were read for it; without such, a comparison
 * is a call of a function registered by `registerComparisons`. Its value is 1, 0 or NULL.
 *
 * @param column the SQL name of a field's column, as it stands in the data.
 * @param nullAsEmpty whether NULL counts as the value X++ takes for nothing.
 * @param native columns as comparisons read them.
 */
export function sqliteOf(
  condition: Condition,
  column: (field: string) => string,
  nullAsEmpty: boolean,
  native?: NativeColumns,
): string {
  const render = (node: Condition): string => {
    switch (node.kind) {
      case 'comparison':
        return (
          (native && nativeComparison(node, native, nullAsEmpty)) ??
          renderComparison(node, column, nullAsEmpty)
        );
      case 'not':
        return `(NOT ${render(node.term)})`;
      case 'and':
      case 'or':
        return balancedTree(node.terms.map(render), node.kind === 'and' ? 'AND' : 'OR');
      case 'always':
        return '1';
      case 'unreadable':
        return 'NULL';
    }
  };
  return render(condition);
}

interface FunctionHost {
  readonly create_function: (
    name: string,
    implementation: (...args: Cell[]) => number | null,
  ) => unknown;
}

/** Registers the comparisons with SQL Server's behaviour under the names that `sqliteOf` calls. */
export function registerComparisons(database: FunctionHost): void {
  database.create_function('compare_cell', (cell, operator, type, text) =>
    numberOf(compareCell(cell ?? null, operatorOf(operator), valueOf(type ?? '', text ?? ''))),
  );
  database.create_function('compare_constant', (cell, operator, constant) =>
    numberOf(
      compareConstant(
        cell ?? null,
        operatorOf(operator),
        typeof constant === 'string' ? constant === 'true' : null,
      ),
    ),
  );
  database.create_function('match_pattern', (cell, match, text) =>
    typeof cell === 'string'
      ? numberOf(matches(dataversePattern(patternOf(match, text ?? '')), cell))
      : null,
  );
  database.create_function('compare_cells', (left, operator, right) =>
    numberOf(compareCells(left ?? null, operatorOf(operator), right ?? null)),
  );
}

/** SQLite refuses trees deeper than 1,000; a balanced one of 100,000 terms is 17 deep (`performance.md` 6). */
function balancedTree(terms: readonly string[], operator: 'AND' | 'OR'): string {
  const [only] = terms;
  if (terms.length <= 1) return only ?? '1';
  const middle = terms.length >> 1;
  const left = balancedTree(terms.slice(0, middle), operator);
  return `(${left} ${operator} ${balancedTree(terms.slice(middle), operator)})`;
}

function renderComparison(
  comparison: Comparison,
  column: (field: string) => string,
  nullAsEmpty: boolean,
): string {
  const empty = nullAsEmpty ? emptyCellFor(comparison) : null;
  const operand = (side: Operand): string => {
    if (side.kind !== 'field') return sqlOf(cellOf(side));
    const cell = column(side.name);
    return empty === null ? cell : `coalesce(${cell},${quoted(empty)})`;
  };
  const mixed = fieldWithKnown(comparison);
  if (mixed !== undefined) {
    return comparisonCall(operand(mixed.field), mixed.operator, mixed.literal);
  }
  const { left, operator, right } = comparison;
  return right.kind === 'field'
    ? `compare_cells(${operand(left)},${quoted(operator)},${operand(right)})`
    : comparisonCall(operand(left), operator, right);
}

function comparisonCall(cell: string, operator: ComparisonOperator, known: KnownOperand): string {
  const text = sqlOf(cellOf(known));
  switch (known.kind) {
    case 'literal':
      return `compare_cell(${cell},${quoted(operator)},${quoted(typeOf(known.value))},${text})`;
    case 'constant':
      return `compare_constant(${cell},${quoted(operator)},${text})`;
    case 'pattern':
      return operator === 'like' ? `match_pattern(${cell},${quoted(known.match)},${text})` : 'NULL';
  }
}

const typeOf = (value: Value): string =>
  value.type === 'text' && value.caseSensitive ? 'exact' : value.type;

const sqlOf = (cell: Cell): string => (cell === null ? 'NULL' : quoted(cell));

const quoted = (text: string): string => `'${text.replaceAll("'", "''").replaceAll('\0', '')}'`;

function valueOf(type: string, text: string): Value {
  switch (type) {
    case 'number':
      return numberValue(Number(text), text);
    case 'date':
    case 'datetime':
      return { type, iso: text };
    case 'enum':
      return { type, enumName: '', element: text };
    case 'guid':
      return { type, guid: text };
    case 'exact':
      return { type: 'text', text, caseSensitive: true };
    default:
      return { type: 'text', text };
  }
}

const patternOf = (match: Cell | undefined, text: string): PatternOperand => ({
  kind: 'pattern',
  match: match === 'startswith' || match === 'endswith' ? match : 'contains',
  text,
  span: { start: 0, end: 0 },
});

const operatorOf = (text: Cell | undefined): ComparisonOperator =>
  text === 'ne' ||
  text === 'lt' ||
  text === 'le' ||
  text === 'gt' ||
  text === 'ge' ||
  text === 'like'
    ? text
    : 'eq';

const numberOf = (truth: Truth): number | null => (truth === undefined ? null : Number(truth));
