import type { CouplingName } from '../actions/coupledErrors.ts';
import { tablesOf } from '../coupling/couple.ts';
import { uncoupleWarning } from '../coupling/uncouple.ts';
import type { Engine } from '../engine.ts';
import { isEnabled } from '../model/fieldMapping.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { type EngineMessage, message } from '../model/message.ts';
import { mappingNamed } from '../store/mappings.ts';
import type { Say } from './say.ts';
import { type ActionName, actionNames, type ActionTarget, type ActionView } from './types.ts';

/** What decides whether an action is on: the selected rows as they are now, and the mapping. */
interface Situation {
  readonly engine: Engine;
  readonly rows: readonly Existing[];
  readonly mapping: IntegrationTableMapping | undefined;
}

interface Existing extends CouplingName {
  readonly record: boolean;
  readonly partner: boolean;
}

/** Why an action is off; undefined where it is on. */
type Rule = (situation: Situation) => EngineMessage | undefined;

const off = (reason: string): EngineMessage => message(`off.${reason}`);

const always: Rule = () => undefined;

const everyRow =
  (reason: string, fits: (row: Existing) => boolean): Rule =>
  ({ rows }) => {
    if (rows.length === 0) return off('noRow');
    return rows.every(fits) ? undefined : off(reason);
  };

const bothExist = everyRow('bothMustExist', ({ record, partner }) => record && partner);

const withMapping: Rule = ({ mapping }) => (mapping === undefined ? off('noMapping') : undefined);

const connected: Rule = ({ engine }) =>
  engine.settings().connectionEnabled ? undefined : off('notConnected');

const all =
  (...rules: readonly Rule[]): Rule =>
  (situation) =>
    rules.map((rule) => rule(situation)).find((reason) => reason !== undefined);

/** The enablement of the pages (`bc-sync.md` 3.1, 3.2). */
const rules: Readonly<Record<ActionName, Rule>> = {
  Retry: bothExist,
  'Retry All': always,
  Synchronize: all(connected, everyRow('bothMustExist', canSynchronize)),
  'Restore Records': all(
    connected,
    everyRow('oneMustExist', (row) => isCoupled(row) && row.record !== row.partner),
  ),
  'Delete Records': everyRow('oneMustExist', (row) => isCoupled(row) && row.record !== row.partner),
  'Delete Couplings': ({ rows, mapping }) => {
    if (rows.length === 0) return mapping === undefined ? off('noRow') : undefined;
    return rows.every(isCoupled) ? undefined : off('notCoupled');
  },
  'Find for Deleted': always,
  'Set Up Coupling': ({ rows }) => {
    const [row, ...others] = rows;
    if (row === undefined) return off('noRow');
    if (others.length > 0) return off('oneRow');
    return row.record ? undefined : off('recordGone');
  },
  'Match-Based Coupling': ({ mapping }) => {
    if (mapping === undefined) return off('noMapping');
    const has = mapping.fields.some(
      (field) => isEnabled(field) && field.useForMatchBasedCoupling === true,
    );
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
  'Full Synch. Review': connected,
  'Run Job Queue': always,
};

function isCoupled({ integrationId, crmId }: CouplingName): boolean {
  return integrationId !== '' && crmId !== '';
}

/** A row that was never created can be created by hand. */
function canSynchronize(row: Existing): boolean {
  return isCoupled(row) ? row.record && row.partner : row.record || row.partner;
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
  if (mapping === undefined) return { ...row, record: false, partner: false };
  const { table, integrationTable } = tablesOf(engine, mapping);
  const isThere = (rows: string, id: string): boolean =>
    engine.store.value(`SELECT alive FROM ${rows} WHERE id = ?`, [id]) === 1;
  return {
    ...row,
    record: isThere(table.rows, row.integrationId),
    partner: isThere(integrationTable.rows, row.crmId),
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
    case 'Find for Deleted':
    case 'Delete Entries Older Than 7 Days':
    case 'Delete All Entries':
    case 'Use Default Synchronization Setup':
    case 'Run Unconditional Full Synchronization':
      return message(`confirm.${name}`);
    case 'Run Full Synchronization':
      return engine.settings().mode === 'faithful' ? message(`confirm.${name}`) : undefined;
    default:
      return undefined;
  }
}
