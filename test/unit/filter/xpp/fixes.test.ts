import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseXpp } from '../../../../src/filter/xpp/parse.ts';
import { applyEdits } from '../../../../src/text/edit.ts';
import { anySource } from '../../../kit/xppSources.ts';

/** A source with one mistake, and what each fix offered makes of it; all of them must be right afterwards. */
const cases = [
  { id: 'unclosed', source: '((A == 1) && (B == 2)', fixed: ['((A == 1) && (B == 2))'] },
  { id: 'unclosed before blanks', source: '(A == 1  ', fixed: ['(A == 1)  '] },
  { id: 'unopened', source: '(A == 1))', fixed: ['(A == 1)'] },
  {
    id: 'connector missing',
    source: '(A == 1)  (B == 2)',
    fixed: ['(A == 1) &&  (B == 2)', '(A == 1) ||  (B == 2)'],
  },
  { id: 'operator of OData', source: '(A eq 1)', fixed: ['(A == 1)'] },
  { id: 'operator of SQL', source: 'A<>1', fixed: ['A!=1'] },
  { id: 'sign with a blank', source: '(A = = 1)', fixed: ['(A == 1)'] },
  { id: 'sign the other way round', source: '(A =< 1)', fixed: ['(A <= 1)'] },
  { id: 'list of values', source: '(A == "1","2")', fixed: ['((A == "1") || (A == "2"))'] },
  {
    id: 'list of what is not',
    source: '(A != 1, 2, 3)',
    fixed: ['((A != 1) && (A != 2) && (A != 3))'],
  },
  {
    id: 'list beside a condition',
    source: '((B == 1) && A == "1","2")',
    fixed: ['((B == 1) && ((A == "1") || (A == "2")))'],
  },
  { id: 'list of SQL', source: '(A in ("1", "2"))', fixed: ['(((A == "1") || (A == "2")))'] },
  {
    id: 'list of SQL that is negated',
    source: '(A not in (1, B::C)) && (B == 1)',
    fixed: ['(((A != 1) && (A != B::C))) && (B == 1)'],
  },
  {
    id: 'null of SQL',
    source: '(A is not null)',
    fixed: ['(A != "")', '(A != 0)'],
  },
  { id: 'not like', source: '(A not like "x*")', fixed: ['((!(A like "x*")))'] },
  { id: 'list without a field', source: '(1 == 2, 3)', fixed: [] },
  { id: 'list of an order', source: '(A > 2, 3)', fixed: [] },
  {
    id: 'comma for a connector',
    source: '(A == 1, B == 2)',
    fixed: ['(A == 1 && B == 2)', '(A == 1 || B == 2)'],
  },
  { id: 'negation of OData', source: 'not (A == 1)', fixed: ['! (A == 1)'] },
  { id: 'connector of OData', source: '(A == 1)and(B == 2)', fixed: ['(A == 1)&&(B == 2)'] },
  { id: 'single &', source: '(A == 1) & (B == 2)', fixed: ['(A == 1) && (B == 2)'] },
  { id: 'translated connector', source: '(A == 1) oder (B == 2)', fixed: ['(A == 1) || (B == 2)'] },
  { id: 'curly quotes', source: '(A == “x”)', fixed: ['(A == "x")'] },
  {
    id: 'curly quotes around a backslash',
    source: String.raw`(A == “x\y”)`,
    fixed: [String.raw`(A == "x\\y")`],
  },
  { id: 'curly quotes around a line break', source: '(A == ‘x\ny‘)', fixed: ['(A == "x\ny")'] },
  { id: 'unterminated text', source: 'A == "x', fixed: ['A == "x"'] },
  { id: 'unterminated text in single quotes', source: "A == 'x", fixed: ["A == 'x'"] },
  { id: 'unterminated behind a backslash', source: 'A == "x\\', fixed: [String.raw`A == "x\\"`] },
  {
    id: 'unterminated behind two backslashes',
    source: String.raw`A == "x\\`,
    fixed: [String.raw`A == "x\\"`],
  },
  { id: 'ISO date', source: '(D <= 2021-06-23)', fixed: [String.raw`(D <= 23\6\2021)`] },
  { id: 'date with dots', source: '(D <= 23.06.2021)', fixed: [String.raw`(D <= 23\6\2021)`] },
  {
    id: 'date with slashes',
    source: '(D <= 3/6/2021)',
    fixed: [String.raw`(D <= 3\6\2021)`, String.raw`(D <= 6\3\2021)`],
  },
  { id: 'date with one reading', source: '(D <= 3/3/2021)', fixed: [String.raw`(D <= 3\3\2021)`] },
  { id: 'European date', source: '(D <= 23/6/2021)', fixed: [String.raw`(D <= 23\6\2021)`] },
  { id: 'American date', source: '(D <= 6/23/2021)', fixed: [String.raw`(D <= 23\6\2021)`] },
  { id: 'year, day, month', source: '(D <= 2021-23-06)', fixed: [String.raw`(D <= 23\6\2021)`] },
  {
    id: 'month first',
    source: String.raw`(D <= 06\23\2021)`,
    fixed: [String.raw`(D <= 23\6\2021)`],
  },
  {
    id: 'day before month in a point in time',
    source: '(D <= 2021-23-06T10:00:00)',
    fixed: ['(D <= 2021-06-23T10:00:00)'],
  },
  { id: 'no such day either way', source: String.raw`(D <= 31\02\2021)`, fixed: [] },
  { id: 'nor in any notation', source: '(D <= 31/02/2021)', fixed: [] },
] as const;

describe('fixes of X++ expressions', () => {
  for (const { id, source, fixed } of cases) {
    it(`leave an expression without problems: ${id}`, () => {
      const { problems } = parseXpp(source);
      equal(problems.length, 1);
      const results = problems
        .flatMap(({ fixes = [] }) => fixes)
        .map(({ edits }) => applyEdits(source, edits));
      deepEqual(results, fixed);
      for (const result of results) deepEqual(parseXpp(result).problems, []);
    });
  }

  it('are preferred one at most', () => {
    for (const { source } of cases) {
      for (const { fixes = [] } of parseXpp(source).problems) {
        ok(fixes.filter(({ preferred }) => preferred === true).length <= 1, source);
      }
    }
  });

  it('change the source, whatever it is', () => {
    fc.assert(
      fc.property(anySource, (source) => {
        for (const { code, fixes = [] } of parseXpp(source).problems) {
          for (const { edits } of fixes) {
            const result = applyEdits(source, edits);
            ok(result !== source, `${code} changes nothing`);
          }
        }
      }),
    );
  });
});
