import type { FilterValue, Missing, TableFilter } from '../../../../src/filter/tableFilter/ast.ts';
import type { TableView } from '../../../../src/filter/tableFilter/viewAst.ts';

/** A filter on one line: how it was understood, operators in brackets. */
export function shapeOf(filter: TableFilter | undefined): string {
  switch (filter?.kind) {
    case undefined:
      return '-';
    case 'junction':
      return `[${filter.operands.map(shapeOf).join(` ${filter.operator} `)}]`;
    case 'group':
      return `(${shapeOf(filter.expression)})`;
    case 'comparison':
      return `${filter.operatorSpan === undefined ? '' : filter.relation}${shapeOfValue(filter.value)}`;
    case 'interval':
      return `${filter.from === undefined ? '' : shapeOfValue(filter.from)}..${filter.to === undefined ? '' : shapeOfValue(filter.to)}`;
    case 'missing':
      return '_';
  }
}

function shapeOfValue(value: FilterValue | Missing): string {
  switch (value.kind) {
    case 'missing':
      return '_';
    case 'text':
      return `${value.ignoresCase ? '@' : ''}${value.isPattern ? 'like' : ''}${JSON.stringify(value.value)}`;
    case 'symbol':
      return `${value.symbol}:${value.text}`;
    case 'placeholder':
      return `placeholder:${value.text}`;
    default:
      return `${value.kind}:${value.value}`;
  }
}

export function shapeOfView({ version, sorting, order, where }: TableView): string {
  const fields = sorting?.fields.map(
    ({ name, number }) => name + (number === undefined ? '' : '#'),
  );
  const conditions = where?.conditions.map((condition) => {
    const name = condition.field.name + (condition.field.number === undefined ? '' : '#');
    switch (condition.kind) {
      case 'filter':
        return `${name}: ${shapeOf(condition.filter)}`;
      case 'const':
        return `${name} = ${JSON.stringify(condition.value.value)}`;
      case 'missing':
        return `${name}: _`;
    }
  });
  return [
    ...(version === undefined ? [] : [`v${version.text}`]),
    ...(fields === undefined ? [] : [`by ${fields.join(', ')}`]),
    ...(order === undefined ? [] : [order.order]),
    ...(conditions === undefined ? [] : [conditions.join('; ')]),
  ].join(' | ');
}
