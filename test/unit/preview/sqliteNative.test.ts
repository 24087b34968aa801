import { deepEqual, equal } from 'node:assert/strict';
import * as fc from 'fast-check';
import type {
  Comparison,
  ComparisonOperator,
  Condition,
  KnownOperand,
} from '../../../src/filter/meaning/condition.ts';
import { evaluate } from '../../../src/filter/meaning/evaluate.ts';
import type { Cell } from '../../../src/filter/meaning/values.ts';
import { sqliteRows } from '../../../src/preview/sqliteCounts.ts';
import { nativeComparison } from '../../../src/preview/sqliteNative.ts';
import { conditionOf } from '../../kit/conditions.ts';
import { sqlJs } from '../../kit/sqlJs.ts';
import { tableOf } from '../../kit/tables.ts';
import { odataMeaning } from '../filter/convert/filters.ts';

const span = { start: 0, end: 0 };
const comparison = (operator: ComparisonOperator, right: KnownOperand): Comparison => ({
  kind: 'comparison',
  operator,
  left: { kind: 'field', name: 'A', span },
  right,
  span,
});

/** Numbers of the rows that SQLite keeps; undefined where it refuses. */
async function keptBySqlite(
  condition: Condition,
  cells: readonly Cell[],
): Promise<readonly number[] | undefined> {
  const rows = sqliteRows(
    sqlJs,
    tableOf(
      ['A'],
      cells.map((cell) => [cell]),
    ),
  );
  try {
    return (await rows.ask(condition, () => true))?.first;
  } finally {
    rows.close();
  }
}

const keptByEvaluator = (condition: Condition, cells: readonly Cell[]): readonly number[] =>
  cells.flatMap((cell, index) => (evaluate(condition, () => cell) === true ? [index + 1] : []));

describe("SQLite's own comparisons", () => {
  const UNITS = [
    'a',
    'A',
    'b',
    'ž',
    'Ž',
    'İ',
    'K',
    ' ',
    "'",
    '\t',
    '\ud7ff',
    '\ue000',
    '\uffff',
    '😀',
  ];
  const HALVES = ['\ud83d', '\ude00', '\0'];
  const WILDCARDS = ['*', '?', '%', '_', '[', ']', '^', '-', '\\'];
  const text = (units: readonly string[]) =>
    fc.string({ unit: fc.constantFrom(...units), maxLength: 4 });

  it('order texts as JavaScript does, whatever is in them', async () => {
    const any = text([...UNITS, ...HALVES]);
    const operator = fc.constantFrom('eq', 'ne', 'lt', 'le', 'gt', 'ge');
    await fc.assert(
      fc.asyncProperty(
        operator,
        any,
        fc.array(any, { minLength: 1 }),
        async (sign, wanted, cells) => {
          const value = { type: 'text', text: wanted } as const;
          const condition = comparison(sign, { kind: 'literal', value, span });
          deepEqual(await keptBySqlite(condition, cells), keptByEvaluator(condition, cells));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('match the patterns of X++ and of Dataverse', async () => {
    const any = text([...UNITS, ...WILDCARDS, '\ufffd']);
    const known: fc.Arbitrary<KnownOperand> = fc.oneof(
      any.map((pattern) => ({
        kind: 'literal' as const,
        value: { type: 'text' as const, text: pattern },
        span,
      })),
      fc
        .tuple(fc.constantFrom('contains' as const, 'startswith', 'endswith'), any)
        .map(([match, pattern]) => ({ kind: 'pattern' as const, match, text: pattern, span })),
    );
    await fc.assert(
      fc.asyncProperty(known, fc.array(any, { minLength: 1 }), async (pattern, cells) => {
        const condition = comparison('like', pattern);
        deepEqual(await keptBySqlite(condition, cells), keptByEvaluator(condition, cells));
      }),
      { numRuns: 1000 },
    );
  });

  it('find nothing by a pattern that no text of SQLite can match', async () => {
    for (const pattern of ['\ud83d', '\0', 'a\ude00*']) {
      const value = { type: 'text', text: pattern } as const;
      const condition = comparison('like', { kind: 'literal', value, span });
      deepEqual(await keptBySqlite(condition, ['\ufffd', 'a\ufffd', '', null]), []);
    }
    const set = comparison('like', { kind: 'pattern', match: 'contains', text: '[a]\ud83d', span });
    equal(await keptBySqlite(set, ['a\ufffd']), undefined);
  });

  it('leave a text that SQLite cuts to nobody', async () => {
    const value = { type: 'text', text: '*' } as const;
    const condition = comparison('like', { kind: 'literal', value, span });
    equal(await keptBySqlite(condition, ['a\0b']), undefined);
    equal(await keptBySqlite(condition, ['\ud83d']), undefined);
  });

  for (const [source, cells] of [
    ['(A == 9007199254740993)', ['9007199254740992', '9007199254740993', '9007199254740993.0']],
    ['(A == 1)', ['1', '9007199254740993', '1.0', '0x1', '1e0', ' 1 ', 'x', '']],
    ['(A < 0.1)', ['0.1', '0.09999999999999999999', '-0', '-1', '1e-7', '-Infinity', 'NaN']],
    [
      '(A >= 1900-01-01T00:00:00)',
      ['1900-01-01', '1899-12-31T23:59:59', '1900-01-01T01:00+02:00', 'x'],
    ],
    [
      '(A == {12345678-90ab-cdef-1234-567890abcdef})',
      ['{12345678-90AB-CDEF-1234-567890ABCDEF}', 'x'],
    ],
  ] as const) {
    it(`read what data files hold: ${source}`, async () => {
      const condition = conditionOf(source);
      const rows = [null, ...cells];
      deepEqual(await keptBySqlite(condition, rows), keptByEvaluator(condition, rows));
    });
  }
});

describe('A comparison in SQLite', () => {
  const isNative = (condition: Condition): boolean =>
    condition.kind === 'comparison' &&
    nativeComparison(
      condition,
      (field, reading) => ({ sql: `${field}_${reading}`, hasNull: true, isTotal: true }),
      true,
    ) !== undefined;

  for (const source of [
    '(A == "v")',
    '(A like "v*")',
    '(A > 1.5)',
    '(1 < A)',
    String.raw`(A == 1\1\1900)`,
    '(A == 1900-01-01T00:00:00)',
    '(A == NoYes::Yes)',
    '(A == {12345678-90ab-cdef-1234-567890abcdef})',
    '(A < B)',
  ]) {
    it(`is its own: ${source}`, () => equal(isNative(conditionOf(source)), true));
  }
  for (const source of [
    'a eq null',
    'a ne null',
    'a eq true',
    "contains(a,'v%_')",
    'a ge 2021-06-23T10:20:30Z',
  ]) {
    it(`is its own: ${source}`, () => equal(isNative(odataMeaning(source)), true));
  }

  for (const [what, condition] of [
    ['digits that a double loses', conditionOf('(A == 9007199254740993)')],
    ['sets in a pattern', odataMeaning("contains(a,'[a-f]')")],
    ['a pattern in a field', conditionOf('(A like B)')],
    [
      'upper and lower case apart',
      comparison('eq', {
        kind: 'literal',
        value: { type: 'text', text: 'v', caseSensitive: true },
        span,
      }),
    ],
  ] as const) {
    it(`is a function of ours: ${what}`, () => equal(isNative(condition), false));
  }
});
