import type { CouplingName } from '../actions/coupledErrors.ts';
import {
  type ErrorAction,
  meets,
  type RecordsThere,
  type RowNeed,
  rowNeeds,
} from '../actions/enabled.ts';
import { tablesOf } from '../coupling/couple.ts';
import { matchableFields } from '../coupling/matchSettings.ts';
import { uncoupleWarning } from '../coupling/uncouple.ts';
import type { Engine } from '../engine.ts';
import { canRecommend, mayDouble } from '../fullSynch/recommendation.ts';
import { canReset, canRestart, canStart, reviewLines } from '../fullSynch/review.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { type EngineMessage, message } from '../model/message.ts';
import { fullLines } from '../store/fullLines.ts';
import { mappingNamed } from '../store/mappings.ts';
import type { Say } from './say.ts';
import {
  type ActionName,
  actionNames,
  type ActionTarget,
  type ActionView,
} from './views/actions.ts';

/** What decides whether an action is on: the selected rows as they are now, and the mapping. */
interface Situation {
  readonly engine: Engine;
  readonly rows: readonly Existing[];
  readonly mapping: IntegrationTableMapping | undefined;
}

type Existing = CouplingName & RecordsThere;

/** Why an action is off; undefined where it is on. */
type Rule = (situation: Situation) => EngineMessage | undefined;

const off = (reason: string): EngineMessage => message(`off.${reason}`);

const always: Rule = () => undefined;

/** What is said where a row lacks what an action needs of it. */
const reasons: Readonly<Record<RowNeed, string>> = {
  nothing: 'noRow',
  row: 'noRow',
  record: 'recordGone',
  both: 'bothMustExist',
  one: 'oneMustExist',
};

/** Every selected row has what the page asks of one (`actions/enabled.ts`). */
const asOnPage =
  (action: ErrorAction): Rule =>
  ({ rows }) => {
    const need = rowNeeds[action];
    if (rows.length === 0) return meets(need, undefined) ? undefined : off('noRow');
    return rows.every((row) => meets(need, row)) ? undefined : off(reasons[need]);
  };

const coupled: Rule = ({ rows }) => (rows.every(isCoupled) ? undefined : off('notCoupled'));

const withMapping: Rule = ({ mapping }) => (mapping === undefined ? off('noMapping') : undefined);

const connected: Rule = ({ engine }) =>
  engine.settings().connectionEnabled ? undefined : off('notConnected');

const all =
  (...rules: readonly Rule[]): Rule =>
  (situation) =>
    rules.map((rule) => rule(situation)).find((reason) => reason !== undefined);

/** The enablement of the pages (`bc-sync.md` 3.1, 3.2). */
const rules: Readonly<Record<ActionName, Rule>> = {
  Retry: asOnPage('Retry'),
  'Retry All': asOnPage('Retry All'),
  Synchronize: all(connected, canSynchronize),
  'Restore Records': all(connected, coupled, asOnPage('Restore Records')),
  'Delete Records': all(coupled, asOnPage('Delete Records')),
  'Delete Couplings': (situation) =>
    situation.mapping !== undefined && situation.rows.length === 0
      ? undefined
      : all(asOnPage('Delete Couplings'), coupled)(situation),
  'Find for Deleted': asOnPage('Find for Deleted'),
  'Set Up Coupling': canSetUp,
  'Match-Based Coupling': ({ engine, mapping }) => {
    if (mapping === undefined) return off('noMapping');
    const has = matchableFields(mapping, tablesOf(engine, mapping)).length > 0;
    return has ? undefined : off('noCriteria');
  },
  'Delete Entries Older Than 7 Days': always,
  'Delete All Entries': always,
  'Use Default Synchronization Setup': always,
  'Synchronize Modified Records': all(connected, withMapping),
  'Run Full Synchronization': all(connected, withMapping),
  'Run Unconditional Full Synchronization': all(connected, withMapping, ({ mapping }) =>
    mapping?.direction === 'Bidirectional' ? off('oneWayOnly') : undefined,
  ),
  'Full Synch. Review': all(connected, ({ engine }) =>
    canStart(engine) ? undefined : off('allStarted'),
  ),
  'Recommend Full Synchronization': all(withMapping, ({ engine, mapping }) =>
    reviewLines(engine).some((line) => line.name === mapping?.name && canRecommend(line))
      ? undefined
      : off('notToCouple'),
  ),
  'Restart Full Synchronization': all(connected, withMapping, ({ engine, mapping }) =>
    fullLines(engine.store).some((line) => line.name === mapping?.name && canRestart(line))
      ? undefined
      : message('notRestartable'),
  ),
  'Reset Full Synch. Review': ({ engine }) => (canReset(engine) ? undefined : off('noneStarted')),
  'Run Job Queue': always,
};

