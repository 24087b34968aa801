import type { RowExplained } from '../../src/service/explain/explainRow.ts';
import type { RowPage, RowQuery } from '../../src/preview/rowStore.ts';
import type { RowsAsSqlResult, RowsResult } from '../../src/service/protocol/rows.ts';
import type { Labels } from '../panel/labels.ts';
import type { Action, FromPage, PageState, Preview } from '../panel/messages.ts';
import { shownColumns } from './cells.ts';
import { button, element, setAll, toggle } from './dom.ts';
import { createExplanation } from './explanation.ts';
import { gainOf, summaryOf } from './summary.ts';
import { createPane, type PaneHost, type PaneView } from './pane.ts';
import { isSameFilter, type Pane, panesOf, sortedBy, stateForOther, tabOf } from './panes.ts';
import { createSqlSection } from './sqlSection.ts';
import { createTabs } from './tabs.ts';
import { aboutRows, aboutSql } from './about.ts';

/** What the page asks of the extension. */
export interface PreviewHost {
  readonly ask: (query: RowQuery, offset: number, limit: number) => Promise<RowPage | null>;
  readonly post: (message: FromPage) => void;
  /** What is to be there when the page is loaded anew. */
  readonly keep: (state: PageState) => void;
}

export interface PreviewView {
  readonly element: HTMLElement;
  /** @param sought number of a row to show and explain. */
  readonly show: (preview: Preview, sought?: number) => void;
  readonly change: (change: Partial<PageState>) => void;
  readonly explain: (number: number, explained: RowExplained | null) => void;
  readonly pin: (number: number | undefined) => void;
  readonly tellAsSql: (revision: number, answer: RowsAsSqlResult) => void;
  readonly busy: (text: string | undefined, isStoppable: boolean) => void;
}

type Rows = Extract<RowsResult, { kind: 'rows' }>;

/** Characters of a filter that are worth drawing; some lines of it are seen. */
const MOST_TEXT = 5000;

