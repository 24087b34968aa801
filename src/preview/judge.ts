import {
  type Comparison,
  type ComparisonOperator,
  type Condition,
  fieldsOf,
} from '../filter/meaning/condition.ts';
import { emptyCellFor, evaluateComparison, fieldWithKnown } from '../filter/meaning/evaluate.ts';
import { type Cell, decide, type Truth } from '../filter/meaning/values.ts';
import { type Column, columnNamed, type ColumnTable } from './columns.ts';
import { type OrderCodes, type Readings, readingsOf } from './readings.ts';

/**
 * Of each row, one answer in two bits: whether it is true, and whether it is not false. AND and OR of answers are then
 * those of their bits, and four rows are done at once.
 */
export type Answers = Uint8Array;

const FALSE = 0b00;
const UNKNOWN = 0b01;
export const TRUE = 0b11;

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

  const remember = (key: string, find: () => Answers): Answers => {
    const answers = remembered.get(key) ?? find();
    // The last that was used is the last to go.
    remembered.delete(key);
    remembered.set(key, answers);
    for (const oldest of remembered.keys()) {
      if (remembered.size <= REMEMBERED) break;
      remembered.delete(oldest);
    }
    return answers;
  };

  const answersOf = (comparison: Comparison, nullAsEmpty: boolean): Answers => {
    const key = JSON.stringify(comparison, withoutSpans);
    const asWritten = remember(key, () => compareRows(table, readings, comparison, null));
    return nullAsEmpty
      ? remember(`${key} without NULL`, () => withoutNull(table, readings, comparison, asWritten))
      : asWritten;
  };

  const fold = (condition: Condition, nullAsEmpty: boolean): Answers => {
    switch (condition.kind) {
      case 'comparison':
        return answersOf(condition, nullAsEmpty);
      case 'not':
        return negated(fold(condition.term, nullAsEmpty));
      case 'and':
      case 'or': {
        const [first, ...others] = condition.terms;
        if (first === undefined) return constant(condition.kind === 'and' ? TRUE : FALSE);
        const result = copyOf(fold(first, nullAsEmpty));
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
  const constant = (answer: number): Answers => answersFor(table.rowCount).fill(answer);

  return { answers: fold };
}

/** Of whole words, so that four rows can be read at once. */
const answersFor = (rowCount: number): Answers =>
  new Uint8Array(new ArrayBuffer(Math.ceil(rowCount / 4) * 4), 0, rowCount);

const wordsOf = ({ buffer }: Answers): Uint32Array => new Uint32Array(buffer);

function copyOf(answers: Answers): Answers {
  const copy = answersFor(answers.length);
  copy.set(answers);
  return copy;
}

const LOW_BITS = 0x01_01_01_01;

/** True and false change places: each bit becomes the other one's opposite. */
function negated(answers: Answers): Answers {
  const result = answersFor(answers.length);
  const [words, from] = [wordsOf(result), wordsOf(answers)];
  for (let index = 0; index < words.length; index += 1) {
    const word = ~(from[index] ?? 0);
    words[index] = ((word & LOW_BITS) << 1) | ((word >>> 1) & LOW_BITS);
  }
  return result;
}

function keepLeast(result: Answers, answers: Answers): void {
  const [words, others] = [wordsOf(result), wordsOf(answers)];
  for (let index = 0; index < words.length; index += 1) {
    words[index] = (words[index] ?? 0) & (others[index] ?? 0);
  }
}

function keepGreatest(result: Answers, answers: Answers): void {
  const [words, others] = [wordsOf(result), wordsOf(answers)];
  for (let index = 0; index < words.length; index += 1) {
    words[index] = (words[index] ?? 0) | (others[index] ?? 0);
  }
}

/** For JSON of a condition by which it is known again, wherever it stands. */
export const withoutSpans = (key: string, value: unknown): unknown =>
  key === 'span' ? undefined : value;

/** @param empty what stands for NULL; null where NULL stays. */
function compareRows(
  table: ColumnTable,
  readings: ReadonlyMap<Column, Readings>,
  comparison: Comparison,
  empty: Cell,
): Answers {
  const names = fieldsOf(comparison);
  const [name] = names;
  const answers = answersFor(table.rowCount);
  const answer = (cell: (field: string) => Cell): number =>
    codeOf(evaluateComparison(comparison, (field) => cell(field) ?? empty));
  const mixed = fieldWithKnown(comparison);
  if (mixed !== undefined && name !== undefined) {
    const column = columnNamed(table, name);
    if (column === undefined) return answers.fill(answer(() => null));
    const { operator, literal } = mixed;
    const answersByCell =
      (literal.kind === 'literal' && operator !== 'like'
        ? readings.get(column)?.compare(literal.value, orderCodes(operator))
        : undefined) ?? Uint8Array.from(column.cells, (cell) => answer(() => cell));
    if (hasNull(column)) answersByCell[NULL_CELL] = answer(() => null);
    for (let row = 0; row < answers.length; row += 1) {
      answers[row] = answersByCell[column.ids[row] ?? NULL_CELL] ?? UNKNOWN;
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
      return column?.cells[column.ids[row] ?? NULL_CELL] ?? null;
    });
  }
  return answers;
}

/** The cell that is NULL is the first of a column, except in one that yields a value for it (computedColumns.ts). */
const NULL_CELL = 0;

const hasNull = ({ cells }: Column): boolean => cells[NULL_CELL] === null;

/** The answers where NULL counts as the empty value: of one field, those of NULL alone are others. */
function withoutNull(
  table: ColumnTable,
  readings: ReadonlyMap<Column, Readings>,
  comparison: Comparison,
  asWritten: Answers,
): Answers {
  const empty = emptyCellFor(comparison);
  const field = fieldWithKnown(comparison)?.field;
  if (field === undefined) return compareRows(table, readings, comparison, empty);
  const answer = codeOf(evaluateComparison(comparison, () => empty));
  const column = columnNamed(table, field.name);
  if (column !== undefined && !hasNull(column)) return asWritten;
  const answers = copyOf(asWritten);
  if (column === undefined) return answers.fill(answer);
  for (let row = 0; row < answers.length; row += 1) {
    if (column.ids[row] === NULL_CELL) answers[row] = answer;
  }
  return answers;
}

const orderCodes = (operator: Exclude<ComparisonOperator, 'like'>): OrderCodes => ({
  less: codeOf(decide(0, 1, operator)),
  equal: codeOf(decide(0, 0, operator)),
  greater: codeOf(decide(1, 0, operator)),
  unknown: UNKNOWN,
});

const codeOf = (truth: Truth): number => (truth === undefined ? UNKNOWN : truth ? TRUE : FALSE);
