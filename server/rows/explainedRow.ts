import { comparisonsOf, type Condition, fieldsOf } from '../../src/filter/meaning/condition.ts';
import { emptyCellFor } from '../../src/filter/meaning/evaluate.ts';
import type { Cell } from '../../src/filter/meaning/values.ts';
import type { Translate } from '../../src/problem/message.ts';
import { explainedAsText, explainRow } from '../../src/service/explain/explainRow.ts';
import type { ExplainRowResult } from '../../src/service/protocol/rows.ts';
import type { FilterRows } from './preview.ts';

/**
 * Why a row is kept by a filter or not; null where there is no row of that number.
 * @param text the filter as it is written.
 */
export async function explainedRow(
  { table, condition, columns, origin }: FilterRows,
  text: string,
  number: number,
  translate: Translate,
): Promise<ExplainRowResult | null> {
  const cells = await table.row(number);
  if (cells === undefined) return null;
  const places = new Map(columns.map((name, index) => [name.toLowerCase(), index]));
  const told = explainRow(
    condition,
    text,
    (field) =>
      cells[places.get(field.toLowerCase()) ?? -1] ??
      (origin.kind === 'project' ? blankFor(condition, field) : null),
    number,
    translate,
  );
  return { explained: told, text: explainedAsText(told, translate) };
}

/** What NULL counts as where a condition compares it and nothing is NULL. */
function blankFor(condition: Condition, field: string): Cell {
  const comparison = comparisonsOf(condition).find((each) =>
    fieldsOf(each).some((name) => name.toLowerCase() === field.toLowerCase()),
  );
  return comparison === undefined ? null : emptyCellFor(comparison);
}
