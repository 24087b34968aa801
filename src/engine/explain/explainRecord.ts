import { notYetCreated } from '../actions/notYetCreated.ts';
import { causeOf } from '../admin/causes.ts';
import { tablesOf } from '../coupling/couple.ts';
import type { Engine } from '../engine.ts';
import { type EngineMessage, EngineRefusal, message } from '../model/message.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { runsIn } from '../model/side.ts';
import { rowIdOf } from '../project/applyCouplings.ts';
import { sqlOfView } from '../run/view.ts';
import { readRow } from '../sides/localSide.ts';
import { columnOf, type RowTable } from '../store/rowTables.ts';
import { listedMappings } from '../store/mappings.ts';
import { availableActions } from '../surface/available.ts';
import { columnsSql, couplingView } from '../surface/couplings.ts';
import { descriptionSql } from '../surface/names.ts';
import type { Say } from '../surface/say.ts';
import type {
  ComparedField,
  ExplainedOutcome,
  ExplainedRecord,
} from '../surface/views/explained.ts';
import type { ActionName } from '../surface/views/actions.ts';
import type { CouplingView } from '../surface/views/couplings.ts';
import { comparedFields } from './compare.ts';
import { outcomesOf } from './outcomes.ts';

/**
 * "Why was this record skipped, failed, unchanged?" The record is named by its id or the values of its key, of either
 * side; undefined where no mapping knows it.
 */
export function explainRecord(
  engine: Engine,
  say: Say,
  mappingName: string | undefined,
  named: string,
): ExplainedRecord | undefined {
  for (const mapping of listedMappings(engine.store)) {
    if (mappingName !== undefined && mapping.name !== mappingName) continue;
    const found = pairOf(engine, say, mapping, named);
    if (found !== undefined) return explained(engine, say, mapping, found);
  }
  return undefined;
}

interface Pair {
  readonly coupling: CouplingView | undefined;
  readonly integrationId: string;
  readonly crmId: string;
}

function pairOf(
  engine: Engine,
  say: Say,
  mapping: IntegrationTableMapping,
  named: string,
): Pair | undefined {
  const { table, integrationTable } = tablesOf(engine, mapping);
  const own = rowIdOf(engine, table, named);
  const other = own === undefined ? rowIdOf(engine, integrationTable, named) : undefined;
  if (own === undefined && other === undefined) return undefined;
  const [alias, id] = own === undefined ? ['d', other ?? ''] : ['b', own];
  const [cells] = engine.store.rows(
    `SELECT ${columnsSql({ table, integrationTable })}
     FROM coupling c JOIN ${table.rows} b ON b.rid = c.bc_rid JOIN ${integrationTable.rows} d ON d.rid = c.dv_rid WHERE c.tbl = ${table.no} AND ${alias}.id = ?`,
    [id],
  );
  const coupling = cells === undefined ? undefined : couplingView(mapping.name, cells, say);
  return {
    coupling,
    integrationId: coupling?.integrationId ?? own ?? '',
    crmId: coupling?.crmId ?? other ?? '',
  };
}

