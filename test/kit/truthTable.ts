import type { Cell } from '../../src/filter/meaning/values.ts';

/** The rows of the table in `dualwrite.md` 4.3, by name: what the nullable column X holds. */
export const TRUTH_ROWS: Readonly<Record<string, Cell>> = {
  P1: null,
  P2: '',
  P3: 'P1',
  P4: '  ',
};

/**
 * Which of these rows a filter keeps as SQL Server answers, and would keep if NULL were the empty text, as a null-safe
 * column makes it (the last row of that table); with some filters more.
 */
export const truthTable = [
  { filter: '(X == "")', kept: ['P2', 'P4'], meant: ['P1', 'P2', 'P4'] },
  { filter: '(X != "")', kept: ['P3'], meant: ['P3'] },
  { filter: '(!(X == ""))', kept: ['P3'], meant: ['P3'] },
  { filter: '(X == "P1")', kept: ['P3'], meant: ['P3'] },
  { filter: '(X != "P1")', kept: ['P2', 'P4'], meant: ['P1', 'P2', 'P4'] },
  { filter: '(!(X == "P1"))', kept: ['P2', 'P4'], meant: ['P1', 'P2', 'P4'] },
  { filter: '(X like "*")', kept: ['P2', 'P3', 'P4'], meant: ['P1', 'P2', 'P3', 'P4'] },
  { filter: '(X < "A")', kept: ['P2', 'P4'], meant: ['P1', 'P2', 'P4'] },
  { filter: '(X > "")', kept: ['P3'], meant: ['P3'] },
  { filter: '((X == "") || (X != ""))', kept: ['P2', 'P3', 'P4'], meant: ['P1', 'P2', 'P3', 'P4'] },
] as const;
