import { type Comparison, type Condition, fieldsOf } from '../filter/meaning/condition.ts';
import { emptyCellFor, evaluateComparison, fieldWithKnown } from '../filter/meaning/evaluate.ts';
import type { Cell, Truth } from '../filter/meaning/values.ts';
import { type Column, columnNamed, type ColumnTable } from './columns.ts';
import { type Readings, readingsOf } from './readings.ts';

/** Of each row, one answer: FALSE below UNKNOWN below TRUE, so that AND is the least and OR the greatest. */
export type Answers = Uint8Array;

const FALSE = 0;
const UNKNOWN = 1;
export const TRUE = 2;

/** What filters answer for the rows of one table, remembering what single comparisons answered. */
export interface Judge {
  /**
   * What SQL Server answers for each row; with `nullAsEmpty`, what it would answer if NULL were the value X++ takes
   * for nothing (`evaluateWithoutNull`). A field that the table lacks is NULL.
   */
  readonly answers: (condition: Condition, nullAsEmpty: boolean) => Answers;
}

/** Comparisons that are remembered; someone who types changes one at a time. */
const REMEMBERED = 64;

export function judgeOf(table: ColumnTable): Judge {
  const remembered = new Map<string, Answers>();
  const readings = new Map(table.columns.map((column) => [column, readingsOf(column)]));

  const answersOf = (comparison: Comparison, nullAsEmpty: boolean): Answers => {
    const key = JSON.stringify([nullAsEmpty, comparison], withoutSpans);
    const known = remembered.get(key);
    if (known !== undefined) {
      // The last that was used is the last to go.
      remembered.delete(key);
      remembered.set(key, known);
      return known;
    }
    const answers = compareRows(table, readings, comparison, nullAsEmpty);
    remembered.set(key, answers);
    for (const oldest of remembered.keys()) {
      if (remembered.size <= REMEMBERED) break;
      remembered.delete(oldest);
    }
    return answers;
  };

  const fold = (condition: Condition, nullAsEmpty: boolean): Answers => {
    switch (condition.kind) {
      case 'comparison':
        return answersOf(condition, nullAsEmpty);
      case 'not':
        return fold(condition.term, nullAsEmpty).map((answer) => TRUE - answer);
      case 'and':
      case 'or': {
        const [first, ...others] = condition.terms;
        if (first === undefined) return constant(condition.kind === 'and' ? TRUE : FALSE);
        const result = fold(first, nullAsEmpty).slice();
        for (const term of others) {
          const answers = fold(term, nullAsEmpty);
          if (condition.kind === 'and') keepLeast(result, answers);
          else keepGreatest(result, answers);
        }
        return result;
      }
      case 'always':
        return constant(TRUE);
      case 'unreadable':
        return constant(UNKNOWN);
    }
  };
  const constant = (answer: number): Answers => new Uint8Array(table.rowCount).fill(answer);

  return { answers: fold };
}

const withoutSpans = (key: string, value: unknown): unknown => (key === 'span' ? undefined : value);

function keepLeast(result: Answers, answers: Answers): void {
  for (let row = 0; row < result.length; row += 1) {
    const answer = answers[row] ?? UNKNOWN;
    if (answer < (result[row] ?? UNKNOWN)) result[row] = answer;
  }
}

function keepGreatest(result: Answers, answers: Answers): void {
  for (let row = 0; row < result.length; row += 1) {
    const answer = answers[row] ?? UNKNOWN;
    if (answer > (result[row] ?? UNKNOWN)) result[row] = answer;
  }
}

function compareRows(
  table: ColumnTable,
  readings: ReadonlyMap<Column, Readings>,
  comparison: Comparison,
  nullAsEmpty: boolean,
): Answers {
  const empty = nullAsEmpty ? emptyCellFor(comparison) : null;
  const names = fieldsOf(comparison);
  const [name] = names;
  const answers = new Uint8Array(table.rowCount);
  const answer = (cell: (field: string) => Cell): number =>
    codeOf(evaluateComparison(comparison, (field) => cell(field) ?? empty));
  const mixed = fieldWithKnown(comparison);
  if (mixed !== undefined && name !== undefined) {
    const column = columnNamed(table, name);
    if (column === undefined) return answers.fill(answer(() => null));
    const { operator, literal } = mixed;
    const read =
      literal.kind === 'literal'
        ? readings.get(column)?.compare(operator, literal.value)
        : undefined;
    const answersByCell = new Uint8Array(column.cells.length);
    for (const [index, cell] of column.cells.entries()) {
      answersByCell[index] =
        read === undefined || cell === null ? answer(() => cell) : codeOf(read(index));
    }
    for (let row = 0; row < answers.length; row += 1) {
      answers[row] = answersByCell[column.ids[row] ?? 0] ?? UNKNOWN;
    }
    return answers;
  }
  // Fields that meet each other: row by row.
  const columns = new Map<string, Column | undefined>(
    names.map((field) => [field, columnNamed(table, field)]),
  );
  for (let row = 0; row < answers.length; row += 1) {
    answers[row] = answer((field) => {
      const column = columns.get(field);
      return column?.cells[column.ids[row] ?? 0] ?? null;
    });
  }
  return answers;
}

const codeOf = (truth: Truth): number => (truth === undefined ? UNKNOWN : truth ? TRUE : FALSE);
