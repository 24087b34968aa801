import type { Side } from '../map/model.ts';
import { key } from '../metadata/merge.ts';
import { applyWrite, batchOf, inOrder, lookUp, targetOf, type Write } from './batch.ts';
import { loggedOf } from './errorLog.ts';
import { environmentFault, type Fault, limitFault, writeFault } from './failing.ts';
import { type Answer, answerOf } from './filters.ts';
import { assignNumbers, noticeInDataverse } from './inward.ts';
import type { LiveLeg } from './legs.ts';
import {
  type Change,
  type Environment,
  type Happening,
  type Outcome,
  type Row,
  type Transaction,
  UNTOLD,
} from './model.ts';
import {
  applyChange,
  applyToEntities,
  type EntityChange,
  isEntityItself,
  notice,
  type Noticed,
} from './outward.ts';
import { payloadOf } from './payload.ts';
import type { Rows } from './rows.ts';
import type { MapStatus, Statuses } from './status.ts';

/** What a transaction works on. */
export interface World {
  readonly legs: readonly LiveLeg[];
  readonly environment: Environment;
  readonly statuses: Statuses;
  readonly rows: Rows;
  /** Numbers that auto numbers give next, by table and column. */
  readonly numbers: Map<string, number>;
}

export interface Transacted {
  readonly happenings: readonly Happening[];
  readonly outcomes: readonly Outcome[];
  readonly maps: readonly { readonly map: string; readonly outcomes: readonly Outcome[] }[];
}

