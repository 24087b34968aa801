/** Where rows stand that are drawn only as far as they can be seen. All lengths are pixels. */
export interface Extent {
  readonly rowCount: number;
  readonly rowHeight: number;
  /** Height in which rows can be seen. */
  readonly viewHeight: number;
}

export interface Window {
  /** The rows to draw: from `first` to before `end`. */
  readonly first: number;
  readonly end: number;
  /** Where the first of them stands, from the top of all. */
  readonly top: number;
  /** Height of all. */
  readonly height: number;
}

/** Browsers end at about 33 million pixels; from here on the scroll bar counts more than a pixel for a pixel. */
const MOST_HEIGHT = 8_000_000;

/** Rows beyond either edge, so that a small step shows no gap. */
const BEYOND = 6;

const heightOf = ({ rowCount, rowHeight }: Extent): number =>
  Math.min(rowCount * rowHeight, MOST_HEIGHT);

/** Pixels of rows for each pixel of the scroll bar: 1 unless there are very many rows. */
function scaleOf(extent: Extent): number {
  const hidden = extent.rowCount * extent.rowHeight - extent.viewHeight;
  const way = heightOf(extent) - extent.viewHeight;
  return way <= 0 ? 1 : hidden / way;
}

export function windowAt(extent: Extent, scrollTop: number): Window {
  const { rowCount, rowHeight, viewHeight } = extent;
  const above = scrollTop * scaleOf(extent);
  const first = Math.max(0, Math.min(rowCount, Math.floor(above / rowHeight) - BEYOND));
  const end = Math.min(rowCount, Math.ceil((above + viewHeight) / rowHeight) + BEYOND);
  return { first, end, top: scrollTop - (above - first * rowHeight), height: heightOf(extent) };
}

/** The scroll position nearest to the given one in which a row can be seen as a whole. */
export function scrolledTo(extent: Extent, scrollTop: number, row: number): number {
  const scale = scaleOf(extent);
  const above = scrollTop * scale;
  const top = row * extent.rowHeight;
  const bottom = top + extent.rowHeight - extent.viewHeight;
  return Math.max(0, above > top ? top : Math.max(above, bottom)) / scale;
}
