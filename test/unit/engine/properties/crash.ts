import { deepEqual, ok } from 'node:assert/strict';
import { type Engine, type EngineOptions, openEngine } from '../../../../src/engine/engine.ts';
import { recoverInterrupted } from '../../../../src/engine/jobQueue/run.ts';
import type { SynchJob } from '../../../../src/engine/model/job.ts';
import { EngineRefusal } from '../../../../src/engine/model/message.ts';
import { snapshot, values } from './invariants.ts';

class PowerFailure extends Error {}

export interface Crash {
  readonly engine: () => Engine;
  readonly options: EngineOptions;
  readonly run: (engine: Engine) => readonly SynchJob[];
  /** The statement of the run, from 1, that is not carried out any more. */
  readonly statement: number;
  readonly onStatement: (cut: (() => void) | undefined) => void;
  /** Lets a second play of the run take the ids of the first. */
  readonly rewindIds: () => void;
  readonly reopen: () => void;
}

/**
 * P06: lets the power fail at a statement of a run. Afterwards each record is in its old state or in the one that the
 * whole run, carried out by a twin, leads to; and a run that meets no failure ends the same after a second start.
 */
export function crash(scene: Crash): void {
  const { options, run, rewindIds } = scene;
  const before = snapshot(scene.engine());
  const partners = partnersIn(scene.engine());
  const twin = openEngine(scene.engine().store.image(), options);
  try {
    const jobs = unlessRefused(() => run(twin));
    const whole = snapshot(twin);
    rewindIds();
    runUntilPowerFails(scene);
    scene.reopen();
    recoverInterrupted(scene.engine());
    for (const [key, row] of snapshot(scene.engine())) {
      ok(
        row === before.get(key) || row === whole.get(key),
        `P06: ${key} is ${row}, was ${before.get(key)}, should become ${whole.get(key)}`,
      );
    }
    checkPartners(partners, partnersIn(twin), partnersIn(scene.engine()));
    const isClean =
      jobs !== undefined &&
      jobs.every(({ counters }) => counters.failed === 0 && counters.skipped === 0);
    if (!isClean) return;
    unlessRefused(() => run(scene.engine()));
    deepEqual(values(scene.engine()), values(twin), 'P06: the second start ends elsewhere');
  } finally {
    twin.store.close();
  }
}

/** The partner of every row that has one; row ids are unique in the whole store. */
const partnersIn = ({ store }: Engine): ReadonlyMap<number, number> =>
  new Map(
    store
      .rows('SELECT bc_rid, dv_rid FROM coupling UNION ALL SELECT dv_rid, bc_rid FROM coupling')
      .map(([row, partner]) => [Number(row), Number(partner)] as const),
  );

type Partners = ReturnType<typeof partnersIn>;

function checkPartners(before: Partners, whole: Partners, now: Partners): void {
  for (const [row, partner] of now) {
    ok(
      before.get(row) === partner || whole.get(row) === partner,
      `P06: ${row} is coupled to ${partner}`,
    );
  }
  for (const row of before.keys()) {
    ok(!whole.has(row) || now.has(row), `P06: ${row} has lost its coupling on the way`);
  }
}

function runUntilPowerFails({ engine, run, statement, onStatement }: Crash): void {
  let left = statement;
  onStatement(() => {
    left -= 1;
    if (left === 0) throw new PowerFailure();
  });
  try {
    unlessRefused(() => run(engine()));
  } catch (error) {
    if (!(error instanceof PowerFailure)) throw error;
  } finally {
    onStatement(undefined);
  }
}

function unlessRefused<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof EngineRefusal) return undefined;
    throw error;
  }
}
