import type { Labels } from '../panel/labels.ts';
import { element } from './dom.ts';
import { fill } from './fill.ts';
import { createGrid, type Grid, type GridContent, type GridHost } from './grid.ts';
import type { Pane } from './panes.ts';

/** A grid with what stands above it and what stands there instead while it has no rows. */
export interface PaneView {
  readonly element: HTMLElement;
  readonly grid: Grid;
  readonly show: (
    pane: Pane,
    content: Omit<GridContent, 'title' | 'query'>,
    isAlone: boolean,
  ) => void;
}

export interface PaneHost extends Omit<GridHost, 'texts' | 'drawn'> {
  /** What was to be shown last is there to be seen. */
  readonly drawn: (view: PaneView) => void;
}

export function createPane(host: PaneHost): PaneView {
  const { labels } = host;
  let shown: Pane = { name: 'all', query: { verdicts: [] } };
  const title = element('h2');
  const empty = element('p', { class: 'reason' });
  const grid = createGrid({
    ...host,
    texts: labels,
    drawn(total) {
      empty.hidden = total > 0;
      empty.textContent = emptyText(shown, labels);
      grid.element.hidden = false;
      host.drawn(view);
    },
  });
  const view: PaneView = {
    element: element('section', { class: 'pane' }, title, grid.element, empty),
    grid,
    show(pane, content, isAlone) {
      shown = pane;
      title.textContent = labels[pane.name];
      title.hidden = isAlone;
      grid.show({ ...content, title: labels[pane.name], query: pane.query });
    },
  };
  return view;
}

function emptyText({ name, query }: Pane, labels: Labels): string {
  if (query.search !== undefined && query.search !== '') {
    return fill(labels.emptySearch, query.search);
  }
  if (name === 'lostToNull') return labels.emptyLost;
  return name === 'gained' ? labels.emptyGained : labels.emptyPane;
}
