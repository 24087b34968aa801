import { deepEqual, equal } from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Condition } from '../../../../src/filter/meaning/condition.ts';
import { evaluate } from '../../../../src/filter/meaning/evaluate.ts';
import { analyseTableFilter } from '../../../../src/filter/tableFilter/analyse.ts';
import type { FieldType } from '../../../../src/filter/tableFilter/meaning.ts';
import { parseTableFilter } from '../../../../src/filter/tableFilter/parse.ts';
import { printTableFilter } from '../../../../src/filter/tableFilter/print.ts';
import { told } from '../range/shape.ts';
import { shapeOf } from './shape.ts';

const meaningOf = (source: string, type?: FieldType): Condition =>
  analyseTableFilter(source, 'F', type).value.meaning;

const kept = (source: string, cells: readonly (string | null)[], type?: FieldType): unknown =>
  cells.filter((cell) => evaluate(meaningOf(source, type), () => cell) === true);

const texts = ['', 'man', 'Man', 'Manchester', 'manual', 'Sportsman', 'J & V Ltd.', "O'Brien"];
const numbers = ['0', '9', '10', '50', '99.5', '100', '1300', '2000'];

/** The first column is Microsoft's pages on filters wherever they have an example. */
const filters: readonly {
  readonly filter: string;
  readonly cells: readonly string[];
  readonly keeps: readonly string[];
  readonly type?: FieldType;
}[] = [
  { filter: "'man'", cells: texts, keeps: ['man'] },
  { filter: 'Man*', cells: texts, keeps: ['Man', 'Manchester'] },
  { filter: '@Man*', cells: texts, keeps: ['man', 'Man', 'Manchester', 'manual'] },
  { filter: '@*man', cells: texts, keeps: ['man', 'Man', 'Sportsman'] },
  { filter: '*M*', cells: texts, keeps: ['Man', 'Manchester'] },
  { filter: '@MAN', cells: texts, keeps: ['man', 'Man'] },
  { filter: '?an', cells: texts, keeps: ['man', 'Man'] },
  { filter: "''", cells: texts, keeps: [''] },
  { filter: "<>''", cells: texts, keeps: texts.slice(1) },
  { filter: "'J & V*'", cells: texts, keeps: ['J & V Ltd.'] },
  { filter: "O'Brien|''", cells: texts, keeps: ['', "O'Brien"] },
  { filter: '<>Man*&<>@man*&<>@*s*', cells: texts, keeps: ['', 'J & V Ltd.', "O'Brien"] },
  {
    filter: 'Bicycle..Car',
    cells: ['Apple', 'Bicycle', 'Bus', 'Car', 'Cars'],
    keeps: ['Bicycle', 'Bus', 'Car'],
  },
  { filter: '10..100', cells: numbers, keeps: ['10', '50', '99.5', '100'] },
  { filter: '10..100', cells: ['10', '1000', '50'], keeps: ['10'], type: 'text' },
  { filter: '<>0', cells: numbers, keeps: numbers.slice(1) },
  { filter: '>50&<100', cells: numbers, keeps: ['99.5'] },
  { filter: '..1299|1400..', cells: numbers, keeps: numbers.filter((cell) => cell !== '1300') },
  { filter: '0|(>=10&<=50)', cells: numbers, keeps: ['0', '10', '50'] },
  { filter: '0|>=10&<=50', cells: numbers, keeps: ['0', '10', '50'] },
  { filter: '(0|>=10)&<=50', cells: numbers, keeps: ['0', '10', '50'] },
  { filter: 'blue', cells: ['BLUE', 'RED'], keeps: ['BLUE'], type: 'code' },
  {
    filter: 'open|Released',
    cells: ['Open', 'Pending', 'Released'],
    keeps: ['Open', 'Released'],
    type: 'option',
  },
  { filter: 't', cells: ['t', 'T'], keeps: ['t'], type: 'text' },
  {
    filter: '2024-01-31..',
    cells: ['2024-01-30', '2024-01-31', '2025-01-01'],
    keeps: ['2024-01-31', '2025-01-01'],
  },
  { filter: '', cells: texts, keeps: texts },
];

const withoutMeaning: readonly { readonly filter: string; readonly type?: FieldType }[] = [
  { filter: '%me', type: 'text' },
  { filter: '%1' },
  { filter: 't' },
  { filter: 'P8..', type: 'date' },
  { filter: 'C123124' },
  { filter: '12/31/24', type: 'date' },
  { filter: '>*a' },
  { filter: 'a*..b', type: 'number' },
  { filter: '..' },
  { filter: ')' },
  { filter: 'abc', type: 'number' },
  { filter: '2024-01-31', type: 'number' },
  { filter: '5', type: 'date' },
];

/** A filter and, computed without the parser, whether it keeps a number. */
interface Judged {
  readonly source: string;
  readonly keeps: (cell: number) => boolean;
}

