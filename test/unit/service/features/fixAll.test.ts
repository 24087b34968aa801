import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Side } from '../../../../src/map/model.ts';
import { analyse, type AnalysedDocument } from '../../../../src/service/analysis.ts';
import { diagnosticsOf } from '../../../../src/service/diagnostics.ts';
import { fixAllEdits } from '../../../../src/service/features/fixAll.ts';
import { emptyWorkspace } from '../../../../src/service/workspace.ts';
import { applyEdits, type Edit } from '../../../../src/text/edit.ts';
import { en, filterAfter, inEveryHost } from './kit.ts';

const CASES: readonly (readonly [Side, string, string])[] = [
  ['fo', '((A eq 1) and (((B <> "x"', '((A == 1) && (((B != "x"))))'],
  ['fo', '((A == “x”) or (D <= 2021-06-23)))', '((A == "x") || (D <= 23\\6\\2021))'],
  ['fo', '(A == "x")', '(A == "x")'],
  ['dataverse', 'a==1&&not(b EQ "x")', "a eq 1 and not (b eq 'x')"],
];

const after = (document: AnalysedDocument, edits: readonly Edit[]): AnalysedDocument =>
  analyse(
    { ...document.document, text: applyEdits(document.document.text, edits) },
    emptyWorkspace,
  );

const preferred = (document: AnalysedDocument): readonly string[] =>
  diagnosticsOf(document, en)
    .filter(({ problem }) => problem.fixes?.some((fix) => fix.preferred === true) ?? false)
    .map(({ code }) => code);

describe('fix all', () => {
  for (const [side, text, expected] of CASES) {
    it(text, () => {
      inEveryHost(text, side, (document) => {
        const edits = fixAllEdits(document, emptyWorkspace, en);
        equal(filterAfter(document, edits), expected);
        const fixed = after(document, edits);
        deepEqual(preferred(fixed), [], 'a fixable problem is left');
        deepEqual(fixAllEdits(fixed, emptyWorkspace, en), [], 'twice changes more');
        for (const [index, edit] of edits.entries()) {
          const next = edits[index + 1];
          ok(next === undefined || edit.span.end <= next.span.start, 'edits overlap');
        }
      });
    });
  }

  it('fixes both filters and broken escapes of a map, one edit each', () => {
    const text = `{"legs":[{"sourceFilter":"((D <= 23\\06\\2021) and (A eq 1))","reversedSourceFilter":"a == 1 && b == '😀'","fieldMappings":[]}]}`;
    const document = analyse({ uri: 'a.json', text }, emptyWorkspace);
    const edits = fixAllEdits(document, emptyWorkspace, en);
    equal(edits.length, 2);
    const fixed = after(document, edits);
    deepEqual(
      fixed.filters.map(({ site }) => site.text.value),
      ['((D <= 23\\06\\2021) && (A == 1))', "a eq 1 and b eq '😀'"],
    );
    JSON.parse(fixed.document.text);
  });

  it('takes time in proportion to the mistakes', () => {
    const text = Array.from({ length: 1000 }, () => '(A eq 1)').join(' and ');
    const document = analyse({ uri: 'a.xppfilter', text, side: 'fo' }, emptyWorkspace);
    const fixed = after(document, fixAllEdits(document, emptyWorkspace, en));
    deepEqual(preferred(fixed), []);
  });
});
