import type {
  Comparison,
  ComparisonOperator,
  Condition,
  Operand,
  Value,
} from '../filter/meaning/condition.ts';
import { fieldWithLiteral } from '../filter/meaning/evaluate.ts';
import {
  type Cell,
  compareCell,
  compareCells,
  emptyValueFor,
  textOfValue,
  type Truth,
} from '../filter/meaning/values.ts';

/**
 * A condition as an SQLite expression. SQLite decides AND, OR and NOT; each comparison is a call of a function
 * registered by `registerComparisons`, because SQLite's own ones differ from SQL Server's in case, padding and
 * types (`dualwrite.md` 4.7). Its value is 1, 0 or NULL.
 *
 * @param column the SQL name of a field's column.
 * @param nullAsEmpty whether NULL counts as the value X++ takes for nothing.
 */
export function sqliteOf(
  condition: Condition,
  column: (field: string) => string,
  nullAsEmpty: boolean,
): string {
  const render = (node: Condition): string => {
    switch (node.kind) {
      case 'comparison':
        return renderComparison(node, column, nullAsEmpty);
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
  const mixed = fieldWithLiteral(comparison);
  if (mixed !== undefined) {
    const { value } = mixed.literal;
    const empty = nullAsEmpty ? emptyValueFor(value) : undefined;
    const cell = column(mixed.field.name);
    const read = typeof empty === 'string' ? `coalesce(${cell},${quoted(empty)})` : cell;
    return compareCellCall(read, mixed.operator, value);
  }
  const operand = (side: Operand): string =>
    side.kind === 'literal'
      ? quoted(textOfValue(side.value))
      : nullAsEmpty
        ? `coalesce(${column(side.name)},'')`
        : column(side.name);
  const { left, operator, right } = comparison;
  return right.kind === 'literal'
    ? compareCellCall(operand(left), operator, right.value)
    : `compare_cells(${operand(left)},${quoted(operator)},${operand(right)})`;
}

const compareCellCall = (cell: string, operator: ComparisonOperator, value: Value): string =>
  `compare_cell(${cell},${quoted(operator)},${quoted(value.type)},${quoted(textOfValue(value))})`;

const quoted = (text: string): string => `'${text.replaceAll("'", "''").replaceAll('\0', '')}'`;

function valueOf(type: string, text: string): Value {
  switch (type) {
    case 'number':
      return { type, number: Number(text) };
    case 'date':
    case 'datetime':
      return { type, iso: text };
    case 'enum':
      return { type, enumName: '', element: text };
    case 'guid':
      return { type, guid: text };
    default:
      return { type: 'text', text };
  }
}

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
