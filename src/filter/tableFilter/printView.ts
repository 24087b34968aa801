import { printTableFilter } from './print.ts';
import type { TableView, ViewCondition } from './viewAst.ts';

/** Writes a view as GetView does: the sections in their order, one blank between them. */
export function printTableView({ version, sorting, order, where }: TableView): string {
  return [
    ...(version === undefined ? [] : [`VERSION(${version.text})`]),
    ...(sorting === undefined
      ? []
      : [`SORTING(${sorting.fields.map((field) => field.text).join(',')})`]),
    ...(order === undefined ? [] : [`ORDER(${order.order})`]),
    ...(where === undefined ? [] : [`WHERE(${where.conditions.map(printCondition).join(',')})`]),
  ].join(' ');
}

function printCondition(condition: ViewCondition): string {
  const content = contentOf(condition);
  return `${condition.field.text}=${condition.keyword.toUpperCase()}(${content})`;
}

function contentOf(condition: ViewCondition): string {
  switch (condition.kind) {
    case 'filter':
      return printTableFilter(condition.filter);
    case 'const':
      return condition.value.text;
    case 'missing':
      return '';
  }
}