/** One transaction: either both sides have all of it, or neither has any (`dualwrite.md` 7.1). */
export function transact(transaction: Transaction, world: World): Transacted {
  const { side } = transaction;
  const happenings: Happening[] = [];
  const { rows } = world;
  rows.begin();
  /** What becomes of each effect of the transaction, by the map. */
  const effects = new Map<string, (readonly Outcome[])[]>();
  const writes: Write[] = [];
  const queued: { readonly status: MapStatus; readonly write: Write }[] = [];
  const records = transaction.changes.reduce((sum, change) => sum + change.records, 0);

  const settle = (map: string, outcomes: readonly Outcome[]): void => {
    const own = effects.get(map) ?? [];
    own.push(outcomes);
    effects.set(map, own);
  };

  for (const [index, written] of transaction.changes.entries()) {
    const change = side === 'fo' ? written : assignNumbers(written, world);
    const place = { change: index };
    const beyond = side === 'fo' ? beyondEvents(change) : undefined;
    if (beyond !== undefined) {
      happenings.push({ kind: 'trigger', code: beyond, args: argsOf(change), ...place });
    } else {
      const noticed = noticedBy(change, side, world, rows);
      if (noticed.length === 0) {
        const code = unnoticedCode(side, world);
        happenings.push({ kind: 'trigger', code, args: argsOf(change), ...place });
      }
      for (const { leg, found } of noticed) {
        const told = found.flatMap((each) => each.happenings);
        happenings.push(...told.map((each) => ({ ...each, ...place })));
        for (const each of found) {
          const judged = judge(each, leg, transaction, world);
          happenings.push(...judged.happenings.map((one) => ({ ...one, ...place })));
          if (judged.writes.length === 0) settle(leg.map, judged.outcomes);
          for (const one of judged.writes) {
            const write = { ...one, change: index };
            if (judged.status.state === 'running') writes.push(write);
            else queued.push({ status: judged.status, write });
          }
        }
      }
    }
    if (side === 'fo') applyToEntities(change, world.legs, rows);
    applyChange(change, rows, side);
  }

  const send = sendBatch(writes, transaction, records, world);
  happenings.push(...send.happenings);
  for (const { map, outcomes } of send.settled) settle(map, outcomes);
  const share = (transaction.megabytes ?? 0) / Math.max(1, queued.length);
  for (const { status, write } of queued) {
    const added = status.enqueue(write, share);
    happenings.push({
      kind: 'queue',
      code: added.code,
      args: { position: added.position },
      map: write.leg.map,
      change: write.change,
    });
    settle(write.leg.map, withDoubt(added.outcomes, write.outcomes));
  }
  const maps = [...effects].map(([map, own]) => ({ map, outcomes: outcomeOf(own) }));
  const outcomes = outcomeOf(maps.map((each) => each.outcomes));
  const hasFailed = outcomes.length === 1 && outcomes[0] === 'failed';
  if (hasFailed) {
    happenings.push({ kind: 'result', code: 'bothFail', args: {} });
    for (const { status, write } of queued) status.withdraw(write, share);
    rows.rollBack();
  } else if (outcomes.length > 1) {
    happenings.push({ kind: 'result', code: 'uncertain', args: {} });
  } else happenings.push({ kind: 'result', code: outcomes[0] ?? 'notTriggered', args: {} });
  return {
    happenings,
    outcomes,
    maps,
  };
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
  { legs, environment }: World,
  rows: Rows,
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

interface Judged {
  readonly happenings: readonly Happening[];
  readonly outcomes: readonly Outcome[];
  readonly writes: readonly Write[];
  readonly status: MapStatus;
}

/** From a noticed change to what is sent: state of the map, company, filter, payload. */
function judge(
  { isTriggered, rows }: Noticed,
  leg: LiveLeg,
  transaction: Transaction,
  { environment, statuses }: World,
): Judged {
  const { side } = transaction;
  const happenings: Happening[] = [];
  const status = statuses.of(leg.map);
  const tell = (kind: string, code: string, args: Happening['args'] = {}): void =>
    void happenings.push({ kind, code, args, map: leg.map });
  const nothing = (): Judged => ({ happenings, outcomes: ['notTriggered'], writes: [], status });
  if (isTriggered === 'no') return nothing();
  if (status.state !== 'running') tell('state', status.state);
  if (status.state === 'notRunning') return nothing();
  const company = transaction.company ?? environment.company;
  if (company !== undefined && environment.linkedCompanies !== undefined) {
    const isLinked = environment.linkedCompanies.some((linked) => key(linked) === key(company));
    tell('company', isLinked ? 'linked' : 'notLinked', { company });
    if (!isLinked) return nothing();
  }
  const writes: Write[] = [];
  let doubts: readonly Outcome[] = isTriggered === 'maybe' ? ['notTriggered'] : [];
  if (side === 'fo' && !transaction.isOneScope) {
    tell('trigger', 'noScope');
    doubts = ['notTriggered'];
  }
  if (status.state === 'initializing') doubts = ['notTriggered', 'queued'];
  for (const row of rows) {
    const passed = filtered(row, leg, side, tell);
    if (passed === undefined) continue;
    const shown = row.after ?? row.before ?? new Map();
    const payload = payloadOf(leg, shown, side);
    happenings.push(...payload.happenings);
    if (row.operation !== 'delete') tell('payload', 'sent', { values: payload.shown });
    else tell('payload', 'delete');
    const outcomes = merged(
      ['synchronized'],
      [...doubts, ...passed, ...(payload.isUncertain ? (['failed'] as const) : [])],
    );
    writes.push({ leg, side, operation: row.operation, payload, change: 0, outcomes });
  }
  return writes.length === 0 ? nothing() : { happenings, outcomes: [], writes, status };
}

/**
 * Which outcomes the filter leaves beside that the row is sent; undefined where it is not. What becomes of the partner
 * of a row that leaves the filter, nobody publishes (`dualwrite.md` section 9).
 */
function filtered(
  { operation, before, after }: EntityChange,
  leg: LiveLeg,
  side: Side,
  tell: (kind: string, code: string, args?: Happening['args']) => void,
): readonly Outcome[] | undefined {
  const condition = leg.filters()[side];
  if (condition.kind === 'always') return [];
  const answer = (row: Row | undefined, which: string): Answer | undefined => {
    if (row === undefined) return undefined;
    const { answer: found, missing } = answerOf(condition, toldIn(row));
    tell('filter', `${which}.${found}`, { fields: missing.join(', ') });
    return found;
  };
  const old = operation === 'insert' ? undefined : answer(before, 'old');
  const now = operation === 'delete' ? old : answer(after, 'new');
  if (now === 'true') return [];
  if (now === 'open' || now === 'unreadable' || now === undefined) return ['notTriggered'];
  if (operation === 'update' && old === 'true') {
    tell('filter', 'leaves');
    return ['notTriggered'];
  }
  return undefined;
}

/** What is told of a row. */
const toldIn = (row: Row): Row =>
  [...row.values()].includes(UNTOLD)
    ? new Map([...row].filter(([, cell]) => cell !== UNTOLD))
    : row;

interface Sent {
  readonly happenings: readonly Happening[];
  readonly settled: readonly { readonly map: string; readonly outcomes: readonly Outcome[] }[];
}

/** All writes of a transaction go in one batch; what fails makes all of it fail. */
export function sendBatch(
  writes: readonly Write[],
  transaction: Pick<Transaction, 'side' | 'megabytes' | 'seconds'>,
  records: number,
  { environment, rows }: World,
): Sent {
  const happenings: Happening[] = [];
  const settled: { readonly map: string; readonly outcomes: readonly Outcome[] }[] = [];
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

const merged = (known: readonly Outcome[] | undefined, more: readonly Outcome[]): Outcome[] => [
  ...new Set([...(known ?? []), ...more]),
];

/** What happens if it happens, and that it may not: the other outcomes of a write but success. */
const withDoubt = (first: readonly Outcome[], doubts: readonly Outcome[]): readonly Outcome[] =>
  merged(
    first,
    doubts.filter((each) => each === 'notTriggered'),
  );

/** What becomes of several effects together: what fails makes all fail, and nothing happens only where all do nothing. */
function outcomeOf(effects: readonly (readonly Outcome[])[]): readonly Outcome[] {
  if (effects.some((outcomes) => outcomes.every((each) => each === 'failed'))) return ['failed'];
  const may = (outcome: Outcome): boolean => effects.some((outcomes) => outcomes.includes(outcome));
  const found = (['synchronized', 'queued', 'failed'] as const).filter(may);
  const isNothingPossible = effects.every((outcomes) => outcomes.includes('notTriggered'));
  return found.length === 0 || isNothingPossible ? [...found, 'notTriggered'] : found;
}
