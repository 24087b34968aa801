import { deepEqual, equal, ok } from 'node:assert/strict';
import { rangeMethod, rangeMethods, signatureOf } from '../../../../src/filter/range/methods.ts';
import { isPlainRange } from '../../../../src/filter/range/plainRange.ts';
import { analyseXpp } from '../../../../src/filter/xpp/analyse.ts';
import type { Problem } from '../../../../src/problem/problem.ts';
import { applyEdits } from '../../../../src/text/edit.ts';
import { readShared } from '../../../kit/repository.ts';

const noField = (): boolean => false;

function onlyProblem(source: string, fields: readonly string[] = []): Problem {
  const { problems } = analyseXpp(source, noField, fields);
  equal(problems.length, 1, JSON.stringify(problems));
  const [problem] = problems;
  ok(problem);
  return problem;
}

/** Beyond those of plainRange.test.ts. */
const ranges = [
  'Johnson and Johnson',
  'A..C',
  '>= 5',
  '!""',
  'Van Dyck',
  '(Day(1)), x',
  '23.6.2021',
  'NoYes::Yes',
];
const others = [
  'A AND B',
  'A | B',
  'A eq 5',
  "O'Brien",
  'CustTable.',
  '(A)',
  '!',
  "x like 'a'",
  '31.2.2021',
];

describe('a plain range in place of an expression', () => {
  for (const text of ranges) {
    it(`is recognised: ${text}`, () => ok(isPlainRange(text)));
  }

  for (const text of others) {
    it(`is told from anything else: ${JSON.stringify(text)}`, () => ok(!isPlainRange(text)));
  }

  it('is every public plain range, and no public expression', function () {
    const rows = readShared(this, 'facts/filters.tsv')
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'))
      .filter(([side]) => side === 'fo' || side === 'xpp')
      .map(([, entity = '', text = '']) => ({ isRange: entity.includes('[plain range]'), text }));
    const plain = rows.filter(({ isRange }) => isRange);
    ok(plain.length >= 11 && rows.length > plain.length);
    deepEqual(
      rows.filter(({ isRange, text }) => isPlainRange(text) !== isRange),
      [],
    );
    for (const { text } of plain) equal(onlyProblem(text).code, 'plain-range');
  });

  it('names the range and its place', () => {
    deepEqual(onlyProblem('  A..C '), {
      code: 'plain-range',
      span: { start: 2, end: 6 },
      args: { text: 'A..C' },
    });
  });

  it('is converted for the fields it may be about, three at most', () => {
    const source = ' A..C';
    const problem = onlyProblem(source, ['Name', 'City', 'Code', 'Street']);
    equal(problem.variant, 'convertible');
    deepEqual(problem.args, { text: 'A..C', example: '((Name >= "A") && (Name <= "C"))' });
    deepEqual(
      problem.fixes?.map(({ title, args, edits }) => [title, args, applyEdits(source, edits)]),
      ['Name', 'City', 'Code'].map((field) => [
        'convert-range',
        { field },
        ` ((${field} >= "A") && (${field} <= "C"))`,
      ]),
    );
    for (const { edits } of problem.fixes ?? []) {
      equal(analyseXpp(applyEdits(source, edits)).value.meaning.kind, 'and');
    }
  });

  for (const text of ['T', 'T..', '>T', 'a, T']) {
    it(`is not converted where it means another day tomorrow: ${text}`, () => {
      const problem = onlyProblem(text, ['Date']);
      equal(problem.variant, 'today');
      equal(problem.fixes, undefined);
    });
  }

  it('has no example that is longer than a message', () => {
    const problem = onlyProblem(Array(100).fill('abc').join(','), ['Name']);
    equal(problem.variant, undefined);
    equal(problem.fixes?.length, 1);
  });

  it('is no range where it is a field', () => {
    const { problems } = analyseXpp('Blocked', () => true);
    deepEqual(
      problems.map(({ code }) => code),
      ['expected-comparison'],
    );
  });
});

describe('the methods of ranges', () => {
  it('are those Microsoft documents', () => {
    deepEqual(rangeMethods.map(signatureOf), [
      'Day(_relativeDays = 0)',
      'DayRange(_relativeDaysFrom = 0, _relativeDaysTo = 0)',
      'GreaterThanDate(_relativeDays = 0)',
      'GreaterThanUtcDate(_relativeDays = 0)',
      'GreaterThanUtcNow()',
      'LessThanDate(_relativeDays = 0)',
      'LessThanUtcDate(_relativeDays = 0)',
      'LessThanUtcNow()',
      'MonthRange(_relativeFrom = 0, _relativeTo = 0)',
      'YearRange(_relativeFrom = 0, _relativeTo = 0)',
    ]);
  });

  it('are found in any case, with their class or without', () => {
    equal(rangeMethod('sysQueryRangeUtil::DAYRANGE')?.name, 'DayRange');
    equal(rangeMethod('Mine::dayRange'), undefined);
  });
});