const number = fc.integer({ min: -3, max: 9 });
const leaf: fc.Arbitrary<Judged> = fc.oneof(
  number.map((value) => ({ source: String(value), keeps: (cell: number) => cell === value })),
  number.map((value) => ({ source: `=${value}`, keeps: (cell: number) => cell === value })),
  number.map((value) => ({ source: `<>${value}`, keeps: (cell: number) => cell !== value })),
  number.map((value) => ({ source: `<${value}`, keeps: (cell: number) => cell < value })),
  number.map((value) => ({ source: `<= ${value}`, keeps: (cell: number) => cell <= value })),
  number.map((value) => ({ source: `>${value}`, keeps: (cell: number) => cell > value })),
  number.map((value) => ({ source: ` >=${value}`, keeps: (cell: number) => cell >= value })),
  number.map((value) => ({ source: `${value}..`, keeps: (cell: number) => cell >= value })),
  number.map((value) => ({ source: `..${value}`, keeps: (cell: number) => cell <= value })),
  fc.tuple(number, number).map(([from, to]) => ({
    source: `${from} .. ${to}`,
    keeps: (cell: number) => from <= cell && cell <= to,
  })),
);

const { any } = fc.letrec<{ any: Judged; alternative: Judged; term: Judged }>((tie) => ({
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('any').map(({ source, keeps }) => ({ source: `(${source})`, keeps })),
  ),
  alternative: fc.array(tie('term'), { minLength: 1, maxLength: 3 }).map((terms) => ({
    source: terms.map(({ source }) => source).join('&'),
    keeps: (cell: number) => terms.every(({ keeps }) => keeps(cell)),
  })),
  any: fc.array(tie('alternative'), { minLength: 1, maxLength: 3 }).map((terms) => ({
    source: terms.map(({ source }) => source).join(' | '),
    keeps: (cell: number) => terms.some(({ keeps }) => keeps(cell)),
  })),
}));

const word = fc.constantFrom(
  'A',
  'b c',
  "'x & y'",
  "''",
  '@q*',
  '*z',
  "O'B",
  'No.',
  '%me',
  '%2',
  't',
  'C123124',
  '2024-01-31',
  "'12'",
  '18.12.31.',
  "*'(1)'*",
);
const wordFilter = fc
  .array(
    fc.oneof(
      word,
      fc.tuple(fc.constantFrom('=', '<> ', '<', '>='), word).map((parts) => parts.join('')),
      fc.tuple(word, word).map(([from, to]) => `${from} .. ${to}`),
      word.map((text) => ` ( ${text} ..|${text} )`),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .chain((terms) => fc.constantFrom(' | ', '&').map((operator) => terms.join(operator)));

describe('the meaning of table filters', () => {
  for (const { filter, cells, keeps, type } of filters) {
    it(`keeps what ${filter === '' ? 'nothing' : filter} asks for${type === undefined ? '' : ` in a ${type}`}`, () => {
      deepEqual(analyseTableFilter(filter, 'F').problems, []);
      deepEqual(kept(filter, cells, type), keeps);
    });
  }

  for (const { filter, type } of withoutMeaning) {
    it(`is unknown for ${filter}${type === undefined ? '' : ` in a ${type}`}`, () => {
      deepEqual(kept(filter, ['', 't', '1', '2024-01-31'], type), []);
    });
  }

  it('is what counting tells, for every filter of numbers', () => {
    const property = fc.property(
      any,
      fc.integer({ min: -4, max: 10 }),
      ({ source, keeps }, cell) => {
        deepEqual(analyseTableFilter(source, 'F').problems, []);
        equal(
          evaluate(meaningOf(source, 'number'), () => String(cell)),
          keeps(cell),
          source,
        );
      },
    );
    fc.assert(property, { numRuns: 500 });
  });

  it('is not changed by printing, and printing again changes nothing', () => {
    const cell = fc.constantFrom(
      null,
      '',
      'A',
      'a',
      'b c',
      'x & y',
      'Q1',
      'xz',
      "O'B",
      '12',
      'the (1)',
      '2024-05-05',
    );
    const property = fc.property(
      fc.oneof(
        wordFilter,
        any.map(({ source }) => source),
      ),
      cell,
      (source, cell) => {
        const { value, problems } = parseTableFilter(source);
        deepEqual(problems, []);
        const printed = printTableFilter(value);
        const again = parseTableFilter(printed);
        deepEqual(again.problems, []);
        equal(shapeOf(again.value), shapeOf(value));
        equal(printTableFilter(again.value), printed);
        equal(
          evaluate(meaningOf(printed), () => cell),
          evaluate(meaningOf(source), () => cell),
        );
      },
    );
    fc.assert(property, { numRuns: 1_000 });
  });

  it('is reported as missing where a placeholder stands for it', () => {
    deepEqual(told(analyseTableFilter('%1..%2|*%3*', 'F').problems), [
      'placeholder.filter 0..2',
      'placeholder.filter 4..6',
    ]);
  });

  it('reads back into the filter it came from', () => {
    const { meaning } = analyseTableFilter('A|<>B', 'F').value;
    deepEqual(meaning.span, { start: 0, end: 5 });
    equal(meaning.kind, 'or');
    if (meaning.kind === 'or')
      deepEqual(
        meaning.terms.map(({ span }) => span),
        [
          { start: 0, end: 1 },
          { start: 2, end: 5 },
        ],
      );
  });

  it('of 100,000 terms is one level deep', () => {
    const filter = Array.from({ length: 100_000 }, (_, index) => `<>${index}`).join('&');
    deepEqual(kept(filter, ['5', '100000'], 'number'), ['100000']);
  });
});
