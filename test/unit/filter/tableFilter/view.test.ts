import { deepEqual, equal } from 'node:assert/strict';
import * as fc from 'fast-check';
import { evaluate } from '../../../../src/filter/meaning/evaluate.ts';
import { analyseTableView } from '../../../../src/filter/tableFilter/analyse.ts';
import { printTableView } from '../../../../src/filter/tableFilter/printView.ts';
import { parseTableView } from '../../../../src/filter/tableFilter/view.ts';
import type { ViewedTable } from '../../../../src/filter/tableFilter/viewMeaning.ts';
import { writtenText } from '../../../kit/random.ts';
import { checkPlaces, checkSpans, told } from '../range/shape.ts';
import { shapeOfView } from './shape.ts';

const valid = [
  { id: 'nothing', source: '', shape: '' },
  {
    id: 'names',
    source: 'SORTING(Name) ORDER(Ascending) WHERE(No.=FILTER(10000..20000))',
    shape: 'by Name | Ascending | No.: number:10000..number:20000',
  },
  {
    id: 'numbers for names',
    source: 'VERSION(1) SORTING(Field1,Field3) WHERE(Field1=1(1),Field3=1(TEST*))',
    shape: 'v1 | by Field1#, Field3# | Field1#: number:1; Field3#: like"TEST*"',
  },
  {
    id: 'a constant by number',
    source: 'where(field1=0(1),field3=1(2|3))',
    shape: 'field1# = "1"; field3#: [number:2 | number:3]',
  },
  {
    id: 'quoted names',
    source: 'VERSION(1) SORTING("No.") WHERE("No."=FILTER(1))',
    shape: 'v1 | by No. | No.: number:1',
  },
  {
    id: 'names with signs',
    source: 'SORTING("A, ""B""") WHERE("A=B"=CONST(x))',
    shape: 'by A, "B" | A=B = "x"',
  },
  {
    id: 'bare names with parentheses',
    source: 'SORTING(Balance (LCY),No.) WHERE(Balance (LCY)=FILTER(>5))',
    shape: 'by Balance (LCY), No. | Balance (LCY): >number:5',
  },
  {
    id: 'lower case and blanks, as in AL',
    source:
      'sorting (Name, "No.") order(descending)\n where ("Balance (LCY)" = filter (>= 50000), Open = const (true))',
    shape: 'by Name, No. | Descending | Balance (LCY): >=number:50000; Open = "true"',
  },
  {
    id: 'signs in constants',
    source: 'WHERE(A=CONST(x (y) | z*),B=CONST())',
    shape: 'A = "x (y) | z*"; B = ""',
  },
  { id: 'a quoted constant', source: "WHERE(A=CONST('it''s)'))", shape: 'A = "it\'s)"' },
  {
    id: 'an interval as constant',
    source: 'WHERE(No.=CONST(1..2))',
    shape: 'No.: number:1..number:2',
  },
  {
    id: 'parentheses in quotes',
    source: "WHERE(A=FILTER('a)b'),B=FILTER((x|y)&<>z))",
    shape: 'A: "a)b"; B: [(["x" | "y"]) & <>"z"]',
  },
  {
    id: 'apostrophes',
    source: "WHERE(A=FILTER(O'Brien),B=FILTER(D'Arc))",
    shape: 'A: "O\'Brien"; B: "D\'Arc"',
  },
  { id: 'no filter of a field', source: 'WHERE(A=FILTER())', shape: 'A: -' },
  { id: 'parts in any order', source: 'WHERE(A=CONST(1)) SORTING(A)', shape: 'by A | A = "1"' },
] as const;

const parsed = (
  source: string,
): { readonly shape: string; readonly problems: readonly string[] } => {
  const { value, problems } = parseTableView(source);
  return { shape: shapeOfView(value), problems: told(problems) };
};

const rows = [
  { 'No.': '9000', Name: 'Adatum', 'Balance (LCY)': '0', Blocked: '' },
  { 'No.': '10000', Name: 'Adatum', 'Balance (LCY)': '60000', Blocked: '' },
  { 'No.': '15000', Name: 'adatum', 'Balance (LCY)': '70000', Blocked: 'All' },
  { 'No.': '20000', Name: 'Fabrikam', 'Balance (LCY)': '10', Blocked: '' },
] as const;

const customers: ViewedTable = {
  typeOf: (field) =>
    (({ Name: 'text', 'Balance (LCY)': 'number', Blocked: 'option' }) as const)[field],
  nameOf: (number) => ({ 1: 'No.', 2: 'Name', 39: 'Blocked' })[number],
};

const kept = (view: string): readonly string[] =>
  rows
    .filter((row) => {
      const { meaning } = analyseTableView(view, customers).value;
      const cells: Readonly<Record<string, string>> = row;
      return evaluate(meaning, (field) => cells[field] ?? null) === true;
    })
    .map((row) => row['No.']);

