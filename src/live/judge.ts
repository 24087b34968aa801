import { key } from '../metadata/merge.ts';
import type { Side } from '../map/model.ts';
import type { Write } from './batch.ts';
import { type Answer, answerOf } from './filters.ts';
import type { LiveLeg } from './legs.ts';
import { type Happening, type Outcome, type Row, type Transaction, UNTOLD } from './model.ts';
import { merged } from './outcomes.ts';
import type { EntityChange, Noticed } from './outward.ts';
import { payloadOf } from './payload.ts';
import type { MapStatus } from './status.ts';
import type { World } from './world.ts';

interface Judged {
  readonly happenings: readonly Happening[];
  readonly outcomes: readonly Outcome[];
  readonly writes: readonly Write[];
  readonly status: MapStatus;
}

/** From a noticed change to what is sent: state of the map, company, filter, payload. */
export function judge(
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
