import { deepEqual } from 'node:assert/strict';
import { parsed } from '../../../kit/xppTree.ts';

/** Problems as `code start..end`, in the order of the text: all of them. */
const cases = [
  {
    id: 'a list of SQL',
    source: '(A in (1, 2))',
    tree: '(A == integer:1)',
    problems: ['foreign-operator.in 3..12'],
  },
  {
    id: 'a list of SQL that is negated',
    source: '(A not in (1,2)) && (B == 1)',
    tree: '[(A != integer:1) && (B == integer:1)]',
    problems: ['foreign-operator.in 3..15'],
  },
  {
    id: 'not like',
    source: '(A not like "x*")',
    tree: '(A like "x*")',
    problems: ['foreign-operator.notLike 3..11'],
  },
  {
    id: 'is not null',
    source: '(A is not null) && (B == 1)',
    tree: '[(A != "") && (B == integer:1)]',
    problems: ['foreign-operator.isNull 3..14'],
  },
  {
    id: 'a field that is called as a word of SQL',
    source: '(In == 1) && (Is == 2) && (A == in)',
    tree: '[(In == integer:1) && (Is == integer:2) && (A == in)]',
    problems: [],
  },
  {
    id: 'null of SQL',
    source: '(A is null)',
    tree: '(A == "")',
    problems: ['foreign-operator.isNull 3..10'],
  },
  {
    id: 'a list that is no list',
    source: '(A in (1, B == 2))',
    tree: undefined,
    problems: undefined,
  },
];

describe('operators of SQL in X++ expressions', () => {
  for (const { id, source, tree, problems } of cases) {
    it(`are one mistake each: ${id}`, () => {
      const read = parsed(source);
      if (tree === undefined) deepEqual(read.problems.length > 0, true);
      else deepEqual(read, { tree, problems });
    });
  }
});
