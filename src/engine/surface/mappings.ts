import { countNotYetCreated } from '../actions/notYetCreated.ts';
import { modeOf, type Engine } from '../engine.ts';
import { dependenciesOf } from '../fullSynch/standardDependencies.ts';
import { failedJobs } from '../log/cue.ts';
import { isEnabled } from '../model/fieldMapping.ts';
import { jobsOf } from '../store/jobs.ts';
import { listedMappings, watermarkOf } from '../store/mappings.ts';
import { viewText } from '../run/view.ts';
import { queueEntries } from '../store/queue.ts';
import { tablesOf } from '../coupling/couple.ts';
import { errorCount } from './errors.ts';
import { jobView } from './jobs.ts';
import type { Say } from './say.ts';
import type { MappingView, ProjectView } from './views/mappings.ts';

/** How many of its last jobs a mapping shows. */
const LAST_JOBS = 4;

export function projectView(engine: Engine): ProjectView {
  const { connectionEnabled, connectionDisabledReason } = engine.settings();
  return {
    mode: modeOf(engine),
    connectionEnabled,
    connectionDisabledReason,
    mappings: listedMappings(engine.store).length,
    couplings: Number(engine.store.value('SELECT count(*) FROM coupling')),
    errors: errorCount(engine),
    failedJobs: failedJobs(engine),
  };
}

export function mappingViews(engine: Engine, say: Say): readonly MappingView[] {
  const { store } = engine;
  const mappings = listedMappings(store);
  const names = new Set(mappings.map(({ name }) => name));
  const entries = queueEntries(store);
  return mappings.map((mapping) => {
    const { name, table, integrationTable, direction } = mapping;
    const { table: rows } = tablesOf(engine, mapping);
    return {
      name,
      table,
      integrationTable,
      direction,
      tableFilter: viewText(mapping.tableFilter),
      integrationTableFilter: viewText(mapping.integrationTableFilter),
      synchOnlyCoupledRecords: mapping.synchOnlyCoupledRecords ?? true,
      deletionConflictResolution: mapping.deletionConflictResolution ?? 'None',
      updateConflictResolution: mapping.updateConflictResolution ?? 'None',
      toWatermark: watermarkOf(store, name, 'ToIntegrationTable').modifiedOn,
      fromWatermark: watermarkOf(store, name, 'FromIntegrationTable').modifiedOn,
      dependencies: dependenciesOf(mapping, names),
      couplings: Number(store.value('SELECT count(*) FROM coupling WHERE tbl = ?', [rows.no])),
      errors: errorCount(engine, name),
      notYetCreated: countNotYetCreated(engine, mapping),
      lastJobs: jobsOf(store, name)
        .slice(0, LAST_JOBS)
        .map((job) => jobView(job, say)),
      fields: mapping.fields.map((field) => ({
        field: field.field,
        integrationField: field.integrationField,
        direction: field.direction,
        enabled: isEnabled(field),
        constantValue: field.constantValue,
      })),
      queue: entries
        .filter((entry) => entry.mapping === name)
        .map(({ id, status, startsAt, attempts, message }) => ({
          id,
          status,
          startsAt,
          attempts,
          message: message === undefined ? undefined : say(message),
        })),
    };
  });
}