export function previewView(labels: Labels, first: PageState, host: PreviewHost): PreviewView {
  let state = first;
  let preview: Preview | undefined;
  let pinned: number | undefined;
  /** Panes whose rows are on their way. */
  const waiting = new Set<PaneView>();

  const act = (action: Action) => (): void => {
    const [pane] = currentPanes();
    host.post({ kind: 'do', action, query: pane?.query ?? { verdicts: [] } });
  };

  const text = element('code', { class: 'filter' });
  const words = element('p', { class: 'words' });
  const status = element('p', { role: 'status', class: 'summary' });
  const about = element('div', { class: 'about' });
  const asSql = element('div', { class: 'about' });
  const lock = toggle(labels.lock, (isLocked) => change({ isLocked }));
  const emptySwitch = toggle(labels.nullAsEmpty, (nullAsEmpty) => change({ nullAsEmpty }));
  setAll(emptySwitch.input, { role: 'switch' });
  const gain = element('span', { class: 'gain', role: 'status' });

  const sql = createSqlSection({
    labels,
    isOpen: state.isSqlShown,
    toggled(isSqlShown) {
      if (isSqlShown !== state.isSqlShown) change({ isSqlShown });
    },
    act,
  });

  const search = element('input', {
    type: 'search',
    'aria-label': labels.search,
    placeholder: labels.search,
  });
  search.value = state.search;
  search.addEventListener('input', () => change({ search: search.value }));
  search.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowDown') panes[0]?.grid.focus();
  });

  const tabs = createTabs(labels, (tab) => change({ tab }));
  const paneList = element('div', {
    class: 'panes',
    role: 'tabpanel',
    id: 'panes',
    tabindex: '-1',
  });
  const explanation = createExplanation(
    labels,
    (number) => host.post({ kind: 'pin', number }),
    () => {
      explanation.hide();
      change({ explained: undefined });
      panes[0]?.grid.focus();
    },
  );
  const nullSwitch = element('div', { class: 'switch' }, emptySwitch.label, gain);
  const rowsPart = element(
    'div',
    { class: 'rows' },
    about,
    asSql,
    nullSwitch,
    element(
      'div',
      { class: 'bar' },
      tabs.element,
      search,
      element(
        'div',
        { class: 'buttons' },
        button(labels.columns, act('chooseColumns')),
        button(labels.exportRows, act('exportRows')),
      ),
    ),
    paneList,
    explanation.element,
  );
  const copyJob = button(labels.copyJob, act('copyJob'));
  const reason = element('p', { class: 'reason' }, labels.noFilter);
  const busyText = element('span', { role: 'status' });
  const stop = button(labels.stop, act('stop'));
  const busyBar = element('div', { class: 'busy', hidden: '' }, busyText, stop);
  const head = element(
    'header',
    {},
    element(
      'div',
      { class: 'bar' },
      element('h1', {}, text),
      element('div', { class: 'buttons' }, lock.label, copyJob),
    ),
    words,
    status,
  );
  const main = element('main', {}, busyBar, head, sql.element, reason, rowsPart);
  head.hidden = true;
  rowsPart.hidden = true;

  const paneHost: PaneHost = {
    labels,
    ask: host.ask,
    explain: ({ number }) => {
      change({ explained: number });
      host.post({ kind: 'explain', number });
    },
    sortBy: (column) => change({ sort: sortedBy(state.sort, column) }),
    drawn(view) {
      waiting.delete(view);
      drawn();
    },
  };
  const panes = [createPane(paneHost), createPane(paneHost)];

  function drawn(): void {
    if (waiting.size === 0 && preview !== undefined) {
      host.post({ kind: 'drawn', revision: preview.revision });
    }
  }

  function currentPanes(): readonly Pane[] {
    const result = preview?.result;
    return result?.kind === 'rows'
      ? panesOf(tabOf(state, result.counts, result.source.kind !== 'project'), state)
      : [];
  }

  function change(changed: Partial<PageState>): void {
    state = { ...state, ...changed };
    host.keep(state);
    render();
  }

  /** Beside the statement, where a word that comes and goes at every key moves nothing. */
  function tellAsSql(answer: RowsAsSqlResult | undefined): void {
    sql.note(answer?.isSame === true ? ` · ${labels.asSqlSame}` : '');
    asSql.replaceChildren(...(answer === undefined ? [] : aboutSql(answer, labels)));
  }

  function render(): void {
    lock.input.checked = state.isLocked;
    emptySwitch.input.checked = state.nullAsEmpty;
    if (preview === undefined) return;
    const { result } = preview;
    head.hidden = result.kind === 'none';
    rowsPart.hidden = result.kind === 'none';
    reason.hidden = result.kind === 'rows';
    sql.show(preview.sql);
    if (result.kind === 'none') {
      reason.textContent = result.reason;
      waiting.clear();
      drawn();
      return;
    }
    renderRows(result, preview);
  }

  function renderRows(result: Rows, { revision, isStopped }: Preview): void {
    text.textContent = result.filter.slice(0, MOST_TEXT);
    words.textContent = (result.words ?? '').slice(0, MOST_TEXT);
    words.hidden = result.words === undefined;
    copyJob.hidden = !result.isXpp;
    // Business Central has no NULL.
    const isOfProject = result.source.kind === 'project';
    nullSwitch.hidden = isOfProject;
    status.textContent = summaryOf(result.counts, state.nullAsEmpty, labels, !isOfProject);
    about.replaceChildren(...aboutRows(result, isStopped, labels, act));
    gain.textContent = state.nullAsEmpty ? gainOf(result.counts, labels) : '';
    const tab = tabOf(state, result.counts, !isOfProject);
    tabs.show(tab, state.nullAsEmpty, result.counts, !isOfProject);
    const columns = shownColumns(result.columns, result.filterColumns, state.columns);
    const shown = panesOf(tab, state);
    const views = panes.slice(0, shown.length);
    waiting.clear();
    for (const view of views) waiting.add(view);
    if (paneList.childElementCount !== views.length) {
      paneList.replaceChildren(...views.map(({ element }) => element));
    }
    for (const [index, view] of views.entries()) {
      const pane = shown[index];
      if (pane === undefined) continue;
      const content = {
        columns,
        explained: state.explained,
        pinned,
        rowCount: result.rowCount,
        revision,
      };
      view.show(pane, content, shown.length === 1);
    }
  }

  return {
    element: main,
    show(next, sought) {
      const isOther = preview !== undefined && !isSameFilter(preview.filter, next.filter);
      preview = next;
      ({ pinned } = next);
      tellAsSql(undefined);
      if (isOther) {
        state = stateForOther(state);
        search.value = '';
        explanation.hide();
      }
      if (sought !== undefined) {
        state = { ...stateForOther(state), explained: sought, tab: undefined };
        search.value = '';
      }
      explanation.pin(pinned);
      host.keep(state);
      render();
      if (sought !== undefined) panes[0]?.grid.seek(sought - 1);
      if (state.explained !== undefined) host.post({ kind: 'explain', number: state.explained });
    },
    change,
    explain(number, explained) {
      if (number !== state.explained) return;
      if (explained === null) {
        explanation.hide();
        return;
      }
      explanation.show(number, explained);
      host.post({ kind: 'explained', number });
    },
    pin(number) {
      pinned = number;
      render();
      explanation.pin(number);
    },
    tellAsSql(revision, answer) {
      if (revision !== preview?.revision) return;
      tellAsSql(answer);
      host.post({ kind: 'compared', answer });
    },
    busy(sentence, isStoppable) {
      busyBar.hidden = sentence === undefined;
      busyText.textContent = sentence ?? '';
      stop.hidden = !isStoppable;
    },
  };
}
