import type {
  Comparison,
  ComparisonOperator,
  FieldOperand,
  KnownOperand,
  Value,
} from '../filter/meaning/condition.ts';
import { emptyCellFor, fieldWithKnown } from '../filter/meaning/evaluate.ts';
import { digitsOf } from '../filter/meaning/numbers.ts';
import { dataversePattern, type Pattern, xppPattern } from '../filter/meaning/patterns.ts';
import type { Cell } from '../filter/meaning/values.ts';
import { SURE } from './readings.ts';
import { isHeld, type Reading, readAs } from './sqliteReadings.ts';

/** A column that holds the cells of a field as some comparison reads them. */
export interface NativeColumn {
  readonly sql: string;
  readonly hasNull: boolean;
  /** Whether NULL alone is read as NULL. */
  readonly isTotal: boolean;
}

/** Undefined where the cells of a field can't be read exactly. */
export type NativeColumns = (field: string, reading: Reading) => NativeColumn | undefined;

/**
 * A comparison as SQLite's own, over columns that are read already; undefined where only our functions compare
 * exactly: digits past a double, sets in patterns, upper and lower case apart.
 */
export function nativeComparison(
  comparison: Comparison,
  columns: NativeColumns,
  nullAsEmpty: boolean,
): string | undefined {
  const empty = nullAsEmpty ? emptyCellFor(comparison) : null;
  const mixed = fieldWithKnown(comparison);
  if (mixed !== undefined) {
    const { field, operator, literal } = mixed;
    return withKnown(field, operator, literal, columns, empty);
  }
  const { left, operator, right } = comparison;
  return left.kind === 'field' && right.kind === 'field' && operator !== 'like'
    ? betweenFields(left, SIGNS[operator], right, columns, empty)
    : undefined;
}

const SIGNS = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' } as const;

function withKnown(
  { name }: FieldOperand,
  operator: ComparisonOperator,
  known: KnownOperand,
  columns: NativeColumns,
  empty: Cell,
): string | undefined {
  const cell = (reading: Reading): string | undefined => operandOf(name, reading, columns, empty);
  switch (known.kind) {
    case 'constant': {
      if (operator !== 'eq' && operator !== 'ne') return 'NULL';
      if (known.constant === null) {
        const presence = columns(name, 'presence')?.sql;
        return presence && `(${presence} ${operator === 'eq' ? 'IS' : 'IS NOT'} NULL)`;
      }
      const flag = cell('flag');
      return flag && `${flag}${SIGNS[operator]}${Number(known.constant)}`;
    }
    case 'pattern':
      return operator === 'like' ? globOf(dataversePattern(known), cell) : 'NULL';
    case 'literal': {
      const { value } = known;
      if (value.type === 'text' && value.caseSensitive === true) return undefined;
      if (operator === 'like') {
        return value.type === 'text' ? globOf(xppPattern(value.text), cell) : 'NULL';
      }
      const read = readValue(value);
      if (read === undefined) return undefined;
      const operand = cell(read.reading);
      return operand && `${operand}${SIGNS[operator]}${sqlOf(read.value)}`;
    }
  }
}

/** Two fields meet as numbers where both are, as texts otherwise (`compareCells`). */
function betweenFields(
  left: FieldOperand,
  sign: string,
  right: FieldOperand,
  columns: NativeColumns,
  empty: Cell,
): string | undefined {
  const [first, second] = [columns(left.name, 'number')?.sql, columns(right.name, 'number')?.sql];
  const a = operandOf(left.name, 'text', columns, empty);
  const b = operandOf(right.name, 'text', columns, empty);
  if (first === undefined || second === undefined || a === undefined || b === undefined) {
    return undefined;
  }
  const [asTexts, asNumbers] = [`${a}${sign}${b}`, `${first}${sign}${second}`];
  return `CASE WHEN ${first} IS NULL OR ${second} IS NULL THEN ${asTexts} ELSE ${asNumbers} END`;
}

/** @param empty what stands for NULL; null where NULL stays. */
function operandOf(
  field: string,
  reading: Reading,
  columns: NativeColumns,
  empty: Cell,
): string | undefined {
  const column = columns(field, reading);
  if (column === undefined || empty === null || !column.hasNull) return column?.sql;
  const value = sqlOf(readAs[reading](empty));
  if (column.isTotal) return `coalesce(${column.sql},${value})`;
  const presence = columns(field, 'presence');
  return presence && `CASE WHEN ${presence.sql} IS NULL THEN ${value} ELSE ${column.sql} END`;
}

/** A constant as the cells it meets are read; undefined where a double does not tell all its digits. */
function readValue(
  value: Value,
): { readonly reading: Reading; readonly value: string | number | null } | undefined {
  switch (value.type) {
    case 'number':
      return isPlain(digitsOf(value)) ? { reading: 'number', value: value.number } : undefined;
    case 'date':
      return { reading: 'day', value: readAs.day(value.iso) };
    case 'datetime':
      return { reading: 'moment', value: readAs.moment(value.iso) };
    case 'guid':
      return { reading: 'guid', value: readAs.text(value.guid) };
    case 'enum':
      return { reading: 'text', value: readAs.text(value.element) };
    case 'text':
      return { reading: 'text', value: readAs.text(value.text) };
  }
}

/** Digits that SQLite reads as JavaScript does: few, and without an exponent. */
const isPlain = (digits: string): boolean =>
  digits.length <= SURE && /^-?\d+(?:\.\d+)?$/u.test(digits);

/** GLOB tells case apart, so that both sides are folded; undefined for sets, whose order is another one. */
function globOf(
  pattern: Pattern,
  cell: (reading: Reading) => string | undefined,
): string | undefined {
  const operand = cell('folded');
  let glob = '';
  for (const part of pattern) {
    if (part.kind === 'set') return undefined;
    if (part.kind === 'one') glob += globCharacter(part.character);
    else glob += part.kind === 'run' ? '*' : '?';
  }
  return operand && `${operand} GLOB ${sqlOf(glob)}`;
}

/** What SQLite does not hold, no cell has: a character outside of all. */
function globCharacter(character: string): string {
  if (!isHeld(character)) return '[^\u0001-\u{10ffff}]';
  return /[*?[]/u.test(character) ? `[${character}]` : character;
}

/** A constant; a literal of SQL can't hold U+0000. */
function sqlOf(value: string | number | null): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  const text = `'${value.replaceAll("'", "''")}'`;
  return text.includes('\0') ? `(${text.replaceAll('\0', "'||char(0)||'")})` : text;
}
