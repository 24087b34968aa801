import { deepEqual, equal } from 'node:assert/strict';
import { parseTableView } from '../../../../src/filter/tableFilter/view.ts';
import { applyEdits } from '../../../../src/text/edit.ts';
import { told } from '../range/shape.ts';
import { shapeOfView } from './shape.ts';

/** Problems as `code start..end`, in the order of the text: all of them. */
const invalid = [
  {
    id: 'no part of a view',
    source: 'FOO(x) SORTING(A)',
    shape: 'by A',
    problems: ['unknown-function.viewSection 0..3'],
  },
  {
    id: 'a part without parentheses',
    source: 'SORTING',
    shape: '',
    problems: ['expected-value.afterEnd 0..7'],
  },
  {
    id: 'a part twice',
    source: 'SORTING(A) SORTING(B)',
    shape: 'by A',
    problems: ['unexpected-token.repeated 11..18'],
  },
  {
    id: 'an order there is not',
    source: 'ORDER(up)',
    shape: 'Ascending',
    problems: ['unexpected-token.order 6..8'],
  },
  {
    id: 'no order',
    source: 'ORDER()',
    shape: 'Ascending',
    problems: ['unexpected-token.order 5..6'],
  },
  {
    id: 'no field to sort by',
    source: 'SORTING()',
    shape: 'by ',
    problems: ['expected-value.after 8..9'],
  },
  {
    id: 'a comma too many',
    source: 'SORTING(A,,B)',
    shape: 'by A, B',
    problems: ['expected-value.after 10..11'],
  },
  {
    id: 'something behind a name',
    source: 'SORTING("A"b,C)',
    shape: 'by A, C',
    problems: ['unexpected-token 11..12'],
  },
  {
    id: 'an unclosed name',
    source: 'SORTING("No)',
    shape: 'by No',
    problems: ['unterminated-string 8..11'],
  },
  { id: 'no condition', source: 'WHERE()', shape: ': _', problems: ['expected-value.after 6..7'] },
  {
    id: 'no equals sign',
    source: 'WHERE(A,B=CONST(1))',
    shape: 'A: _; B = "1"',
    problems: ['expected-operator.view 7..8'],
  },
  {
    id: 'an end behind a field',
    source: 'WHERE("A"',
    shape: 'A: _',
    problems: ['unclosed-parenthesis 5..6', 'expected-operator.viewEnd 6..9'],
  },
  {
    id: 'no filter',
    source: 'WHERE(A=)',
    shape: 'A: _',
    problems: ['expected-value.filterKind 8..9'],
  },
  {
    id: 'a bare value',
    source: 'WHERE(A=5,B=CONST(1))',
    shape: 'A: _; B = "1"',
    problems: ['expected-value.filterKind 8..9'],
  },
  {
    id: 'a kind there is not',
    source: 'WHERE(A=2(x))',
    shape: 'A: _',
    problems: ['unknown-function.filterKind 8..9'],
  },
  {
    id: 'the field of a link',
    source: 'WHERE(A=FIELD(B))',
    shape: 'A: _',
    problems: ['unknown-function.viewField 8..13'],
  },
  {
    id: 'something behind a filter',
    source: 'WHERE(A=FILTER(x) y,B=CONST(z))',
    shape: 'A: "x"; B = "z"',
    problems: ['unexpected-token 18..19'],
  },
  {
    id: 'an unclosed quote in a filter',
    source: "WHERE(A=FILTER('x),B=CONST(z))",
    shape: 'A: "x"; B = "z"',
    problems: ['unterminated-string 15..17'],
  },
  {
    id: 'double quotes in filters',
    source: 'WHERE(A=FILTER("x y"),B=CONST("z"))',
    shape: 'A: "x y"; B = "z"',
    problems: ['double-quotes 15..20', 'double-quotes 30..33'],
  },
  {
    id: 'an unclosed parenthesis',
    source: 'WHERE(A=FILTER(x)',
    shape: 'A: "x"',
    problems: ['unclosed-parenthesis 5..6'],
  },
  {
    id: 'a parenthesis too many',
    source: 'SORTING(A))',
    shape: 'by A',
    problems: ['unopened-parenthesis 10..11'],
  },
  {
    id: 'a semicolon',
    source: 'SORTING(A);',
    shape: 'by A',
    problems: ['unexpected-token 10..11'],
  },
  {
    id: 'several mistakes',
    source: 'VERSION(1) ORDER(x) WHERE(A=FILTER(!=1),B=5,C=FILTER(|x))',
    shape: 'v1 | Ascending | A: <>number:1; B: _; C: [_ | "x"]',
    problems: [
      'unexpected-token.order 17..18',
      'foreign-operator 35..37',
      'expected-value.filterKind 42..43',
      'expected-value.first 53..54',
    ],
  },
] as const;

const parsed = (
  source: string,
): { readonly shape: string; readonly problems: readonly string[] } => {
  const { value, problems } = parseTableView(source);
  return { shape: shapeOfView(value), problems: told(problems) };
};

describe('mistakes in table views', () => {
  for (const { id, source, shape, problems } of invalid) {
    it(`tells each mistake once, at its place: ${id}`, () => {
      deepEqual(parsed(source), { shape, problems });
    });
  }

  it('offers the filter around a bare value', () => {
    const source = 'WHERE(A=x y ,B=CONST(1))';
    const [problem] = parseTableView(source).problems;
    const fixed = applyEdits(source, problem?.fixes?.[0]?.edits ?? []);
    equal(fixed, 'WHERE(A=FILTER(x y) ,B=CONST(1))');
    deepEqual(parsed(fixed).problems, []);
  });
});
