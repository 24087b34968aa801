import { deepEqual, doesNotThrow, equal } from 'node:assert/strict';
import { Lexer } from 'chevrotain';
import * as fc from 'fast-check';
import { balanced } from '../../../../src/filter/parentheses.ts';
import { evaluate } from '../../../../src/filter/meaning/evaluate.ts';
import { TableFilterGrammar } from '../../../../src/filter/tableFilter/grammar.ts';
import { meaningOfTableFilter } from '../../../../src/filter/tableFilter/meaning.ts';
import { parseTableFilter } from '../../../../src/filter/tableFilter/parse.ts';
import { printTableFilter } from '../../../../src/filter/tableFilter/print.ts';
import * as tokens from '../../../../src/filter/tableFilter/tokens.ts';
import { writtenText } from '../../../kit/random.ts';
import { checkPlaces, checkSpans, told } from '../range/shape.ts';
import { shapeOf } from './shape.ts';

const valid = [
  { id: 'nothing', source: '', shape: '-' },
  { id: 'blanks', source: ' \t', shape: '-' },
  { id: 'a number', source: '377', shape: 'number:377' },
  { id: 'a text', source: 'BLUE', shape: '"BLUE"' },
  { id: 'a text with blanks', source: ' Van Dyck ', shape: '"Van Dyck"' },
  { id: 'an interval', source: '1100..2100', shape: 'number:1100..number:2100' },
  { id: 'an interval without beginning', source: '..2500', shape: '..number:2500' },
  { id: 'an open interval', source: 'x ..', shape: '"x"..' },
  { id: 'points beside an interval', source: 'No. ..1.5', shape: '"No."..number:1.5' },
  { id: 'either/or', source: '1200|1300', shape: '[number:1200 | number:1300]' },
  { id: 'and', source: '<2000&>1000', shape: '[<number:2000 & >number:1000]' },
  {
    id: 'all relations',
    source: '=1|<>2|<3|<=4|>5|>=6',
    shape: '[=number:1 | <>number:2 | <number:3 | <=number:4 | >number:5 | >=number:6]',
  },
  { id: '& before |', source: 'A|B&C|D', shape: '["A" | ["B" & "C"] | "D"]' },
  {
    id: 'parentheses',
    source: '30|(>=10&<=20)',
    shape: '[number:30 | ([>=number:10 & <=number:20])]',
  },
  { id: 'parentheses against the rank', source: '(A|B)&C', shape: '[(["A" | "B"]) & "C"]' },
  { id: 'wildcards', source: '*Co*|Hans?n', shape: '[like"*Co*" | like"Hans?n"]' },
  { id: 'any case', source: '@location', shape: '@"location"' },
  { id: 'wildcards in any case', source: '@*co?*', shape: '@like"*co?*"' },
  { id: 'no pattern', source: '<>A*', shape: '<>like"A*"' },
  { id: 'empty', source: "''", shape: '""' },
  { id: 'not empty', source: "<>''", shape: '<>""' },
  { id: 'quoted operators', source: "'A|B&(C=D)'", shape: '"A|B&(C=D)"' },
  { id: 'quoted points', source: "'A..B'", shape: '"A..B"' },
  { id: 'quoted number', source: "'10'", shape: '"10"' },
  { id: 'wildcards in quotes', source: "'J & V*'", shape: 'like"J & V*"' },
  { id: 'any case in quotes', source: "'@*J & V*'", shape: '@like"*J & V*"' },
  { id: 'any case before quotes', source: "@'J & V'", shape: '@"J & V"' },
  { id: 'wildcards around quotes', source: "*'A & B'*", shape: 'like"*A & B*"' },
  { id: 'doubled quotes', source: "'it''s & '''", shape: '"it\'s & \'"' },
  { id: 'an apostrophe in a word', source: "O'Brien|D'Arc", shape: '["O\'Brien" | "D\'Arc"]' },
  { id: 'an at sign in a word', source: 'a@b.com', shape: '"a@b.com"' },
  { id: 'an at sign alone', source: '@', shape: '"@"' },
  { id: 'relations in a word', source: 'A<B', shape: '"A<B"' },
  { id: 'a double quote in a word', source: '5" pipe', shape: String.raw`"5\" pipe"` },
  { id: 'commas', source: 'A, B', shape: '"A, B"' },
  { id: 'placeholders', source: '%1..%2', shape: 'placeholder:%1..placeholder:%2' },
  { id: 'a placeholder in a pattern, which is none', source: '*%1*', shape: 'like"*%1*"' },
  { id: 'tokens', source: '%me|%mycustomers', shape: '[token:%me | token:%mycustomers]' },
  {
    id: 'words of the day',
    source: 't|Today|w|workdate',
    shape: '[day:t | day:Today | day:w | day:workdate]',
  },
  { id: 'periods', source: 'P8..|period2', shape: '[period:P8.. | period:period2]' },
  {
    id: 'closing dates',
    source: 'C123124..C12/31/24',
    shape: 'closingDate:C123124..closingDate:C12/31/24',
  },
  { id: 'an ISO date', source: '2024-01-31..', shape: 'date:2024-01-31..' },
  {
    id: 'dates of a region',
    source: '12 15 00..01/15/01',
    shape: 'regionalDate:12 15 00..regionalDate:01/15/01',
  },
  {
    id: 'words that begin like others',
    source: 'Tom|Card|Peter|%x y',
    shape: '["Tom" | "Card" | "Peter" | "%x y"]',
  },
  { id: 'letters of any script', source: 'およ|😀*', shape: '["およ" | like"😀*"]' },
] as const;

