import { deepEqual, equal, ok } from 'node:assert/strict';
import { assert, property, string } from 'fast-check';
import {
  type CellPart,
  cellParts,
  columnWidth,
  shownColumns,
} from '../../../client/webview/cells.ts';

const text = (value: string): CellPart => ({ kind: 'text', text: value });
const blanks = (count: number): CellPart => ({ kind: 'blanks', count });

describe('a cell of the preview', () => {
  const cases: readonly {
    readonly id: string;
    readonly cell: string | null;
    readonly parts: readonly CellPart[];
  }[] = [
    { id: 'NULL', cell: null, parts: [{ kind: 'null' }] },
    { id: 'the empty text', cell: '', parts: [{ kind: 'empty' }] },
    { id: 'blanks alone', cell: '   ', parts: [blanks(3)] },
    { id: 'a text that says NULL', cell: 'NULL', parts: [text('NULL')] },
    { id: 'blanks at both ends', cell: ' a b  ', parts: [blanks(1), text('a b'), blanks(2)] },
    { id: 'blanks within', cell: 'a  b', parts: [text('a  b')] },
    {
      id: 'line breaks and tabs',
      cell: 'a\r\nb\tc\n',
      parts: [
        text('a'),
        { kind: 'lineBreak' },
        text('b'),
        { kind: 'tab' },
        text('c'),
        { kind: 'lineBreak' },
      ],
    },
  ];
  for (const { id, cell, parts } of cases) {
    it(`is told apart: ${id}`, () => deepEqual(cellParts(cell), parts));
  }

  it('shows all of a text that is not long', () => {
    assert(
      property(string({ minLength: 1, maxLength: 300 }), (cell) => {
        const shown = cellParts(cell).map((part) => {
          switch (part.kind) {
            case 'text':
              return part.text;
            case 'blanks':
              return ' '.repeat(part.count);
            case 'tab':
              return '\t';
            case 'lineBreak':
              return '\n';
            default:
              return '?';
          }
        });
        equal(shown.join(''), cell.replaceAll(/\r\n|\r/gu, '\n'));
      }),
    );
  });

  it('is cut where it is very long', () => {
    const [part, ...others] = cellParts('x'.repeat(100_000));
    ok(part?.kind === 'text' && part.text.length < 1000 && part.text.endsWith('…'));
    deepEqual(others, []);
  });
});

describe('the columns of the preview', () => {
  const columns = ['ID', 'Name', 'Parent'];
  const namesOf = (used: readonly string[], chosen?: readonly string[]): readonly string[] =>
    shownColumns(columns, used, chosen).map(({ name }) => name);

  it('begin with those that the filter reads, in whatever case', () => {
    deepEqual(namesOf(['PARENT']), ['Parent', 'ID', 'Name']);
    deepEqual(shownColumns(columns, ['PARENT'], undefined)[0], {
      name: 'Parent',
      index: 2,
      isUsed: true,
    });
  });

  it('are those that were chosen, unless the table has none of them', () => {
    deepEqual(namesOf([], ['Name']), ['Name']);
    deepEqual(namesOf([], ['Other']), columns);
    deepEqual(namesOf([], []), columns);
  });

  it('are not all of a very wide table', () => {
    const wide = Array.from({ length: 1024 }, (_, index) => `C${index}`);
    const shown = shownColumns(wide, ['C1000'], undefined);
    equal(shown[0]?.index, 1000);
    ok(shown.length < 100);
  });

  it('are as wide as what they hold, within reason', () => {
    equal(columnWidth('ID', []), 7);
    equal(columnWidth('ID', ['twelve chars']), 14);
    equal(columnWidth('ID', ['x'.repeat(1000)]), 42);
    equal(columnWidth('ALongColumnName', [null]), 22);
  });
});
