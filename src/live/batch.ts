import type { Side } from '../map/model.ts';
import { collated } from '../filter/meaning/values.ts';
import { groupedBy, key } from '../metadata/merge.ts';
import type { LiveLeg } from './legs.ts';
import type { Environment, Happening, Operation, Outcome, Row } from './model.ts';
import { entityTable } from './outward.ts';
import type { Lookup, Payload } from './payload.ts';
import type { Rows } from './rows.ts';

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

/** Where the rows of the other side are. */
const targetPlace = ({ leg, side }: Write, rows: Rows): readonly [Side, string] =>
  side === 'fo' ? ['dataverse', leg.leg.destinationSchema] : ['fo', entityTable(leg, rows)];

/** The rows of the other side with these cells. */
export const rowsOnTarget = (write: Write, rows: Rows, cells: Row): readonly Row[] =>
  rows.find(...targetPlace(write, rows), cells);

/** The row of the other side that the write is meant for. */
export function partnerOf(write: Write, rows: Rows): Row | undefined {
  const cells = keyCells(write);
  return cells === undefined ? undefined : rowsOnTarget(write, rows, cells)[0];
}

/** Writes what is sent into the rows of the other side. */
export function applyWrite(write: Write, rows: Rows): void {
  const { operation, payload } = write;
  const before = partnerOf(write, rows);
  if (operation === 'delete' && before === undefined) return;
  const after = operation === 'delete' ? undefined : new Map([...(before ?? []), ...payload.row]);
  rows.replace(...targetPlace(write, rows), before, after);
}

/** The writes of a batch that create rows, by what refers to them. */
export interface Batch {
  readonly writes: readonly Write[];
  /** The first write that creates the row that a lookup leads to. */
  readonly creating: (lookup: Lookup) => Write | undefined;
}

export function batchOf(writes: readonly Write[]): Batch {
  const created = groupedBy(
    writes.filter(({ side, operation }) => side === 'fo' && operation === 'insert'),
    ({ leg }) => leg.leg.destinationSchema,
  );
  const indexes = new Map<string, Map<string, Write>>();
  const indexOf = (table: string, column: string): Map<string, Write> => {
    const place = `${key(table)} ${key(column)}`;
    const known = indexes.get(place);
    if (known !== undefined) return known;
    const index = new Map<string, Write>();
    for (const write of created.get(key(table)) ?? []) {
      const cell = write.payload.row.get(key(column));
      if (typeof cell === 'string' && !index.has(collated(cell))) index.set(collated(cell), write);
    }
    indexes.set(place, index);
    return index;
  };
  return {
    writes,
    creating: ({ table, keyColumn, value }) =>
      keyColumn === '' || value === null || value === ''
        ? undefined
        : indexOf(table, keyColumn).get(collated(value)),
  };
}

const referredIn = ({ payload }: Write, { creating }: Batch): readonly Write[] =>
  payload.lookups.flatMap((lookup) => creating(lookup) ?? []);

/**
 * The order of the writes: that of the changes (`dualwrite.md` 7.1), but for a row that another one of the batch refers
 * to through entities that are related.
 */
export function inOrder(batch: Batch, environment: Environment): readonly Write[] {
  const ordered: Write[] = [];
  const waiting = new Set(batch.writes);
  const place = (write: Write): void => {
    if (!waiting.delete(write)) return;
    // Without relations nothing is moved, so that a long chain of references is never followed.
    if (environment.entityRelations.length > 0) {
      for (const other of referredIn(write, batch)) {
        if (areRelated(write, other, environment)) place(other);
      }
    }
    ordered.push(write);
  };
  for (const write of batch.writes) place(write);
  return ordered;
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
export function lookUp(write: Write, batch: Batch, rows: Rows, environment: Environment): LookedUp {
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
    if (rows.find('dataverse', table, new Map([[key(keyColumn), value]])).length > 0) {
      tell('found');
      continue;
    }
    const created = batch.creating(lookup);
    if (created !== undefined && areRelated(write, created, environment)) tell('related');
    else if (created !== undefined && referredIn(created, batch).includes(write)) {
      tell('eachOther');
      inBatch.push({ table, value });
    } else if (created !== undefined) {
      tell('sameBatch');
      isUncertain = true;
    } else if (!rows.has('dataverse', table)) tell('assumed');
    else {
      tell('missing');
      missing.push({ table, value });
    }
  }
  return { happenings, inBatch, missing, isUncertain };
}
