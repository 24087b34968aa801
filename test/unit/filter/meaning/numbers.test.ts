import { deepEqual, equal } from 'node:assert/strict';
import * as fc from 'fast-check';
import { cellsOf } from '../../../../src/filter/meaning/cells.ts';
import type { ComparisonOperator, Condition } from '../../../../src/filter/meaning/condition.ts';
import { evaluate } from '../../../../src/filter/meaning/evaluate.ts';
import { compareNumbers, digitsOf, numberValue } from '../../../../src/filter/meaning/numbers.ts';
import { sqlTextOf } from '../../../../src/filter/meaning/sqlText.ts';
import { compareFilters } from '../../../../src/service/compareFilters.ts';
import { analyseXpp } from '../../../../src/filter/xpp/analyse.ts';
import { analyseDataverse } from '../../../../src/filter/odata/dataverse.ts';
import { meaningOfOData } from '../../../../src/filter/odata/meaning.ts';
import { registerComparisons, sqliteOf } from '../../../../src/preview/sqlite.ts';
import { sqlJs } from '../../../kit/sqlJs.ts';

const xpp = (filter: string): Condition => analyseXpp(filter).value.meaning;
const odata = (filter: string): Condition => {
  const { value } = analyseDataverse(filter);
  return value === undefined
    ? { kind: 'always', span: { start: 0, end: 0 } }
    : meaningOfOData(value);
};

/** What SQLite answers for one cell of the column A. */
function inSqlite(condition: Condition, cell: string): boolean {
  const database = new sqlJs.Database();
  try {
    registerComparisons(database);
    const quoted = `'${cell}'`;
    const [result] = database.exec(`SELECT ${sqliteOf(condition, () => quoted, false)}`);
    return result?.values[0]?.[0] === 1;
  } finally {
    database.close();
  }
}

describe('numbers past 2^53', () => {
  const cases = [
    { filter: '(A == 9007199254740993)', cell: '9007199254740993', keeps: true },
    { filter: '(A == 9007199254740993)', cell: '9007199254740992', keeps: false },
    { filter: '(A != 9007199254740993)', cell: '9007199254740992', keeps: true },
    { filter: '(A > 9007199254740992)', cell: '9007199254740993', keeps: true },
    { filter: '(A < 9007199254740993)', cell: '9007199254740993', keeps: false },
    { filter: '(A <= -9223372036854775807)', cell: '-9223372036854775808', keeps: true },
    { filter: '(A < -9223372036854775808)', cell: '-9223372036854775808', keeps: false },
    { filter: '(A == 0.1000000000000000001)', cell: '0.1', keeps: false },
    { filter: '(A == 0.1000000000000000000)', cell: '0.1', keeps: true },
    { filter: '(A == 5637144576)', cell: '05637144576.00', keeps: true },
    { filter: '(A == 1)', cell: '1e0', keeps: true },
  ];
  for (const { filter, cell, keeps } of cases) {
    it(`are compared by all their digits: ${filter}, ${cell}`, () => {
      equal(
        evaluate(xpp(filter), () => cell),
        keeps,
      );
      equal(inSqlite(xpp(filter), cell), keeps);
    });
  }

  it('are compared so with other columns', () => {
    const row = (field: string): string =>
      field === 'A' ? '9007199254740993' : '9007199254740992';
    equal(evaluate(xpp('(A > B)'), row), true);
    equal(evaluate(xpp('(A == B)'), row), false);
  });

  it('are printed with all their digits', () => {
    equal(sqlTextOf(xpp('(A == 9007199254740993)'))?.text, '(A=9007199254740993)');
    equal(
      sqlTextOf(odata('a eq -9223372036854775808'), (name) => name)?.text,
      '(a=-9223372036854775808)',
    );
    equal(digitsOf(numberValue(9007199254740992, '0009007199254740993.500')), '9007199254740993.5');
    equal(digitsOf(numberValue(5, '000000000000000000005')), '5');
    equal(digitsOf(numberValue(1e300, '1.0000000000000000e300')), '1e+300');
  });

  const pairs = [
    { first: '(A == 9007199254740993)', second: '(A == 9007199254740992)', kind: 'different' },
    { first: '(A > 9007199254740992)', second: '(A >= 9007199254740993)', kind: 'different' },
    { first: '(A == 9007199254740993)', second: '(!(A != 9007199254740993))', kind: 'equal' },
    {
      first: '((A == 9007199254740993) || (A == 9007199254740992))',
      second: '((A == 9007199254740992) || (A == 9007199254740993))',
      kind: 'equal',
    },
    {
      first: '(A < 99999999999999999999)',
      second: '(A < 99999999999999999998)',
      kind: 'different',
    },
  ];
  for (const { first, second, kind } of pairs) {
    it(`are told apart: ${first} and ${second}`, () => {
      equal(compareFilters({ side: 'fo', text: first }, { side: 'fo', text: second }).kind, kind);
    });
  }

  it('have a cell for each answer', () => {
    const span = { start: 0, end: 0 };
    const comparison = (operator: ComparisonOperator, written: string) =>
      ({
        kind: 'comparison',
        operator,
        left: { kind: 'field', name: 'A', span },
        right: { kind: 'literal', value: numberValue(Number(written), written), span },
        span,
      }) as const;
    const atoms = ['9007199254740992', '9007199254740993'].map((written) => ({
      comparison: comparison('eq', written),
      fields: ['a'],
    }));
    deepEqual(cellsOf(atoms), {
      cells: [
        null,
        '9007199254740991',
        '9007199254740992',
        '9007199254740992.5',
        '9007199254740993',
        '9007199254740994',
      ],
      isComplete: true,
    });
  });

  it('are ordered as their digits say', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), fc.nat(8), (a, b, scale) => {
        const text = (units: bigint): string => `${units}.${'0'.repeat(scale + 1)}`;
        equal(
          Math.sign(compareNumbers(text(a), text(b)) ?? Number.NaN),
          a < b ? -1 : Number(a > b),
        );
      }),
    );
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
        const order = compareNumbers(String(a), String(b));
        equal(Math.sign(order ?? Number.NaN), a < b ? -1 : Number(a > b));
      }),
    );
    equal(compareNumbers('', '1'), undefined);
    equal(compareNumbers('x', '1'), undefined);
  });
});
