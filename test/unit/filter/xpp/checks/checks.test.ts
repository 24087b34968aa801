import assert from 'node:assert/strict';
import { findingsIn, fixedFilter } from '../../../../kit/findings.ts';

interface Row {
  readonly filter: string;
  /** `code[.variant] | marked text`, of the code that the table is about. */
  readonly found?: readonly string[];
  /** The filter after the first fix of the first problem. */
  readonly fixed?: string;
  /** After which nothing of the code is left, unless there was more than one. */
  readonly leaves?: number;
}

const tables: Readonly<Record<string, readonly Row[]>> = {
  'outer-parentheses': [
    { filter: '(A == "x")' },
    { filter: '((A == "x") && (B == 1))' },
    { filter: '' },
    { filter: 'A == ' },
    { filter: '(Day(1))' },
    {
      filter: 'INTERCOMPANYORDER == ""',
      found: ['outer-parentheses | INTERCOMPANYORDER == ""'],
      fixed: '(INTERCOMPANYORDER == "")',
    },
    {
      filter: '(A == "") && (B != "")',
      found: ['outer-parentheses | (A == "") && (B != "")'],
      fixed: '((A == "") && (B != ""))',
    },
    { filter: '!(A == 1)', found: ['outer-parentheses | !(A == 1)'], fixed: '(!(A == 1))' },
  ],
  'bare-comparison': [
    { filter: '(A == "") && (B != "")' },
    { filter: '((A > 1) && (B <= 2))' },
    { filter: 'A == 1' },
    { filter: '(!(A like "*A*"))' },
    { filter: '(A == 1 && ' },
    { filter: 'A eq 1 and B eq 2' },
    {
      filter: '((S < 1) && E < 2 && (T == 3))',
      found: ['bare-comparison | E < 2'],
      fixed: '((S < 1) && (E < 2) && (T == 3))',
    },
    {
      filter: 'A != 1 || B == 2',
      found: ['bare-comparison | A != 1', 'bare-comparison | B == 2'],
      fixed: '(A != 1) || B == 2',
      leaves: 1,
    },
    {
      filter: '(!A == "x")',
      found: ['bare-comparison.negated | A == "x"'],
      fixed: '(!(A == "x"))',
    },
  ],
  'mixed-connectors': [
    { filter: '((A == 1) && (B == 2) && (C == 3))' },
    { filter: '(((A == 1) && (B == 2)) || (C == 3))' },
    {
      filter: '((A != "") || (A == "") && (B > 0))',
      found: ['mixed-connectors | &&'],
      fixed: '(((A != "") || (A == "")) && (B > 0))',
    },
    {
      filter: '((A == 1) && (B == 2) || (C == 3) && (D == 4))',
      found: ['mixed-connectors | ||'],
      fixed: '((((A == 1) && (B == 2)) || (C == 3)) && (D == 4))',
    },
  ],
  'single-equals': [
    { filter: '(A == 1)' },
    { filter: '(A <= 1)' },
    { filter: '(A = 1)', found: ['single-equals | ='], fixed: '(A == 1)' },
  ],
  'noyes-word': [
    { filter: '(IsB2BProspect == 1)' },
    { filter: '(A != NoYes::Yes)' },
    { filter: '(A == "Yes")' },
    { filter: '(No == "1")' },
    { filter: '(A == B)' },
    { filter: '(A == Yes)', found: ['noyes-word | Yes'], fixed: '(A == 1)' },
    { filter: '(A != no)', found: ['noyes-word | no'], fixed: '(A != 0)' },
    { filter: '(true == A)', found: ['noyes-word | true'], fixed: '(1 == A)' },
    { filter: '(A == false)', found: ['noyes-word | false'], fixed: '(A == 0)' },
  ],
  'foreign-literal': [
    { filter: '(A == nullable)' },
    { filter: '(A == null)', found: ['foreign-literal.null | null'], fixed: '(A == "")' },
    { filter: '(NULL != A)', found: ['foreign-literal.null | NULL'], fixed: '("" != A)' },
  ],
  'quoted-datetime': [
    { filter: '(A == 2021-06-23T00:00:00)' },
    { filter: '(A == "2021-06-23")' },
    { filter: '(A like "2021-06-23T00:00:00")' },
    {
      filter: '(A >= "2021-06-23T00:00:00")',
      found: ['quoted-datetime | "2021-06-23T00:00:00"'],
      fixed: '(A >= 2021-06-23T00:00:00)',
    },
    {
      filter: "('2021-06-23T00:00:00.000Z' < A)",
      found: ["quoted-datetime | '2021-06-23T00:00:00.000Z'"],
      fixed: '(2021-06-23T00:00:00 < A)',
    },
    {
      filter: '(A >= "2021-06-23T00:00:00+02:00")',
      found: ['quoted-datetime | "2021-06-23T00:00:00+02:00"'],
      fixed: '(A >= 2021-06-22T22:00:00)',
    },
    {
      filter: '(A >= "2021-12-31T22:30:00-05:30")',
      found: ['quoted-datetime | "2021-12-31T22:30:00-05:30"'],
      fixed: '(A >= 2022-01-01T04:00:00)',
    },
    { filter: '(A >= "2021-02-31T00:00:00")' },
    { filter: '(A >= "2021-13-01T00:00:00")' },
    { filter: '(A >= "0001-01-01T00:00:00Z")' },
  ],
  'empty-datetime': [
    { filter: '(A == "")' },
    { filter: '((A == "") || (B > 1\\1\\2020))' },
    {
      filter: '(CREATEDDATETIME != "")',
      found: ['empty-datetime | ""'],
      fixed: '(CREATEDDATETIME != 1900-01-01T00:00:00)',
    },
    {
      filter: '((A == "") || (a > 23\\06\\2021))',
      found: ['empty-datetime | ""'],
      fixed: '((A == 1\\1\\1900) || (a > 23\\06\\2021))',
    },
  ],
  'blank-text': [
    { filter: '(A == "")' },
    { filter: '(A == " x")' },
    { filter: '(A like " ")' },
    { filter: '(A == " ")', found: ['blank-text | " "'], fixed: '(A == "")' },
    { filter: "(A != '  ')", found: ["blank-text | '  '"], fixed: "(A != '')" },
  ],
  wildcard: [
    { filter: '(A like "A*")' },
    { filter: '(A == "Really?")' },
    { filter: '(A == "Sm?th")' },
    { filter: '(A == "*")' },
    { filter: '(A == "**")' },
    { filter: '(A == "4*4")' },
    { filter: '(A == "5 * 3")' },
    { filter: '(A == "A*")', found: ['wildcard | "A*"'], fixed: '(A like "A*")' },
    { filter: '(A != "*A*")', found: ['wildcard | "*A*"'], fixed: '(!(A like "*A*"))' },
    { filter: '("A*" == B)', found: ['wildcard | "A*"'], fixed: '(B like "A*")' },
    {
      filter: '((B == 1) && A != "N*e")',
      found: ['wildcard | "N*e"'],
      fixed: '((B == 1) && (!(A like "N*e")))',
    },
  ],
  'like-operand': [
    { filter: '(A like "5")' },
    { filter: '(A like B)' },
    { filter: '(A like 5)', found: ['like-operand | 5'], fixed: '(A like "5")' },
    {
      filter: '(A like NoYes::Yes)',
      found: ['like-operand | NoYes::Yes'],
      fixed: '(A == NoYes::Yes)',
    },
    {
      filter: '("A*" like Name)',
      found: ['like-operand.reversed | "A*" like Name'],
      fixed: '(Name like "A*")',
    },
  ],
  'type-mismatch': [
    { filter: '(CURRENCYCODE != "999")' },
    { filter: '((PartyType == "Person") || (PartyType == 1))' },
    { filter: '((A == "") || (A == 0))' },
    { filter: '((A == "x y") || (B == 1))' },
    { filter: '((A like "5*") && (A > 3))' },
    { filter: '((A == "2021-01-01") && (A > 3))' },
    {
      filter: '((Group == "A-1") || (GROUP == 20))',
      found: ['type-mismatch.text | 20'],
      fixed: '((Group == "A-1") || (GROUP == "20"))',
    },
    {
      filter: '((Limit > 0) && (Limit != "100"))',
      found: ['type-mismatch.number | "100"'],
      fixed: '((Limit > 0) && (Limit != 100))',
    },
    {
      filter: '((Limit > 0.5) || (Limit == ""))',
      found: ['type-mismatch.number | ""'],
      fixed: '((Limit > 0.5) || (Limit == 0))',
    },
  ],
  'constant-comparison': [
    { filter: '(%1 == %2)' },
    { filter: '(A == B)' },
    { filter: '(1 == 1)', found: ['constant-comparison.true | 1 == 1'] },
    { filter: '("a" == "A ")', found: ['constant-comparison.true | "a" == "A "'] },
    { filter: '(1 > 2)', found: ['constant-comparison.false | 1 > 2'] },
    { filter: '("a" == 2)', found: ['constant-comparison.constant | "a" == 2'] },
    { filter: '(A == a)', found: ['constant-comparison.itself | A == a'] },
    { filter: '(A != A)', found: ['constant-comparison.itselfNever | A != A'] },
  ],
  'foreign-operator': [
    {
      filter: "startswith(name,'A')",
      found: ["foreign-operator.function | startswith(name,'A')"],
      fixed: '(name like "A*")',
    },
    {
      filter: "(contains(name,'A'))",
      found: ["foreign-operator.function | contains(name,'A')"],
      fixed: '(name like "*A*")',
    },
    {
      filter: "(!endswith(name,'A'))",
      found: ["foreign-operator.function | endswith(name,'A')"],
      fixed: '(!(name like "*A"))',
    },
    {
      filter: "startswith(name,'A*')",
      found: ["foreign-operator.function | startswith(name,'A*')"],
    },
    { filter: '(Day(1))' },
  ],
  'range-method': [
    { filter: "contains(name,'A')" },
    { filter: '(Day(1))', found: ['range-method | Day(1)'] },
  ],
};

