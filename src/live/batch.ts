import type { Side } from '../map/model.ts';
import { key } from '../metadata/merge.ts';
import type { LiveLeg } from './legs.ts';
import type { Environment, Happening, Operation, Outcome, Row } from './model.ts';
import type { Payload } from './payload.ts';
import { cellOf, type Rows, sameCell, withRow } from './rows.ts';

/** What one map sends to the other side for one row. */
export interface Write {
  readonly leg: LiveLeg;
  /** The side it comes from. */
  readonly side: Side;
  readonly operation: Operation;
  readonly payload: Payload;
  /** The change it comes from, counted from 0. */
  readonly change: number;
  /** What may become of it, the likeliest first. */
  readonly outcomes: readonly Outcome[];
}

export const targetOf = ({ leg, side }: Pick<Write, 'leg' | 'side'>): string =>
  side === 'fo' ? leg.leg.destinationSchema : leg.entityName;

/** The cells by which the row is found on the other side; undefined where one of them is not known. */
export function keyCells({ leg, side, payload }: Write): Row | undefined {
  const names = leg
    .keys()
    ?.map(({ sourceField, destinationField }) =>
      key(side === 'fo' ? destinationField : sourceField),
    );
  if (names === undefined) return undefined;
  const cells = names.map((name) => [name, payload.row.get(name)] as const);
  const known = cells.flatMap(([name, cell]) =>
    cell === undefined || cell === null || cell === '' ? [] : [[name, cell] as const],
  );
  return known.length === names.length ? new Map(known) : undefined;
}

export function rowsOnTarget(write: Write, rows: Rows): readonly Row[] | undefined {
  const { leg, side } = write;
  if (side === 'fo') return rows.of('dataverse', leg.leg.destinationSchema);
  return rows.of('fo', leg.entityName) ?? rows.of('fo', leg.leg.sourceSchema);
}

/** The row of the other side that the write is meant for. */
export function partnerOf(write: Write, rows: Rows): Row | undefined {
  const cells = keyCells(write);
  if (cells === undefined) return undefined;
  return rowsOnTarget(write, rows)?.find((row) =>
    [...cells].every(([name, cell]) => sameCell(cellOf(row, name), cell)),
  );
}

/** Writes what is sent into the rows of the other side. */
export function applyWrite(write: Write, rows: Rows): void {
  const { leg, side, operation, payload } = write;
  const before = partnerOf(write, rows);
  const all = rowsOnTarget(write, rows) ?? [];
  if (operation === 'delete' && before === undefined) return;
  const after = operation === 'delete' ? undefined : new Map([...(before ?? []), ...payload.row]);
  const other = side === 'fo' ? 'dataverse' : 'fo';
  const name =
    side === 'fo'
      ? leg.leg.destinationSchema
      : rows.of('fo', leg.entityName) === undefined &&
          rows.of('fo', leg.leg.sourceSchema) !== undefined
        ? leg.leg.sourceSchema
        : leg.entityName;
  rows.put(other, name, withRow(all, before, after));
}

/**
 * The order of the writes: that of the changes (`dualwrite.md` 7.1), but for a row that another one of the batch refers
 * to through entities that are related.
 */
export function inOrder(writes: readonly Write[], environment: Environment): readonly Write[] {
  const ordered: Write[] = [];
  const waiting = new Set(writes);
  const place = (write: Write): void => {
    if (!waiting.delete(write)) return;
    for (const other of referredIn(write, writes)) {
      if (areRelated(write, other, environment)) place(other);
    }
    ordered.push(write);
  };
  for (const write of writes) place(write);
  return ordered;
}

/** Rows that the batch creates and that a write refers to. */
export const referredIn = (write: Write, writes: readonly Write[]): readonly Write[] =>
  writes.filter((other) => write.payload.lookups.some((lookup) => leadsTo(lookup, other)));

function leadsTo({ table, keyColumn, value }: Payload['lookups'][number], other: Write): boolean {
  return (
    other.side === 'fo' &&
    other.operation === 'insert' &&
    keyColumn !== '' &&
    value !== null &&
    value !== '' &&
    key(table) === key(other.leg.leg.destinationSchema) &&
    sameCell(other.payload.row.get(key(keyColumn)), value)
  );
}

function areRelated(one: Write, other: Write, { entityRelations }: Environment): boolean {
  const names = (write: Write): readonly string[] =>
    [write.leg.entityName, write.leg.leg.sourceSchema, write.leg.leg.destinationSchema].map(key);
  const [first, second] = [names(one), names(other)];
  return entityRelations.some(
    ([a, b]) =>
      (first.includes(key(a)) && second.includes(key(b))) ||
      (first.includes(key(b)) && second.includes(key(a))),
  );
}

/** What became of the lookups of a write: each one found, in doubt, or missing. */
export interface LookedUp {
  readonly happenings: readonly Happening[];
  readonly inBatch: readonly { readonly table: string; readonly value: string }[];
  readonly missing: readonly { readonly table: string; readonly value: string }[];
  readonly isUncertain: boolean;
}

/** Resolves lookups by the value of an alternate key: in the rows that are there, and among those of the batch. */
export function lookUp(
  write: Write,
  writes: readonly Write[],
  rows: Rows,
  environment: Environment,
): LookedUp {
  const happenings: Happening[] = [];
  const inBatch: { readonly table: string; readonly value: string }[] = [];
  const missing: { readonly table: string; readonly value: string }[] = [];
  let isUncertain = false;
  for (const lookup of write.payload.lookups) {
    const { column, table, keyColumn, value } = lookup;
    const args = { column, table, keyColumn, value: value ?? '' };
    const tell = (code: string): void =>
      void happenings.push({ kind: 'lookup', code, args, map: write.leg.map });
    if (value === null || value === '') {
      tell('empty');
      continue;
    }
    if (keyColumn === '') {
      tell('notFollowed');
      continue;
    }
    const known = rows.of('dataverse', table);
    if (known?.some((row) => sameCell(cellOf(row, keyColumn), value)) === true) {
      tell('found');
      continue;
    }
    const created = writes.find((other) => leadsTo(lookup, other));
    if (created !== undefined && areRelated(write, created, environment)) tell('related');
    else if (created !== undefined && referredIn(created, writes).includes(write)) {
      tell('eachOther');
      inBatch.push({ table, value });
    } else if (created !== undefined) {
      tell('sameBatch');
      isUncertain = true;
    } else if (known === undefined) tell('assumed');
    else {
      tell('missing');
      missing.push({ table, value });
    }
  }
  return { happenings, inBatch, missing, isUncertain };
}
