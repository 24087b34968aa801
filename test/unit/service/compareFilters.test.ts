import { deepEqual, equal, match } from 'node:assert/strict';
import { analyse } from '../../../src/service/analysis.ts';
import {
  compareFilters,
  filterInDocument,
  type FiltersCompared,
  sayCompared,
  sayErrorsOf,
} from '../../../src/service/compareFilters.ts';
import type { Document } from '../../../src/service/workspace.ts';
import { english, sampleWorkspace } from '../../kit/feature.ts';
import { mapForms, mappingOf } from '../../kit/maps.ts';

/** The result in a few words: which filter keeps which row. */
const brief = (compared: FiltersCompared): string => {
  if (compared.kind === 'equal') return 'equal';
  if (compared.kind === 'unknown') return compared.reason;
  const cells = compared.row.map(({ field, cell }) => `${field}=${JSON.stringify(cell)}`);
  return `${compared.keptBy} ${cells.join(' ')}`.trim();
};

const cases = [
  { side: 'fo', first: '(A==1)', second: '( A == 1 )', expected: 'equal' },
  { side: 'fo', first: '', second: '  ', expected: 'equal' },
  { side: 'fo', first: 'A == 1 || A == 2', second: '(A = 2) || (A = 1)', expected: 'equal' },
  { side: 'fo', first: '!(A == "x")', second: '(A != "x")', expected: 'equal' },
  { side: 'fo', first: '(A == "")', second: '(A == "x")', expected: 'first A=""' },
  { side: 'fo', first: '(A == "x")', second: '(A == "")', expected: 'second A=""' },
  {
    side: 'fo',
    first: '',
    second: '(A == "x") || (A != "x")',
    expected: 'first A=null',
  },
  { side: 'fo', first: '', second: '(1 == 2)', expected: 'first' },
  { side: 'fo', first: '(1 == 2)', second: '', expected: 'second' },
  { side: 'fo', first: '(A == 1', second: '(A == 1)', expected: 'syntax' },
  { side: 'fo', first: '(A == 1)', second: '5..7', expected: 'syntax' },
  { side: 'dataverse', first: 'a eq 1 or a eq 2', second: 'a eq 2 or a eq 1', expected: 'equal' },
  { side: 'dataverse', first: 'a ne null', second: 'not (a eq null)', expected: 'equal' },
  { side: 'dataverse', first: '', second: 'a ne null', expected: 'first a=null' },
  { side: 'dataverse', first: 'a eq 1', second: 'length(a) eq 1', expected: 'unreadable' },
  { side: 'dataverse', first: 'a eq', second: '', expected: 'syntax' },
] as const;

describe('two filters of a side', () => {
  for (const { side, first, second, expected } of cases) {
    it(`are compared by what they keep: ${side}, ${first} with ${second}`, () => {
      const compared = compareFilters({ side, text: first }, { side, text: second });
      equal(brief(compared), expected);
      deepEqual(compareFilters({ side, text: first }, { side, text: second }), compared);
      deepEqual(JSON.parse(JSON.stringify(compared)), compared, 'is data alone');
    });
  }

  it('are not compared across sides', () => {
    const compared = compareFilters({ side: 'fo', text: '' }, { side: 'dataverse', text: '' });
    equal(brief(compared), 'sides');
  });

  it('are equal where only a NULL could tell them apart and none is possible', () => {
    const second = { side: 'fo', text: '(A == "x") || (A != "x")' } as const;
    const isNullable = (field: string): boolean => field.toUpperCase() !== 'A';
    equal(brief(compareFilters({ side: 'fo', text: '', isNullable }, second)), 'equal');
    equal(brief(compareFilters(second, { side: 'fo', text: '', isNullable })), 'equal');
    // What one entity leaves NULL may be NULL.
    const both = { ...second, isNullable: () => true };
    equal(brief(compareFilters({ side: 'fo', text: '', isNullable }, both)), 'first A=null');
  });

  it('of a map know the entity of their leg', () => {
    const workspace = sampleWorkspace();
    const filters = (sourceFilter: string) => {
      const text = JSON.stringify(mappingOf({ sourceFilter }));
      return filterInDocument(analyse({ uri: 'file:///m.json', text }, workspace), 0, workspace);
    };
    const everyRow = filters('(ProjectId != "") || (ProjectId == "")');
    const parents = filters('(ParentProject != "") || (ParentProject == "")');
    const none = { side: 'fo', text: '' } as const;
    equal(everyRow && brief(compareFilters(everyRow, none)), 'equal');
    equal(parents && brief(compareFilters(parents, none)), 'second ParentProject=null');
  });

  it('are not compared where the document is broken around one of them', () => {
    const text = JSON.stringify(mappingOf({ sourceFilter: 'A == 1' })).replace(
      'A == 1',
      String.raw`A \= 1`,
    );
    const document: Document = { uri: 'file:///m.json', text };
    const workspace = sampleWorkspace();
    const filter = filterInDocument(analyse(document, workspace), 0, workspace);
    equal(filter?.isBroken, true);
    equal(filter && brief(compareFilters(filter, { side: 'fo', text: '' })), 'unreadable');
    equal(filterInDocument(analyse(document, workspace), 9, workspace), undefined);
  });

  for (const form of mapForms) {
    it(`are the same in every form: ${form.id}`, () => {
      const workspace = sampleWorkspace();
      const text = form.write({ sourceFilter: '(ParentProject == "")' });
      const analysed = analyse({ uri: 'file:///m', text }, workspace);
      const filter = filterInDocument(analysed, 0, workspace);
      equal(
        filter && brief(compareFilters(filter, { side: 'fo', text: '(ParentProject != "")' })),
        'first ParentProject=""',
      );
    });
  }
});

describe('the result of a comparison', () => {
  const say = (first: string, second: string): string =>
    sayCompared(compareFilters({ side: 'fo', text: first }, { side: 'fo', text: second }), english);
  it('tells NULL, the empty text and texts apart', () => {
    equal(
      sayCompared(
        {
          kind: 'different',
          keptBy: 'second',
          row: [
            { field: 'A', cell: null },
            { field: 'B', cell: '' },
            { field: 'C', cell: 'NULL' },
            { field: 'D', cell: ' "\n' },
          ],
        },
        english,
      ),
      String.raw`The filters differ: a row with A = NULL, B = "" (empty), C = "NULL", D = " \"\n" is kept by the second alone.`,
    );
  });
  it('needs no row where no field decides', () => {
    equal(say('', '(1 == 2)'), 'The filters differ: rows are kept by the first alone.');
  });
  it('names the errors of each filter and where they stand', () => {
    match(say('(A == 1', '\n(A =='), /first .+: 1:1 .+ second .+: 2:\d/u);
    match(say('('.repeat(50), ''), /…$|1:1/u);
  });
  it('has a sentence for all that is unknown', () => {
    for (const reason of ['sides', 'cells', 'large'] as const) {
      match(sayCompared({ kind: 'unknown', reason }, english), /\w \w.*\.$/u);
    }
    for (const which of ['first', 'second'] as const) {
      match(
        sayCompared({ kind: 'unknown', reason: 'unreadable', which }, english),
        new RegExp(which, 'u'),
      );
    }
  });
  it('tells the errors of one filter alone', () => {
    const compared = compareFilters({ side: 'fo', text: '(A == 1' }, { side: 'fo', text: '' });
    match(sayErrorsOf('first', compared, english) ?? '', /^1:1 /u);
    equal(sayErrorsOf('second', compared, english), undefined);
    equal(sayErrorsOf('first', { kind: 'equal' }, english), undefined);
  });
});
