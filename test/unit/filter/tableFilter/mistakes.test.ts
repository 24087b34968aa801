import { deepEqual, equal } from 'node:assert/strict';
import { parseTableFilter } from '../../../../src/filter/tableFilter/parse.ts';
import { applyEdits } from '../../../../src/text/edit.ts';
import { told } from '../range/shape.ts';
import { shapeOf } from './shape.ts';

/** Problems as `code start..end`, in the order of the text: all of them. */
const invalid = [
  { id: 'two points alone', source: '..', shape: '..', problems: ['expected-value.interval 0..2'] },
  {
    id: 'nothing before |',
    source: '|A',
    shape: '[_ | "A"]',
    problems: ['expected-value.first 0..1'],
  },
  {
    id: 'nothing behind |',
    source: 'A|',
    shape: '["A" | _]',
    problems: ['expected-value.afterEnd 1..2'],
  },
  {
    id: 'nothing between operators',
    source: 'A|&B',
    shape: '["A" | [_ & "B"]]',
    problems: ['expected-value.after 2..3'],
  },
  {
    id: 'nothing in parentheses',
    source: '()',
    shape: '(_)',
    problems: ['expected-value.after 1..2'],
  },
  {
    id: 'nothing behind a sign',
    source: '(<>)',
    shape: '(<>_)',
    problems: ['expected-value.after 3..4'],
  },
  {
    id: 'three ends',
    source: '1..2..3',
    shape: '[number:1..number:2 & ..number:3]',
    problems: ['expected-connector.filter 4..6'],
  },
  {
    id: 'no operator between values',
    source: "'A' 'B'",
    shape: '["A" & "B"]',
    problems: ['expected-connector.filter 4..7'],
  },
  {
    id: 'no operator before a sign',
    source: '>50 <100',
    shape: '[>number:50 & <number:100]',
    problems: ['expected-connector.filter 4..5'],
  },
  {
    id: 'parentheses of a value',
    source: 'Balance (LCY)',
    shape: '["Balance" & ("LCY")]',
    problems: ['expected-connector.filterValue 8..9'],
  },
  {
    id: 'an equals sign of a value',
    source: 'A=B',
    shape: '["A" & ="B"]',
    problems: ['expected-connector.filterValue 1..2'],
  },
  {
    id: 'operators of X++',
    source: 'A||B&&C',
    shape: '["A" | ["B" & "C"]]',
    problems: ['foreign-operator 1..3', 'foreign-operator 4..6'],
  },
  {
    id: 'relations of X++',
    source: '!=1|==2',
    shape: '[<>number:1 | =number:2]',
    problems: ['foreign-operator 0..2', 'foreign-operator 4..6'],
  },
  {
    id: 'an unclosed quote',
    source: "A|'abc",
    shape: '["A" | "abc"]',
    problems: ['unterminated-string 2..6'],
  },
  {
    id: 'a quote that is not doubled',
    source: "'Bob's house'",
    shape: '"Bob\'s house\'"',
    problems: ['unescaped-quote 4..5'],
  },
  {
    id: 'double quotes',
    source: '"Credit Memo"|"A & B"',
    shape: '["Credit Memo" | "A & B"]',
    problems: ['double-quotes 0..13', 'double-quotes 14..21'],
  },
  {
    id: 'an unclosed parenthesis',
    source: '(A|(B',
    shape: '(["A" | ("B")])',
    problems: ['unclosed-parenthesis 0..1', 'unclosed-parenthesis 3..4'],
  },
  {
    id: 'a parenthesis too many',
    source: 'A)',
    shape: '"A"',
    problems: ['unopened-parenthesis 1..2'],
  },
  { id: 'a parenthesis alone', source: ')', shape: '-', problems: ['unopened-parenthesis 0..1'] },
  {
    id: 'several mistakes',
    source: '!=1|(A&"B C"',
    shape: '[<>number:1 | (["A" & "B C"])]',
    problems: ['foreign-operator 0..2', 'unclosed-parenthesis 4..5', 'double-quotes 7..12'],
  },
] as const;

/** What the first fix of each problem makes of the source. */
const fixed = [
  { source: 'Balance (LCY)', result: "'Balance (LCY)'" },
  { source: 'A=B', result: "'A=B'" },
  { source: '>50 <100', result: '>50& <100' },
  { source: 'A||B', result: 'A|B' },
  { source: '!=1', result: '<>1' },
  { source: "'abc", result: "'abc'" },
  { source: '"it\'s"', result: "'it''s'" },
  { source: '(A', result: '(A)' },
  { source: 'A)', result: 'A' },
] as const;

const parsed = (
  source: string,
): { readonly shape: string; readonly problems: readonly string[] } => {
  const { value, problems } = parseTableFilter(source);
  return { shape: shapeOf(value), problems: told(problems) };
};

describe('mistakes in table filters', () => {
  for (const { id, source, shape, problems } of invalid) {
    it(`tells each mistake once, at its place: ${id}`, () => {
      deepEqual(parsed(source), { shape, problems });
    });
  }

  for (const { source, result } of fixed) {
    it(`fixes ${source}`, () => {
      const [problem] = parseTableFilter(source).problems;
      const fixed = applyEdits(source, problem?.fixes?.[0]?.edits ?? []);
      equal(fixed, result);
      deepEqual(parseTableFilter(fixed).problems, []);
    });
  }
});
