import { deepEqual, equal } from 'node:assert/strict';
import {
  deleteRecords,
  findForDeleted,
  restoreRecords,
} from '../../../../src/engine/actions/brokenCouplings.ts';
import type { CouplingName } from '../../../../src/engine/actions/coupledErrors.ts';
import { retry, retryAll } from '../../../../src/engine/actions/retry.ts';
import {
  type SynchChoice,
  synchronizeCoupled,
} from '../../../../src/engine/actions/synchronize.ts';
import { setUpCoupling } from '../../../../src/engine/actions/setUpCoupling.ts';
import { uncouple } from '../../../../src/engine/coupling/uncouple.ts';
import type { Engine } from '../../../../src/engine/engine.ts';
import type { SynchJob } from '../../../../src/engine/model/job.ts';
import type { EngineMessage } from '../../../../src/engine/model/message.ts';
import { finish } from '../../../../src/engine/run/runMapping.ts';
import type { ActionStep, ExpectedCounters, RowName } from './scenario.ts';

const letters = {
  I: 'inserted',
  M: 'modified',
  D: 'deleted',
  U: 'unchanged',
  S: 'skipped',
  F: 'failed',
  Unc: 'uncoupled',
  Cpl: 'coupled',
} as const;

/** The counters of a job that are not 0. */
export const countersOf = ({ counters }: SynchJob): ExpectedCounters =>
  Object.fromEntries(
    Object.entries(letters).flatMap(([letter, name]) =>
      counters[name] === 0 ? [] : [[letter, counters[name]]],
    ),
  );

export function performAction(
  engine: Engine,
  couplingOf: (name: RowName) => CouplingName,
  idOf: (name: RowName) => string,
  step: ActionStep,
): void {
  const rows = (step.on ?? []).map(couplingOf);
  const { jobs, says } = done(engine, step, rows, idOf);
  if (step.jobs !== undefined) deepEqual(jobs.map(countersOf), step.jobs, step.action);
  if (step.says !== undefined) equal(says?.code, step.says);
  if (step.count !== undefined) equal(says?.args?.['count'], step.count);
}

function done(
  engine: Engine,
  { action, choice }: ActionStep,
  rows: readonly CouplingName[],
  idOf: (name: RowName) => string,
): { readonly jobs: readonly SynchJob[]; readonly says?: EngineMessage | undefined } {
  switch (action) {
    case 'Retry':
      return { jobs: [], says: retry(engine, rows) };
    case 'Retry All':
      return { jobs: [], says: retryAll(engine) };
    case 'Synchronize': {
      const choices = Object.fromEntries(
        rows.map(({ mapping }) => [mapping, choice as SynchChoice]),
      );
      const { jobs, notification } = finish(synchronizeCoupled(engine, rows, choices));
      return { jobs, says: notification };
    }
    case 'Restore Records': {
      const { jobs, notification } = finish(restoreRecords(engine, rows));
      return { jobs, says: notification };
    }
    case 'Delete Records':
      return { jobs: [], says: deleteRecords(engine, rows)[0] };
    case 'Delete Couplings': {
      const { job } = finish(
        uncouple(engine, {
          mapping: rows[0]?.mapping ?? '',
          ids: rows.map(({ integrationId }) => integrationId),
        }),
      );
      return { jobs: job === undefined ? [] : [job] };
    }
    case 'Find for Deleted': {
      const { deleted } = findForDeleted(engine);
      return { jobs: [], says: { code: 'found', args: { count: deleted } } };
    }
    case 'Set Up Coupling': {
      for (const coupling of rows) {
        setUpCoupling(engine, { coupling, partner: idOf(choice ?? '') });
      }
      return { jobs: [] };
    }
  }
}
