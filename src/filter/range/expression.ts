import type { Comparison, ComparisonOperator, Condition, Value } from '../meaning/condition.ts';
import type { Range, RangeItem, RangeValue } from './ast.ts';
import { meaningOfRange } from './meaning.ts';
import { digitsOf } from '../meaning/numbers.ts';

/**
 * The X++ range expression that says of `field` what a plain range says of the field that carries it: `A..C` is
 * `((F >= "A") && (F <= "C"))`. Undefined where part of the range has no meaning without the current date.
 *
 * @param isText whether the field is known to hold texts, so that what looks like a number is one as well.
 */
export function rangeToExpression(
  range: Range | undefined,
  field: string,
  isText = false,
): string | undefined {
  if (range === undefined) return undefined;
  return written(meaningOfRange(isText ? withTexts(range) : range, field));
}

/** A range of a field of texts: `10..20` is `"10".."20"`, for an int is compared with no text (`dualwrite.md` 6, C4). */
const withTexts = (range: Range): Range => ({ ...range, items: range.items.map(itemWithTexts) });

function itemWithTexts(item: RangeItem): RangeItem {
  switch (item.kind) {
    case 'single':
    case 'comparison':
      return item.value.kind === 'missing' ? item : { ...item, value: asText(item.value) };
    case 'interval':
      return {
        ...item,
        ...(item.from === undefined ? {} : { from: asText(item.from) }),
        ...(item.to === undefined ? {} : { to: asText(item.to) }),
      };
    default:
      return item;
  }
}

function asText(value: RangeValue): RangeValue {
  const { text, span } = value;
  switch (value.kind) {
    case 'number':
    case 'date':
    case 'datetime':
    case 'ambiguousDate':
      return { kind: 'text', value: text, text, span };
    default:
      return value;
  }
}

const OPERATORS: Readonly<Partial<Record<ComparisonOperator, string>>> = {
  eq: '==',
  ne: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  like: 'like',
};

/** Every comparison stands in parentheses of its own, which Finance and Operations asks for (`dualwrite.md` 2.3). */
function written(condition: Condition): string | undefined {
  switch (condition.kind) {
    case 'comparison':
      return writtenComparison(condition);
    case 'not': {
      const term = written(condition.term);
      return term === undefined ? undefined : `(!${term})`;
    }
    case 'and':
    case 'or': {
      const terms = condition.terms.map(written);
      const isWhole = terms.every((term) => term !== undefined);
      return isWhole ? `(${terms.join(condition.kind === 'and' ? ' && ' : ' || ')})` : undefined;
    }
    default:
      return undefined;
  }
}

function writtenComparison({ left, operator, right }: Comparison): string | undefined {
  if (left.kind !== 'field' || right.kind !== 'literal') return undefined;
  const sign = OPERATORS[operator];
  const value = writtenValue(right.value);
  return sign === undefined || value === undefined ? undefined : `(${left.name} ${sign} ${value})`;
}

function writtenValue(value: Value): string | undefined {
  switch (value.type) {
    case 'text':
      return `"${value.text.replaceAll(/[\\"]/gu, String.raw`\$&`)}"`;
    case 'number': {
      const digits = digitsOf(value);
      // An exponent without decimals is no number of X++ (`dualwrite.md` 2.5).
      return digits.includes('e') ? undefined : digits;
    }
    case 'date':
      return value.iso.split('-').toReversed().join('\\');
    case 'datetime':
      return value.iso;
    case 'enum':
      return `${value.enumName}::${value.element}`;
    case 'guid':
      return undefined;
  }
}
