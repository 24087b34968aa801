import type { Engine } from '../engine.ts';
import { idAt } from '../model/ids.ts';
import type { SynchJob } from '../model/job.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { EngineRefusal, message } from '../model/message.ts';
import { sqlOfView } from '../run/view.ts';
import { knownJob, runMapping } from '../run/runMapping.ts';
import type { RunProgress } from '../run/progress.ts';
import { isBlankSql, transferFields, type TransferField } from '../run/transfer.ts';
import { addCoupling, type CoupledTables } from '../store/couplings.ts';
import { addError } from '../store/errors.ts';
import { beginJob, count, finishJob } from '../store/jobs.ts';
import { allMappings } from '../store/mappings.ts';
import { columnOf } from '../store/rowTables.ts';
import { sqlText } from '../store/sqlText.ts';
import { knownMapping, tablesOf } from './couple.ts';
import { createsUnmatched, isCriterion } from './matchSettings.ts';

export interface MatchRequest {
  readonly mapping: string;
  /** Ids of Business Central records; every uncoupled one if absent. */
  readonly ids?: readonly string[];
}

export interface MatchResult {
  readonly job: SynchJob;
  /** The synchronisation that follows, where the mapping asks for it. */
  readonly synchronisation: readonly SynchJob[];
  readonly coupled: number;
  /** Records without a match. */
  readonly notFound: number;
  /** Records with several matches, and not one by any priority. */
  readonly ambiguous: number;
}

/**
 * Match-Based Coupling (`bc-sync.md` 2.12): per record, by ascending priority, the one row without a partner that
 * agrees on every criterion. Throws an EngineRefusal where the mapping has no criteria.
 */
export function* coupleByMatch(
  engine: Engine,
  { mapping: name, ids }: MatchRequest,
): Generator<RunProgress, MatchResult> {
  const { store, clock } = engine;
  const mapping = knownMapping(engine, name);
  const tables = tablesOf(engine, mapping);
  const criteria = criteriaOf(engine, mapping, tables);
  if (criteria.length === 0) throw new EngineRefusal(message('noMatchCriteria', { mapping: name }));
  const job = begin(engine, name);
  const { coupled, unmatched } = store.transaction(() => {
    const found = matchAll(engine, mapping, tables, criteria, ids);
    for (const { bcRid, dvRid } of found.coupled) addCoupling(store, tables.table, bcRid, dvRid);
    count(store, job, { coupled: found.coupled.length });
    return found;
  });
  const creates = mapping.createNewInCaseOfNoMatch === true && createsUnmatched(mapping);
  const synchronisation: SynchJob[] = [];
  if (creates && unmatched.length > 0) {
    const { jobs } = yield* runMapping(engine, {
      mapping: name,
      direction: 'ToIntegrationTable',
      ids: unmatched.map(({ id }) => id),
      overrideOnlyCoupled: true,
    });
    synchronisation.push(...jobs);
  }
  store.transaction(() => {
    if (!creates && unmatched.length > 0) {
      count(store, job, { failed: unmatched.length });
      addError(store, {
        job,
        sourceRid: undefined,
        destinationRid: undefined,
        message: message('noMatch', { table: mapping.integrationTable, count: unmatched.length }),
        at: clock.BusinessCentral(),
      });
    }
    finishJob(store, job, clock.BusinessCentral());
  });
  if (mapping.synchAfterBulkCoupling === true && coupled.length > 0) {
    const getsData =
      mapping.direction === 'FromIntegrationTable' ||
      (mapping.direction === 'Bidirectional' &&
        mapping.updateConflictResolution === 'Get data update from integration table');
    const { jobs } = yield* runMapping(engine, {
      mapping: name,
      direction: getsData ? 'FromIntegrationTable' : 'ToIntegrationTable',
      ids: coupled.map((pair) => (getsData ? pair.crmId : pair.id)),
    });
    synchronisation.push(...jobs);
  }
  const ambiguous = unmatched.filter(({ isAmbiguous }) => isAmbiguous).length;
  return {
    job: knownJob(engine, job),
    synchronisation,
    coupled: coupled.length,
    notFound: unmatched.length - ambiguous,
    ambiguous,
  };
}

function begin(engine: Engine, mapping: string): number {
  const { prefix, first } = engine.ids.block(1);
  return engine.store.transaction(() =>
    beginJob(engine.store, {
      id: idAt(prefix, first),
      mapping,
      direction: undefined,
      type: 'Coupling',
      startedAt: engine.clock.BusinessCentral(),
    }),
  );
}

/** The criteria of one priority: all of them must agree. */
type Criteria = readonly TransferField[];

