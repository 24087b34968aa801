import type { Side } from '../map/model.ts';
import { key } from '../metadata/merge.ts';
import type { Write } from './batch.ts';
import { assignNumbers, noticeInDataverse } from './inward.ts';
import { judge } from './judge.ts';
import type { LiveLeg } from './legs.ts';
import type { Change, Happening, Outcome, Transaction } from './model.ts';
import { outcomeOf, withDoubt } from './outcomes.ts';
import { applyChange, applyToEntities, isEntityItself, notice, type Noticed } from './outward.ts';
import { sendBatch, type Sent, type Settled } from './send.ts';
import type { MapStatus } from './status.ts';
import type { World } from './world.ts';

export interface Transacted {
  readonly happenings: readonly Happening[];
  readonly outcomes: readonly Outcome[];
  readonly maps: readonly { readonly map: string; readonly outcomes: readonly Outcome[] }[];
}

/** One transaction: either both sides have all of it, or neither has any (`dualwrite.md` 7.1). */
export function transact(transaction: Transaction, world: World): Transacted {
  const { side, changes, megabytes = 0 } = transaction;
  const { rows, legs } = world;
  rows.begin();
  const effects: Effect[] = [];
  for (const [index, written] of changes.entries()) {
    const change = side === 'fo' ? written : assignNumbers(written, world);
    effects.push(effectOf(change, index, transaction, world));
    if (side === 'fo') applyToEntities(change, legs, rows);
    applyChange(change, rows, side);
  }
  const records = changes.reduce((sum, change) => sum + change.records, 0);
  const sent = sendBatch(
    effects.flatMap(({ writes }) => writes),
    transaction,
    records,
    world,
  );
  const queued = effects.flatMap((effect) => effect.queued);
  const share = megabytes / Math.max(1, queued.length);
  const waiting = enqueue(queued, share);
  const maps = outcomesByMap([
    ...effects.flatMap(({ settled }) => settled),
    ...sent.settled,
    ...waiting.settled,
  ]);
  const outcomes = outcomeOf(maps.map((each) => each.outcomes));
  const code = resultOf(outcomes);
  if (code === 'bothFail') {
    for (const { status, write } of queued) status.withdraw(write, share);
    rows.rollBack();
  }
  const happenings = [
    ...effects.flatMap((effect) => effect.happenings),
    ...sent.happenings,
    ...waiting.happenings,
    { kind: 'result', code, args: {} },
  ];
  return { happenings, outcomes, maps };
}

function resultOf(outcomes: readonly Outcome[]): string {
  const [only, ...others] = outcomes;
  if (others.length > 0) return 'uncertain';
  return only === 'failed' ? 'bothFail' : (only ?? 'notTriggered');
}

function outcomesByMap(settled: readonly Settled[]): Transacted['maps'] {
  const byMap = new Map<string, (readonly Outcome[])[]>();
  for (const { map, outcomes } of settled) {
    const own = byMap.get(map) ?? [];
    own.push(outcomes);
    byMap.set(map, own);
  }
  return [...byMap].map(([map, own]) => ({ map, outcomes: outcomeOf(own) }));
}

interface Queued {
  readonly status: MapStatus;
  readonly write: Write;
}

/** What a change sets off: writes to send now, and writes that wait until their map runs. */
interface Effect {
  readonly happenings: readonly Happening[];
  readonly settled: readonly Settled[];
  readonly writes: readonly Write[];
  readonly queued: readonly Queued[];
}

function effectOf(change: Change, index: number, transaction: Transaction, world: World): Effect {
  const { side } = transaction;
  const happenings: Happening[] = [];
  const settled: Settled[] = [];
  const writes: Write[] = [];
  const queued: Queued[] = [];
  const tell = (told: readonly Happening[]): void =>
    void happenings.push(...told.map((each) => ({ ...each, change: index })));
  const unnoticed = (code: string): void => tell([{ kind: 'trigger', code, args: argsOf(change) }]);

  const beyond = side === 'fo' ? beyondEvents(change) : undefined;
  const noticed = beyond === undefined ? noticedBy(change, side, world) : [];
  if (beyond !== undefined) unnoticed(beyond);
  else if (noticed.length === 0) unnoticed(unnoticedCode(side, world));
  for (const { leg, found } of noticed) {
    tell(found.flatMap((each) => each.happenings));
    for (const each of found) {
      const judged = judge(each, leg, transaction, world);
      tell(judged.happenings);
      if (judged.writes.length === 0) settled.push({ map: leg.map, outcomes: judged.outcomes });
      const own = judged.writes.map((write) => ({ ...write, change: index }));
      if (judged.status.state === 'running') writes.push(...own);
      else queued.push(...own.map((write) => ({ status: judged.status, write })));
    }
  }
  return { happenings, settled, writes, queued };
}

/** @param share megabytes that each write takes of the queue */
function enqueue(queued: readonly Queued[], share: number): Sent {
  const happenings: Happening[] = [];
  const settled: Settled[] = [];
  for (const { status, write } of queued) {
    const { map } = write.leg;
    const { code, position, outcomes } = status.enqueue(write, share);
    happenings.push({ kind: 'queue', code, args: { position }, map, change: write.change });
    settled.push({ map, outcomes: withDoubt(outcomes, write.outcomes) });
  }
  return { happenings, settled };
}

const argsOf = ({ table, operation, writing, records }: Change): Happening['args'] => ({
  table: table.value,
  operation,
  writing,
  count: records,
});

/** Writes that business events do not see (SEED, prerequisites). */
function beyondEvents({ writing, skipsBusinessEvents }: Change): string | undefined {
  if (writing !== 'plain') return `beyond.${writing}`;
  return skipsBusinessEvents ? 'beyond.skipBusinessEvents' : undefined;
}

interface NoticedBy {
  readonly leg: LiveLeg;
  readonly found: readonly Noticed[];
}

function noticedBy(
  change: Change,
  side: Side,
  { legs, environment, rows }: World,
): readonly NoticedBy[] {
  if (side === 'dataverse') {
    return legs
      .filter(({ leg }) => key(leg.destinationSchema) === key(change.table.value))
      .map((leg) => ({ leg, found: noticeInDataverse(leg, change, rows, environment) }));
  }
  return legs.flatMap((leg) => {
    const ways = isEntityItself(leg, change.table.value)
      ? [undefined]
      : leg
          .waysFrom(change.table.value)
          .filter(
            ({ dataSource }) =>
              change.through === undefined || key(dataSource.name) === key(change.through),
          );
    return ways.length === 0
      ? []
      : [{ leg, found: ways.flatMap((way) => notice(leg, way, change, rows)) }];
  });
}

/** Where an entity is not known, its tables are not known either. */
const unnoticedCode = (side: Side, { legs }: World): string =>
  side === 'dataverse'
    ? 'noMap'
    : legs.some(({ entity }) => entity === undefined)
      ? 'noMapKnown'
      : 'noEntity';
