import { deepEqual, ok } from 'node:assert/strict';
import { analyse, reanalyse } from '../../../../src/service/analysis.ts';
import { highlightsAt } from '../../../../src/service/features/highlights.ts';
import { mentionsOf } from '../../../../src/service/features/mentions.ts';
import { outlineOf } from '../../../../src/service/features/outline.ts';
import { semanticTokensOf } from '../../../../src/service/features/semanticTokens.ts';
import type { AnalysedDocument } from '../../../../src/service/analysis.ts';
import { emptyWorkspace } from '../../../../src/service/workspace.ts';
import { applyEdits } from '../../../../src/text/edit.ts';
import { en, inEveryHost } from './kit.ts';

/** Legs and filters know each other by identity, and trees are kept: an edit must not tear them apart. */
it('features answer behind an edit as if the document were read again', () => {
  inEveryHost('(A == "x") && (B == 1)', 'fo', (before, { offsetOf }) => {
    const at = offsetOf(2);
    const filter = before.filters.find(({ site }) => site.text.value !== '');
    ok(filter);
    const answersOf = (analysed: AnalysedDocument): unknown => ({
      outline: outlineOf(analysed, en),
      mentions: mentionsOf(analysed).map(({ key, place, span }) => ({ key, place, span })),
      highlights: highlightsAt(analysed, at),
      tokens: semanticTokensOf(analysed),
    });
    answersOf(before);
    const edit = { span: { start: at, end: at }, text: filter.site.text.encode('Longer') };
    const document = { ...before.document, text: applyEdits(before.document.text, [edit]) };
    const after = reanalyse(before, edit, document, emptyWorkspace);
    ok(after);
    deepEqual(answersOf(after), answersOf(analyse(document, emptyWorkspace)));
  });
});
