import type { SideLetter, SyncPair } from './pair.ts';
import { pouchModule } from './peers.ts';
import { EDITED, fieldsOf, guid } from './records.ts';

/** The larger of the batches that were tried; smaller ones are slower. */
const BATCH = 1000;

/** Two databases in memory that replicate both ways. Conflicts are found by reading everything afterwards. */
export async function pouchdb(perSide: number): Promise<SyncPair> {
  const PouchDB = pouchModule();
  const databases = {
    a: new PouchDB('a', { adapter: 'memory' }),
    b: new PouchDB('b', { adapter: 'memory' }),
  };
  for (const side of ['a', 'b'] as const) {
    for (let from = 0; from < perSide; from += BATCH) {
      const numbers = Array.from(
        { length: Math.min(BATCH, perSide - from) },
        (_, each) => from + each,
      );
      await databases[side].bulkDocs(
        numbers.map((number) => ({ _id: guid(side, number), ...fieldsOf(side, number) })),
      );
    }
  }
  const found = async (on: SideLetter, ids: readonly string[]) => {
    const { rows } = await databases[on].allDocs({ keys: [...ids], include_docs: true });
    return rows.flatMap(({ doc }) => (doc === undefined ? [] : [doc]));
  };
  return {
    async sync() {
      await databases.a.replicate.to(databases.b, { batch_size: BATCH });
      await databases.b.replicate.to(databases.a, { batch_size: BATCH });
    },
    async conflicts() {
      const { rows } = await databases.a.allDocs({ include_docs: true, conflicts: true });
      return rows.filter(({ doc }) => doc?.['_conflicts'] !== undefined).length;
    },
    idOn: (_, madeBy, number) => guid(madeBy, number),
    async edit(on, ids, phone) {
      const documents = await found(on, ids);
      await databases[on].bulkDocs(documents.map((doc) => ({ ...doc, [EDITED]: phone })));
    },
    count: async (on) => (await databases[on].allDocs()).total_rows,
    phone: async (on, id) => (await found(on, [id]))[0]?.[EDITED],
  };
}
