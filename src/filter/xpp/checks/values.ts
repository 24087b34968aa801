import type { XppRelation } from '../ast.ts';
import type { XppValue } from '../compared.ts';

/**
 * A constant made comparable: only values of one `type` can be told apart, and only those with an `order` have one.
 * Undefined where SQL Server might judge otherwise than this program.
 */
export interface KnownValue {
  readonly type: string;
  readonly value: string | number;
  readonly isOrdered: boolean;
}

export function knownValue(literal: XppValue): KnownValue | undefined {
  switch (literal.kind) {
    case 'string':
      // What a collation takes for equal is certain for plain characters alone: "ß" may equal "ss".
      return /^[\u0020-\u007E]*$/u.test(literal.value)
        ? { type: 'text', value: collated(literal.value), isOrdered: false }
        : undefined;
    case 'integer':
    case 'real':
      return Math.abs(literal.value) <= Number.MAX_SAFE_INTEGER
        ? { type: 'number', value: literal.value, isOrdered: true }
        : undefined;
    case 'date':
    case 'datetime':
      return { type: literal.kind, value: literal.value, isOrdered: true };
    case 'enum':
      return {
        type: `enum ${literal.enumName.toLowerCase()}`,
        value: literal.element.toLowerCase(),
        isOrdered: false,
      };
    case 'guid':
      return { type: 'guid', value: literal.value.toLowerCase(), isOrdered: false };
  }
}

/** The same for literals that are certainly equal; what is not understood equals its own spelling alone. */
export function valueKey(literal: XppValue): string {
  const known = knownValue(literal);
  return known === undefined
    ? `${literal.kind} ${literal.text}`
    : `${known.type} ${JSON.stringify(known.value)}`;
}

/** Trailing blanks and case do not count (`dualwrite.md` 4.7). */
const collated = (text: string): string => text.replace(/ +$/u, '').toLowerCase();

/** Whether a relation holds between two constants; undefined where that can't be told. */
export function holds(
  left: KnownValue,
  relation: XppRelation,
  right: KnownValue,
): boolean | undefined {
  if (left.type !== right.type || relation === 'like') return undefined;
  if (relation === '==') return left.value === right.value;
  if (relation === '!=') return left.value !== right.value;
  if (!left.isOrdered) return undefined;
  switch (relation) {
    case '<':
      return left.value < right.value;
    case '<=':
      return left.value <= right.value;
    case '>':
      return left.value > right.value;
    case '>=':
      return left.value >= right.value;
  }
}