for (const [code, rows] of Object.entries(tables)) {
  describe(code, () => {
    for (const row of rows) {
      const { filter, found = [], fixed, leaves = 0 } = row;
      it(`${found.length === 0 ? 'is silent' : 'fires'}: ${filter}`, () => {
        assert.deepEqual(findingsIn({ filter }, [code]), found);
        if (fixed === undefined) return;
        assert.equal(fixedFilter({ filter }, code), fixed);
        assert.equal(findingsIn({ filter: fixed }, [code]).length, leaves);
      });
    }
  });
}

describe('long-pattern', () => {
  it('begins behind 1000 characters', () => {
    const longest = `"${'a'.repeat(1000)}"`;
    assert.deepEqual(findingsIn({ filter: `(A like ${longest})` }, ['long-pattern']), []);
    const longer = `"${'a'.repeat(1001)}"`;
    assert.deepEqual(findingsIn({ filter: `(A like ${longer})` }, ['long-pattern']), [
      `long-pattern | ${longer}`,
    ]);
    assert.deepEqual(findingsIn({ filter: `(A == ${longer})` }, ['long-pattern']), []);
  });
});

describe('the two readings of a mixed chain', () => {
  const filter = '((A == 1) || (B == 2) && (C == 3))';
  it('are both offered', () => {
    const reading = (title: string): string => fixedFilter({ filter }, 'mixed-connectors', title);
    assert.equal(
      reading('Parenthesise from the left, as X++ reads it'),
      '(((A == 1) || (B == 2)) && (C == 3))',
    );
    assert.equal(reading('Parenthesise `&&` first'), '((A == 1) || ((B == 2) && (C == 3)))');
  });

  it('are others where both languages agree', () => {
    const agreed = '((A == 1) && (B == 2) || (C == 3))';
    assert.equal(
      fixedFilter({ filter: agreed }, 'mixed-connectors', 'Parenthesise `||` first'),
      '((A == 1) && ((B == 2) || (C == 3)))',
    );
  });
});

describe('all bare comparisons of a chain', () => {
  it('are enclosed at once', () => {
    const filter = 'A == 1 && B == 2 && (C == 3)';
    const title = 'Put every comparison of this chain in parentheses';
    assert.equal(
      fixedFilter({ filter }, 'bare-comparison', title),
      '(A == 1) && (B == 2) && (C == 3)',
    );
  });
});

describe('a filter that does not parse', () => {
  it('gets no fix for an operator that is not there', () => {
    assert.deepEqual(findingsIn({ filter: 'A "x*"' }, ['wildcard']), []);
    assert.deepEqual(findingsIn({ filter: 'A equals "x*"' }, ['wildcard']), []);
  });
});
