import assert from 'node:assert/strict';
import { parseOData } from '../../../../src/filter/odata/parse.ts';
import { problemCodes } from '../../../../src/problem/catalogue.ts';
import { messageOf, translator } from '../../../../src/problem/message.ts';
import { applyEdits } from '../../../../src/text/edit.ts';

interface Invalid {
  readonly id: string;
  readonly source: string;
  /** `code start-end`, with the variant behind a dot. */
  readonly problems: readonly string[];
  /** The text after the first fix of every problem that has one. */
  readonly fixed?: string;
}

const GUID = '8c9bdef2-1234-4567-89ab-0123456789ab';

const invalid: readonly Invalid[] = [
  // Missing parts.
  { id: 'no-right', source: 'a eq', problems: ['expected-value.afterEnd 2-4'] },
  { id: 'no-left', source: 'eq 5', problems: ['expected-value.first 0-2'] },
  { id: 'only-not', source: 'not', problems: ['expected-value.afterEnd 0-3'] },
  { id: 'ends-with-or', source: 'a eq 1 or', problems: ['expected-value.afterEnd 7-9'] },
  { id: 'begins-with-and', source: 'and a eq 1', problems: ['expected-value.first 0-3'] },
  {
    id: 'no-connector',
    source: 'a eq 1 b eq 2',
    problems: ['expected-connector.odata 7-8'],
    fixed: 'a eq 1 and b eq 2',
  },
  {
    id: 'no-connector-group',
    source: '(a eq 1) (b eq 2)',
    problems: ['expected-connector.odata 9-10'],
    fixed: '(a eq 1) and (b eq 2)',
  },
  {
    id: 'no-connector-call',
    source: "contains(a,'x') contains(b,'y')",
    problems: ['expected-connector.odata 16-24'],
    fixed: "contains(a,'x') and contains(b,'y')",
  },
  {
    id: 'no-connector-not',
    source: 'a eq 1 not b',
    problems: ['expected-connector.odata 7-10'],
    fixed: 'a eq 1 and not b',
  },
  { id: 'no-operator', source: "a 'x'", problems: ['expected-operator.odata 2-5'] },
  {
    id: 'word-for-operator',
    source: "name equals 'x'",
    problems: ['expected-operator.odata 5-11'],
  },
  { id: 'is-null', source: 'a is null', problems: ['expected-operator.odata 2-4'] },
  { id: 'value-alone', source: '5', problems: ['expected-comparison 0-1'] },
  { id: 'value-in-chain', source: "a eq 1 or 'x'", problems: ['expected-comparison 10-13'] },
  { id: 'value-in-group', source: '(5) and a', problems: ['expected-comparison 1-2'] },
  { id: 'sum-alone', source: 'a add 1', problems: ['expected-comparison 0-7'] },
  { id: 'length-alone', source: 'not length(a)', problems: ['expected-comparison 4-13'] },
  { id: 'value-in-lambda', source: 'a/any(x:5)', problems: ['expected-comparison 8-9'] },
  // Brackets.
  { id: 'unclosed', source: '(a eq 1', problems: ['unclosed-parenthesis 0-1'], fixed: '(a eq 1)' },
  { id: 'unopened', source: 'a eq 1)', problems: ['unopened-parenthesis 6-7'], fixed: 'a eq 1' },
  { id: 'empty-group', source: '()', problems: ['expected-value.after 1-2'] },
  {
    id: 'unclosed-call',
    source: "contains(name,'A'",
    problems: ['unclosed-parenthesis 8-9'],
    fixed: "contains(name,'A')",
  },
  {
    id: 'unclosed-array',
    source: 'f(a=["x","y")',
    problems: ['unclosed-parenthesis.bracket 4-5'],
    fixed: 'f(a=["x","y"])',
  },
  {
    id: 'unclosed-object',
    source: 'f({"a":1',
    problems: ['unclosed-parenthesis 1-2', 'unclosed-parenthesis.bracket 2-3'],
  },
  { id: 'surplus-bracket', source: 'a eq 1]', problems: ['unexpected-token 6-7'] },
  // Separators and paths.
  { id: 'comma', source: 'a eq 1, b eq 2', problems: ['unexpected-token 6-7'] },
  { id: 'comma-in-group', source: '(a eq 1,b eq 2)', problems: ['unexpected-token 7-8'] },
  { id: 'arguments-missing', source: 'f(a,,b)', problems: ['expected-value.after 4-5'] },
  { id: 'argument-first', source: 'f(,b)', problems: ['expected-value.after 2-3'] },
  { id: 'argument-last', source: 'f(a,)', problems: ['expected-value.after 4-5'] },
  { id: 'colon-in-call', source: 'f(a:b)', problems: ['unexpected-token 3-4'] },
  { id: 'semicolon', source: 'a eq 1;', problems: ['unexpected-token 6-7'] },
  { id: 'path-ends', source: 'primarycontactid/', problems: ['expected-value.afterEnd 16-17'] },
  { id: 'path-hole', source: 'a//b eq 1', problems: ['expected-value.after 2-3'] },
  { id: 'lambda-without-condition', source: 'a/any(x:)', problems: ['expected-value.after 8-9'] },
  { id: 'lambda-without-collection', source: 'any(x:x eq 1)', problems: ['unexpected-token 0-3'] },
  { id: 'all-empty', source: 'a/all()', problems: ['unexpected-token 6-7'] },
  { id: 'list-of-columns', source: 'a in (1,b)', problems: ['expected-value.literal 8-9'] },
  { id: 'unnamed-member', source: 'f({1})', problems: ['expected-value.member 3-4'] },
  { id: 'system-name', source: '$select eq 1', problems: ['unexpected-token 0-7'] },
  // X++ and other languages on this side (dualwrite.md S6, S8, S9).
  { id: 'xpp-equal', source: 'a == 1', problems: ['foreign-operator 2-4'], fixed: 'a eq 1' },
  {
    id: 'xpp-tight',
    source: 'a==1&&b!=2',
    problems: ['foreign-operator 1-3', 'foreign-operator 4-6', 'foreign-operator 7-9'],
    fixed: 'a eq 1 and b ne 2',
  },
  {
    id: 'xpp-or',
    source: 'a || b | c & d',
    problems: ['foreign-operator 2-4', 'foreign-operator 7-8', 'foreign-operator 11-12'],
    fixed: 'a or b or c and d',
  },
  { id: 'xpp-not', source: '!(a eq 1)', problems: ['foreign-operator 0-1'], fixed: 'not (a eq 1)' },
  {
    id: 'xpp-relations',
    source: 'a<1 or b<=1 or c>1 or d>=1',
    problems: [
      'foreign-operator 1-2',
      'foreign-operator 8-10',
      'foreign-operator 16-17',
      'foreign-operator 23-25',
    ],
    fixed: 'a lt 1 or b le 1 or c gt 1 or d ge 1',
  },
  {
    id: 'sql-equal',
    source: 'a = 1 or b <> 2',
    problems: ['foreign-operator 2-3', 'foreign-operator 11-13'],
    fixed: 'a eq 1 or b ne 2',
  },
  {
    id: 'arithmetic-signs',
    source: 'a + b * c - d % e / f eq 1',
    problems: [
      'foreign-operator 2-3',
      'foreign-operator 6-7',
      'foreign-operator 10-11',
      'foreign-operator 14-15',
      'foreign-operator 18-19',
    ],
    fixed: 'a add b mul c sub d mod e div f eq 1',
  },
  {
    id: 'double-quotes',
    source: 'a eq "O\'Brian"',
    problems: ['double-quotes 5-14'],
    fixed: "a eq 'O''Brian'",
  },
  { id: 'curly-single', source: 'a eq ‘x’', problems: ['curly-quotes 5-8'], fixed: "a eq 'x'" },
  { id: 'curly-double', source: 'a eq “x”', problems: ['curly-quotes 5-8'], fixed: "a eq 'x'" },
  {
    id: 'german',
    source: 'a eq 1 und nicht b oder c',
    problems: ['foreign-operator 7-10', 'foreign-operator 11-16', 'foreign-operator 19-23'],
    fixed: 'a eq 1 and not b or c',
  },
  {
    id: 'japanese',
    source: 'a eq 1 および b eq 2 または c',
    problems: ['foreign-operator 7-10', 'foreign-operator 18-21'],
    fixed: 'a eq 1 and b eq 2 or c',
  },
  {
    id: 'upper-case',
    source: 'a EQ 1 AND NOT b Or c eq NULL',
    problems: [
      'foreign-operator.case 2-4',
      'foreign-operator.case 7-10',
      'foreign-operator.case 11-14',
      'foreign-operator.case 17-19',
      'foreign-operator.case 25-29',
    ],
    fixed: 'a eq 1 and not b or c eq null',
  },
  {
    id: 'like-start',
    source: "name like 'A*'",
    problems: ['foreign-operator.like 5-9'],
    fixed: "startswith(name,'A')",
  },
  {
    id: 'like-end',
    source: "name LIKE '*A'",
    problems: ['foreign-operator.like 5-9'],
    fixed: "endswith(name,'A')",
  },
  {
    id: 'like-inside',
    source: "name like '*A*'",
    problems: ['foreign-operator.like 5-9'],
    fixed: "contains(name,'A')",
  },
  { id: 'like-no-fix', source: "name like 'A?B'", problems: ['foreign-operator.like 5-9'] },
  // Literals.
  {
    id: 'apostrophe',
    source: "a eq 'O'Bryan' and b eq 'y'",
    problems: ['unescaped-quote 5-14'],
    fixed: "a eq 'O''Bryan' and b eq 'y'",
  },
  {
    id: 'apostrophe-words',
    source: "contains(a,'Men's clothes')",
    problems: ['unescaped-quote 11-26'],
    fixed: "contains(a,'Men''s clothes')",
  },
  {
    id: 'unterminated',
    source: "a eq 'x",
    problems: ['unterminated-string 5-7'],
    fixed: "a eq 'x'",
  },
  {
    id: 'unterminated-doubled',
    source: "a eq 'x''",
    problems: ['unterminated-string 5-9'],
    fixed: "a eq 'x'''",
  },
  { id: 'no-such-day', source: 'a eq 2023-02-29', problems: ['invalid-date.odata 5-15'] },
  { id: 'short-date', source: 'a eq 2023-2-9', problems: ['invalid-date.odata 5-13'] },
  { id: 'no-such-time', source: 'a eq 25:00', problems: ['invalid-date.time 5-10'] },
  {
    id: 'no-such-instant',
    source: 'a eq 2023-02-09T24:00:00Z',
    problems: ['invalid-date.odata 5-25'],
  },
  {
    id: 'no-offset',
    source: 'a eq 2021-06-23T00:00:00',
    problems: ['date-format.offset 5-24'],
    fixed: 'a eq 2021-06-23T00:00:00Z',
  },
  {
    id: 'xpp-date',
    source: 'a eq 23\\06\\2021',
    problems: ['date-format.odata 5-15'],
    fixed: 'a eq 2021-06-23',
  },
  {
    id: 'slash-date',
    source: 'a eq 3/6/2021',
    problems: ['date-format.odata 5-13'],
    fixed: 'a eq 2021-06-03',
  },
  {
    id: 'v2-guid',
    source: `a eq guid'${GUID}'`,
    problems: ['foreign-literal 5-47'],
    fixed: `a eq ${GUID}`,
  },
  {
    id: 'braced-guid',
    source: `a eq {${GUID}}`,
    problems: ['foreign-literal 5-43'],
    fixed: `a eq ${GUID}`,
  },
  { id: 'half-guid', source: 'a eq 8c9bdef2-1234-4567', problems: ['invalid-literal.number 5-23'] },
  {
    id: 'v2-datetime',
    source: "a gt datetime'2021-06-23T00:00:00'",
    problems: ['foreign-literal 5-34'],
    fixed: 'a gt 2021-06-23T00:00:00Z',
  },
  { id: 'v2-decimal', source: 'a eq 1.5M', problems: ['foreign-literal 5-9'], fixed: 'a eq 1.5' },
  { id: 'number', source: 'a eq 12abc', problems: ['invalid-literal.number 5-10'] },
  { id: 'duration', source: "a eq duration'1h'", problems: ['invalid-literal.duration 5-17'] },
  { id: 'binary', source: "a eq binary'*'", problems: ['invalid-literal.binary 5-14'] },
  { id: 'enum', source: "a eq Color'Red'", problems: ['invalid-literal.enum 5-15'] },
  {
    id: 'place',
    source: "a eq geography'Point(1 2)'",
    problems: ['invalid-literal.geography 5-26'],
  },
  {
    id: 'shape',
    source: "a eq geometry'SRID=0;Line(1 2)'",
    problems: ['invalid-literal.geometry 5-31'],
  },
  // Blanks (RWS) and URLs.
  { id: 'no-blank-behind', source: 'a eq(5)', problems: ['missing-space 2-4'], fixed: 'a eq (5)' },
  {
    id: 'no-blanks',
    source: '(a eq 1)and(b eq 2)',
    problems: ['missing-space 8-11'],
    fixed: '(a eq 1) and (b eq 2)',
  },
  { id: 'no-blank-not', source: 'not(a)', problems: ['missing-space 0-3'], fixed: 'not (a)' },
  { id: 'no-blank-string', source: "a eq'x'", problems: ['missing-space 2-4'], fixed: "a eq 'x'" },
  {
    id: 'encoded',
    source: 'a%20eq%205',
    problems: ['unexpected-token.encoded 1-4', 'unexpected-token.encoded 6-9'],
    fixed: 'a eq 5',
  },
  { id: 'character', source: 'a eq 1 ~', problems: ['unexpected-character 7-8'] },
  // Several at once, each at its own place.
  {
    id: 'several',
    source: 'a == and b eq or (c',
    problems: [
      'foreign-operator 2-4',
      'expected-value.after 5-8',
      'expected-value.after 14-16',
      'unclosed-parenthesis 17-18',
    ],
  },
];

