import assert from 'node:assert/strict';
import { parseOData } from '../../../../src/filter/odata/parse.ts';
import { applyEdits } from '../../../../src/text/edit.ts';

/** Filters with one mistake, which has one fix that is preferred. */
const mistakes = [
  ...['===', '= =', '== ='].map((sign) => mistyped(sign, 'eq')),
  ...['!==', '! =', '=!'].map((sign) => mistyped(sign, 'ne')),
  ...['=<', '< ='].map((sign) => mistyped(sign, 'le')),
  ...['=>', '> ='].map((sign) => mistyped(sign, 'ge')),
  {
    source: 'a eq 2021-23-06',
    problem: 'invalid-date.swappedIso 5-15',
    fixed: 'a eq 2021-06-23',
  },
  {
    source: 'a eq 2021-23-06T10:00:00Z',
    problem: 'invalid-date.swappedIso 5-25',
    fixed: 'a eq 2021-06-23T10:00:00Z',
  },
  { source: 'a eq 06/23/2021', problem: 'date-format.odata 5-15', fixed: 'a eq 2021-06-23' },
];

/** A sign that is no operator anywhere, and the word that was meant. */
function mistyped(sign: string, meant: string) {
  return {
    source: `a ${sign} 1`,
    problem: `foreign-operator 2-${2 + sign.length}`,
    fixed: `a ${meant} 1`,
  };
}

describe('a mistake of OData whose meaning is plain', () => {
  for (const { source, problem, fixed } of mistakes) {
    it(`is one problem with one fix: ${source}`, () => {
      const { problems } = parseOData(source);
      assert.deepEqual(
        problems.map(
          ({ code, variant, span }) =>
            `${code}${variant === undefined ? '' : `.${variant}`} ${span.start}-${span.end}`,
        ),
        [problem],
      );
      const fixes = problems.flatMap((each) => each.fixes ?? []);
      assert.deepEqual(
        fixes.map(({ edits, preferred }) => [applyEdits(source, edits), preferred]),
        [[fixed, true]],
      );
      assert.deepEqual(parseOData(fixed).problems, []);
    });
  }
});

describe('a date with slashes', () => {
  const rows = [
    { source: 'a eq 3/6/2021', offered: ['a eq 2021-06-03', 'a eq 2021-03-06'], preferred: [] },
    { source: 'a eq 3/3/2021', offered: ['a eq 2021-03-03'], preferred: ['a eq 2021-03-03'] },
    { source: 'a eq 23/6/2021', offered: ['a eq 2021-06-23'], preferred: ['a eq 2021-06-23'] },
    { source: 'a eq 31/2/2021', offered: [], preferred: [] },
  ];
  for (const { source, offered, preferred } of rows) {
    it(`can be kept or swapped where both are days: ${source}`, () => {
      const fixes = parseOData(source).problems.flatMap((problem) => problem.fixes ?? []);
      const after = ({ edits }: (typeof fixes)[number]): string => applyEdits(source, edits);
      assert.deepEqual(fixes.map(after), offered);
      assert.deepEqual(fixes.filter((fix) => fix.preferred === true).map(after), preferred);
      for (const text of offered) assert.deepEqual(parseOData(text).problems, []);
    });
  }
});
