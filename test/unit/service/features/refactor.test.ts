import { deepEqual, equal, ok } from 'node:assert/strict';
import { compareConditions } from '../../../../src/filter/meaning/compare.ts';
import type { Condition } from '../../../../src/filter/meaning/condition.ts';
import { meaningOfOData } from '../../../../src/filter/odata/meaning.ts';
import { parseOData } from '../../../../src/filter/odata/parse.ts';
import { meaningOfXpp } from '../../../../src/filter/xpp/meaning.ts';
import { parseXpp } from '../../../../src/filter/xpp/parse.ts';
import type { Side } from '../../../../src/map/model.ts';
import { analyse, type AnalysedDocument } from '../../../../src/service/analysis.ts';
import { type Refactoring, refactoringsAt } from '../../../../src/service/features/refactor.ts';
import { placeAt } from '../../../../src/service/place.ts';
import { emptyWorkspace, type Workspace } from '../../../../src/service/workspace.ts';
import { applyEdits } from '../../../../src/text/edit.ts';
import { en, filterAfter, inEveryHost, mapWith, marked, projects } from './kit.ts';

/** All that is offered at the caret, with what becomes of the filter. */
type Case = readonly [Side, string, Readonly<Record<string, string>>];

const CASES: readonly Case[] = [
  ['fo', '(A = ¦"x")', { 'double-equals': '(A == "x")', negate: '(A != "x")' }],
  [
    'fo',
    '((A ==  "<x>") && ((B =¦= 1)))',
    {
      'remove-parentheses': '((A ==  "<x>") && (B == 1))',
      negate: '((A ==  "<x>") && ((B != 1)))',
      format: '((A == "<x>") && ((B == 1)))',
    },
  ],
  [
    'fo',
    '(A == 2¦ || (A == 1))',
    {
      parenthesise: '((A == 2) || (A == 1))',
      'add-parentheses': '((A == 2) || (A == 1))',
      negate: '(A != 2 || (A == 1))',
      'sort-alternatives': '((A == 1) || A == 2)',
    },
  ],
  [
    'fo',
    '(!¦((A == 1) && (B like "x*")))',
    {
      negate: '(!((A != 1) || !(B like "x*")))',
      'resolve-negation': '(((A != 1) || !(B like "x*")))',
    },
  ],
  [
    'dataverse',
    '(a eq 1 or b e¦q 2 and c eq 3)',
    {
      'add-parentheses': '(a eq 1 or (b eq 2 and c eq 3))',
      'remove-parentheses': 'a eq 1 or b eq 2 and c eq 3',
      negate: '(a eq 1 or b ne 2 and c eq 3)',
    },
  ],
];

const meaningOf = (text: string, side: Side): Condition =>
  side === 'fo' ? meaningOfXpp(parseXpp(text).value) : meaningOfOData(parseOData(text).value);

function offersAt(
  document: AnalysedDocument,
  offset: number,
  workspace: Workspace,
): readonly Refactoring[] {
  const place = placeAt(document, offset);
  ok(place);
  const selection = { start: place.offset, end: place.offset };
  return refactoringsAt(place.filter, selection, document, workspace, en);
}

describe('refactorings', () => {
  for (const [side, fixture, expected] of CASES) {
    it(fixture, () => {
      const { text, caret } = marked(fixture);
      inEveryHost(text, side, (document, { offsetOf }) => {
        const isFile = document.map.kind === 'filter';
        const found = offersAt(document, offsetOf(caret), emptyWorkspace)
          .filter(({ impossible }) => impossible === undefined)
          .map(({ title, edits }) => [title, filterAfter(document, edits)]);
        deepEqual(
          found,
          Object.entries(expected)
            .filter(([name]) => name !== 'format' || !isFile)
            .map(([name, result]) => [en(`refactor.${name}`), result]),
        );
      });
      for (const [name, result] of Object.entries(expected)) {
        if (name === 'negate') continue;
        const compared = compareConditions(meaningOf(text, side), meaningOf(result, side), {
          mode: 'truth',
        });
        deepEqual(compared, { kind: 'equal' }, name);
      }
    });
  }

  it('leaves a filter with a mistake alone', () => {
    for (const text of ['((A = 1)', 'A = ', '']) {
      inEveryHost(text, 'fo', (document, { offsetOf }) =>
        deepEqual(offersAt(document, offsetOf(0), emptyWorkspace), []),
      );
    }
  });
});

describe('filling the other side', () => {
  const mappings = [
    { sourceField: 'PARENTPROJECT', destinationField: 'msdyn_number' },
    {
      sourceField: 'KIND',
      destinationField: 'msdyn_kind',
      valueTransforms: [{ transformType: 'ValueMap', valueMap: { person: '192350001' } }],
    },
    { sourceField: 'LOOKUP', destinationField: 'msdyn_a.msdyn_b' },
  ];
  const filled = (fo: string, dataverse: string): string => {
    const text = mapWith(fo, dataverse, mappings);
    const document = analyse({ uri: 'file:///a.json', text }, projects);
    const side = fo === '' ? 'dataverse' : 'fo';
    const filter = document.filters.find(({ site }) => site.side === side);
    ok(filter);
    const title = en(`refactor.fill.${side === 'fo' ? 'dataverse' : 'fo'}`);
    const offer = offersAt(document, filter.span.start, projects).find(
      (refactoring) => refactoring.title === title,
    );
    if (offer === undefined) return 'not offered';
    if (offer.impossible !== undefined) return offer.impossible;
    const after = analyse({ uri: 'file:///a.json', text: applyEdits(text, offer.edits) }, projects);
    equal(after.filters.find(({ site }) => site.side === side)?.site.text.value, fo + dataverse);
    return after.filters.find(({ site }) => site.side !== side)?.site.text.value ?? '';
  };

  it('writes the filter in the names and values of the other side', () => {
    equal(filled('(Kind == Kind::Person)', ''), 'msdyn_kind eq 192350001');
    equal(
      filled('((Kind == "person") && (ParentProject != ""))', ''),
      'msdyn_kind eq 192350001 and msdyn_number ne null',
    );
    equal(filled('', 'msdyn_kind eq 192350001'), '(KIND == "person")');
    equal(filled('', "msdyn_number eq 'x\"y'"), '(ParentProject == "x\\"y")');
  });

  it('says why it can not', () => {
    equal(filled('(Other == 1)', ''), en('convert.unmapped-field', { field: 'Other' }));
    equal(filled('(Lookup == "x")', ''), en('convert.unmapped-field', { field: 'Lookup' }));
    equal(
      filled('(Kind == Kind::Group)', ''),
      en('convert.unmapped-value', { text: 'Kind::Group' }),
    );
  });

  it('leaves a filter that says something alone', () => {
    equal(filled('(Kind == 1)', 'msdyn_kind eq 1'), 'not offered');
  });
});
