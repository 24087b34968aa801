import { deepEqual } from 'node:assert/strict';
import { restoreRecords } from '../../../../src/engine/actions/brokenCouplings.ts';
import { openCoupledErrors } from '../../../../src/engine/actions/coupledErrors.ts';
import { retryAll } from '../../../../src/engine/actions/retry.ts';
import { uncouple } from '../../../../src/engine/coupling/uncouple.ts';
import {
  createEngine,
  type Engine,
  type EngineOptions,
  openEngine,
} from '../../../../src/engine/engine.ts';
import { setMapping } from '../../../../src/engine/mappings/setMapping.ts';
import type { SynchJob } from '../../../../src/engine/model/job.ts';
import { EngineRefusal } from '../../../../src/engine/model/message.ts';
import type { EngineMode } from '../../../../src/engine/model/project.ts';
import type { JobDirection, SideName } from '../../../../src/engine/model/side.ts';
import type { BusinessRule } from '../../../../src/engine/model/table.ts';
import { finish, type RunRequest, runMapping } from '../../../../src/engine/run/runMapping.ts';
import { addRow, deleteRow, editRow, reviveRow } from '../../../../src/engine/sides/people.ts';
import { tableOf } from '../../../../src/engine/sides/localSide.ts';
import { changeRowTable } from '../../../../src/engine/store/rowTables.ts';
import { sqlJs } from '../../../kit/sqlJs.ts';
import { crash } from './crash.ts';
import type { Happening } from './happenings.ts';
import { inhabitantsOf } from './inhabitants.ts';
import {
  checkActions,
  checkConservation,
  checkCouplings,
  checkNothingLost,
  checkRest,
  contents,
  type Snapshot,
  snapshot,
} from './invariants.ts';
import { fields, propertyProject, tables } from './project.ts';
import { uncontestedEdits } from './uncontested.ts';

const START = Date.UTC(2026, 0, 5, 8);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface WorldOptions {
  readonly mode: EngineMode;
  /** What the clock of Dataverse is ahead of the other. */
  readonly offset?: number;
  /** Whether two records of a side may have no name in common. */
  readonly keyed?: boolean;
}

/** An engine and the world around it: two clocks, people, and electricity. */
export interface World {
  readonly engine: Engine;
  /** Lets something happen, and throws where the engine then breaks one of its promises. */
  readonly play: (happening: Happening) => void;
  /** Whether a slot of a side holds a living row. */
  readonly holds: (side: SideName, slot: number) => boolean;
  /** The lines of the decision table that were taken so far. */
  readonly lines: () => readonly string[];
  /** Nobody edits or refuses any more: it must come to rest. */
  readonly settle: () => void;
  readonly close: () => void;
}

