import { type Span, spanning } from '../../text/span.ts';
import type { ComparisonOperator, Condition, Value } from '../meaning/condition.ts';
import { readNumber } from '../range/constants.ts';
import type { FilterComparison, FilterRelation, FilterValue, Missing, TableFilter } from './ast.ts';

/**
 * The type of a field, as far as it changes what a filter means: `10..20` counts in a number and sorts in a text,
 * a code knows no lower case, and the elements of an option are words without case.
 */
export type FieldType = 'text' | 'code' | 'option' | 'number' | 'date';

/** A field that is filtered; without its type, what looks like a number is one. */
export interface FilteredField {
  readonly name: string;
  readonly type?: FieldType | undefined;
}

const OPERATORS: Readonly<Record<FilterRelation, ComparisonOperator>> = {
  '=': 'eq',
  '<>': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
};

/** What a filter of a field means; an empty filter keeps every row. */
export function meaningOfTableFilter(
  filter: TableFilter | undefined,
  field: FilteredField,
): Condition {
  if (filter === undefined) return { kind: 'always', span: { start: 0, end: 0 } };
  const { span } = filter;
  switch (filter.kind) {
    case 'group':
      return meaningOfTableFilter(filter.expression, field);
    case 'junction':
      return {
        kind: filter.operator === '&' ? 'and' : 'or',
        terms: filter.operands.map((operand) => meaningOfTableFilter(operand, field)),
        span,
      };
    case 'comparison':
      return meaningOfComparison(filter, field);
    case 'interval': {
      const { from, to } = filter;
      const above = from && compared(field, 'ge', from, from.span);
      const below = to && compared(field, 'le', to, to.span);
      if (above !== undefined && below !== undefined) {
        return { kind: 'and', terms: [above, below], span: spanning(above.span, below.span) };
      }
      return above ?? below ?? { kind: 'unreadable', span };
    }
    case 'missing':
      return { kind: 'unreadable', span };
  }
}

/** `=` and `<>` take wildcards, `<>A*` too; nobody documents what they mean behind other operators. */
function meaningOfComparison(comparison: FilterComparison, field: FilteredField): Condition {
  const { relation, value, span } = comparison;
  const isPattern = value.kind === 'text' && value.isPattern;
  if (!isPattern) return compared(field, OPERATORS[relation], value, span);
  if (relation === '=') return compared(field, 'like', value, span);
  return relation === '<>'
    ? { kind: 'not', term: compared(field, 'like', value, span), span }
    : { kind: 'unreadable', span };
}

function compared(
  field: FilteredField,
  operator: ComparisonOperator,
  written: FilterValue | Missing,
  span: Span,
): Condition {
  const value = written.kind === 'missing' ? undefined : valueOf(written, field.type);
  return value === undefined
    ? { kind: 'unreadable', span }
    : equation(field, operator, value, span);
}

/** A comparison of the field; it is not written in its filter, so what is compared stands for it. */
export const equation = (
  field: FilteredField,
  operator: ComparisonOperator,
  value: Value,
  span: Span,
): Condition => ({
  kind: 'comparison',
  operator,
  left: { kind: 'field', name: field.name, span },
  right: { kind: 'literal', value, span },
  span,
});

/** Undefined for what is resolved when the filter is entered, and for what the field can't hold. */
function valueOf(written: FilterValue, type: FieldType | undefined): Value | undefined {
  switch (written.kind) {
    case 'text':
      return constantOf(written.value, type, written.ignoresCase);
    case 'number':
      return isWord(type) ? textValue(written.text, type, false) : numberValue(written.value, type);
    case 'date':
      return isWord(type) ? textValue(written.text, type, false) : dateValue(written.value, type);
    case 'symbol':
      // A token is resolved in every field; the other words are plain text in a field of texts.
      return isWord(type) && written.symbol !== 'token'
        ? textValue(written.text, type, false)
        : undefined;
    case 'placeholder':
      return undefined;
  }
}

const isWord = (type: FieldType | undefined): boolean =>
  type === 'text' || type === 'code' || type === 'option';

/** A text as a field of this type holds it. */
function constantOf(
  text: string,
  type: FieldType | undefined,
  ignoresCase: boolean,
): Value | undefined {
  switch (type) {
    case 'number': {
      const number = readNumber(text);
      return number === undefined ? undefined : { type: 'number', number };
    }
    case 'date':
      // The empty date is the one text that a date can be.
      return text === '' ? { type: 'text', text } : undefined;
    default:
      return textValue(text, type, ignoresCase);
  }
}

function textValue(text: string, type: FieldType | undefined, ignoresCase: boolean): Value {
  const isSensitive = !ignoresCase && (type === undefined || type === 'text');
  return isSensitive ? { type: 'text', text, caseSensitive: true } : { type: 'text', text };
}

const numberValue = (number: number, type: FieldType | undefined): Value | undefined =>
  type === 'date' ? undefined : { type: 'number', number };

const dateValue = (iso: string, type: FieldType | undefined): Value | undefined =>
  type === 'number' ? undefined : { type: 'date', iso };

/** What `CONST(text)` compares with: the text as it is, without wildcards and words of the day. */
export function valueOfConstant(
  text: string,
  type: FieldType | undefined,
  iso: string | undefined,
): Value | undefined {
  if (isWord(type)) return textValue(text, type, false);
  const number = readNumber(text);
  if (number !== undefined && type !== 'date') return { type: 'number', number };
  if (iso !== undefined && type !== 'number') return { type: 'date', iso };
  return constantOf(text, type, false);
}
