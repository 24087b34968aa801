import type { MakePair } from './pair.ts';

/** Each engine is loaded alone, in a process of its own. */
export const pairs: Readonly<Record<string, MakePair>> = {
  ours: async (perSide) => (await import('./ours.ts')).ours(perSide),
  'ours on disk': async (perSide) => (await import('./ours.ts')).ours(perSide, { isOnDisk: true }),
  'ours, 0.1 % refused': async (perSide) =>
    (await import('./ours.ts')).ours(perSide, { isRefusing: true }),
  limit: async (perSide) => (await import('./limit.ts')).limit(perSide),
  PouchDB: async (perSide) => (await import('./pouchdb.ts')).pouchdb(perSide),
  RxDB: async (perSide) => (await import('./rxdb.ts')).rxdb(perSide),
  Yjs: async (perSide) => (await import('./yjs.ts')).yjs(perSide),
};
