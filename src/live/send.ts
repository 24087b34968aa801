import { key } from '../metadata/merge.ts';
import { applyWrite, batchOf, inOrder, lookUp, targetOf, type Write } from './batch.ts';
import { loggedOf } from './errorLog.ts';
import { environmentFault, type Fault, limitFault, writeFault } from './failing.ts';
import type { Happening, Outcome, Transaction } from './model.ts';
import { merged, withDoubt } from './outcomes.ts';
import type { World } from './world.ts';

/** What became of a write, or of a row that was not written, by the map. */
export interface Settled {
  readonly map: string;
  readonly outcomes: readonly Outcome[];
}

export interface Sent {
  readonly happenings: readonly Happening[];
  readonly settled: readonly Settled[];
}

/** All writes of a transaction go in one batch; what fails makes all of it fail. */
export function sendBatch(
  writes: readonly Write[],
  transaction: Pick<Transaction, 'side' | 'megabytes' | 'seconds'>,
  records: number,
  { environment, rows }: World,
): Sent {
  const happenings: Happening[] = [];
  const settled: Settled[] = [];
  if (writes.length === 0) return { happenings, settled };
  const fail = (
    write: Write,
    { code, args, message }: Fault,
    lookups: readonly Happening[] = [],
  ): void => {
    const said = message === undefined ? {} : { message };
    const { change } = write;
    const logged = loggedOf(write, lookups);
    happenings.push({ kind: 'error', code, args, map: write.leg.map, change, ...said, logged });
    settled.push({ map: write.leg.map, outcomes: withDoubt(['failed'], write.outcomes) });
  };
  const batch = batchOf(writes);
  const ordered = inOrder(batch, environment);
  const limit = limitFault(transaction, records, environment);
  for (const [index, write] of ordered.entries()) {
    const { change } = write;
    const place = { map: write.leg.map, change };
    if (ordered.length > 1) {
      const args = { position: index + 1, count: ordered.length, table: targetOf(write) };
      happenings.push({ kind: 'order', code: 'position', args, ...place });
    }
    const fault = limit ?? environmentFault(write, environment);
    if (fault !== undefined) {
      fail(write, fault);
      continue;
    }
    const looked = lookUp(write, batch, rows, environment);
    happenings.push(...looked.happenings.map((each) => ({ ...each, change })));
    const wrong = writeFault(write, looked, rows, environment);
    if (wrong !== undefined) {
      fail(write, wrong, looked.happenings);
      continue;
    }
    const args = { table: targetOf(write), values: write.payload.shown };
    happenings.push({ kind: 'write', code: write.operation, args, ...place });
    if (comesBack(write)) happenings.push({ kind: 'roundTrip', code: 'refused', args, ...place });
    applyWrite(write, rows);
    const doubt: readonly Outcome[] = looked.isUncertain ? ['failed'] : [];
    settled.push({ map: write.leg.map, outcomes: merged(write.outcomes, doubt) });
  }
  return { happenings, settled };
}

/** Whether the map would send what it wrote back again, which no transaction allows (`dualwrite.md` 7.1). */
const comesBack = ({ leg, side, payload }: Write): boolean =>
  leg.leg.fieldMappings.some(
    ({ direction, sourceField, destinationField }) =>
      direction !== (side === 'fo' ? 1 : 2) &&
      payload.row.has(key(side === 'fo' ? destinationField : sourceField)),
  );