function explained(
  engine: Engine,
  say: Say,
  mapping: IntegrationTableMapping,
  { coupling, integrationId, crmId }: Pair,
): ExplainedRecord {
  const { store } = engine;
  const { table, integrationTable } = tablesOf(engine, mapping);
  const record = integrationId === '' ? undefined : readRow(store, table, integrationId);
  const partner = crmId === '' ? undefined : readRow(store, integrationTable, crmId);
  const name = { mapping: mapping.name, integrationId, crmId };
  const describe = (rows: RowTable, id: string): string =>
    String(
      store.value(`SELECT ${descriptionSql(rows, 'r')} FROM ${rows.rows} r WHERE r.id = ?`, [id]) ??
        '',
    );
  const fields = coupling === undefined ? [] : comparedFields(engine, name);
  const outcomes = outcomesOf(
    engine,
    say,
    [record, partner].flatMap((row) => (row === undefined ? [] : [row.rid])),
    { table: mapping.table, integrationTable: mapping.integrationTable },
  );
  const excludedBy = exclusionOf(engine, mapping, integrationId, crmId);
  const state = coupling?.state ?? 'uncoupled';
  const available = availableActions(engine, say, { rows: [name], mapping: mapping.name });
  const isPassed = coupling === undefined && isPassedOver(engine, mapping, integrationId, crmId);
  const facts: Facts = { mapping, coupling, fields, outcomes, excludedBy, isPassed, engine };
  const steps = nextSteps(facts);
  return {
    ...name,
    table: mapping.table,
    integrationTable: mapping.integrationTable,
    description: integrationId === '' ? '' : describe(table, integrationId),
    coupledTo: crmId === '' ? '' : describe(integrationTable, crmId),
    recordExists: record?.alive === true,
    coupledRecordExists: partner?.alive === true,
    state,
    verdict: say(verdictOf(facts)),
    notice: coupling?.notice,
    nextSteps: steps.map(({ text }) => say(text)),
    actions: [
      ...new Set([
        ...steps.flatMap(({ action }) => action ?? []),
        ...available.filter(({ enabled }) => enabled).map((action) => action.name),
      ]),
    ].filter((each) => available.some((action) => action.name === each && action.enabled)),
    fields,
    outcomes,
    excludedBy,
    versions: [record?.version ?? 0, partner?.version ?? 0],
    record: record?.alive === true ? record.values : undefined,
    coupledRecord: partner?.alive === true ? partner.values : undefined,
  };
}

interface Facts {
  readonly engine: Engine;
  readonly mapping: IntegrationTableMapping;
  readonly coupling: CouplingView | undefined;
  readonly fields: readonly ComparedField[];
  readonly outcomes: readonly ExplainedOutcome[];
  readonly excludedBy: ExplainedRecord['excludedBy'];
  /** The runs got past a row without creating its partner. */
  readonly isPassed: boolean;
}

/**
 * Whether no later run creates the partner of a row although the mapping creates records: it was examined while only
 * coupled records were synchronized, and nobody has edited it since (`bc-oracle.md` I27).
 */
function isPassedOver(
  engine: Engine,
  { name, direction, synchOnlyCoupledRecords }: IntegrationTableMapping,
  integrationId: string,
  crmId: string,
): boolean {
  const [way, id] =
    integrationId === ''
      ? (['FromIntegrationTable', crmId] as const)
      : (['ToIntegrationTable', integrationId] as const);
  if (synchOnlyCoupledRecords !== false || !runsIn(direction, way)) return false;
  try {
    return notYetCreated(engine, name, way, id).length > 0;
  } catch (error) {
    // Every run says what is wrong with the mapping.
    if (error instanceof EngineRefusal) return false;
    throw error;
  }
}

/** The one sentence that answers the question. */
function verdictOf({ mapping, coupling, fields, outcomes, excludedBy }: Facts): EngineMessage {
  const names = { table: mapping.table, integrationTable: mapping.integrationTable };
  if (excludedBy !== undefined) return message('verdict.excluded', { filter: excludedBy.filter });
  const [last] = outcomes;
  if (coupling === undefined) {
    return last?.error === undefined
      ? message('verdict.uncoupled', names)
      : message('verdict.notCreated', names);
  }
  switch (coupling.state) {
    case 'broken':
      return coupling.recordExists
        ? message('verdict.partnerGone', names)
        : coupling.coupledRecordExists
          ? message('verdict.recordGone', names)
          : message('verdict.bothGone', names);
    case 'skipped':
      return message(
        outcomes.some(({ error }) => error !== undefined)
          ? 'verdict.skipped'
          : 'verdict.skippedByHand',
      );
    case 'failed':
      return message('verdict.failed');
    case 'neverSynchronized':
      return message('verdict.never');
    case 'synchronized':
      return fields.some(({ differs }) => differs)
        ? message('verdict.differs', {
            count: fields.filter(({ differs }) => differs).length,
          })
        : message('verdict.equal');
  }
}

interface Step {
  readonly text: EngineMessage;
  readonly action?: ActionName;
}

