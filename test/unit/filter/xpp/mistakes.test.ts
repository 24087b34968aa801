import { deepEqual } from 'node:assert/strict';
import { parsed } from '../../../kit/xppTree.ts';

/** A sign that is mistyped, and the one that was meant. */
const sameAs = (sign: string, meant: string) => ({
  id: `${sign} for ${meant}`,
  source: `(A ${sign} 1)`,
  tree: `(A ${meant} integer:1)`,
  problems: [`foreign-operator 3..${3 + sign.length}`],
});

/** Problems as `code start..end`, in the order of the text: all of them. */
const invalid = [
  { id: 'field alone', source: '(A)', tree: '(_)', problems: ['expected-comparison 1..2'] },
  {
    id: 'nothing in parentheses',
    source: '()',
    tree: '(_)',
    problems: ['expected-value.after 1..2'],
  },
  {
    id: 'value missing at the end',
    source: 'A ==',
    tree: 'A == _',
    problems: ['expected-value.afterEnd 2..4'],
  },
  {
    id: 'value missing in parentheses',
    source: '(A ==)',
    tree: '(A == _)',
    problems: ['expected-value.after 5..6'],
  },
  {
    id: 'value missing before &&',
    source: 'A == && B == 1',
    tree: '[A == _ && B == integer:1]',
    problems: ['expected-value.after 5..7'],
  },
  {
    id: 'left side missing',
    source: '== 1',
    tree: '_ == integer:1',
    problems: ['expected-value.first 0..2'],
  },
  {
    id: 'left side missing behind &&',
    source: 'A == 1 && == 2',
    tree: '[A == integer:1 && _ == integer:2]',
    problems: ['expected-value.after 10..12'],
  },
  {
    id: 'term missing at the end',
    source: 'A == 1 &&',
    tree: '[A == integer:1 && _]',
    problems: ['expected-value.afterEnd 7..9'],
  },
  {
    id: 'term missing at the start',
    source: '&& A == 1',
    tree: '[_ && A == integer:1]',
    problems: ['expected-value.first 0..2'],
  },
  {
    id: 'term missing in the middle',
    source: 'A == 1 && && B == 2',
    tree: '[A == integer:1 && _ && B == integer:2]',
    problems: ['expected-value.after 10..12'],
  },
  {
    id: 'term missing behind !',
    source: '!',
    tree: '!_',
    problems: ['expected-value.afterEnd 0..1'],
  },
  {
    id: 'connector missing',
    source: '(A == 1) (B == 2)',
    tree: '[(A == integer:1) && (B == integer:2)]',
    problems: ['expected-connector 9..10'],
  },
  {
    id: 'operator missing',
    source: '(A "x")',
    tree: '(A == "x")',
    problems: ['expected-operator 3..6'],
  },
  {
    id: 'word for an operator',
    source: 'A equals "x"',
    tree: 'A == "x"',
    problems: ['expected-operator 2..8'],
  },
  {
    id: 'second value',
    source: 'A == "x" "y"',
    tree: '[A == "x" && _]',
    problems: ['expected-connector 9..12'],
  },
  {
    id: 'second relation',
    source: 'A == 1 == 2',
    tree: 'A == integer:1',
    problems: ['unexpected-token 7..9'],
  },
  {
    id: '=== of JavaScript',
    source: '(A === 1)',
    tree: '(A == integer:1)',
    problems: ['foreign-operator 3..6'],
  },
  ...['= =', '== =', '==  ='].map((sign) => sameAs(sign, '==')),
  ...['!==', '! =', '=!', '==!', '= !'].map((sign) => sameAs(sign, '!=')),
  ...['=<', '< =', '<=='].map((sign) => sameAs(sign, '<=')),
  ...['=>', '> =', '>=='].map((sign) => sameAs(sign, '>=')),
  sameAs('< >', '!='),
  {
    id: 'list of values',
    source: '(A == "10","20", "30")',
    tree: '(A == "10")',
    problems: ['unexpected-token.list 10..21'],
  },
  {
    id: 'list of values and a further condition',
    source: 'A == 10, 20 && B == 1',
    tree: '[A == integer:10 && B == integer:1]',
    problems: ['unexpected-token.list 7..11'],
  },
  {
    id: 'comma for a connector',
    source: '(A == 1, B == 2)',
    tree: '([A == integer:1 && B == integer:2])',
    problems: ['unexpected-token.comma 7..8'],
  },
  {
    id: 'comma before a comparison that begins with a constant',
    source: '(A == 1, 2 == B)',
    tree: '([A == integer:1 && integer:2 == B])',
    problems: ['unexpected-token.comma 7..8'],
  },
  {
    id: 'comma before a connector, and a connector that is missing later',
    source: '(A == 1, && B == 2 C == 3)',
    tree: '([A == integer:1 && B == integer:2 && C == integer:3])',
    problems: ['unexpected-token 7..8', 'expected-connector 19..20'],
  },
  {
    id: 'comma at the end',
    source: 'A == 1,',
    tree: 'A == integer:1',
    problems: ['unexpected-token 6..7'],
  },
  {
    id: 'dot without a field',
    source: 'A. == 1',
    tree: '_ == integer:1',
    problems: ['expected-value.after 3..5'],
  },
  {
    id: 'enum without an element',
    source: 'A == T::',
    tree: 'A == _',
    problems: ['expected-value.afterEnd 6..8'],
  },
  {
    id: 'bracket without an index',
    source: 'A[ == 1',
    tree: '_ == integer:1',
    problems: ['expected-value.after 3..5'],
  },
  {
    id: 'unclosed',
    source: '((A == 1) && (B == 2)',
    tree: '([(A == integer:1) && (B == integer:2)])',
    problems: ['unclosed-parenthesis 0..1'],
  },
  {
    id: 'unclosed twice',
    source: '((A == 1',
    tree: '((A == integer:1))',
    problems: ['unclosed-parenthesis 0..1', 'unclosed-parenthesis 1..2'],
  },
  {
    id: 'unclosed call',
    source: 'f(1',
    tree: 'f(integer:1)',
    problems: ['unclosed-parenthesis 1..2'],
  },
  {
    id: 'unopened',
    source: '(A == 1))',
    tree: '(A == integer:1)',
    problems: ['unopened-parenthesis 8..9'],
  },
  {
    id: 'unopened in the middle',
    source: 'A == 1) && (B == 2)',
    tree: '[A == integer:1 && (B == integer:2)]',
    problems: ['unopened-parenthesis 6..7'],
  },
  {
    id: 'unterminated text',
    source: '(A == "x)',
    tree: '(A == "x)")',
    problems: ['unclosed-parenthesis 0..1', 'unterminated-string 6..9'],
  },
  {
    id: 'unterminated behind a backslash',
    source: String.raw`A == 'x\ `.trimEnd(),
    tree: String.raw`A == "x\\"`,
    problems: ['unterminated-string 5..8'],
  },
  { id: 'curly quotes', source: '(A == “x”)', tree: '(A == "x")', problems: ['curly-quotes 6..9'] },
  {
    id: 'single curly quotes',
    source: 'A == ‘x’',
    tree: 'A == "x"',
    problems: ['curly-quotes 5..8'],
  },
  { id: 'French quotes', source: 'A == «x»', tree: 'A == "x"', problems: ['curly-quotes 5..8'] },
  {
    id: 'ISO date',
    source: 'A == 2021-06-23',
    tree: 'A == date:2021-06-23',
    problems: ['date-format 5..15'],
  },
  {
    id: 'date with dots',
    source: 'A == 23.06.2021',
    tree: 'A == date:2021-06-23',
    problems: ['date-format 5..15'],
  },
  {
    id: 'American date',
    source: 'A == 6/23/2021',
    tree: 'A == date:2021-23-06',
    problems: ['date-format 5..14'],
  },
  {
    id: 'no such day',
    source: String.raw`A == 31\02\2021`,
    tree: 'A == date:2021-02-31',
    problems: ['invalid-date 5..15'],
  },
  {
    id: 'before the first date',
    source: String.raw`A == 31\12\1899`,
    tree: 'A == date:1899-12-31',
    problems: ['invalid-date 5..15'],
  },
  {
    id: 'behind the last date',
    source: String.raw`A == 1\1\2155`,
    tree: 'A == date:2155-01-01',
    problems: ['invalid-date 5..13'],
  },
  {
    id: 'no such day of a datetime',
    source: 'A == 2021-02-30T00:00:00',
    tree: 'A == datetime:2021-02-30T00:00:00',
    problems: ['invalid-date 5..24'],
  },
  {
    id: 'operators of OData',
    source: 'A ne 1 and not B gt 2',
    tree: '[A != integer:1 && !B > integer:2]',
    problems: [
      'foreign-operator 2..4',
      'foreign-operator 7..10',
      'foreign-operator 11..14',
      'foreign-operator 17..19',
    ],
  },
  {
    id: 'operators in capitals',
    source: 'A EQ 1 OR B LE 2',
    tree: '[A == integer:1 || B <= integer:2]',
    problems: ['foreign-operator 2..4', 'foreign-operator 7..9', 'foreign-operator 12..14'],
  },
  {
    id: 'operators of SQL',
    source: 'A <> 1',
    tree: 'A != integer:1',
    problems: ['foreign-operator 2..4'],
  },
  {
    id: 'single & and |',
    source: 'A == 1 & B == 2 | C == 3',
    tree: '[A == integer:1 && B == integer:2 || C == integer:3]',
    problems: ['foreign-operator 7..8', 'foreign-operator 16..17'],
  },
  {
    id: 'translated operators',
    source: 'A == 1 および B == 2 oder nicht C == 3',
    tree: '[A == integer:1 && B == integer:2 || !C == integer:3]',
    problems: ['foreign-operator 7..10', 'foreign-operator 18..22', 'foreign-operator 23..28'],
  },
  {
    id: 'foreign operator at the end',
    source: '(A == 1) and',
    tree: '[(A == integer:1) && _]',
    problems: ['foreign-operator 9..12', 'expected-value.afterEnd 9..12'],
  },
  {
    id: 'character without meaning',
    source: '(A == 1);',
    tree: '(A == integer:1)',
    problems: ['unexpected-character 8..9'],
  },
  {
    id: 'nothing but such characters',
    source: '##',
    tree: '-',
    problems: ['unexpected-character 0..2'],
  },
] as const;

describe('mistakes in X++ expressions', () => {
  for (const { id, source, tree, problems } of invalid) {
    it(`tells each mistake once, at its place: ${id}`, () => {
      deepEqual(parsed(source), { tree, problems });
    });
  }
});
