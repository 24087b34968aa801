import { equal } from 'node:assert/strict';
import { translator } from '../../../../src/problem/message.ts';
import { explainedAsText, explainRow } from '../../../../src/service/explain/explainRow.ts';
import { conditionOf, rowOf, type RowCells } from '../../../kit/conditions.ts';

const en = translator('en');

const textOf = (source: string, cells: RowCells): string =>
  explainedAsText(explainRow(conditionOf(source), source, rowOf(cells), 3, en), en);

describe('explaining a row in words', () => {
  it('shows the value that a row has, and what comes of it', () => {
    equal(
      textOf('(A == "x")', { A: 'x' }),
      'Row 3 is kept.\n✓ A is “x”: true (A = “x”; decides)\n',
    );
  });

  it('says that a row is lost to NULL', () => {
    equal(
      textOf('(A == "")', { A: null }),
      'Row 3 is lost to NULL: the filter is neither true nor false, and would be true if NULL were the empty value.\n' +
        '? A is empty and not NULL: unknown (A = NULL; decides)\n',
    );
  });

  it('puts the branch that decides first, and tells blanks from nothing', () => {
    equal(
      textOf('((A == "x") && ((B == "y") || (B == "z")))', { A: '  ', B: '' }),
      [
        'Row 3 is dropped: the filter is false.',
        '✗ all of these: false (decides)',
        '├ ✗ A is “x”: false (A = 2 blanks; decides)',
        '└ ✗ at least one of these: false (decides)',
        '  ├ ✗ B is “y”: false (B = empty text; decides)',
        '  └ ✗ B is “z”: false (B = empty text; decides)',
        '',
      ].join('\n'),
    );
  });
});
