import { deepEqual, equal } from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Conversion, ConversionContext } from '../../../../src/filter/convert/conversion.ts';
import { odataToXpp } from '../../../../src/filter/convert/odataToXpp.ts';
import { xppToOData } from '../../../../src/filter/convert/xppToOData.ts';
import { compareConditions } from '../../../../src/filter/meaning/compare.ts';
import { evaluate } from '../../../../src/filter/meaning/evaluate.ts';
import { parseOData } from '../../../../src/filter/odata/parse.ts';
import { parseXpp } from '../../../../src/filter/xpp/parse.ts';
import { readShared } from '../../../kit/repository.ts';
import {
  asRow,
  type Cells,
  cells,
  odataFilter,
  odataMeaning,
  xppFilter,
  xppMeaning,
} from './filters.ts';

const toOData = (source: string, context?: ConversionContext): Conversion =>
  xppToOData(parseXpp(source).value, context);
const toXpp = (source: string, context?: ConversionContext): Conversion =>
  odataToXpp(parseOData(source).value, context);

const result = (conversion: Conversion): string =>
  conversion.kind === 'converted' ? conversion.text : `impossible: ${conversion.reason.code}`;

/** Nothing of Finance and Operations is NULL, as in a root table (`dualwrite.md` 4.2). */
const solid: ConversionContext = { isNullable: () => false };
const mapped: ConversionContext = {
  valueOfElement: (_, element) =>
    new Map([
      ['Organization', '192350002'],
      ['Yes', 'True'],
      ['1', 'vendor'],
    ]).get(element),
  elementOfValue: (_, value) =>
    new Map([
      ['192350002', 'Organization'],
      ['true', 'Yes'],
    ]).get(value),
};

describe('X++ to OData', () => {
  const cases: readonly (readonly [string, string, ConversionContext?])[] = [
    ['', ''],
    ['(PartyType == "Organization")', "PartyType eq 'Organization'"],
    ['(PartyType == "Organization")', 'PartyType eq 192350002', mapped],
    ['(PartyType != "Organization")', 'PartyType ne 192350002', mapped],
    ['(PartyType < "Organization")', 'impossible: order', mapped],
    ['(One == NoYes::Yes)', 'One eq true', mapped],
    ['(One == NoYes::Yes)', 'impossible: unmapped-value'],
    ['(Kind = 1)', "Kind eq 'vendor'", mapped],
    ['(Kind = 2)', 'impossible: unmapped-value', { ...mapped, typeOf: () => 'enum' }],
    ['(N > 1000) && (N <= 2000)', 'N gt 1000 and N le 2000'],
    ['(N == 1) && ((M == 2) || (K == 3))', 'N eq 1 and (M eq 2 or K eq 3)'],
    ['A == 1 && B == 2 || C == 3', '(A eq 1 and B eq 2) or C eq 3'],
    ['!(N == 1 || M < 2)', 'N ne 1 and M ge 2'],
    ['(F != "")', 'F ne null'],
    ['(F == "")', 'impossible: null-or-empty'],
    ['(F == "")', 'F eq null', solid],
    ['(F != "x")', 'impossible: null-or-empty'],
    ['(F != "x")', "F ne 'x' or F eq null", solid],
    ['(F == "O\'Brien")', "F eq 'O''Brien'"],
    ['(name like "A*")', "startswith(name, 'A')"],
    ['(name like "*A")', "endswith(name, 'A')"],
    ['(name like "*A*")', "contains(name, 'A')"],
    ['(!(name like "*A*"))', 'impossible: null-or-empty'],
    ['(!(name like "*A*"))', "not contains(name, 'A') or name eq null", solid],
    ['(name like "A?B")', 'impossible: pattern'],
    ['(name like "A*B")', 'impossible: pattern'],
    ['(name like "5%*")', 'impossible: pattern'],
    ['(name like "*")', 'impossible: pattern'],
    [String.raw`(D >= 23\06\2021)`, 'D ge 2021-06-23'],
    [String.raw`(D == 1\1\1900)`, 'D eq null', solid],
    [String.raw`(D < 23\06\2021)`, 'impossible: null-or-empty'],
    ['(T >= 2021-06-23T00:00:00)', 'T ge 2021-06-23T00:00:00Z'],
    ['(A == B)', 'impossible: two-fields'],
    ['(DS.A == 1)', 'impossible: no-meaning'],
    ['(Day(1))', 'impossible: no-meaning'],
    ['(N == 99999999999999999999)', 'N eq 99999999999999999999'],
    ['(A == 1)', 'impossible: unmapped-field', { fieldOf: () => undefined }],
    ['(A == 1)', 'msdyn_a eq 1', { fieldOf: (name) => `msdyn_${name.toLowerCase()}` }],
  ];
  for (const [source, expected, context] of cases) {
    it(`${source} is ${expected}`, () => equal(result(toOData(source, context)), expected));
  }

  it('says where it fails', () =>
    deepEqual(toOData('(N == 1) && (F == "")'), {
      kind: 'impossible',
      reason: { code: 'null-or-empty', span: { start: 13, end: 20 }, field: 'F' },
    }));
});

