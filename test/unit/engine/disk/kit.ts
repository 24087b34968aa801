import { createHash } from 'node:crypto';
import type { Disk } from '../../../../src/engine/disk/disk.ts';
import type { StoreOpening } from '../../../../src/engine/disk/openStore.ts';
import { createEngine, type Engine, type EngineOptions } from '../../../../src/engine/engine.ts';
import { couple } from '../../../../src/engine/coupling/couple.ts';
import { finish, runMapping } from '../../../../src/engine/run/runMapping.ts';
import { addRow, deleteRow, editRow } from '../../../../src/engine/sides/people.ts';
import { sqlJs } from '../../../kit/sqlJs.ts';
import { standardProject } from '../standardProject.ts';

/** A clock that goes on by itself, and ids that count: the same steps make the same store. */
export function steadyOptions(first = 0): EngineOptions {
  let now = Date.UTC(2026, 0, 5, 8);
  let last = first;
  const tick = (): number => (now += 1000);
  return {
    sqlJs,
    clock: { BusinessCentral: tick, Dataverse: tick },
    ids: {
      block(count) {
        const number = last + 1;
        last += count;
        return { prefix: '00000000-0000-8000-8000-', first: number };
      },
    },
  };
}

export const newEngine = (options: EngineOptions): Engine =>
  createEngine(standardProject('improved'), options);

export const customer = (number: number): string =>
  `00000000-0000-8000-9000-${String(number).padStart(12, '0')}`;

/** Something that people or the engine do; the number says what. */
export function happen(engine: Engine, number: number): void {
  const id = customer(number);
  addRow(engine, 'BusinessCentral', 'Customer', { Name: `Customer ${number}` }, { id });
  const partner = addRow(engine, 'Dataverse', 'account', { name: `Account ${number}` });
  couple(engine, 'CUSTOMER', id, partner);
  if (number % 4 === 3) deleteRow(engine, 'Dataverse', 'account', partner);
  if (number > 1) {
    editRow(engine, 'BusinessCentral', 'Customer', customer(number >> 1), {
      'Fax No.': String(number),
    });
  }
  if (number % 3 === 0) finish(runMapping(engine, { mapping: 'CUSTOMER', batch: 5 }));
}

/** All tables and everything in them. */
function dumpOf({ store }: Engine): string {
  const names = store
    .rows("SELECT name FROM m.sqlite_master WHERE type = 'table' ORDER BY name")
    .map(([name]) => String(name));
  return JSON.stringify(names.map((name) => [name, store.rows(`SELECT * FROM m.${name}`)]));
}

export const digestOf = (engine: Engine): string =>
  createHash('sha256').update(dumpOf(engine)).digest('hex');

/** Opens a store with the lock of nobody who lives. */
export const openingOf = (disk: Disk, more: Partial<StoreOpening> = {}): StoreOpening => ({
  disk,
  options: steadyOptions(),
  create: newEngine,
  owner: { id: 'test', pid: 1, host: 'here', name: 'test' },
  now: () => 0,
  isAlive: () => false,
  ...more,
});

/** Whether there is a process of a number. */
export function isProcessAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
