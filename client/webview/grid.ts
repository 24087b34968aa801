import type { JudgedRow, RowPage, RowQuery } from '../../src/preview/rowStore.ts';
import type { Labels } from '../panel/labels.ts';
import { columnWidth, type ShownColumn } from './cells.ts';
import { element, lengthsOf, setAll } from './dom.ts';
import { type GridTexts, headerRow, LEADING, rowElement, waitingRow } from './gridRows.ts';
import { moved, type Place } from './keys.ts';
import { PAGE_ROWS, type Pages, rowPages } from './pages.ts';
import { type Extent, scrolledTo, windowAt } from './scroller.ts';

/** What a grid shows. */
export interface GridContent {
  /** What it is called by a screen reader. */
  readonly title: string;
  readonly query: RowQuery;
  readonly columns: readonly ShownColumn[];
  readonly explained: number | undefined;
  readonly pinned: number | undefined;
  /** Rows of the table, whatever the query finds. */
  readonly rowCount: number;
  /** Other rows than before, even where the query is the same. */
  readonly revision: number;
}

export interface GridHost {
  readonly labels: Labels;
  readonly texts: GridTexts;
  /** Null where the rows are gone. */
  readonly ask: (query: RowQuery, offset: number, limit: number) => Promise<RowPage | null>;
  readonly explain: (row: JudgedRow) => void;
  readonly sortBy: (column: string) => void;
  /** What was asked for last is there to be seen; how many rows it has. */
  readonly drawn: (total: number) => void;
}

/** A table of any length that draws what can be seen of it and is used by keyboard. */
export interface Grid {
  readonly element: HTMLElement;
  readonly show: (content: GridContent) => void;
  readonly focus: () => void;
  /** Scrolls to a row, counted from zero, as soon as it is there. */
  readonly seek: (row: number) => void;
}

let grids = 0;

