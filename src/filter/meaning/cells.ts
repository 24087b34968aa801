import type { Atom } from './formula.ts';
import { fieldWithKnown } from './evaluate.ts';
import { momentAfter, readMoment } from './moments.ts';
import {
  type Decimal,
  decimalOf,
  digitsOf,
  type NumberValue,
  scaledTo,
  textOfDecimal,
} from './numbers.ts';
import { dataversePattern, type Pattern, xppPattern } from './patterns.ts';
import { type Cells, textCells } from './textCells.ts';
import { textOfValue } from './values.ts';

/** What the atoms of one field compare it with, sorted by how a cell is read for them. */
interface Known {
  readonly texts: string[];
  /** Compared with upper and lower case apart. */
  readonly exactTexts: string[];
  readonly patterns: Pattern[];
  readonly guids: string[];
  readonly numbers: NumberValue[];
  readonly moments: { readonly text: string; readonly isDay: boolean }[];
  hasBooleans: boolean;
}

/**
 * Cells that between them give every answer the atoms of a field can give; NULL first.
 *
 * Why they are complete where they say so: the literals part the cells of one type into points and the gaps
 * between them, and no atom tells two cells of one gap apart. So one cell per point and per gap is enough;
 * an empty gap has none. With patterns the parts are the states of an automaton (textCells.ts). A cell is
 * taken to be of the type it is compared as: a column of numbers holds numbers. Where a field is compared as
 * two types, nothing is promised. Held by test/unit/filter/meaning/compare.test.ts.
 */
export function cellsOf(atoms: readonly Atom[]): Cells {
  const known = knownOf(atoms);
  const parts: Cells[] = [];
  if (known.texts.length + known.patterns.length > 0) {
    parts.push(textCells(known.texts, known.patterns));
  }
  if (known.exactTexts.length > 0) parts.push(exactCells(known.exactTexts));
  if (known.guids.length > 0) parts.push(textCells(known.guids, []));
  if (known.numbers.length > 0) parts.push(numberCells(known.numbers));
  if (known.moments.length > 0) parts.push(momentCells(known.moments));
  if (known.hasBooleans) parts.push({ cells: ['true', 'false'], isComplete: true });
  const cells = parts.flatMap((part) => part.cells);
  return {
    cells: [null, ...(cells.length === 0 ? ['a'] : cells)],
    isComplete: parts.length <= 1 && parts.every(({ isComplete }) => isComplete),
  };
}

function knownOf(atoms: readonly Atom[]): Known {
  const known: Known = {
    texts: [],
    exactTexts: [],
    patterns: [],
    guids: [],
    numbers: [],
    moments: [],
    hasBooleans: false,
  };
  for (const { comparison } of atoms) {
    const mixed = fieldWithKnown(comparison);
    if (mixed === undefined) continue;
    const { operator, literal } = mixed;
    if (literal.kind === 'constant') {
      if (literal.constant !== null) known.hasBooleans = true;
    } else if (literal.kind === 'pattern') known.patterns.push(dataversePattern(literal));
    else if (literal.value.type === 'text' && literal.value.caseSensitive) {
      known.exactTexts.push(literal.value.text);
    } else if (operator !== 'like') addLiteral(known, literal.value);
    else if (literal.value.type === 'text') known.patterns.push(xppPattern(literal.value.text));
  }
  return known;
}

function addLiteral(known: Known, value: Parameters<typeof textOfValue>[0]): void {
  switch (value.type) {
    case 'text':
    case 'enum':
      known.texts.push(textOfValue(value));
      return;
    case 'guid':
      known.guids.push(value.guid);
      return;
    case 'number':
      known.numbers.push(value);
      return;
    case 'date':
    case 'datetime': {
      // What is no day that exists equals nothing.
      const text = readMoment(value.iso);
      if (text !== undefined) known.moments.push({ text, isDay: value.type === 'date' });
    }
  }
}

/** The order of letters that are alike but for their case is one of many collations: a few cells, no promise. */
const exactCells = (texts: readonly string[]): Cells => ({
  cells: [
    ...texts.flatMap((text) => [text, text.toLowerCase(), text.toUpperCase()]),
    ...textCells(texts, []).cells,
    ...textCells([], texts.map(xppPattern)).cells,
  ],
  isComplete: false,
});

function numberCells(values: readonly NumberValue[]): Cells {
  const isLong = values.some(({ number }) => Math.abs(number) >= Number.MAX_SAFE_INTEGER);
  const decimals = values.map((value) => decimalOf(digitsOf(value)));
  const known = decimals.filter((decimal) => decimal !== undefined);
  if (isLong || values.some(({ exact }) => exact !== undefined)) {
    // What JavaScript rounds off has its neighbours in digits alone.
    if (known.length === decimals.length) return decimalCells(known);
  }
  const points = [...new Set(values.map(({ number }) => number))].toSorted((a, b) => a - b);
  const cells: number[] = [];
  for (const [index, point] of points.entries()) {
    const next = points[index + 1];
    if (index === 0) cells.push(point - 1);
    cells.push(point, ...numbersBetween(point, next));
  }
  return {
    cells: cells.map(String),
    // A number with an exponent has lost its digits already in the filter.
    isComplete: points.every((point) => Math.abs(point) < Number.MAX_SAFE_INTEGER),
  };
}

/** The same where JavaScript's numbers are too short: counted in units of which two never touch. */
function decimalCells(decimals: readonly Decimal[]): Cells {
  const scale = Math.max(...decimals.map((decimal) => decimal.scale)) + 1;
  const one = 10n ** BigInt(scale);
  const points = [...new Set(decimals.map((decimal) => scaledTo(decimal, scale)))].toSorted(
    (a, b) => (a < b ? -1 : Number(a > b)),
  );
  const [first = 0n] = points;
  const units = [first - one];
  for (const [index, point] of points.entries()) {
    const next = points[index + 1];
    const isFar = next === undefined || point + one < next;
    units.push(point, isFar ? point + one : point + (next - point) / 2n);
  }
  return { cells: units.map((unit) => textOfDecimal({ units: unit, scale })), isComplete: true };
}

function numbersBetween(low: number, high: number | undefined): readonly number[] {
  if (high === undefined || low + 1 < high) return [low + 1];
  const middle = low + (high - low) / 2;
  return middle > low && middle < high ? [middle] : [];
}

const DAY = 24 * 60 * 60;

function momentCells(moments: Known['moments']): Cells {
  const areDays = moments.every(({ isDay }) => isDay);
  const cells = moments.flatMap(({ text, isDay }) =>
    isDay
      ? [text, momentAfter(text, -1), momentAfter(text, DAY - 1), momentAfter(text, DAY)]
      : [text, momentAfter(text, -1), momentAfter(text, 1)],
  );
  const known = [...new Set(cells.filter((cell) => cell !== undefined))];
  return {
    cells: areDays ? [...new Set(known.map((cell) => cell.slice(0, 10)))] : known,
    isComplete: true,
  };
}