export function worldOf({ mode, offset = 0, keyed = false }: WorldOptions): World {
  let now = START;
  let last = 0;
  let beforeStatement: (() => void) | undefined;
  const ahead = { BusinessCentral: 0, Dataverse: offset };
  const options: EngineOptions = {
    sqlJs,
    clock: {
      BusinessCentral: () => now + ahead.BusinessCentral,
      Dataverse: () => now + ahead.Dataverse,
    },
    ids: {
      block: (count) => {
        const first = last + 1;
        last += count;
        return { prefix: '00000000-0000-8000-8000-', first };
      },
    },
    onStatement: () => beforeStatement?.(),
  };
  let engine = createEngine(propertyProject(mode, keyed), options);
  const inhabitants = inhabitantsOf(() => engine);
  const { living } = inhabitants;
  const uncontested = uncontestedEdits();

  const reopen = (): void => {
    const image = engine.store.image();
    engine.store.close();
    engine = openEngine(image, options);
  };

  const check = (before: Snapshot, jobs: readonly SynchJob[], chosen: boolean): void => {
    for (const job of jobs) checkConservation(engine, job);
    inhabitants.meetPartners();
    // The product overwrites such changes, and its own tests say so (`bc-sync.md` 2.5).
    if (mode === 'improved') uncontested.check(engine, chosen);
    checkNothingLost(engine, before);
    checkCouplings(engine);
    checkActions(engine);
  };

  /** Runs, unless the engine refuses, and checks what became of it. */
  const checked = (run: () => readonly SynchJob[], chosen = false): void => {
    const before = snapshot(engine);
    let jobs: readonly SynchJob[] = [];
    try {
      jobs = run();
    } catch (error) {
      if (!(error instanceof EngineRefusal)) throw error;
    }
    check(before, jobs, chosen);
  };

  const run = (request: Omit<RunRequest, 'mapping'>): readonly SynchJob[] =>
    finish(runMapping(engine, { mapping: 'CUSTOMER', confirmed: true, ...request })).jobs;

  const edit = (side: SideName, slot: number, field: 0 | 1 | 2, value: string): void => {
    const id = living(side, slot);
    if (id === undefined) return;
    editRow(engine, side, tables[side], id, { [fields[side][field]]: value });
    uncontested.noteEdit(engine, side, id, fields[side][field], value);
  };

  const play = (happening: Happening): void => {
    now += MINUTE;
    try {
      happen(happening);
    } catch (error) {
      // The app refuses what a person does: another record has that name.
      const isRefused = error instanceof Error && error.message.includes('constraint failed');
      if (!isRefused || !personal.has(happening.kind)) throw error;
    }
  };

  const happen = (happening: Happening): void => {
    switch (happening.kind) {
      case 'add': {
        const { side, slot, name } = happening;
        if (living(side, slot) !== undefined) return;
        const values = { [fields[side][0]]: name };
        inhabitants.moveIn(side, slot, addRow(engine, side, tables[side], values));
        return;
      }
      case 'edit':
        edit(happening.side, happening.slot, happening.field, happening.value);
        return;
      case 'edit both': {
        const { slot, fields: chosen, values } = happening;
        edit('BusinessCentral', slot, chosen[0], values[0]);
        edit('Dataverse', slot, chosen[1], values[1]);
        return;
      }
      case 'touch': {
        const id = living(happening.side, happening.slot);
        if (id !== undefined) editRow(engine, happening.side, tables[happening.side], id, {});
        return;
      }
      case 'delete': {
        const id = living(happening.side, happening.slot);
        if (id !== undefined) deleteRow(engine, happening.side, tables[happening.side], id);
        return;
      }
      case 'revive': {
        const { side, slot } = happening;
        const id = inhabitants.idOf(side, slot);
        if (id === undefined || living(side, slot) !== undefined) return;
        reviveRow(engine, side, tables[side], id);
        return;
      }
      case 'wait':
        now += happening.milliseconds;
        return;
      case 'clock':
        ahead[happening.side] += happening.milliseconds;
        return;
      case 'refuse':
        refuse(engine, happening.side, happening.letter, happening.transient);
        return;
      case 'update':
        setMapping(engine, 'CUSTOMER', { updateConflictResolution: happening.resolution });
        return;
      case 'deletion':
        setMapping(engine, 'CUSTOMER', { deletionConflictResolution: happening.resolution });
        return;
      case 'onlyCoupled':
        setMapping(engine, 'CUSTOMER', { synchOnlyCoupledRecords: happening.value });
        return;
      case 'run': {
        const { batch, direction } = happening;
        checked(() =>
          run({ batch, ...(direction === 'both' ? {} : { direction: directions[direction] }) }),
        );
        return;
      }
      case 'busy run': {
        const { side, slot, field, value } = happening;
        checked(() => {
          const steps = runMapping(engine, { mapping: 'CUSTOMER', confirmed: true, batch: 1 });
          const first = steps.next();
          edit(side, slot, field, value);
          return first.done === true ? first.value.jobs : finish(steps).jobs;
        });
        return;
      }
      case 'full run':
        checked(() => run({ full: true }));
        return;
      case 'force': {
        const { side, slot } = happening;
        const id = living(side, slot);
        if (id === undefined) return;
        const direction = directions[side === 'BusinessCentral' ? 'to' : 'from'];
        checked(() => run({ direction, ids: [id] }), true);
        return;
      }
      case 'uncouple': {
        const id = inhabitants.idOf('BusinessCentral', happening.slot);
        if (id === undefined) return;
        checked(() => {
          const { job } = finish(uncouple(engine, { mapping: 'CUSTOMER', ids: [id] }));
          return job === undefined ? [] : [job];
        });
        return;
      }
      case 'restore records':
        checked(() => [...finish(restoreRecords(engine, openCoupledErrors(engine).rows)).jobs]);
        return;
      case 'retry all': {
        const before = contents(engine);
        retryAll(engine);
        deepEqual(contents(engine), before, 'P09: Retry changed a record');
        return;
      }
      case 'restart': {
        const before = snapshot(engine);
        reopen();
        deepEqual(snapshot(engine), before, 'a saved store is not what it was');
        return;
      }
      case 'crash': {
        const before = snapshot(engine);
        const firstId = last;
        crash({
          engine: () => engine,
          options,
          run: (each) =>
            happening.at === 'run'
              ? finish(
                  runMapping(each, {
                    mapping: 'CUSTOMER',
                    confirmed: true,
                    batch: happening.batch,
                  }),
                ).jobs
              : finish(restoreRecords(each, openCoupledErrors(each).rows)).jobs,
          statement: happening.statement,
          onStatement: (cut) => {
            beforeStatement = cut;
          },
          rewindIds: () => {
            last = firstId;
          },
          reopen,
        });
        check(before, [], false);
      }
    }
  };

  return {
    get engine() {
      return engine;
    },
    play,
    holds: (side, slot) => living(side, slot) !== undefined,
    lines: () =>
      engine.store.rows('SELECT line FROM outcome ORDER BY job, n').map(([line]) => String(line)),
    settle() {
      for (const side of ['BusinessCentral', 'Dataverse'] as const) {
        refuse(engine, side, undefined, false);
      }
      checkRest(engine, () => {
        now += DAY;
        checked(() => run({}));
      });
    },
    close: () => engine.store.close(),
  };
}

/** What people do themselves. */
const personal = new Set<Happening['kind']>(['add', 'edit', 'edit both', 'revive', 'busy run']);

const directions: Readonly<Record<'to' | 'from', JobDirection>> = {
  to: 'ToIntegrationTable',
  from: 'FromIntegrationTable',
};

function refuse(
  engine: Engine,
  side: SideName,
  letter: string | undefined,
  transient: boolean,
): void {
  const table = tableOf(engine.tables(), side, tables[side]);
  const rules: readonly BusinessRule[] =
    letter === undefined
      ? []
      : (['insert', 'modify'] as const).map((on) => ({
          on,
          when: `WHERE(${fields[side][0]}=FILTER(${letter}*))`,
          error: `no ${letter}`,
          transient,
        }));
  changeRowTable(engine.store, table, { ...table.definition, rules });
}
