import { type Condition, fieldsOf } from '../../src/filter/meaning/condition.ts';
import type { Translate } from '../../src/problem/message.ts';
import { inWords } from '../../src/service/explain/inWords.ts';
import type { RowsResult } from '../../src/service/protocol/rows.ts';
import type { FilterRows } from './preview.ts';

/** A filter as its preview shows it, whether it stands in a map or in a sync project. */
interface AskedFilter {
  readonly title: string;
  readonly text: string;
  readonly isXpp: boolean;
  readonly meaning: Condition;
  readonly translate: Translate;
}

/** The rows of a filter, counted, as an editor is told of them. */
export async function rowsResult(
  { origin, engine, notice, columns, rowCount, table, condition }: FilterRows,
  { title, text, isXpp, meaning, translate }: AskedFilter,
): Promise<RowsResult> {
  const words = inWords(meaning, translate);
  return {
    kind: 'rows',
    title,
    filter: text,
    isXpp,
    ...(words === undefined ? {} : { words }),
    source: origin,
    ...(notice === undefined ? {} : { notice }),
    engine,
    columns,
    filterColumns: fieldsOf(condition),
    rowCount,
    counts: await table.counts(condition),
  };
}
