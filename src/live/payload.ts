import type { Cell } from '../filter/meaning/values.ts';
import type { FieldMapping, Side } from '../map/model.ts';
import { key } from '../metadata/merge.ts';
import type { LiveLeg } from './legs.ts';
import { type Happening, type Row, UNTOLD } from './model.ts';
import { cellOf } from './rows.ts';

/** A row of another table that a value of the payload leads to. */
export interface Lookup {
  readonly column: string;
  readonly table: string;
  /** The column of that table by whose value the row is found; empty where the way is longer than one table. */
  readonly keyColumn: string;
  readonly value: Cell;
}

export interface Payload {
  /** What is written on the other side, by names in lower case. */
  readonly row: Row;
  /** As it is shown: `name = value`. */
  readonly shown: string;
  readonly lookups: readonly Lookup[];
  readonly happenings: readonly Happening[];
  /** Whether a value is sent that nobody publishes. */
  readonly isUncertain: boolean;
}

/** All fields that are mapped from `side` on, with what value transforms make of them (`dualwrite.md` 1.3). */
export function payloadOf({ leg, map }: LiveLeg, row: Row, side: Side): Payload {
  const cells = new Map<string, Cell>();
  const shown: string[] = [];
  const lookups: Lookup[] = [];
  const happenings: Happening[] = [];
  const unknown: string[] = [];
  let isUncertain = false;
  const tell = (kind: string, code: string, args: Happening['args']): void =>
    void happenings.push({ kind, code, args, map });
  for (const mapping of leg.fieldMappings) {
    if (mapping.direction === (side === 'fo' ? 2 : 1)) continue;
    const [from, to] =
      side === 'fo'
        ? [mapping.sourceField, mapping.destinationField]
        : [mapping.destinationField, mapping.sourceField];
    if (to === '') continue;
    const read = from === '' ? null : readCell(row, from);
    if (read === undefined) {
      unknown.push(from);
      continue;
    }
    const { value, change } = transformed(mapping, read, side);
    if (change === 'noEntry') isUncertain = true;
    if (change !== undefined && from !== '') {
      tell('transform', change, { field: from, from: textOf(read), to: textOf(value) });
    } else if (from === '') tell('transform', 'default', { column: to, to: textOf(value) });
    cells.set(key(to), value);
    shown.push(`${to} = ${textOf(value)}`);
    if (side === 'fo' && to.includes('.')) lookups.push(lookupOf(mapping, value));
  }
  if (unknown.length > 0) tell('payload', 'unknownCells', { fields: unknown.join(', ') });
  return { row: cells, shown: shown.join(', '), lookups, happenings, isUncertain };
}

/** The cell behind a lookup may be told by the name of the lookup itself, as a filter names it too. */
function readCell(row: Row, name: string): Cell | undefined {
  const [first = ''] = name.split('.');
  return [name, first, `_${first}_value`]
    .map((each) => cellOf(row, each))
    .find((cell) => cell !== undefined);
}

/** `customerid.Account(accountnumber)` and chains of lookups lead further than rows of one table tell. */
function lookupOf({ destinationField, relatedEntity }: FieldMapping, value: Cell): Lookup {
  const [column = '', keyColumn = '', ...more] = destinationField.split('.');
  const isPlain = more.length === 0 && !keyColumn.includes('(');
  return { column, table: relatedEntity, keyColumn: isPlain ? keyColumn : '', value };
}

interface Transformed {
  readonly value: Cell;
  readonly change: 'valueMap' | 'noEntry' | 'default' | undefined;
}

/** A value map names elements of Finance and Operations with a small first letter (`dualwrite.md` 1.3). */
function transformed({ transforms }: FieldMapping, cell: Cell, side: Side): Transformed {
  const map = transforms.find((each) => each.kind === 'valueMap');
  const fixed = transforms.find((each) => each.kind === 'default');
  if (cell === UNTOLD) return { value: cell, change: undefined };
  if (map?.kind === 'valueMap' && cell !== null && cell !== '') {
    const found = map.pairs.find(
      ([element, value]) => key(side === 'fo' ? element : value) === key(cell),
    );
    if (found === undefined) return { value: cell, change: 'noEntry' };
    const [element, value] = found;
    return { value: side === 'fo' ? value : element, change: 'valueMap' };
  }
  if (fixed?.kind === 'default' && (cell === null || cell === '')) {
    return { value: fixed.value, change: 'default' };
  }
  return { value: cell, change: undefined };
}

const textOf = (cell: Cell): string => (cell === null ? 'NULL' : cell === '' ? '""' : cell);
