import { deepEqual, equal, ok } from 'node:assert/strict';
import { assert, double, integer, nat, oneof, property, record } from 'fast-check';
import { moved, type Place } from '../../../client/webview/keys.ts';
import { rowPages } from '../../../client/webview/pages.ts';
import { type Extent, scrolledTo, windowAt } from '../../../client/webview/scroller.ts';
import type { JudgedRow, RowPage } from '../../../src/preview/rowStore.ts';

describe('rows that are drawn as far as they are seen', () => {
  const extents = record({
    rowCount: oneof(integer({ min: 1, max: 200 }), integer({ min: 1, max: 20_000_000 })),
    rowHeight: integer({ min: 10, max: 60 }),
    viewHeight: integer({ min: 60, max: 3000 }),
  });
  const way = (extent: Extent): number =>
    Math.max(0, windowAt(extent, 0).height - extent.viewHeight);
  /** Where a row stands below the upper edge of what is seen. */
  const placeOf = (extent: Extent, scrollTop: number, row: number): number => {
    const { first, top } = windowAt(extent, scrollTop);
    return top + (row - first) * extent.rowHeight - scrollTop;
  };

  it('fill what is seen, at every scroll position and for every number of rows', () => {
    assert(
      property(extents, double({ min: 0, max: 1, noNaN: true }), (extent, part) => {
        const scrollTop = part * way(extent);
        const { first, end } = windowAt(extent, scrollTop);
        ok(first === 0 || placeOf(extent, scrollTop, first) <= 0);
        ok(end === extent.rowCount || placeOf(extent, scrollTop, end) >= extent.viewHeight - 0.001);
        ok(end - first < extent.viewHeight / extent.rowHeight + 20);
      }),
    );
  });

  it('can all be scrolled to, and are then seen as a whole', () => {
    assert(
      property(extents, nat(), double({ min: 0, max: 1, noNaN: true }), (extent, some, part) => {
        const row = some % extent.rowCount;
        const scrollTop = scrolledTo(extent, part * way(extent), row);
        ok(scrollTop <= way(extent) + 0.001);
        const place = placeOf(extent, scrollTop, row);
        ok(place >= -0.01 && place + extent.rowHeight <= extent.viewHeight + 0.01, `${place}`);
      }),
    );
  });

  it('stay where they are when the row is seen already', () => {
    const extent = { rowCount: 1000, rowHeight: 20, viewHeight: 200 };
    equal(scrolledTo(extent, 100, 7), 100);
    equal(scrolledTo(extent, 100, 4), 80);
    equal(scrolledTo(extent, 100, 20), 220);
  });

  it('need a scroll bar no longer than a browser can have', () => {
    const { height } = windowAt({ rowCount: 50_000_000, rowHeight: 24, viewHeight: 500 }, 0);
    ok(height <= 30_000_000);
    equal(windowAt({ rowCount: 100, rowHeight: 24, viewHeight: 500 }, 0).height, 2400);
  });
});

describe('a key in the grid', () => {
  const size = { rows: 100, columns: 5, page: 10 };
  const press = (place: Place, key: string, ctrlKey = false): Place | undefined =>
    moved(place, { key, ctrlKey, metaKey: false }, size);
  const cases: readonly {
    readonly key: string;
    readonly isFar?: boolean;
    readonly from: readonly [number, number];
    readonly to: readonly [number, number];
  }[] = [
    { key: 'ArrowDown', from: [0, 1], to: [1, 1] },
    { key: 'ArrowDown', from: [99, 1], to: [99, 1] },
    { key: 'ArrowUp', from: [0, 1], to: [-1, 1] },
    { key: 'ArrowUp', from: [-1, 1], to: [-1, 1] },
    { key: 'ArrowLeft', from: [3, 0], to: [3, 0] },
    { key: 'ArrowRight', from: [3, 3], to: [3, 4] },
    { key: 'PageDown', from: [95, 2], to: [99, 2] },
    { key: 'PageUp', from: [5, 2], to: [0, 2] },
    { key: 'Home', from: [7, 3], to: [7, 0] },
    { key: 'End', from: [7, 3], to: [7, 4] },
    { key: 'Home', isFar: true, from: [7, 3], to: [0, 0] },
    { key: 'End', isFar: true, from: [7, 3], to: [99, 4] },
  ];
  for (const { key, isFar = false, from, to } of cases) {
    it(`moves: ${isFar ? 'Ctrl+' : ''}${key} at ${from.join(', ')}`, () => {
      deepEqual(press({ row: from[0], column: from[1] }, key, isFar), {
        row: to[0],
        column: to[1],
      });
    });
  }

  it('moves nothing where it has no way to lead', () => {
    equal(press({ row: 0, column: 0 }, 'a'), undefined);
    deepEqual(
      moved(
        { row: -1, column: 0 },
        { key: 'ArrowDown', ctrlKey: false, metaKey: false },
        { rows: 0, columns: 2, page: 1 },
      ),
      { row: -1, column: 0 },
    );
  });
});

describe('fetched pages of rows', () => {
  const row = (number: number): JudgedRow => ({ number, cells: [], verdict: 'kept' });
  const page = (offset: number, total: number): RowPage => ({
    total,
    rows: Array.from({ length: Math.min(100, total - offset) }, (_, index) =>
      row(offset + index + 1),
    ),
  });

  it('are asked for once', () => {
    const pages = rowPages();
    equal(pages.total(), undefined);
    deepEqual(pages.missing(95, 205), [0, 100, 200]);
    deepEqual(pages.missing(95, 205), []);
    pages.put(100, page(100, 250));
    equal(pages.total(), 250);
    equal(pages.row(150)?.number, 151);
    equal(pages.row(95), undefined);
  });

  it('are asked for again once they were dropped, which the oldest are', () => {
    const pages = rowPages();
    for (let offset = 0; offset < 100_000; offset += 100) {
      deepEqual(pages.missing(offset, offset + 100), [offset]);
      pages.put(offset, page(offset, 100_000));
    }
    equal(pages.row(99_999)?.number, 100_000);
    equal(pages.row(0), undefined);
    deepEqual(pages.missing(0, 100), [0]);
  });
});
