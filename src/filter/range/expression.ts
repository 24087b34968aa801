import type { Comparison, ComparisonOperator, Condition, Value } from '../meaning/condition.ts';
import type { Range } from './ast.ts';
import { meaningOfRange } from './meaning.ts';

/**
 * The X++ range expression that says of `field` what a plain range says of the field that carries it: `A..C` is
 * `((F >= "A") && (F <= "C"))`. Undefined where part of the range has no meaning without the current date.
 */
export function rangeToExpression(range: Range | undefined, field: string): string | undefined {
  return range === undefined ? undefined : written(meaningOfRange(range, field));
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
      const digits = String(value.number);
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