describe('OData to X++', () => {
  const cases: readonly (readonly [string, string, ConversionContext?])[] = [
    ['', ''],
    ['true', ''],
    ['false', 'impossible: no-meaning'],
    ['customertypecode eq 3', '(customertypecode == 3)'],
    ['a eq 1 and (b ne 2 or c lt 3)', '((a == 1) && ((b != 2) || (c < 3)))'],
    ["a ne 'x'", '((a != "x") && (a != ""))'],
    ["a eq 'x'", '(a == "x")'],
    ['a eq \'say "hi"\'', String.raw`(a == "say \"hi\"")`],
    ["a eq ''", 'impossible: null-or-empty'],
    ["a ne null and a ne 'x'", '((a != "") && ((a != "x") && (a != "")))'],
    ['a ne null', 'impossible: null-type'],
    ['a ne null', '(a != "")', { typeOf: () => 'text' }],
    ['a eq null', 'impossible: null-or-empty', { typeOf: () => 'text' }],
    ['a eq null', '(a == "")', { typeOf: () => 'text', ...solid }],
    ['d eq null', String.raw`(d == 01\01\1900)`, { typeOf: () => 'date', ...solid }],
    ['n eq null', 'impossible: null-type', { typeOf: () => 'number', ...solid }],
    ['t eq 192350002 and s eq true', '((t == "Organization") && (s == "Yes"))', mapped],
    ['s ne true', '(s != "Yes")', mapped],
    ['t gt 192350002', 'impossible: order', mapped],
    ['t eq 5', 'impossible: unmapped-value', { ...mapped, typeOf: () => 'enum' }],
    ['s eq true', 'impossible: unmapped-value'],
    ["not contains(name, 'A')", '((!(name like "*A*")) && (name != ""))'],
    ["startswith(name, 'A')", '(name like "A*")'],
    ["endswith(name, 'A')", '(name like "*A")'],
    ["contains(name, '50%')", 'impossible: pattern'],
    ["contains(name, 'a*')", 'impossible: pattern'],
    ['d gt 2021-06-23', String.raw`(d > 23\06\2021)`],
    ['d gt 1800-06-23', 'impossible: literal'],
    ['d le 2021-06-23', String.raw`((d <= 23\06\2021) && (d != 01\01\1900))`],
    ['t ge 2021-06-23T02:00:00+02:00', '(t >= 2021-06-23T00:00:00)'],
    ['n in (2,1)', '((n == 2) || (n == 1))'],
    ['a eq b', 'impossible: two-fields'],
    ['a/b eq 1', 'impossible: no-meaning'],
    ['n eq 1e30', 'impossible: literal'],
  ];
  for (const [source, expected, context] of cases) {
    it(`${source} is ${expected}`, () => equal(result(toXpp(source, context)), expected));
  }

  it('reads what it wrote: every published filter comes back with the same meaning', function () {
    const rows = readShared(this, 'facts/filters.tsv').split('\n');
    let count = 0;
    for (const [side, , filter = ''] of rows.map((row) => row.split('\t'))) {
      if (side !== 'fo') continue;
      const there = toOData(filter, solid);
      if (there.kind === 'impossible') continue;
      const back = toXpp(there.text, solid);
      if (back.kind === 'impossible') continue;
      count += 1;
      const compared = compareConditions(xppMeaning(filter), xppMeaning(back.text), {
        isNullable: () => false,
      });
      equal(compared.kind, 'equal', filter);
    }
    equal(count > 15, true);
  });
});

/** The row as Dataverse holds it: what is empty is null there (conversion.ts). */
const inDataverse = (row: Cells): Cells => ({
  ...row,
  t: row.t?.trim() === '' ? null : row.t,
  u: row.u?.trim() === '' ? null : row.u,
  d: row.d === '1900-01-01' ? null : row.d,
});

const withoutNull = (row: Cells): Cells => ({
  ...row,
  t: row.t ?? '',
  u: row.u ?? '',
  d: row.d ?? '1900-01-01',
});

describe('a converted filter', () => {
  it('keeps the rows that its X++ filter keeps', () => {
    fc.assert(
      fc.property(xppFilter, cells, fc.boolean(), (source, given, isNullable) => {
        const row = isNullable ? given : withoutNull(given);
        const conversion = toOData(source, { isNullable: () => isNullable });
        if (conversion.kind === 'impossible') return;
        equal(
          evaluate(odataMeaning(conversion.text), asRow(inDataverse(row))) === true,
          evaluate(xppMeaning(source), asRow(row)) === true,
          conversion.text,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps the rows that its OData filter keeps', () => {
    const typeOf = (field: string): 'text' | 'date' | 'number' => {
      if (field === 'N' || field === 'S') return 'number';
      return field === 'D' ? 'date' : 'text';
    };
    fc.assert(
      fc.property(odataFilter, cells, fc.boolean(), (source, given, isNullable) => {
        const row = isNullable ? given : withoutNull(given);
        const conversion = toXpp(source, { isNullable: () => isNullable, typeOf });
        if (conversion.kind === 'impossible') return;
        equal(
          evaluate(xppMeaning(conversion.text), asRow(row)) === true,
          evaluate(odataMeaning(source), asRow(inDataverse(row))) === true,
          conversion.text,
        );
      }),
      { numRuns: 1000 },
    );
  });
});
