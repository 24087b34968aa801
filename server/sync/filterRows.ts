import type { Cell } from '../../src/filter/meaning/values.ts';
import { type CountedRows, csvIn, numberedRow } from '../../src/preview/rowEngine.ts';
import type { RowPage, RowQuery } from '../../src/preview/rowStore.ts';
import type { Surface } from '../../src/engine/surface/surface.ts';
import type { FilterView } from '../../src/engine/surface/views/filters.ts';
import type { FilterRows } from '../rows/preview.ts';
import type { RowTable } from '../rows/rowTables.ts';
import type { FilterRowsQuestion, SyncQuestion } from './syncQuestions.ts';

/** What a project answers of a filter over its records; null where it has no filter of that number. */
export function answerFilterRows({ filters }: Surface, asked: FilterRowsQuestion): unknown {
  const view = filters.view(asked.index);
  if (view === undefined) return null;
  if (asked.kind === 'view') return view;
  const store = filters.store(asked.index);
  if (store === undefined) return null;
  switch (asked.kind) {
    case 'counts': {
      // Business Central has no NULL, and an empty column of Dataverse passes as a blank does (run/view.ts).
      const counts = store.counts(view.meaning, true);
      return { asWritten: counts, nullAsEmpty: counts } satisfies CountedRows;
    }
    case 'page':
      return store.page(view.meaning, withoutNull(asked.query), asked.offset, asked.limit);
    case 'row':
      return numberedRow(store, asked.number) ?? null;
    case 'csv':
      return csvIn(store, view.meaning, withoutNull(asked.query));
  }
}

const withoutNull = (query: RowQuery): RowQuery => ({ ...query, nullAsEmpty: true });

/** A filter of a project with its records, or what is known of a filter that can't be read. */
export interface ProjectFilter {
  readonly view: FilterView;
  /** Undefined where the filter can't be read. */
  readonly rows: FilterRows | undefined;
}

/**
 * The records of a project under one of its filters.
 *
 * @param ask answers null where there is no such project, or it can't be opened.
 */
export async function projectFilter(
  index: number,
  ask: (question: SyncQuestion) => Promise<unknown>,
): Promise<ProjectFilter | undefined> {
  // The thread answers what `answerFilterRows` says.
  const question = async <R>(asked: FilterRowsQuestion): Promise<R | null> =>
    (await ask({ method: 'filterRows', params: asked })) as R | null;
  const view = await question<FilterView>({ kind: 'view', index });
  if (view === null) return undefined;
  if (view.meaning.kind === 'unreadable') return { view, rows: undefined };
  const table: RowTable = {
    counts: async () => (await question<CountedRows>({ kind: 'counts', index })) ?? noCounts,
    page: async (_, query, offset, limit) =>
      (await question<RowPage>({ kind: 'page', index, query, offset, limit })) ?? noPage,
    row: async (number) =>
      (await question<readonly Cell[]>({ kind: 'row', index, number })) ?? undefined,
    csv: async (_, query) => (await question<string>({ kind: 'csv', index, query })) ?? '',
  };
  const { meaning, columns, rowCount, table: name } = view;
  return {
    view,
    rows: {
      condition: meaning,
      origin: { kind: 'project', name },
      engine: 'memory',
      notice: undefined,
      columns,
      rowCount,
      table,
    },
  };
}

/** Where the project has gone meanwhile. */
const none = { kept: 0, lostToNull: 0, dropped: 0 };
const noCounts: CountedRows = { asWritten: none, nullAsEmpty: none };
const noPage: RowPage = { total: 0, rows: [] };