describe('parseOData on what the ABNF does not allow', () => {
  const translate = translator('en');

  for (const { id, source, problems, fixed } of invalid) {
    it(`${id}: ${source}`, () => {
      const found = parseOData(source);
      assert.deepEqual(
        found.problems.map(
          ({ code, variant, span }) =>
            `${code}${variant === undefined ? '' : `.${variant}`} ${span.start}-${span.end}`,
        ),
        problems,
      );
      assert.ok(found.value, 'the tree is whole');
      if (fixed === undefined) return;
      const edits = found.problems.flatMap(({ fixes }) => fixes?.[0]?.edits ?? []);
      assert.equal(applyEdits(source, edits), fixed);
      assert.deepEqual(
        parseOData(fixed).problems.filter(({ code }) => code !== 'expected-comparison'),
        [],
      );
    });

    it(`${id} has its messages`, () => {
      for (const problem of parseOData(source).problems) {
        assert.ok(problemCodes.includes(problem.code));
        const message = messageOf(problem, translate);
        assert.ok(!message.startsWith('problem.') && !/\{\w+\}/u.test(message), message);
        for (const { title, args } of problem.fixes ?? []) {
          assert.doesNotMatch(translate(`fix.${title}`, args), /^fix\./u);
        }
      }
    });
  }
});
