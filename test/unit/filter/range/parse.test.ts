import { deepEqual, doesNotThrow, equal } from 'node:assert/strict';
import { Lexer } from 'chevrotain';
import * as fc from 'fast-check';
import { balanced } from '../../../../src/filter/parentheses.ts';
import { RangeGrammar } from '../../../../src/filter/range/grammar.ts';
import { parseRange } from '../../../../src/filter/range/parse.ts';
import * as tokens from '../../../../src/filter/range/tokens.ts';
import { writtenText } from '../../../kit/random.ts';
import { checkPlaces, checkSpans, shapeOf, told } from './shape.ts';

const valid = [
  { id: 'nothing', source: '', shape: '-' },
  { id: 'blanks', source: ' \t', shape: '-' },
  { id: 'a value', source: 'Smith', shape: '"Smith"' },
  { id: 'a value with blanks', source: ' Van Dyck ', shape: '"Van Dyck"' },
  { id: 'a negated value', source: '!Smith', shape: '!"Smith"' },
  { id: 'an interval', source: '1..10', shape: 'number:1..number:10' },
  { id: 'an interval with blanks', source: 'A .. C', shape: '"A".."C"' },
  { id: 'an open interval', source: '1000..', shape: 'number:1000..' },
  { id: 'an interval without beginning', source: '..1000', shape: '..number:1000' },
  {
    id: 'relations',
    source: '>1,<2,>=3,<= 4',
    shape: '>number:1, <number:2, >=number:3, <=number:4',
  },
  {
    id: 'wildcards',
    source: 'S*,*east,*th*,Sm?th',
    shape: 'pattern:S*, pattern:*east, pattern:*th*, pattern:Sm?th',
  },
  { id: 'a negated pattern', source: '!S*', shape: '!pattern:S*' },
  { id: 'a list', source: 'A, D,F ,G', shape: '"A", "D", "F", "G"' },
  {
    id: 'a list of everything',
    source: '..5000, 5012..5014, 5500, !6500, 6000..',
    shape: '..number:5000, number:5012..number:5014, number:5500, !number:6500, number:6000..',
  },
  { id: 'blank', source: '""', shape: '""' },
  { id: 'not blank', source: '!""', shape: '!""' },
  { id: 'a quoted value', source: '"a, b..c*"', shape: '"a, b..c*"' },
  { id: 'today', source: 'T', shape: 'today' },
  { id: 'from today on', source: 'T..', shape: 'today..' },
  { id: 'a word that begins like today', source: 'Today', shape: '"Today"' },
  { id: 'reals', source: '-1.5..2.25', shape: 'number:-1.5..number:2.25' },
  { id: 'a code with leading zeros', source: '0010', shape: '"0010"' },
  {
    id: 'more digits than a number holds',
    source: '12345678901234567890',
    shape: '"12345678901234567890"',
  },
  { id: 'points in a value', source: 'a.b.c', shape: '"a.b.c"' },
  { id: 'a date of X++', source: String.raw`23\06\2021..`, shape: 'date:2021-06-23..' },
  { id: 'a date with points', source: '23.6.2021', shape: 'date:2021-06-23' },
  { id: 'an ISO date', source: '2021-06-23', shape: 'date:2021-06-23' },
  {
    id: 'a date with one reading',
    source: '6/23/2021,23/6/2021,6/6/2021',
    shape: 'date:2021-06-23, date:2021-06-23, date:2021-06-06',
  },
  { id: 'a date with two', source: '1/2/2021', shape: 'ambiguousDate' },
  { id: 'a point in time', source: '2021-06-23T10:30:00', shape: 'datetime:2021-06-23T10:30:00' },
  { id: 'an enum element', source: 'NoYes::Yes', shape: 'NoYes::Yes' },
  { id: 'a method', source: '(yearRange(-2,0))', shape: 'yearRange(-2,0)' },
  {
    id: 'a method without arguments',
    source: '(GreaterThanUtcNow())',
    shape: 'GreaterThanUtcNow()',
  },
  { id: 'a method of a class', source: '( Mine::later( 5 ) )', shape: 'Mine::later(5)' },
  {
    id: 'methods in a list',
    source: '(Day(1)), (DayRange(-30, 0)), x',
    shape: 'Day(1), DayRange(-30,0), "x"',
  },
  { id: 'emoji', source: '😀..組織', shape: '"😀".."組織"' },
] as const;

