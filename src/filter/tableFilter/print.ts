import type { FilterValue, Missing, TableFilter } from './ast.ts';

/** Writes a filter the way Business Central does: no blanks but those in values. Reading it gives the same meaning. */
export function printTableFilter(filter: TableFilter | undefined): string {
  if (filter === undefined) return '';
  switch (filter.kind) {
    case 'junction':
      return filter.operands.map(printTableFilter).join(filter.operator);
    case 'group':
      return `(${printTableFilter(filter.expression)})`;
    case 'comparison': {
      const sign = filter.operatorSpan === undefined ? '' : filter.relation;
      return sign + printValue(filter.value);
    }
    case 'interval': {
      const from = filter.from === undefined ? '' : printValue(filter.from);
      const to = filter.to === undefined ? '' : printValue(filter.to);
      // Three points would begin with the interval.
      return `${from}${from.endsWith('.') ? ' ' : ''}..${to}`;
    }
    case 'missing':
      return '';
  }
}

/** A value is written as it was: whether it has quotes decides what it is. */
const printValue = (value: FilterValue | Missing): string =>
  value.kind === 'missing' ? '' : value.text;
