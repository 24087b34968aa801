import { deepEqual, equal, ok } from 'node:assert/strict';
import { oneAtATime } from '../../../client/oneAtATime.ts';
import { branches, isOpenAtFirst } from '../../../client/webview/branches.ts';
import { fill } from '../../../client/webview/fill.ts';
import {
  panesOf,
  sortedBy,
  stateForOther,
  tabCount,
  tabOf,
  TABS,
} from '../../../client/webview/panes.ts';
import { gainOf, summaryOf } from '../../../client/webview/summary.ts';
import type { ExplainedPart } from '../../../src/service/explain/explainRow.ts';

const lossy = {
  asWritten: { kept: 1, dropped: 3, lostToNull: 3 },
  nullAsEmpty: { kept: 4, dropped: 3, lostToNull: 0 },
};
const lossless = {
  asWritten: { kept: 5, dropped: 2, lostToNull: 0 },
  nullAsEmpty: { kept: 5, dropped: 2, lostToNull: 0 },
};

describe('what the preview looks at', () => {
  it('is the kept beside the lost rows where some are lost, unless somebody chose', () => {
    equal(tabOf({}, lossy), 'sides');
    equal(tabOf({}, lossless), 'all');
    equal(tabOf({ tab: 'dropped' }, lossy), 'dropped');
  });

  it('is no tab of NULL, whatever was chosen before, where nothing can be NULL', () => {
    equal(tabOf({ tab: 'sides' }, lossless, false), 'all');
    equal(tabOf({ tab: 'lostToNull' }, lossless, false), 'all');
    equal(tabOf({ tab: 'kept' }, lossless, false), 'kept');
    const labels = { countKept: '+{0}', countDropped: '-{0}', countLost: '?{0}', language: 'en' };
    equal(summaryOf(lossless, false, labels, false), '+5 · -2');
    equal(summaryOf(lossless, false, labels), '+5 · -2 · ?0');
  });

  it('has as many rows as its tab says', () => {
    deepEqual(
      TABS.map((tab) => tabCount(tab, false, lossy)),
      [undefined, 1, 3, 3, 7],
    );
    deepEqual(
      TABS.map((tab) => tabCount(tab, true, lossy)),
      [undefined, 4, 3, 3, 7],
    );
  });

  it('shows what is gained where NULL counts as empty: the rows that are lost as written', () => {
    const state = { nullAsEmpty: true, search: 'x' };
    const [kept, gained] = panesOf('sides', state);
    equal(kept?.query.nullAsEmpty, true);
    equal(gained?.name, 'gained');
    deepEqual(gained.query, {
      verdicts: ['lostToNull'],
      sort: undefined,
      search: 'x',
      nullAsEmpty: false,
    });
    equal(panesOf('lostToNull', { ...state, nullAsEmpty: false })[0]?.name, 'lostToNull');
  });

  it('asks in every tab for the rows of its name', () => {
    const asked = TABS.map((tab) =>
      panesOf(tab, { nullAsEmpty: false, search: '' }).map(({ query }) => query.verdicts.join()),
    );
    deepEqual(asked, [
      ['kept', 'lostToNull'],
      ['kept'],
      ['lostToNull'],
      ['dropped'],
      ['kept,lostToNull,dropped'],
    ]);
  });

  it('is sorted upwards, downwards, and as in the file again', () => {
    const up = sortedBy(undefined, 'A');
    deepEqual(up, { column: 'A', isDescending: false });
    const down = sortedBy(up, 'A');
    deepEqual(down, { column: 'A', isDescending: true });
    equal(sortedBy(down, 'A'), undefined);
    deepEqual(sortedBy(down, 'B'), { column: 'B', isDescending: false });
  });

  it('forgets for another filter what was said of rows, and keeps how one likes to look', () => {
    const state = stateForOther({
      tab: 'kept',
      sort: { column: 'A', isDescending: false },
      search: 'x',
      columns: ['A'],
      nullAsEmpty: true,
      explained: 3,
      isLocked: true,
      isSqlShown: true,
    });
    deepEqual(state, {
      tab: 'kept',
      sort: undefined,
      search: '',
      columns: undefined,
      nullAsEmpty: true,
      explained: undefined,
      isLocked: true,
      isSqlShown: true,
    });
  });

  it('is summed up in one line', () => {
    const labels = {
      countKept: 'Kept: {0}',
      countDropped: 'Dropped: {0}',
      countLost: 'Lost: {0}',
      language: 'en',
    };
    equal(summaryOf(lossy, false, labels), 'Kept: 1 · Dropped: 3 · Lost: 3');
    const many = { ...lossless, asWritten: { kept: 1_234_567, dropped: 0, lostToNull: 0 } };
    equal(summaryOf(many, false, labels), 'Kept: 1,234,567 · Dropped: 0 · Lost: 0');
  });

  it('says what it would bring if NULL counted as empty', () => {
    const labels = {
      wouldGain: '{0} more: {1} instead of {2}',
      wouldGainNone: 'none',
      language: 'en',
    };
    equal(gainOf(lossy, labels), '3 more: 4 instead of 1');
    equal(gainOf(lossless, labels), 'none');
  });

  it('speaks in sentences whose places are filled once', () => {
    equal(fill('{1} of {0}', '{1}', 'b'), 'b of {1}');
    equal(fill('{0} and {1}', 'a'), 'a and {1}');
  });
});

describe('an explained filter', () => {
  const part = (written: string, decides: boolean, ...parts: ExplainedPart[]): ExplainedPart => ({
    kind: parts.length === 0 ? 'comparison' : 'all',
    written,
    label: written,
    truth: 'false',
    decides,
    cells: [],
    parts,
  });

  it('has what decided first, and the others as they are written', () => {
    const root = part(
      'r',
      true,
      part('a', false),
      part('b', true),
      part('c', false),
      part('d', true),
    );
    deepEqual(
      branches(root).map(({ written }) => written),
      ['b', 'd', 'a', 'c'],
    );
  });

  it('is open where it is small; else the way that decided is', () => {
    const side = part('s', false, part('x', false));
    const small = part('r', true, side);
    ok(isOpenAtFirst(side, small));
    const leaves = Array.from({ length: 5000 }, (_, index) => part(`l${index}`, false));
    const decisive = part('d', true, ...leaves);
    const large = part('r', true, side, decisive);
    ok(!isOpenAtFirst(side, large));
    ok(isOpenAtFirst(decisive, large));
  });
});

describe('work that is done one at a time', () => {
  it('is done once more for all that was asked meanwhile', async () => {
    const ends: (() => void)[] = [];
    const ask = oneAtATime(
      () =>
        new Promise((resolve) => {
          ends.push(resolve);
        }),
    );
    const first = ask();
    void ask();
    void ask();
    equal(ends.length, 1);
    ends[0]?.();
    await Promise.resolve();
    await Promise.resolve();
    equal(ends.length, 2);
    ends[1]?.();
    await first;
    equal(ends.length, 2);
    void ask();
    equal(ends.length, 3);
  });

  it('goes on after work that failed', async () => {
    let count = 0;
    const ask = oneAtATime(async () => {
      count += 1;
      await Promise.resolve();
      if (count === 1) throw new Error('once');
    });
    const failed = await ask().then(
      () => false,
      () => true,
    );
    ok(failed);
    await ask();
    equal(count, 2);
  });
});
