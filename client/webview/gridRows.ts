import type { JudgedRow, RowQuery, Verdict } from '../../src/preview/rowStore.ts';
import type { Labels } from '../panel/labels.ts';
import { type CellPart, cellParts, type ShownColumn } from './cells.ts';
import { element, seen, spoken } from './dom.ts';
import { fill } from './fill.ts';

/** Columns before those of the table: what became of the row, and its number. */
export const LEADING = 2;

/** A cell of so many characters may be cut, and so much of it is told in its tooltip. */
const LONG = 20;
const MOST_TITLE = 2000;

const MARKS: Readonly<Record<Verdict, string>> = { kept: '✓', lostToNull: '⚠', dropped: '–' };

/** The words of the cells. */
export type GridTexts = Pick<
  Labels,
  | Verdict
  | 'null'
  | 'empty'
  | 'blanks'
  | 'lineBreak'
  | 'tab'
  | 'result'
  | 'rowNumber'
  | 'usedByFilter'
  | 'pinned'
  | 'language'
>;

export function headerRow(
  columns: readonly ShownColumn[],
  sort: RowQuery['sort'],
  texts: GridTexts,
): HTMLElement {
  const header = (index: number, ...content: readonly (Node | string)[]): HTMLElement =>
    element(
      'div',
      { role: 'columnheader', 'aria-colindex': String(index), tabindex: '-1' },
      ...content,
    );
  const number = header(2, seen('#'), spoken(texts.rowNumber));
  number.classList.add('number');
  return element(
    'div',
    { role: 'row', class: 'row', 'aria-rowindex': '1' },
    header(1, spoken(texts.result)),
    number,
    ...columns.map(({ name, isUsed }, index) => {
      const order = sort?.column === name ? sort : undefined;
      const cell = header(index + LEADING + 1, element('span', { class: 'name' }, name));
      cell.classList.add('sortable');
      cell.title = isUsed ? `${name} (${texts.usedByFilter})` : name;
      if (isUsed) {
        cell.classList.add('used');
        cell.append(spoken(texts.usedByFilter));
      }
      if (order !== undefined) {
        cell.ariaSort = order.isDescending ? 'descending' : 'ascending';
        cell.append(seen(order.isDescending ? '▼' : '▲', 'sort'));
      }
      return cell;
    }),
  );
}

interface RowLook {
  readonly isExplained: boolean;
  readonly isPinned: boolean;
  readonly texts: GridTexts;
}

/** @param index the place of the row among those that the query finds, from 0 */
export function rowElement(
  row: JudgedRow,
  index: number,
  columns: readonly ShownColumn[],
  { isExplained, isPinned, texts }: RowLook,
): HTMLElement {
  const cell = (
    column: number,
    name: string,
    ...content: readonly (Node | string)[]
  ): HTMLElement =>
    element(
      'div',
      { role: 'gridcell', class: name, 'aria-colindex': String(column), tabindex: '-1' },
      ...content,
    );
  const number = row.number.toLocaleString(texts.language);
  const mark = cell(1, 'mark', seen(MARKS[row.verdict]), spoken(texts[row.verdict]));
  mark.title = texts[row.verdict];
  return element(
    'div',
    {
      role: 'row',
      class: `row ${row.verdict}`,
      'aria-rowindex': String(index + 2),
      'aria-selected': String(isExplained),
      // What the commands of the context menu are told.
      'data-vscode-context': JSON.stringify({ webviewSection: 'row', number: row.number }),
    },
    mark,
    cell(2, 'number', ...(isPinned ? [seen('📌'), spoken(texts.pinned), ' '] : []), number),
    ...columns.map((column, place) => {
      const value = row.cells[column.index] ?? null;
      const shown = cell(
        place + LEADING + 1,
        column.isUsed ? 'used' : '',
        ...cellParts(value).map((part) => partElement(part, texts)),
      );
      if (value !== null && value.length > LONG) shown.title = value.slice(0, MOST_TITLE);
      return shown;
    }),
  );
}

/** A row that is on its way. */
export const waitingRow = (index: number): HTMLElement =>
  element(
    'div',
    { role: 'row', class: 'row', 'aria-rowindex': String(index + 2) },
    element('div', { role: 'gridcell', 'aria-colindex': '1', tabindex: '-1' }, '…'),
  );

/** NULL, the empty text and blanks look alike in a table, and sound alike, unless they are told. */
function partElement(part: CellPart, texts: GridTexts): Node | string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'null':
      return element('span', { class: 'null' }, texts.null);
    case 'empty':
      return element('span', { class: 'empty' }, texts.empty);
    case 'blanks':
      return element(
        'span',
        { class: 'blanks' },
        seen('␣'.repeat(Math.min(part.count, 20))),
        spoken(fill(texts.blanks, part.count.toLocaleString(texts.language))),
      );
    case 'lineBreak':
      return element('span', { class: 'lineBreak' }, seen('↵'), spoken(texts.lineBreak));
    case 'tab':
      return element('span', { class: 'lineBreak' }, seen('⇥'), spoken(texts.tab));
  }
}