const views = [
  { view: '', keeps: ['9000', '10000', '15000', '20000'] },
  { view: 'SORTING(Name)', keeps: ['9000', '10000', '15000', '20000'] },
  { view: 'WHERE(No.=FILTER(10000..20000))', keeps: ['10000', '15000', '20000'] },
  { view: 'WHERE(No.=CONST(10000..20000),Name=FILTER(A*))', keeps: ['10000'] },
  { view: 'WHERE(No.=FILTER(10000..20000),Name=FILTER(@A*))', keeps: ['10000', '15000'] },
  { view: 'WHERE("Balance (LCY)"=FILTER(>=50000),Blocked=CONST(all))', keeps: ['15000'] },
  {
    view: "VERSION(1) SORTING(Field1) WHERE(Field2=1(@adatum),Field39=1(''))",
    keeps: ['9000', '10000'],
  },
  { view: 'WHERE(Field39=0())', keeps: ['9000', '10000', '20000'] },
  { view: 'WHERE(Blocked=FILTER(),Name=CONST(Fabrikam))', keeps: ['20000'] },
  { view: 'WHERE(Name=FILTER(%me))', keeps: [] },
  { view: 'WHERE(Field7=CONST(x))', keeps: [] },
  { view: 'WHER(Name=FILTER(A*))', keeps: [] },
] as const;

const piece = fc.constantFrom(
  'SORTING(',
  'WHERE(',
  'ORDER(Ascending)',
  'VERSION(1)',
  ' ',
  'No.',
  '"No."',
  '"',
  "'",
  '=',
  'FILTER(',
  'CONST(',
  '1(',
  '(',
  ')',
  ',',
  'A|B',
  '..',
  'Field1',
  'x',
  ';',
);
const anyView = fc.array(piece, { maxLength: 16 }).map((parts) => parts.join(''));

const name = fc.constantFrom('Name', 'No.', '"No."', '"A, ""b"" (c)"', 'Balance (LCY)', 'Field18');
const condition = fc
  .tuple(
    name,
    fc.constantFrom(
      'FILTER(A*|b & <> c)',
      'filter( 1 .. 2 )',
      "Filter('x)' | @y)",
      'FILTER()',
      'CONST(a (b) c)',
      "CONST('')",
      '1(z)',
      '0(z)',
    ),
  )
  .map(([field, filter]) => `${field} = ${filter}`);
const validView = fc
  .tuple(
    fc.option(fc.constantFrom('VERSION(1)', 'version( 1 )'), { nil: '' }),
    fc.option(
      fc
        .array(name, { minLength: 1, maxLength: 3 })
        .map((names) => `SORTING(${names.join(' , ')})`),
      { nil: '' },
    ),
    fc.option(fc.constantFrom('ORDER(Ascending)', 'order( descending )'), { nil: '' }),
    fc.option(
      fc
        .array(condition, { minLength: 1, maxLength: 3 })
        .map((conditions) => `WHERE(${conditions.join(' ,')})`),
      { nil: '' },
    ),
  )
  .map((parts) => parts.join(' '));

describe('the parser of table views', () => {
  for (const { id, source, shape } of valid) {
    it(`reads ${id}`, () => {
      deepEqual(parsed(source), { shape, problems: [] });
    });
  }

  it('never throws, and all it says stands inside the source', () => {
    const property = fc.property(fc.oneof(anyView, validView, writtenText), (source) => {
      const { value, problems } = analyseTableView(source);
      checkPlaces(problems, source);
      checkSpans(value.view, 0, source.length);
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  it('reads what it prints as it was', () => {
    const property = fc.property(validView, (source) => {
      const { value, problems } = parseTableView(source);
      deepEqual(problems, []);
      const printed = printTableView(value);
      deepEqual(parsed(printed), { shape: shapeOfView(value), problems: [] });
      equal(printTableView(parseTableView(printed).value), printed);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('prints a view as GetView does', () => {
    const source =
      'where ( "No." = filter ( 1 | 2 ) , Name = const ( x ) ) sorting (Name , "No." ) version(1)';
    equal(
      printTableView(parseTableView(source).value),
      'VERSION(1) SORTING(Name,"No.") WHERE("No."=FILTER(1|2),Name=CONST(x))',
    );
  });

  for (const { view, keeps } of views) {
    it(`keeps the rows of ${view === '' ? 'an empty view' : view}`, () =>
      deepEqual(kept(view), keeps));
  }

  it('reports the placeholders of its filters', () => {
    deepEqual(told(analyseTableView('WHERE(A=FILTER(%1),B=CONST(%1))').problems), [
      'placeholder.filter 15..17',
    ]);
  });

  const nested = (depth: number): string =>
    `WHERE(A=FILTER(${'('.repeat(depth)}x${')'.repeat(depth)}))`;
  it('reads up to 500 levels', () => {
    deepEqual(parsed(nested(500)).problems, []);
    deepEqual(parsed(nested(5_000)).problems, ['too-deep 515..516']);
  });

  const large = [
    {
      id: '100,000 conditions',
      source: `WHERE(${Array(100_000).fill('A=FILTER(x)').join(',')})`,
      count: 0,
    },
    {
      id: '100,000 terms',
      source: `WHERE(A=FILTER(${Array(100_000).fill('x').join('|')}))`,
      count: 0,
    },
    { id: '100,000 fields', source: `SORTING(${Array(100_000).fill('x').join(',')})`, count: 0 },
    { id: '50,000 open parentheses', source: 'WHERE('.repeat(50_000), count: 2 },
    { id: '50,000 open quotes', source: 'WHERE("'.repeat(50_000), count: 2 },
    { id: '50,000 words', source: 'x '.repeat(50_000), count: 50_000 },
    { id: 'a name of 10 MB', source: `SORTING("${'x'.repeat(10_000_000)}")`, count: 0 },
  ];
  for (const { id, source, count } of large) {
    it(`reads ${id}`, () => {
      equal(parseTableView(source).problems.length, count);
    });
  }
});
