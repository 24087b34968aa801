import type { Value } from './condition.ts';

/** A number as filters compare it: JavaScript's own, and its digits where those say more (past 2^53). */
export type NumberValue = Extract<Value, { readonly type: 'number' }>;

/** @param written the number as the filter has it; anything but plain digits counts as `number` itself. */
export function numberValue(number: number, written: string): NumberValue {
  const exact = written.length <= SURE ? undefined : canonical(written);
  return exact === undefined || exact === String(number)
    ? { type: 'number', number }
    : { type: 'number', number, exact };
}

/** The digits of a number, all of them. */
export const digitsOf = ({ number, exact }: NumberValue): string => exact ?? String(number);

/**
 * Which of two numbers is greater: below, equal to or above 0. Every digit counts, as it does for an int64 or a
 * decimal of SQL Server. Undefined where one of the texts is no number.
 */
export function compareNumbers(left: string, right: string): number | undefined {
  const [first, second] = [numberIn(left), numberIn(right)];
  if (Number.isNaN(first) || Number.isNaN(second)) return undefined;
  const rounded = first < second ? -1 : Number(first > second);
  if (left.length <= SURE && right.length <= SURE) return rounded;
  const [a, b] = [decimalOf(left), decimalOf(right)];
  if (a === undefined || b === undefined) return rounded;
  const scale = Math.max(a.scale, b.scale);
  const difference = scaledTo(a, scale) - scaledTo(b, scale);
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** A number with a fraction of so many digits: `units` / 10^`scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** Undefined for what is not written as plain digits, such as `1e300`. */
export function decimalOf(text: string): Decimal | undefined {
  const match = PLAIN.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const units = BigInt(whole + fraction);
  return { units: sign === '-' ? -units : units, scale: fraction.length };
}

export const scaledTo = ({ units, scale }: Decimal, wanted: number): bigint =>
  units * 10n ** BigInt(wanted - scale);

/** The digits of a decimal, without zeros that say nothing. */
export function textOfDecimal({ units, scale }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const split = digits.length - scale;
  const fraction = digits.slice(split).replace(/0+$/u, '');
  return `${units < 0n ? '-' : ''}${digits.slice(0, split)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The number a cell holds, NaN where it holds none. */
const numberIn = (cell: string): number => (cell.trim() === '' ? Number.NaN : Number(cell));

function canonical(written: string): string | undefined {
  const decimal = decimalOf(written);
  return decimal === undefined ? undefined : textOfDecimal(decimal);
}

/** Numbers of so many characters are told apart by a double, whatever their digits. */
const SURE = 15;

/** Longer ones are no numbers of any database. */
const PLAIN = /^\s*([+-]?)(\d{1,400})(?:\.(\d{1,400}))?\s*$/u;
