import { deepEqual, ok } from 'node:assert/strict';
import type { Side } from '../../../../src/map/model.ts';
import { analyse } from '../../../../src/service/analysis.ts';
import { foldsOf } from '../../../../src/service/features/folding.ts';
import { type OutlineItem, outlineOf } from '../../../../src/service/features/outline.ts';
import { selectionsAt } from '../../../../src/service/features/selection.ts';
import { inDocument, placeAt } from '../../../../src/service/place.ts';
import { emptyWorkspace } from '../../../../src/service/workspace.ts';
import { contains } from '../../../../src/text/span.ts';
import { byPlace, en, inEveryHost, mapWith, marked } from './kit.ts';

/** Every stretch that a growing selection takes in. */
const SELECTIONS: readonly (readonly [Side, string])[] = [
  ['fo', '⟦ ⟦⟦(⟦A == ⟦"⟦x¦⟧"⟧⟧)⟧ && (B == 1)⟧ ⟧'],
  ['fo', '⟦(⟦⟦(⟦⟦¦A⟧ == 1⟧)⟧ || (B == 1)⟧)⟧'],
  ['fo', '⟦!⟦(⟦A like ⟦¦"x*"⟧⟧)⟧⟧'],
  ['dataverse', "⟦a eq 1 and ⟦contains(⟦b,⟦'⟦x¦⟧'⟧⟧)⟧⟧"],
  ['dataverse', '⟦⟦⟦a/⟦¦b⟧⟧ eq 1⟧ or c eq 2⟧'],
  ['fo', '⟦¦⟧'],
];

describe('selection ranges', () => {
  for (const [side, fixture] of SELECTIONS) {
    it(fixture, () => {
      const { text, caret, spans } = marked(fixture);
      inEveryHost(text, side, (document, { offsetOf }, spanOf) => {
        const place = placeAt(document, offsetOf(caret));
        ok(place);
        const found = selectionsAt(place).map((span) => inDocument(place.filter, span));
        deepEqual(found.toSorted(byPlace), spans.map(spanOf));
        for (const [index, span] of found.entries()) {
          const outer = found[index + 1];
          ok(outer === undefined || contains(outer, span), 'each is inside the next');
        }
      });
    });
  }
});

describe('folding', () => {
  it('folds parentheses that reach over lines in a file of its own', () => {
    const { text, spans } = marked('⟦(\n  ⟦(A == "(\n")⟧ &&\n  ⟦(B == 1\n    || C == 2)⟧\n)⟧');
    inEveryHost(text, 'fo', (document, { name }) => {
      const folds = foldsOf(document).toSorted(byPlace);
      deepEqual(folds, name.endsWith('.xppfilter') ? spans : []);
    });
  });

  it('folds no parenthesis that has no partner', () => {
    const document = analyse(
      { uri: 'a.odatafilter', text: '(a eq\n1 or (b eq\n2)', side: 'dataverse' },
      emptyWorkspace,
    );
    deepEqual(foldsOf(document), [{ start: 11, end: 19 }]);
  });
});

describe('outline', () => {
  it('shows a filter in a file of its own as its groups', () => {
    const text = '((A == 1) || !((B == 2) && (C  ==  3)))';
    const document = analyse({ uri: 'a.xppfilter', text, side: 'fo' }, emptyWorkspace);
    deepEqual(linesOf(outlineOf(document, en)), [
      'junction || ((A == 1) || !((B == 2) && (C == 3)))',
      '  condition (A == 1)',
      '  negation ! !((B == 2) && (C == 3))',
      '    junction && ((B == 2) && (C == 3))',
      '      condition (B == 2)',
      '      condition (C == 3)',
    ]);
  });

  it('shows map, legs, filters and the number of field mappings, and nothing else', () => {
    const text = mapWith('(A == 1)', 'a eq 1 and b eq 2', [{ sourceField: 'A' }, {}]);
    const document = analyse({ uri: 'a.json', text }, emptyWorkspace);
    const items = outlineOf(document, en);
    deepEqual(linesOf(items), [
      'map [Projects] - [msdyn_projects]',
      '  leg Projects → msdyn_projects 001',
      '    filter Finance and Operations filter (A == 1)',
      '      condition (A == 1)',
      '    filter Dataverse filter a eq 1 and b eq 2',
      '      junction and a eq 1 and b eq 2',
      '        condition a eq 1',
      '        condition b eq 2',
      '    mappings Field mappings 2',
    ]);
    checkNesting(items);
  });

  it('nests its places in every host and bounds its length', () => {
    const text = Array.from({ length: 1000 }, () => '(A == 1)').join(' && ');
    inEveryHost(text, 'fo', (document) => {
      const items = outlineOf(document, en);
      checkNesting(items);
      ok(linesOf(items).length < 300);
    });
  });

  it('has nothing to show for other documents', () => {
    deepEqual(outlineOf(analyse({ uri: 'a.json', text: '{"a":1}' }, emptyWorkspace), en), []);
    const empty = analyse({ uri: 'a.xppfilter', text: '  ', side: 'fo' }, emptyWorkspace);
    deepEqual(outlineOf(empty, en), []);
  });
});

const linesOf = (items: readonly OutlineItem[], indent = ''): readonly string[] =>
  items.flatMap(({ kind, name, detail, children }) => [
    `${indent}${kind} ${name} ${detail}`.trimEnd(),
    ...linesOf(children, `${indent}  `),
  ]);

function checkNesting(items: readonly OutlineItem[]): void {
  for (const { span, selection, children, name } of items) {
    ok(name !== '');
    ok(contains(span, selection), name);
    for (const child of children) ok(contains(span, child.span), child.name);
    checkNesting(children);
  }
}