/** Problems as `code start..end`, in the order of the text: all of them. */
const invalid = [
  { id: 'two points alone', source: '..', shape: '..', problems: ['expected-value.interval 0..2'] },
  {
    id: 'nothing behind a sign',
    source: '>',
    shape: '>_',
    problems: ['expected-value.afterEnd 0..1'],
  },
  {
    id: 'nothing behind !',
    source: 'a, !, b',
    shape: '"a", !_, "b"',
    problems: ['expected-value.after 4..5'],
  },
  {
    id: 'nothing between commas',
    source: 'a,,b',
    shape: '"a", _, "b"',
    problems: ['expected-value.after 2..3'],
  },
  { id: 'a comma first', source: ',b', shape: '_, "b"', problems: ['expected-value.first 0..1'] },
  { id: 'a comma last', source: 'a,', shape: '"a", _', problems: ['expected-value.afterEnd 1..2'] },
  { id: 'three ends', source: '1..2..3', shape: '_', problems: ['unexpected-token 4..6'] },
  {
    id: 'an unclosed quote',
    source: '"abc',
    shape: '"abc"',
    problems: ['unterminated-string 0..4'],
  },
  {
    id: 'a day there is not',
    source: '31.2.2021',
    shape: '"31.2.2021"',
    problems: ['invalid-date 0..9'],
  },
  {
    id: 'an expression',
    source: 'A == 5, b',
    shape: '_, "b"',
    problems: ['unexpected-token 2..4'],
  },
  {
    id: 'an expression in parentheses',
    source: '(A == 5)',
    shape: '_',
    problems: ['unexpected-token 0..1'],
  },
  {
    id: 'parentheses in parentheses',
    source: '((a))',
    shape: '_',
    problems: ['unexpected-token 0..1'],
  },
  {
    id: '<> and != for !',
    source: '<>1,!=2',
    shape: '!number:1, !number:2',
    problems: ['foreign-operator 0..2', 'foreign-operator 4..6'],
  },
  {
    id: '| for a comma',
    source: '1|2||3',
    shape: 'number:1, number:2, number:3',
    problems: ['foreign-operator 1..2', 'foreign-operator 3..5'],
  },
  {
    id: 'an argument that is no number',
    source: '(Day(x))',
    shape: 'Day(x)',
    problems: ['invalid-literal.number 5..6'],
  },
  {
    id: 'too many arguments',
    source: '(Day(1,2))',
    shape: 'Day(1,2)',
    problems: ['argument-count 1..4'],
  },
  {
    id: 'an unclosed method',
    source: '(Day(1)',
    shape: 'Day(1)',
    problems: ['unclosed-parenthesis 0..1'],
  },
  {
    id: 'a parenthesis too many',
    source: 'a)',
    shape: '"a"',
    problems: ['unopened-parenthesis 1..2'],
  },
  { id: 'a parenthesis alone', source: ')', shape: '-', problems: ['unopened-parenthesis 0..1'] },
  {
    id: 'several mistakes',
    source: '<>1, >, (Day(1',
    shape: '!number:1, >_, Day(1)',
    problems: [
      'foreign-operator 0..2',
      'expected-value.after 6..7',
      'unclosed-parenthesis 8..9',
      'unclosed-parenthesis 12..13',
    ],
  },
] as const;

const parsed = (
  source: string,
): { readonly shape: string; readonly problems: readonly string[] } => {
  const { value, problems } = parseRange(source);
  return { shape: shapeOf(value), problems: told(problems) };
};

const anySource = fc
  .array(
    fc.constantFrom(
      'a',
      'B c',
      '1',
      '1.5',
      '..',
      '.',
      ',',
      '!',
      '<',
      '>=',
      '<>',
      '!=',
      '|',
      '||',
      '==',
      '&&',
      '(',
      ')',
      '(Day(',
      '"x"',
      '"',
      "'",
      'T',
      '*',
      '?',
      '1/2/2021',
      '2021-02-31',
      ' ',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('the parser of plain ranges', () => {
  for (const { id, source, shape } of valid) {
    it(`reads ${id}`, () => {
      deepEqual(parsed(source), { shape, problems: [] });
    });
  }

  for (const { id, source, shape, problems } of invalid) {
    it(`tells each mistake once, at its place: ${id}`, () => {
      deepEqual(parsed(source), { shape, problems });
    });
  }

  it('has an unambiguous grammar', () => {
    doesNotThrow(() => new RangeGrammar(false));
  });

  const lexer = new Lexer(tokens.vocabulary, { positionTracking: 'onlyOffset' });
  const grammar = new RangeGrammar(true);
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
      grammar.range();
      deepEqual(grammar.errors.map(String), []);
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  it('never throws, and all it says stands inside the source', () => {
    const property = fc.property(fc.oneof(anySource, writtenText), (source) => {
      const { value, problems } = parseRange(source);
      checkPlaces(problems, source);
      checkSpans(value, 0, source.length);
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  const nestings = [
    { id: '500 parentheses', depth: 500, problems: ['unexpected-token 0..1'] },
    { id: '501 parentheses', depth: 501, problems: ['too-deep 500..501'] },
    { id: '5,000 parentheses', depth: 5_000, problems: ['too-deep 500..501'] },
  ];
  for (const { id, depth, problems } of nestings) {
    it(`reads up to 500 levels: ${id}`, () => {
      deepEqual(parsed(`${'('.repeat(depth)}a${')'.repeat(depth)}`).problems, problems);
    });
  }

  const large = [
    { id: '100,000 items', source: Array(100_000).fill('a..b').join(','), count: 0 },
    { id: '100,000 commas', source: ','.repeat(100_000), count: 100_001 },
    { id: '100,000 points', source: '..'.repeat(50_000), count: 2 },
    { id: 'a text of 10 MB', source: `"${'x'.repeat(10_000_000)}"`, count: 0 },
  ];
  for (const { id, source, count } of large) {
    it(`reads ${id}`, () => {
      equal(parseRange(source).problems.length, count);
    });
  }
});
