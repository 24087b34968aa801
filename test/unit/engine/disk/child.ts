import { hostname } from 'node:os';
import { nodeDisk } from '../../../../src/engine/disk/nodeDisk.ts';
import { openStore } from '../../../../src/engine/disk/openStore.ts';
import { happen, isProcessAlive, newEngine, steadyOptions } from './kit.ts';

/**
 * Another process on a store: `work` lets things happen from a number on and tells each that is saved, until it is
 * killed; `hold` tells whether it got the store, and holds it until its input ends.
 */
const [folder = '', mode = '', first = '1'] = process.argv.slice(2);
const number = Number(first);
const store = openStore({
  disk: nodeDisk(folder),
  options: steadyOptions(1000 * number),
  create: newEngine,
  owner: { id: String(process.pid), pid: process.pid, host: hostname(), name: 'child' },
  now: () => Date.now(),
  isAlive: isProcessAlive,
});
const tell = (line: string): void => void process.stdout.write(`${line}\n`);
if (mode === 'hold') {
  tell(store.owner === undefined ? 'open' : `owned by ${store.owner.pid}`);
  process.stdin.resume().once('end', () => void store.close());
} else {
  const next = (each: number): void => {
    happen(store.engine, each);
    const { kind } = each % 5 === 0 ? store.tidy() : store.save();
    if (kind === 'saved') tell(String(each));
    setImmediate(next, each + 1);
  };
  next(number);
}
