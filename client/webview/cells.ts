import type { Cell } from '../../src/filter/meaning/values.ts';

/** A stretch of a cell. What can't be seen is told apart from what can. */
export type CellPart =
  | { readonly kind: 'null' | 'empty' | 'lineBreak' | 'tab' }
  /** Blanks at the border, which SQL Server passes over at the end and nowhere else. */
  | { readonly kind: 'blanks'; readonly count: number }
  | { readonly kind: 'text'; readonly text: string };

/** Characters of a cell that are drawn. */
const MOST_CHARACTERS = 300;

const SIGNS = { '\t': 'tab', '\n': 'lineBreak', '\r': 'lineBreak', '\r\n': 'lineBreak' } as const;
const isSign = (text: string): text is keyof typeof SIGNS => Object.hasOwn(SIGNS, text);

export function cellParts(cell: Cell): readonly CellPart[] {
  if (cell === null) return [{ kind: 'null' }];
  if (cell === '') return [{ kind: 'empty' }];
  const text = cell.length > MOST_CHARACTERS ? `${cell.slice(0, MOST_CHARACTERS)}…` : cell;
  return text
    .split(/(\r\n|[\t\n\r]|^ +| +$)/u)
    .filter((part) => part !== '')
    .map((part, index, parts): CellPart => {
      if (isSign(part)) return { kind: SIGNS[part] };
      const isBorder = index === 0 || index === parts.length - 1;
      return isBorder && part.trim() === '' && /^ +$/u.test(part)
        ? { kind: 'blanks', count: part.length }
        : { kind: 'text', text: part };
    });
}

/** So wide a column is, in widths of a zero: as wide as the name and the cells at hand, within reason. */
export function columnWidth(name: string, cells: readonly Cell[]): number {
  // Names are bold and often in capitals.
  const widest = Math.max(
    Math.ceil(1.25 * name.length) + 3,
    ...cells.map((cell) => (cell ?? 'NULL').length + 2),
  );
  return Math.min(Math.max(widest, 7), 42);
}

/** Columns of a table that are shown unless somebody chooses. */
const MOST_COLUMNS = 40;

export interface ShownColumn {
  readonly name: string;
  /** Its place among the cells of a row. */
  readonly index: number;
  readonly isUsed: boolean;
}

/**
 * The columns to show: what the filter reads comes first.
 * @param used names in whatever case.
 */
export function shownColumns(
  columns: readonly string[],
  used: readonly string[],
  chosen: readonly string[] | undefined,
): readonly ShownColumn[] {
  const names = new Set(used.map((name) => name.toUpperCase()));
  const all = columns.map((name, index) => ({
    name,
    index,
    isUsed: names.has(name.toUpperCase()),
  }));
  const ordered = [...all.filter(({ isUsed }) => isUsed), ...all.filter(({ isUsed }) => !isUsed)];
  const wanted = new Set(chosen);
  const kept = ordered.filter(({ name }) => wanted.has(name));
  // Names that were chosen for another entity are none here.
  return kept.length > 0 ? kept : ordered.slice(0, MOST_COLUMNS);
}