/** Both records are named; a row that was never created has one. */
export function isCoupled({ integrationId, crmId }: CouplingName): boolean {
  return integrationId !== '' && crmId !== '';
}

/** Besides what the page offers, an uncoupled row of Dataverse can be coupled to a record of Business Central. */
function canSetUp(situation: Situation): EngineMessage | undefined {
  const [row, ...others] = situation.rows;
  if (others.length > 0) return off('oneRow');
  return row?.integrationId === '' && row.coupledRecordExists
    ? undefined
    : asOnPage('Set Up Coupling')(situation);
}

/** Besides what the page offers, a row that was never created can be created by hand. */
function canSynchronize(situation: Situation): EngineMessage | undefined {
  const pairs = situation.rows.filter(isCoupled);
  const others = situation.rows.filter((row) => !isCoupled(row));
  if (others.length > 0 && others.every((row) => row.recordExists || row.coupledRecordExists)) {
    return pairs.length === 0 ? undefined : asOnPage('Synchronize')({ ...situation, rows: pairs });
  }
  return asOnPage('Synchronize')(situation);
}

/** Every action for a selection, in the order of the pages. */
export function availableActions(
  engine: Engine,
  say: Say,
  { rows = [], mapping }: ActionTarget,
): readonly ActionView[] {
  const situation: Situation = {
    engine,
    rows: rows.map((row) => existing(engine, row)),
    mapping: mapping === undefined ? undefined : mappingNamed(engine.store, mapping),
  };
  return actionNames.map((name) => {
    const reason = rules[name](situation);
    const confirm = confirmationOf(name, situation);
    return {
      name,
      title: say(message(`action.${name}`)).text,
      enabled: reason === undefined,
      reason: reason === undefined ? undefined : say(reason),
      confirm: confirm === undefined ? undefined : say(confirm),
    };
  });
}

/** Whether the records of a coupling are there. */
function existing(engine: Engine, row: CouplingName): Existing {
  const mapping = mappingNamed(engine.store, row.mapping);
  if (mapping === undefined) return { ...row, recordExists: false, coupledRecordExists: false };
  const { table, integrationTable } = tablesOf(engine, mapping);
  const isThere = (rows: string, id: string): boolean =>
    engine.store.value(`SELECT alive FROM ${rows} WHERE id = ?`, [id]) === 1;
  return {
    ...row,
    recordExists: isThere(table.rows, row.integrationId),
    coupledRecordExists: isThere(integrationTable.rows, row.crmId),
  };
}

/** What to ask first, where something goes that nobody gets back by another run. */
function confirmationOf(
  name: ActionName,
  { engine, rows, mapping }: Situation,
): EngineMessage | undefined {
  switch (name) {
    case 'Delete Couplings': {
      const names = new Set(rows.map((row) => row.mapping));
      if (mapping !== undefined) names.add(mapping.name);
      const [warning] = [...names].flatMap((each) =>
        mappingNamed(engine.store, each) === undefined ? [] : (uncoupleWarning(engine, each) ?? []),
      );
      return warning ?? message('confirm.Delete Couplings');
    }
    case 'Delete Records':
      return message('confirm.Delete Records', { count: rows.length });
    case 'Full Synch. Review': {
      // It is asked of a whole project; whoever asks about records need not wait for a look at all of them.
      const isAsked = rows.length === 0 && mapping === undefined;
      const lines = isAsked ? reviewLines(engine).filter(canRecommend) : [];
      return doubling(engine, lines) ?? message(`confirm.${name}`);
    }
    case 'Run Full Synchronization':
      if (engine.settings().mode === 'faithful') return message(`confirm.${name}`);
      return rows.length === 0 && mapping?.synchOnlyCoupledRecords === false
        ? doubling(engine, [mapping])
        : undefined;
    case 'Find for Deleted':
    case 'Delete Entries Older Than 7 Days':
    case 'Delete All Entries':
    case 'Use Default Synchronization Setup':
    case 'Run Unconditional Full Synchronization':
      return message(`confirm.${name}`);
    default:
      return undefined;
  }
}

/** What to ask before a full synchronization of mappings that would create records a second time (`bc-oracle.md` L10). */
function doubling(
  engine: Engine,
  mappings: readonly { readonly name: string }[],
): EngineMessage | undefined {
  const names = mappings.map(({ name }) => name).filter((name) => mayDouble(engine, name));
  return names.length === 0
    ? undefined
    : message('confirm.doubles', { mappings: names.join(', ') });
}
