import type { Condition } from '../meaning/condition.ts';
import {
  equation,
  type FieldType,
  type FilteredField,
  meaningOfTableFilter,
  valueOfConstant,
} from './meaning.ts';
import { isoDay } from './values.ts';
import type { TableView, ViewCondition, ViewField } from './viewAst.ts';

/** What is known of the table of a view. */
export interface ViewedTable {
  readonly typeOf?: (field: string) => FieldType | undefined;
  /** The name of the field with a number. */
  readonly nameOf?: (number: number) => string | undefined;
}

/** What a view keeps of its table: filters of different fields must all hold. */
export function meaningOfTableView({ where }: TableView, table: ViewedTable): Condition {
  const conditions = where?.conditions ?? [];
  const [first, second] = conditions;
  if (where === undefined || first === undefined) {
    return { kind: 'always', span: { start: 0, end: 0 } };
  }
  if (second === undefined) return meaningOfCondition(first, table);
  const terms = conditions.map((condition) => meaningOfCondition(condition, table));
  return { kind: 'and', terms, span: where.span };
}

function meaningOfCondition(condition: ViewCondition, table: ViewedTable): Condition {
  const field = filteredField(condition.field, table);
  switch (condition.kind) {
    case 'filter':
      return meaningOfTableFilter(condition.filter, field);
    case 'const': {
      const { value: text, span } = condition.value;
      const value = valueOfConstant(text, field.type, isoDay(text));
      return value === undefined
        ? { kind: 'unreadable', span: condition.span }
        : equation(field, 'eq', value, span);
    }
    case 'missing':
      return { kind: 'unreadable', span: condition.span };
  }
}

function filteredField({ name, number }: ViewField, table: ViewedTable): FilteredField {
  const known = (number === undefined ? undefined : table.nameOf?.(number)) ?? name;
  return { name: known, type: table.typeOf?.(known) };
}
