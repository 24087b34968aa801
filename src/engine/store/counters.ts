import type { SqlStore } from './database.ts';

/** Row ids, versions and jobs: they count through the whole store and never go back. */
export type CounterName = 'rid' | 'seq' | 'job';

/** Takes a block of numbers; answers the one before its first. */
export function take(store: SqlStore, name: CounterName, count: number): number {
  const last = lastOf(store, name);
  store.run('INSERT OR REPLACE INTO counter VALUES(?, ?)', [name, last + count]);
  return last;
}

export const lastOf = (store: SqlStore, name: CounterName): number =>
  Number(store.value('SELECT last FROM counter WHERE name = ?', [name]) ?? 0);
