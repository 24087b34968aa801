import type { Analysed, Problem } from '../../problem/problem.ts';
import type { Condition } from '../meaning/condition.ts';
import type { FilterValue, Missing, TableFilter } from './ast.ts';
import { type FieldType, meaningOfTableFilter } from './meaning.ts';
import { parseTableFilter } from './parse.ts';
import { parseTableView } from './view.ts';
import type { TableView } from './viewAst.ts';
import { meaningOfTableView, type ViewedTable } from './viewMeaning.ts';

export interface AnalysedTableFilter {
  readonly filter: TableFilter | undefined;
  readonly meaning: Condition;
}

export interface AnalysedTableView {
  readonly view: TableView;
  readonly meaning: Condition;
}

/** Parses the filter of one field of Business Central and says everything about it that its text tells. */
export function analyseTableFilter(
  source: string,
  fieldName: string,
  type?: FieldType,
): Analysed<AnalysedTableFilter> {
  const { value: filter, problems } = parseTableFilter(source);
  const isUnread = filter === undefined && problems.length > 0;
  const meaning: Condition = isUnread
    ? { kind: 'unreadable', span: { start: 0, end: source.length } }
    : meaningOfTableFilter(filter, { name: fieldName, type });
  return { value: { filter, meaning }, problems: inOrder([...problems, ...checkValues(filter)]) };
}

/**
 * Parses a stored view: the Table Filter or the Integration Table Filter of an integration table mapping
 * (`bc-sync.md` 1.2). A broken one stops the synchronisation (`bc-oracle.md` A10).
 */
export function analyseTableView(
  source: string,
  table: ViewedTable = {},
): Analysed<AnalysedTableView> {
  const { value: view, problems } = parseTableView(source);
  const filters = (view.where?.conditions ?? []).flatMap((condition) =>
    condition.kind === 'filter' ? checkValues(condition.filter) : [],
  );
  // What was not understood may have been a filter.
  const isUnread = view.where === undefined && problems.length > 0;
  const meaning: Condition = isUnread
    ? { kind: 'unreadable', span: view.span }
    : meaningOfTableView(view, table);
  return { value: { view, meaning }, problems: inOrder([...problems, ...filters]) };
}

const inOrder = (problems: readonly Problem[]): readonly Problem[] =>
  problems.toSorted((a, b) => a.span.start - b.span.start);

/** `%1` is filled in by the code that sets a filter; a stored one has nobody to do so. */
function checkValues(filter: TableFilter | undefined): readonly Problem[] {
  return valuesOf(filter).flatMap((value) =>
    value.kind === 'placeholder'
      ? [
          {
            code: 'placeholder' as const,
            variant: 'filter',
            span: value.span,
            args: { text: value.text },
          },
        ]
      : [],
  );
}

/** Every value of a filter, in the order of the text. Depth is bounded by DEEPEST_NESTING. */
function valuesOf(filter: TableFilter | undefined): readonly (FilterValue | Missing)[] {
  switch (filter?.kind) {
    case 'junction':
      return filter.operands.flatMap(valuesOf);
    case 'group':
      return valuesOf(filter.expression);
    case 'comparison':
      return [filter.value];
    case 'interval':
      return [filter.from, filter.to].filter((value) => value !== undefined);
    default:
      return [];
  }
}