function criteriaOf(
  engine: Engine,
  mapping: IntegrationTableMapping,
  { table, integrationTable }: CoupledTables,
): readonly Criteria[] {
  const chosen = mapping.fields.filter(isCriterion);
  const fields = transferFields({
    mapping: {
      ...mapping,
      fields: chosen.map((field) => ({ ...field, direction: 'Bidirectional' as const })),
    },
    direction: 'ToIntegrationTable',
    source: table,
    destination: integrationTable,
    all: engine.tables(),
    mappings: allMappings(engine.store),
  });
  const priority = ({ mapping: { matchPriority = 0 } }: TransferField): number => matchPriority;
  const priorities = [...new Set(fields.map(priority))].toSorted((left, right) => left - right);
  return priorities.map((each) => fields.filter((field) => priority(field) === each));
}

interface Match {
  readonly bcRid: number;
  readonly dvRid: number;
  readonly id: string;
  readonly crmId: string;
}

interface Unmatched {
  readonly id: string;
  /** It has several matches. */
  readonly isAmbiguous: boolean;
}

interface Matches {
  readonly coupled: readonly Match[];
  readonly unmatched: readonly Unmatched[];
}

/** One reading of each side; a row that found its partner is no candidate for the next record. */
function matchAll(
  { store }: Engine,
  { tableFilter, integrationTableFilter }: IntegrationTableMapping,
  { table, integrationTable }: CoupledTables,
  priorities: readonly Criteria[],
  ids: readonly string[] | undefined,
): Matches {
  const keys = (side: 'record' | 'partner'): string =>
    priorities.map((criteria) => `, ${keySql(criteria, side)}`).join('');
  const inside = sqlOfView(tableFilter, table, (field) => columnOf(table, field));
  const records = store.rows(
    `SELECT s.rid, s.id${keys('record')} FROM ${table.rows} s LEFT JOIN coupling c ON c.bc_rid = s.rid WHERE s.alive AND c.bc_rid IS NULL AND ${inside} ORDER BY s.rid`,
  );
  const insideThere = sqlOfView(integrationTableFilter, integrationTable, (field) =>
    columnOf(integrationTable, field),
  );
  const free = new Map<string, { readonly rid: number; readonly id: string }>();
  const byKey = priorities.map(() => new Map<string, string[]>());
  for (const [rid, id, ...found] of store.rows(
    `SELECT d.rid, d.id${keys('partner')} FROM ${integrationTable.rows} d LEFT JOIN coupling c ON c.dv_rid = d.rid WHERE d.alive AND c.bc_rid IS NULL AND ${insideThere} ORDER BY d.rid`,
  )) {
    free.set(String(id), { rid: Number(rid), id: String(id) });
    for (const [index, key] of found.entries()) {
      if (typeof key !== 'string') continue;
      const partners = byKey[index]?.get(key);
      if (partners === undefined) byKey[index]?.set(key, [String(id)]);
      else partners.push(String(id));
    }
  }
  const wanted = ids === undefined ? undefined : new Set(ids);
  const coupled: Match[] = [];
  const unmatched: Unmatched[] = [];
  for (const [rid, id, ...own] of records) {
    if (wanted !== undefined && !wanted.has(String(id))) continue;
    const matches = own.map((key, index) => freeOf(byKey[index]?.get(String(key)), free));
    const [crmId = ''] = matches.find((partners) => partners.length === 1) ?? [];
    const partner = free.get(crmId);
    if (partner === undefined) {
      const isAmbiguous = matches.some((partners) => partners.length > 1);
      unmatched.push({ id: String(id), isAmbiguous });
      continue;
    }
    free.delete(partner.id);
    coupled.push({ bcRid: Number(rid), dvRid: partner.rid, id: String(id), crmId: partner.id });
  }
  return { coupled, unmatched };
}

const freeOf = (
  partners: readonly string[] = [],
  free: ReadonlyMap<string, unknown>,
): readonly string[] => partners.filter((id) => free.has(id));

/** The values of one priority as text; null where one is blank, for blanks match nothing. */
function keySql(criteria: Criteria, side: 'record' | 'partner'): string {
  const parts = criteria.map(({ inserted, column, destination, mapping }) => {
    const value = side === 'record' ? inserted : `d.${column}`;
    const isText = destination.type === 'text' || destination.type === 'code';
    const folded =
      isText && mapping.caseSensitiveMatching !== true
        ? `folded(${value})`
        : `CAST(${value} AS TEXT)`;
    return `CASE WHEN ${isBlankSql(value, destination)} THEN NULL ELSE ${folded} END`;
  });
  return parts.join(` || ${sqlText(SEPARATOR)} || `);
}

/** Stands between the values of a key, and in none of them. */
const SEPARATOR = '\u001F';
