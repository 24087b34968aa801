import { withAssumptions } from './assumed.ts';
import { errorLogOf } from './errorLog.ts';
import { failuresOf } from './expectations.ts';
import { type Knowledge, liveLegs } from './legs.ts';
import { act, wait } from './lifecycle.ts';
import type { Rehearsal, Step, StepResult } from './model.ts';
import { rowsOf } from './rows.ts';
import { statusesOf } from './status.ts';
import { transact } from './transaction.ts';
import type { World } from './world.ts';

/**
 * Plays the steps of a rehearsal one after the other against maps and metadata: what live synchronization would do, as
 * far as it is published (`dualwrite.md` 7). Changes nothing; the same rehearsal always gives the same answer.
 */
export function rehearse(rehearsal: Rehearsal, knowledge: Knowledge): readonly StepResult[] {
  const { environment } = rehearsal;
  const metadata = withAssumptions(knowledge.metadata, environment);
  const world: World = {
    legs: liveLegs({ ...knowledge, metadata }, environment),
    environment,
    statuses: statusesOf(environment),
    rows: rowsOf(rehearsal),
    numbers: new Map(),
  };
  return rehearsal.steps.map((step): StepResult => {
    const played = play(step, world);
    const { happenings, outcomes, maps } = played;
    const log = errorLogOf(happenings, environment);
    const { rows, statuses } = world;
    const failures = failuresOf(step, { ...played, log, rows, statuses });
    return { step, happenings, outcomes, maps, log, failures };
  });
}

function play(step: Step, world: World): ReturnType<typeof transact> | PlayedAction {
  switch (step.kind) {
    case 'transaction':
      return transact(step, world);
    case 'action':
      return { ...act(step, world), maps: [] };
    case 'wait':
      return { ...wait(step, world), maps: [] };
  }
}

type PlayedAction = ReturnType<typeof act> & { readonly maps: readonly never[] };
