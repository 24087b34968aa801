import { deepEqual, equal, ok } from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';
import * as fc from 'fast-check';
import { STALE_MS } from '../../../../src/engine/disk/lock.ts';
import { nodeDisk } from '../../../../src/engine/disk/nodeDisk.ts';
import { openStore, type OpenStore } from '../../../../src/engine/disk/openStore.ts';
import { tableOf } from '../../../../src/engine/sides/localSide.ts';
import { pathInRepository } from '../../../kit/repository.ts';
import { customer, isProcessAlive, newEngine, steadyOptions } from './kit.ts';

const ROUNDS = 24;

/** The other process starts dozens of times: in one file it does so in a tenth of a second. */
const program = pathInRepository('out/storeChild.mjs');
before(() =>
  buildSync({
    entryPoints: [join(import.meta.dirname, 'child.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  }),
);
after(() => rmSync(program));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dual-write-store-'));
});
afterEach(() => {
  // A test that ran out of time leaves no process behind.
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const running: ChildProcess[] = [];

interface Child {
  readonly process: ChildProcess;
  /** The next line that it tells; undefined after its end. */
  readonly line: () => Promise<string | undefined>;
}

function start(mode: 'work' | 'hold', first = 1): Child {
  const child = spawn(process.execPath, [program, folder, mode, String(first)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    process: child,
    async line() {
      const { done, value } = await lines.next();
      return done === true ? undefined : value;
    },
  };
}

const openHere = (): OpenStore =>
  openStore({
    disk: nodeDisk(folder),
    options: steadyOptions(1_000_000),
    create: newEngine,
    owner: { id: 'here', pid: process.pid, host: hostname(), name: 'test' },
    now: () => Date.now(),
    isAlive: isProcessAlive,
  });

/** The customers of a store. */
function customersOf({ engine }: OpenStore): ReadonlySet<unknown> {
  const { rows } = tableOf(engine.tables(), 'BusinessCentral', 'Customer');
  return new Set(engine.store.rows(`SELECT id FROM ${rows} WHERE alive`).map(([id]) => id));
}

describe('A store and other processes', () => {
  it('holds what was acknowledged when the process is killed at any moment', async () => {
    const moments = fc.sample(
      fc.record({
        saved: fc.integer({ min: 1, max: 12 }),
        turns: fc.integer({ min: 0, max: 400 }),
      }),
      { numRuns: ROUNDS, seed: 20_260_105 },
    );
    let next = 1;
    for (const { saved, turns } of moments) {
      const child = start('work', next);
      const gone = once(child.process, 'exit');
      let acknowledged = 0;
      for (let count = 0; count < saved; count += 1) acknowledged = Number(await child.line());
      for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
      child.process.kill('SIGKILL');
      for (let told = await child.line(); told !== undefined; told = await child.line()) {
        acknowledged = Number(told);
      }
      await gone;
      const store = openHere();
      equal(store.owner, undefined, 'the lock of who was killed holds nobody up');
      deepEqual(store.damage, []);
      const found = customersOf(store);
      const missing = range(acknowledged).filter((number) => !found.has(customer(number)));
      deepEqual(missing, []);
      ok(acknowledged >= next, `${acknowledged} of ${next}`);
      next = acknowledged + 1;
      while (found.has(customer(next))) next += 1;
      store.close();
    }
  });

  it('have it one at a time: the second one reads, and is told who writes', async () => {
    const child = start('hold');
    equal(await child.line(), 'open');
    const second = openHere();
    equal(second.owner?.pid, child.process.pid);
    const gone = once(child.process, 'exit');
    child.process.stdin?.end();
    await gone;
    second.close();
    const third = openHere();
    equal(third.owner, undefined);
    third.close();
  });

  it('take a stale lock over one at a time', async () => {
    const killed = start('hold');
    await killed.line();
    const gone = once(killed.process, 'exit');
    killed.process.kill('SIGKILL');
    await gone;
    const children = Array.from({ length: 4 }, () => start('hold'));
    const told = await Promise.all(children.map((child) => child.line()));
    equal(told.filter((line) => line === 'open').length, 1, told.join('; '));
    const ends = children.map((child) => once(child.process, 'exit'));
    for (const child of children) child.process.stdin?.end();
    await Promise.all(ends);
  });

  it('lose it after a minute without a sign of life, and then never write again', () => {
    const first = openHere();
    const old = (Date.now() - 2 * STALE_MS) / 1000;
    utimesSync(join(folder, 'lock'), old, old);
    const second = openStore({
      disk: nodeDisk(folder),
      options: steadyOptions(2_000_000),
      create: newEngine,
      owner: { id: 'there', pid: process.pid, host: hostname(), name: 'other' },
      now: () => Date.now(),
      isAlive: isProcessAlive,
    });
    equal(second.owner, undefined);
    first.engine.store.transaction(() => first.engine.store.run("INSERT INTO meta VALUES('a', 1)"));
    deepEqual(first.save(), { kind: 'lost' });
    deepEqual(first.close(), { kind: 'lost' });
    second.engine.store.transaction(() =>
      second.engine.store.run("INSERT INTO meta VALUES('b', 1)"),
    );
    deepEqual(second.save(), { kind: 'saved' });
    second.close();
    const third = openHere();
    deepEqual(third.engine.store.rows("SELECT key FROM meta WHERE key IN ('a', 'b')"), [['b']]);
    third.close();
  });
});

const range = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => index + 1);