/** What to do, the most helpful first. */
function nextSteps({
  engine,
  mapping,
  coupling,
  fields,
  outcomes,
  excludedBy,
  isPassed,
}: Facts): readonly Step[] {
  const steps: Step[] = [];
  if (!engine.settings().connectionEnabled) steps.push({ text: message('next.connection') });
  if (excludedBy !== undefined) steps.push({ text: message('next.filter') });
  if (coupling === undefined) {
    const error = outcomes[0]?.error;
    const cause = error === undefined ? undefined : causeOf(error);
    if (cause !== undefined) steps.push({ text: cause });
    if (isPassed && error === undefined) {
      steps.push({
        text: message('next.passed', { mapping: mapping.name }),
        action: 'Synchronize',
      });
    }
    steps.push({ text: message('next.couple'), action: 'Set Up Coupling' });
    if (mapping.synchOnlyCoupledRecords !== false) {
      steps.push({ text: message('next.onlyCoupled', { mapping: mapping.name }) });
    }
    return steps;
  }
  const { state } = coupling;
  if (!coupling.recordExists && !coupling.coupledRecordExists) {
    return [...steps, { text: message('next.uncouple'), action: 'Delete Couplings' }];
  }
  if (state === 'broken') {
    return [
      ...steps,
      { text: message('next.restore'), action: 'Restore Records' },
      { text: message('next.delete'), action: 'Delete Records' },
      { text: message('next.uncouple'), action: 'Delete Couplings' },
    ];
  }
  const error = outcomes.find((outcome) => outcome.error !== undefined)?.error;
  if (state === 'skipped' || state === 'failed') {
    const cause = error === undefined ? undefined : causeOf(error);
    if (cause !== undefined) steps.push({ text: cause });
    const clashing = fields.flatMap(({ conflicts, field }) =>
      conflicts && field !== undefined ? [field] : [],
    );
    // As in the product, where both records changed, any difference is a conflict (`bc-sync.md` 2.3, line 13).
    const isFalseConflict =
      error?.code === 'conflict' &&
      engine.settings().mode === 'faithful' &&
      fields.some(({ differs, direction }) => differs && direction === 'Bidirectional');
    if (clashing.length > 0) {
      const text = message('next.conflict', { fields: clashing.join(', ') });
      steps.push({ text, action: 'Synchronize' });
    } else if (isFalseConflict) {
      steps.push({ text: message('bothChanged'), action: 'Synchronize' });
    }
    // No run resolves a conflict that the mapping does not resolve by itself, so neither retrying nor waiting helps.
    const isConflict = clashing.length > 0 || isFalseConflict;
    if (isConflict && (mapping.updateConflictResolution ?? 'None') === 'None') return steps;
    steps.push(
      state === 'skipped'
        ? { text: message('next.retry'), action: 'Retry' }
        : { text: message('next.wait'), action: 'Synchronize' },
    );
    return steps;
  }
  if (state === 'neverSynchronized' || fields.some(({ differs }) => differs)) {
    steps.push({ text: message('next.run'), action: 'Synchronize Modified Records' });
  }
  return steps;
}

/** The filter that leaves a record out; undefined where both sides pass theirs. */
function exclusionOf(
  engine: Engine,
  mapping: IntegrationTableMapping,
  integrationId: string,
  crmId: string,
): ExplainedRecord['excludedBy'] {
  const { table, integrationTable } = tablesOf(engine, mapping);
  const sides = [
    { side: 'BusinessCentral', rows: table, filter: mapping.tableFilter, id: integrationId },
    {
      side: 'Dataverse',
      rows: integrationTable,
      filter: mapping.integrationTableFilter,
      id: crmId,
    },
  ] as const;
  for (const { side, rows, filter = '', id } of sides) {
    if (filter.trim() === '' || id === '') continue;
    try {
      const passes = sqlOfView(filter, rows, (field) => columnOf(rows, field));
      const found = engine.store.value(
        `SELECT ifnull(${passes}, 0) FROM ${rows.rows} WHERE id = ? AND alive`,
        [id],
      );
      if (found === 0) return { side, filter };
    } catch (error) {
      // Every run says that it can't be read.
      if (!(error instanceof EngineRefusal)) throw error;
    }
  }
  return undefined;
}