export function createGrid(host: GridHost): Grid {
  grids += 1;
  const name = `grid-${grids}`;
  const setLengths = lengthsOf(name);
  const head = element('div', { role: 'rowgroup', class: 'head' });
  const body = element('div', { role: 'rowgroup', class: 'body' });
  const grid = element('div', { role: 'grid', class: `grid ${name}`, tabindex: '-1' }, head, body);

  let content: GridContent | undefined;
  let pages: Pages = rowPages();
  let asked = 0;
  /** Whether the first rows of what is to be shown are on their way. */
  let isFetching = false;
  let active: Place = { row: 0, column: 0 };
  /** Whether the active cell is to be scrolled to as soon as it is there. */
  let isSought = false;
  let isScheduled = false;
  /** The row to scroll to once what is on its way is there. */
  let soughtRow: number | undefined;
  /** Whether it stays in view when something else takes room: until somebody goes elsewhere. */
  let isKept = false;

  const total = (): number => pages.total() ?? 0;
  const extent = (): Extent => {
    const rowHeight = head.getBoundingClientRect().height;
    // A page that is not laid out yet has no heights.
    return {
      rowCount: total(),
      rowHeight: rowHeight === 0 ? 1 : rowHeight,
      viewHeight: Math.max(0, grid.clientHeight - rowHeight),
    };
  };

  /** Fetches what is missing of the rows that are seen, and of `into` what it fetches at first. */
  const fetchMissing = async (into: Pages, first: number, end: number): Promise<boolean> => {
    const query = content?.query;
    if (query === undefined) return false;
    let isMore = false;
    for (const offset of into.missing(first, end)) {
      const page = await host.ask(query, offset, PAGE_ROWS);
      if (page !== null) into.put(offset, page);
      isMore = true;
    }
    return isMore;
  };

  const cellAt = ({ row, column }: Place): HTMLElement | null =>
    grid.querySelector<HTMLElement>(
      `[role="row"][aria-rowindex="${row + 2}"] > [aria-colindex="${column + 1}"]`,
    );

  /** One cell can be reached by Tab; the grid itself where that cell is scrolled away. */
  const rove = (hadFocus: boolean): void => {
    const cell = cellAt(active);
    for (const other of grid.querySelectorAll('[tabindex="0"]')) {
      if (other !== cell) other.setAttribute('tabindex', '-1');
    }
    setAll(grid, { tabindex: cell === null ? '0' : '-1' });
    cell?.setAttribute('tabindex', '0');
    if (hadFocus) (cell ?? grid).focus({ preventScroll: true });
    if (cell === null || !isSought) return;
    isSought = false;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };

  const draw = (): void => {
    if (content === undefined) return;
    const hadFocus = grid.contains(document.activeElement);
    const { columns, explained, pinned } = content;
    const { first, end, top, height } = windowAt(extent(), grid.scrollTop);
    setLengths({ '--height': `${height}px`, '--top': `${top}px` });
    const rows: HTMLElement[] = [];
    for (let index = first; index < end; index += 1) {
      const row = pages.row(index);
      rows.push(
        row === undefined
          ? waitingRow(index)
          : rowElement(row, index, columns, {
              isExplained: row.number === explained,
              isPinned: row.number === pinned,
              texts: host.texts,
            }),
      );
    }
    body.replaceChildren(...rows);
    setAll(grid, {
      'aria-label': content.title,
      'aria-rowcount': String(total() + 1),
      'aria-colcount': String(columns.length + LEADING),
    });
    active = {
      row: Math.min(active.row, total() - 1),
      column: Math.min(active.column, columns.length + LEADING - 1),
    };
    rove(hadFocus);
    void fetchMissing(pages, first, end).then((isMore) => {
      if (isMore) draw();
    });
  };

  const scrollToSought = (): void => {
    if (soughtRow === undefined) return;
    active = { row: soughtRow, column: 0 };
    grid.scrollTop = scrolledTo(extent(), grid.scrollTop, soughtRow);
    soughtRow = undefined;
    isKept = true;
  };

  const later = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(() => {
      isScheduled = false;
      draw();
    });
  };

  const drawHead = (): void => {
    if (content === undefined) return;
    head.replaceChildren(headerRow(content.columns, content.query.sort, host.texts));
    const widths = content.columns.map(({ name, index }) => {
      const cells = Array.from({ length: Math.min(total(), PAGE_ROWS) }, (_, row) =>
        pages.row(row),
      );
      return columnWidth(
        name,
        cells.map((row) => row?.cells[index] ?? null),
      );
    });
    const numbers = content.rowCount.toLocaleString(host.texts.language).length;
    setLengths({
      '--columns': `2.4em ${numbers + 4}ch ${widths.map((width) => `${width}ch`).join(' ')}`,
    });
  };

  const goTo = (place: Place): void => {
    active = place;
    if (place.row >= 0) grid.scrollTop = scrolledTo(extent(), grid.scrollTop, place.row);
    isSought = true;
    draw();
  };

  const act = (place: Place): void => {
    const column = content?.columns[place.column - LEADING];
    if (place.row < 0) {
      if (column !== undefined) host.sortBy(column.name);
      return;
    }
    const row = pages.row(place.row);
    if (row !== undefined) host.explain(row);
  };

  const placeOf = (target: EventTarget | null): Place | undefined => {
    const cell = target instanceof Element ? target.closest('[aria-colindex]') : null;
    const row = cell?.closest('[role="row"]')?.getAttribute('aria-rowindex');
    const column = cell?.getAttribute('aria-colindex');
    return row === null || row === undefined || column === null || column === undefined
      ? undefined
      : { row: Number(row) - 2, column: Number(column) - 1 };
  };

  grid.addEventListener('scroll', later, { passive: true });
  for (const gesture of ['wheel', 'pointerdown', 'keydown']) {
    grid.addEventListener(gesture, () => (isKept = false), { passive: true });
  }
  grid.addEventListener('keydown', (event) => {
    const { rowHeight, viewHeight } = extent();
    const size = {
      rows: total(),
      columns: (content?.columns.length ?? 0) + LEADING,
      page: Math.max(1, Math.floor(viewHeight / rowHeight) - 1),
    };
    const place = moved(active, event, size);
    if (place !== undefined) goTo(place);
    else if (event.key === 'Enter' || event.key === ' ') act(active);
    else return;
    event.preventDefault();
  });
  grid.addEventListener('click', ({ target }) => {
    const place = placeOf(target);
    // Who marks text to copy it wants no explanation.
    if (place === undefined || document.getSelection()?.isCollapsed === false) return;
    goTo(place);
    act(place);
  });
  grid.addEventListener('copy', (event) => {
    const column = content?.columns[active.column - LEADING];
    if (column === undefined || document.getSelection()?.isCollapsed === false) return;
    const cell = pages.row(active.row)?.cells[column.index] ?? '';
    event.clipboardData?.setData('text/plain', active.row < 0 ? column.name : cell);
    event.preventDefault();
  });
  new ResizeObserver(() => {
    // Who stands in a row sees it still when something else takes room.
    if (active.row >= 0 && (isKept || grid.contains(document.activeElement))) {
      grid.scrollTop = scrolledTo(extent(), grid.scrollTop, active.row);
    }
    later();
  }).observe(grid);

  return {
    element: grid,
    show(next) {
      const isOther = JSON.stringify(content?.query) !== JSON.stringify(next.query);
      const isSame = !isOther && content?.revision === next.revision;
      content = next;
      const finish = (): void => {
        isFetching = false;
        // Who stands in the header stays there.
        const hadFocus = head.contains(document.activeElement);
        drawHead();
        // Rows have their place once the height of all is known.
        draw();
        if (soughtRow !== undefined) {
          scrollToSought();
          draw();
        }
        if (hadFocus) cellAt(active)?.focus({ preventScroll: true });
        host.drawn(total());
      };
      if (isSame) {
        // What is on its way will be drawn as it is wanted now.
        if (!isFetching) finish();
        return;
      }
      asked += 1;
      isFetching = true;
      const turn = asked;
      const fresh = rowPages();
      // What is seen stays until its successor is there.
      const { first, end } = windowAt(extent(), isOther ? 0 : grid.scrollTop);
      void fetchMissing(fresh, first, Math.max(end, first + 1)).then(() => {
        if (turn !== asked) return;
        pages = fresh;
        if (isOther) {
          grid.scrollTop = 0;
          isKept = false;
        }
        finish();
      });
    },
    focus: () => goTo({ row: Math.max(active.row, 0), column: active.column }),
    seek(row) {
      soughtRow = row;
      if (isFetching) return;
      scrollToSought();
      draw();
    },
  };
}