const parsed = (
  source: string,
): { readonly shape: string; readonly problems: readonly string[] } => {
  const { value, problems } = parseTableFilter(source);
  return { shape: shapeOf(value), problems: told(problems) };
};

const anySource = fc
  .array(
    fc.constantFrom(
      'A',
      'b c',
      '1',
      '..',
      '.',
      '|',
      '&',
      '||',
      '&&',
      '(',
      ')',
      '=',
      '<>',
      '<',
      '>=',
      '!=',
      "'",
      "''",
      "'x'",
      '"',
      '"y"',
      '@',
      '*',
      '?',
      '%1',
      '%me',
      't',
      'C123124',
      "O'B",
      ' ',
      ',',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('the parser of table filters', () => {
  for (const { id, source, shape } of valid) {
    it(`reads ${id}`, () => {
      deepEqual(parsed(source), { shape, problems: [] });
    });
  }

  it('has an unambiguous grammar', () => {
    doesNotThrow(() => new TableFilterGrammar(false));
  });

  const lexer = new Lexer(tokens.vocabulary, {
    positionTracking: 'onlyOffset',
    ensureOptimizations: false,
  });
  const grammar = new TableFilterGrammar(true);
  it('has a production for every sequence of tokens', () => {
    const property = fc.property(anySource, (source) => {
      const { value } = balanced(lexer.tokenize(source).tokens, {
        open: tokens.LeftParenthesis,
        close: tokens.RightParenthesis,
        prefixes: [],
      });
      if (value === undefined || value.length === 0) return;
      grammar.input = [...value];
      grammar.source = source;
      grammar.filter();
      deepEqual(grammar.errors.map(String), []);
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  it('never throws, and all it says stands inside the source', () => {
    const property = fc.property(fc.oneof(anySource, writtenText), (source) => {
      const { value, problems } = parseTableFilter(source);
      checkPlaces(problems, source);
      checkSpans(value, 0, source.length);
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  it('reads a part of a source as it reads it alone', () => {
    const property = fc.property(anySource, writtenText, (source, before) => {
      const span = { start: before.length, end: before.length + source.length };
      const inside = parseTableFilter(`${before}${source}(`, span);
      checkSpans(inside.value, span.start, span.end);
      const alone = parseTableFilter(source);
      equal(shapeOf(inside.value), shapeOf(alone.value));
      const by = before.length;
      deepEqual(
        inside.problems.map(({ code, span }) => [code, span.start - by, span.end - by]),
        alone.problems.map(({ code, span }) => [code, span.start, span.end]),
      );
    });
    fc.assert(property, { numRuns: 500 });
  });

  const nestings = [
    { id: '500 parentheses', depth: 500, problems: [] },
    { id: '501 parentheses', depth: 501, problems: ['too-deep 500..501'] },
    { id: '5,000 parentheses', depth: 5_000, problems: ['too-deep 500..501'] },
  ];
  for (const { id, depth, problems } of nestings) {
    it(`reads up to 500 levels: ${id}`, () => {
      deepEqual(parsed(`${'('.repeat(depth)}a${')'.repeat(depth)}`).problems, problems);
    });
  }

  it('reads 500 levels wherever in a group they stand', () => {
    const source = Array(500)
      .fill(undefined)
      .reduce<string>((inside) => `(b|c&${inside}|d)`, 'a');
    const { value, problems } = parseTableFilter(source);
    deepEqual(problems, []);
    equal(printTableFilter(value), source);
    equal(
      evaluate(meaningOfTableFilter(value, { name: 'F' }), () => 'd'),
      true,
    );
  });

  const large = [
    { id: '100,000 terms', source: Array(100_000).fill('a..b&<>c').join('|'), count: 0 },
    { id: '100,000 operators', source: '|'.repeat(100_001), count: 100_002 },
    { id: '100,000 quotes', source: "'".repeat(100_000), count: 0 },
    { id: '100,000 double quotes', source: '"a|'.repeat(50_000), count: 1 },
    { id: '100,000 blanks', source: `a${' '.repeat(100_000)}|b`, count: 0 },
    { id: 'a text of 10 MB', source: `'${'x'.repeat(10_000_000)}'`, count: 0 },
    { id: 'doubled quotes of 10 MB', source: `'${"''".repeat(5_000_000)}'`, count: 0 },
  ];
  for (const { id, source, count } of large) {
    it(`reads ${id}`, () => {
      equal(parseTableFilter(source).problems.length, count);
    });
  }
});
