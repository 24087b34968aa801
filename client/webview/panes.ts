import type { CountedRows } from '../../src/preview/rowEngine.ts';
import type { RowQuery, Verdict } from '../../src/preview/rowStore.ts';
import type { FilterReference } from '../../src/service/protocol/maps.ts';
import type { PageState, Tab } from '../panel/messages.ts';

/** One grid of rows. */
export interface Pane {
  readonly name: 'kept' | 'lostToNull' | 'gained' | 'dropped' | 'all';
  readonly query: RowQuery;
}

export const TABS = ['sides', 'kept', 'lostToNull', 'dropped', 'all'] as const satisfies Tab[];

/** The tab to look at: as chosen, else the kept beside the lost where there are lost ones. */
export const tabOf = ({ tab }: Pick<PageState, 'tab'>, counts: CountedRows, hasNull = true): Tab =>
  tab === undefined || (!hasNull && ofNull.has(tab))
    ? counts.asWritten.lostToNull > 0
      ? 'sides'
      : 'all'
    : tab;

/** Tabs that say nothing of rows in which nothing can be NULL. */
export const ofNull: ReadonlySet<Tab> = new Set<Tab>(['sides', 'lostToNull']);

/** Rows that a tab shows; where NULL counts as empty, the lost ones are those that are gained. */
export function tabCount(tab: Tab, isNullEmpty: boolean, counts: CountedRows): number | undefined {
  const { kept, dropped, lostToNull } = isNullEmpty ? counts.nullAsEmpty : counts.asWritten;
  switch (tab) {
    case 'kept':
      return kept;
    case 'lostToNull':
      return counts.asWritten.lostToNull;
    case 'dropped':
      return dropped;
    case 'all':
      return kept + dropped + lostToNull;
    case 'sides':
      return undefined;
  }
}

export function panesOf(
  tab: Tab,
  { nullAsEmpty, sort, search }: Pick<PageState, 'nullAsEmpty' | 'sort' | 'search'>,
): readonly Pane[] {
  const query = (verdicts: readonly Verdict[], isNullEmpty = nullAsEmpty): RowQuery => ({
    verdicts,
    sort,
    search,
    nullAsEmpty: isNullEmpty,
  });
  const kept: Pane = { name: 'kept', query: query(['kept']) };
  // What is gained is what is lost as the filter is written.
  const lost: Pane = {
    name: nullAsEmpty ? 'gained' : 'lostToNull',
    query: query(['lostToNull'], false),
  };
  switch (tab) {
    case 'sides':
      return [kept, lost];
    case 'kept':
      return [kept];
    case 'lostToNull':
      return [lost];
    case 'dropped':
      return [{ name: 'dropped', query: query(['dropped']) }];
    case 'all':
      return [{ name: 'all', query: query(['kept', 'lostToNull', 'dropped']) }];
  }
}

/** A column that is sorted by: upwards, downwards, and as in the file again. */
export function sortedBy(sort: RowQuery['sort'], column: string): RowQuery['sort'] {
  if (sort?.column !== column) return { column, isDescending: false };
  return sort.isDescending ? undefined : { column, isDescending: true };
}

/** The state for another filter: what was said of rows may not be true of the rows of another table. */
export const stateForOther = (state: PageState): PageState => ({
  ...state,
  explained: undefined,
  sort: undefined,
  search: '',
  columns: undefined,
});

export const isSameFilter = (a: FilterReference, b: FilterReference): boolean =>
  a.uri === b.uri && a.index === b.index;
