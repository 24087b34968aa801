import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  comparisonsOf,
  type Condition,
  isReadable,
} from '../../../../src/filter/meaning/condition.ts';
import { evaluate } from '../../../../src/filter/meaning/evaluate.ts';
import { type Domain, sharedFields, sharedRow } from '../../../../src/filter/meaning/sharedRow.ts';
import { anyRow, conditionOf, literalFilter, rowOf } from '../../../kit/conditions.ts';

const OPEN: Domain = { kind: 'open' };
const UNKNOWN: Domain = { kind: 'unknown' };
const ELEMENTS: Domain = {
  kind: 'listed',
  values: ['None', 'Person', 'Team'].map((name, index) => ({
    cell: name,
    names: [name, String(index)],
  })),
};
const UNNUMBERED: Domain = {
  kind: 'listed',
  values: ['None', 'Person'].map((name) => ({ cell: name, names: [name] })),
};

/** A row that passes what has no minus before it, and not the others. */
function found(domain: Domain, ...filters: readonly string[]): string | undefined {
  const row = sharedRow(
    filters.map((filter) => ({
      condition: conditionOf(filter.replace(/^-/u, '')),
      isPassed: !filter.startsWith('-'),
    })),
    () => domain,
  );
  return row === undefined ? undefined : [...row].map(([name, cell]) => `${name}=${cell}`).join();
}

const rows: readonly (readonly [Domain, readonly string[], string | undefined])[] = [
  [OPEN, ['(A == "x")', '(A == "X")'], 'A=x'],
  [OPEN, ['(A == "x")', '(A == "y")'], undefined],
  [UNKNOWN, ['(A != "x")', '(A != "y")'], undefined],
  [UNKNOWN, ['(A != "x")', '(A == "y")'], 'A=y'],
  [UNKNOWN, ['(A > 1)', '(A < 3)'], 'A=2'],
  [UNKNOWN, ['-(A > 1)', '-(A < 1)'], 'A=1'],
  [UNKNOWN, ['-(A == "x")', '-(A == "y")'], undefined],
  [UNKNOWN, ['((A == "x") && (B == 1))', '((A == "x") || (B == 2))'], 'A=x,B=1'],
  [ELEMENTS, ['-(A == "None")', '-(A == 1)'], 'A=Team'],
  [ELEMENTS, ['-(A == 0)', '-(A > 0)'], undefined],
  [ELEMENTS, ['(A == Kind::Person)', '(A == 1)'], 'A=Person'],
  [ELEMENTS, ['(A == "Nobody")'], undefined],
  [UNNUMBERED, ['-(A == "None")'], 'A=Person'],
  [UNNUMBERED, ['-(A == 0)'], undefined],
  [OPEN, ['(A == B)'], undefined],
];

describe('a row that several filters share', () => {
  for (const [domain, filters, expected] of rows) {
    it(`${filters.join(' ')}, ${domain.kind}`, () => equal(found(domain, ...filters), expected));
  }

  it('has only the fields that matter', () => {
    equal(found(OPEN, '((A == "x") || ((A == "x") && (B == 1)))'), 'A=x');
  });

  it('passes what it was looked for, whatever else it holds', () => {
    const property = fc.property(literalFilter, literalFilter, anyRow, (first, second, others) => {
      const conditions = [first, second].map(conditionOf);
      const wanted = [true, false];
      const row = sharedRow(
        conditions.map((condition, index) => ({ condition, isPassed: wanted[index] ?? true })),
        () => OPEN,
      );
      if (row === undefined) return;
      const cells = Object.fromEntries([...row].map(([name, cell]) => [name.toUpperCase(), cell]));
      const whole = Object.fromEntries(
        Object.entries(others).map(([name, cell]) => [name, cells[name.toUpperCase()] ?? cell]),
      );
      const given = rowOf(whole);
      for (const [index, condition] of conditions.entries()) {
        if (hasAllCells(condition, row)) {
          equal(evaluate(condition, given) === true, wanted[index], `${first} ${second}`);
        }
      }
    });
    fc.assert(property, { numRuns: 60 });
  });

  it('is found where some row without NULL is one', () => {
    const property = fc.property(literalFilter, literalFilter, anyRow, (first, second, cells) => {
      const conditions = [first, second].map(conditionOf);
      if (!conditions.every(isReadable) || !conditions.every(isPlain)) return;
      const isFull = conditions
        .flatMap(comparisonsOf)
        .flatMap(({ left, right }) => [left, right])
        .every((side) => side.kind !== 'field' || rowOf(cells)(side.name) !== null);
      if (!isFull || !conditions.every((each) => evaluate(each, rowOf(cells)) === true)) return;
      ok(
        sharedRow(
          conditions.map((condition) => ({ condition, isPassed: true })),
          () => OPEN,
        ),
        `${first} ${second} ${JSON.stringify(cells)}`,
      );
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('knows the fields that filters have in common', () => {
    const conditions = ['((A == 1) && (b == 2))', '(B == 3)'].map(conditionOf);
    deepEqual([...sharedFields(conditions)], ['b']);
    deepEqual([...sharedFields([])], []);
  });
});

/** Cells stand for all there is where a field is compared as one type. */
const isPlain = (condition: Condition): boolean => {
  const types = new Map<string, string>();
  return comparisonsOf(condition).every(({ left, operator, right }) => {
    const [field, known] = left.kind === 'field' ? [left, right] : [right, left];
    if (field.kind !== 'field' || known.kind !== 'literal' || operator === 'like') return false;
    const before = types.get(field.name.toLowerCase()) ?? known.value.type;
    types.set(field.name.toLowerCase(), known.value.type);
    return before === known.value.type;
  });
};

const hasAllCells = (condition: Condition, row: ReadonlyMap<string, unknown>): boolean => {
  const names = new Set([...row.keys()].map((name) => name.toLowerCase()));
  return comparisonsOf(condition)
    .flatMap(({ left, right }) => [left, right])
    .every((side) => side.kind !== 'field' || names.has(side.name.toLowerCase()));
};
