import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { evaluate } from '../../../../src/filter/meaning/evaluate.ts';
import { analyse, type AnalysedDocument } from '../../../../src/service/analysis.ts';
import { fixAllEdits } from '../../../../src/service/features/fixAll.ts';
import { formatEdits } from '../../../../src/service/features/formatting.ts';
import { refactoringsAt } from '../../../../src/service/features/refactor.ts';
import { targetAt } from '../../../../src/service/features/references.ts';
import { renameIn } from '../../../../src/service/features/rename.ts';
import { placeAt } from '../../../../src/service/place.ts';
import { emptyWorkspace } from '../../../../src/service/workspace.ts';
import { applyEdits, type Edit } from '../../../../src/text/edit.ts';
import { anyFilter, anyRow, conditionOf, rowOf, type RowCells } from '../../../kit/conditions.ts';
import { hostsOf } from '../../../kit/hosts.ts';
import { anySource } from '../../../kit/xppSources.ts';
import { en, filterAfter } from './kit.ts';

const layout = { tabSize: 2, insertSpaces: true };
const rows = fc.array(anyRow, { minLength: 1, maxLength: 4 });
const hostCount = hostsOf('').length;

/** A filter in one of the documents filters live in. */
const hosted = (filter: string, index: number): AnalysedDocument => {
  const host = hostsOf(filter)[index];
  ok(host);
  return analyse(host.document, emptyWorkspace);
};

const anyHost = fc.nat({ max: hostCount - 1 });

function sameRows(before: string, after: string, cells: readonly RowCells[]): void {
  for (const row of cells) {
    equal(
      evaluate(conditionOf(after), rowOf(row)),
      evaluate(conditionOf(before), rowOf(row)),
      `${before} became ${after}`,
    );
  }
}

describe('what rewrites a filter', () => {
  it('keeps every row when it formats', () => {
    fc.assert(
      fc.property(anyFilter, anyHost, rows, (source, index, cells) => {
        const spaced = source.replaceAll(/ ([=!<>&|]+) /gu, '$1 ').replaceAll('(', '( ');
        const document = hosted(spaced, index);
        const edits = formatEdits(document, layout);
        const formatted = filterAfter(document, edits);
        sameRows(source, formatted, cells);
        deepEqual(formatEdits(hosted(formatted, index), layout), []);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps every row when it refactors', () => {
    fc.assert(
      fc.property(anyFilter, anyHost, fc.nat(), rows, (source, index, place, cells) => {
        const document = hosted(source, index);
        const filter = document.filters.find(({ site }) => site.text.value !== '');
        ok(filter);
        const at = placeAt(document, filter.span.start + (place % (source.length + 1)));
        const offset = at?.offset ?? 0;
        const selection = { start: offset, end: offset };
        const offers = refactoringsAt(filter, selection, document, emptyWorkspace, en);
        for (const { title, edits, impossible } of offers) {
          if (title === en('refactor.negate') || impossible !== undefined) continue;
          if (!isWithin(edits, filter.span)) continue;
          sameRows(source, filterAfter(document, edits), cells);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('keeps every row when it renames', () => {
    fc.assert(
      fc.property(anyFilter, anyHost, rows, (source, index, cells) => {
        const at = source.search(/\bText\b/u);
        fc.pre(at >= 0);
        const document = hosted(source, index);
        const offset = hostsOf(source)[index]?.offsetOf(at) ?? 0;
        const target = targetAt(document, offset, emptyWorkspace);
        ok(target);
        const renamed = renameIn([document], target, 'Renamed', emptyWorkspace, en);
        ok(renamed.kind === 'possible');
        const after = filterAfter(document, renamed.change.edits[0]?.edits ?? []);
        for (const row of cells) {
          const { Text = null, ...others } = row;
          equal(
            evaluate(conditionOf(after), rowOf({ ...others, Renamed: Text })),
            evaluate(conditionOf(source), rowOf(row)),
            `${source} became ${after}`,
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it('has nothing more to fix behind fix all, whatever was written', () => {
    fc.assert(
      fc.property(anySource, anyHost, (source, index) => {
        const document = hosted(source, index);
        const text = applyEdits(document.document.text, fixAllEdits(document, emptyWorkspace, en));
        const fixed = analyse({ ...document.document, text }, emptyWorkspace);
        equal(fixed.filters.length, document.filters.length);
        deepEqual(fixAllEdits(fixed, emptyWorkspace, en), [], text);
      }),
      { numRuns: 3000 },
    );
  });
});

const isWithin = (
  edits: readonly Edit[],
  { start, end }: { readonly start: number; readonly end: number },
): boolean => edits.every(({ span }) => start <= span.start && span.end <= end);
