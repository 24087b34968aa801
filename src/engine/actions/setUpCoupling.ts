import type { CouplingName } from './coupledErrors.ts';
import { type SynchChoice, synchronizeCoupled } from './synchronize.ts';
import type { Engine } from '../engine.ts';
import type { SynchJob } from '../model/job.ts';
import { type EngineMessage, EngineRefusal, message } from '../model/message.ts';
import type { JobDirection } from '../model/side.ts';
import { finish, runMapping } from '../run/runMapping.ts';
import { partnerOf } from '../store/couplings.ts';
import { errorsOf } from '../store/errors.ts';
import { couple, knownMapping, tablesOf } from '../coupling/couple.ts';
import { type CouplingDialog, couplingDialog } from '../coupling/dialog.ts';
import { uncouple } from '../coupling/uncouple.ts';

export interface SetUpRequest {
  /** A record of Business Central; of Dataverse where that id is blank. */
  readonly coupling: CouplingName;
  /** The id of the new partner; it is created if absent. */
  readonly partner: string | undefined;
  /** Synchronize after coupling; absent is Do Not Synchronize. What is created has its values anyway. */
  readonly direction?: SynchChoice | undefined;
}

export interface SetUpResult {
  readonly jobs: readonly SynchJob[];
  readonly notifications: readonly EngineMessage[];
}

/**
 * Set Up Coupling: another partner for a record, which is off the list of errors then (`bc-oracle.md` F12). All or
 * nothing: where the new partner is refused the record keeps the one that it has. Throws an EngineRefusal that says why.
 */
export function setUpCoupling(engine: Engine, request: SetUpRequest): SetUpResult {
  const { coupling, partner, direction } = request;
  const dialog = couplingDialog(engine, coupling);
  const created = dialog.side === 'BusinessCentral' ? 'ToIntegrationTable' : 'FromIntegrationTable';
  const way = partner === undefined ? created : direction;
  if (way !== undefined && !dialog.actions.some((action) => action === way)) {
    throw new EngineRefusal(
      engine.settings().connectionEnabled
        ? message('directionNotConfigured', { mapping: coupling.mapping, direction: way })
        : message('connectionNotEnabled', { connection: 'Microsoft Dataverse' }),
    );
  }
  return engine.store.transaction(() =>
    partner === undefined
      ? createPartner(engine, coupling.mapping, dialog, created)
      : coupleWith(engine, coupling.mapping, dialog, partner, direction),
  );
}

function coupleWith(
  engine: Engine,
  mapping: string,
  dialog: CouplingDialog,
  partner: string,
  direction: SynchChoice | undefined,
): SetUpResult {
  const [integrationId, crmId] =
    dialog.side === 'BusinessCentral' ? [dialog.id, partner] : [partner, dialog.id];
  const jobs: SynchJob[] = [];
  if (dialog.partner !== partner) {
    jobs.push(...uncoupled(engine, mapping, dialog));
    couple(engine, mapping, integrationId, crmId);
  }
  const notifications = [message('coupled', { count: 1 })];
  if (direction === undefined) return { jobs, notifications };
  const result = finish(
    synchronizeCoupled(engine, [{ mapping, integrationId, crmId }], { [mapping]: direction }),
  );
  return {
    jobs: [...jobs, ...result.jobs],
    notifications: [...notifications, result.notification],
  };
}

/** Create New. Where it fails a record keeps its partner; one that had none gets a line in the log (`bc-oracle.md` J14). */
function createPartner(
  engine: Engine,
  mapping: string,
  dialog: CouplingDialog,
  direction: JobDirection,
): SetUpResult {
  const before = uncoupled(engine, mapping, dialog);
  const { jobs } = finish(
    runMapping(engine, {
      mapping,
      direction,
      ids: [dialog.id],
      overrideOnlyCoupled: true,
    }),
  );
  const tables = tablesOf(engine, knownMapping(engine, mapping));
  if (partnerOf(engine.store, tables, dialog.side, dialog.id) !== undefined) {
    return { jobs: [...before, ...jobs], notifications: [message('coupled', { count: 1 })] };
  }
  const [error] = jobs.flatMap(({ no }) => errorsOf(engine.store, engine.tables(), no));
  const reason = error?.message ?? message('notCreated', { mapping });
  if (dialog.partner !== undefined || error === undefined) throw new EngineRefusal(reason);
  return { jobs, notifications: [reason] };
}

/** Takes a record from its partner. Throws an EngineRefusal where the app does not let it go. */
function uncoupled(
  engine: Engine,
  mapping: string,
  { id, partner }: CouplingDialog,
): readonly SynchJob[] {
  if (partner === undefined) return [];
  const { job, uncoupled: count } = finish(uncouple(engine, { mapping, ids: [id] }));
  if (count > 0) return job === undefined ? [] : [job];
  const [error] = job === undefined ? [] : errorsOf(engine.store, engine.tables(), job.no);
  throw new EngineRefusal(error?.message ?? message('synchSkipped'));
}
