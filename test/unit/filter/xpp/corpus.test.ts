import { deepEqual, notDeepEqual, ok } from 'node:assert/strict';
import type { Context } from 'mocha';
import { analyseXpp } from '../../../../src/filter/xpp/analyse.ts';
import { catalogue } from '../../../../src/problem/catalogue.ts';
import { readShared } from '../../../kit/repository.ts';

interface Row {
  readonly entity: string;
  readonly expression: string;
}

/** Real filters of maps and of X++ code, one a line (`dualwrite.md`). */
function rowsOf(test: Context): readonly Row[] {
  return readShared(test, 'facts/filters.tsv')
    .split(/\r?\n/u)
    .map((line) => line.split('\t'))
    .filter(([side]) => side === 'fo' || side === 'xpp')
    .map(([, entity = '', expression = '']) => ({ entity, expression }));
}

const isPlainRange = ({ entity }: Row): boolean => entity.includes('[plain range]');
const isNegative = ({ entity }: Row): boolean => entity.includes('NEGATIVE');

const told = ({ expression }: Row): readonly string[] =>
  analyseXpp(expression).problems.map(({ code }) => code);

describe('published filters', () => {
  it('are all read', function () {
    const rows = rowsOf(this).filter((row) => !isPlainRange(row));
    ok(rows.length > 40, `${rows.length} rows`);
    const wrong = rows.flatMap((row) =>
      analyseXpp(row.expression)
        .problems.filter(({ code }) => catalogue[code].phase !== 'semantic')
        .map(({ code }) => `${row.expression}: ${code}`),
    );
    deepEqual(wrong, []);
  });

  it('are told apart from the ranges of a single field', function () {
    const rows = rowsOf(this).filter(isPlainRange);
    ok(rows.length > 5, `${rows.length} rows`);
    for (const row of rows) deepEqual(told(row), ['plain-range'], row.expression);
  });

  it('that machines translated are told', function () {
    const rows = rowsOf(this).filter(isNegative);
    ok(rows.length > 1, `${rows.length} rows`);
    for (const row of rows) notDeepEqual(told(row), [], row.expression);
  });

  it('of shipped maps are no errors', function () {
    const rows = rowsOf(this).filter(
      (row) => !isNegative(row) && !isPlainRange(row) && / v\d/u.test(row.entity),
    );
    ok(rows.length > 2, `${rows.length} rows`);
    const errors = rows.flatMap((row) =>
      analyseXpp(row.expression)
        .problems.filter(({ code }) => catalogue[code].severity === 'error')
        .map(({ code }) => `${row.expression}: ${code}`),
    );
    deepEqual(errors, []);
  });
});
