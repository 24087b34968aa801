import type { SyncPair } from './pair.ts';
import { type RxCollection, rxModule } from './peers.ts';
import { EDITED, FIELDS, fieldsOf, guid } from './records.ts';

const BATCH = 1000;

/** Two collections in memory, of which one pulls from and pushes to the other; its conflict handler is asked. */
export async function rxdb(perSide: number): Promise<SyncPair> {
  const { createRxDatabase, defaultConflictHandler, ...rx } = rxModule();
  let conflicts = 0;
  const collection = async (name: string): Promise<RxCollection> => {
    const database = await createRxDatabase({
      name,
      storage: rx.getRxStorageMemory(),
      multiInstance: false,
    });
    const { rows } = await database.addCollections({
      rows: {
        schema: {
          version: 0,
          primaryKey: 'id',
          type: 'object',
          properties: {
            id: { type: 'string', maxLength: 36 },
            ...Object.fromEntries(
              FIELDS.map((field) => [
                field,
                { type: field === 'credit' || field === 'discount' ? 'number' : 'string' },
              ]),
            ),
          },
        },
        conflictHandler: {
          isEqual: defaultConflictHandler.isEqual,
          resolve(input: unknown, context: unknown) {
            conflicts += 1;
            return defaultConflictHandler.resolve(input, context);
          },
        },
      },
    });
    return rows;
  };
  const sides = { a: await collection('a'), b: await collection('b') };
  for (const side of ['a', 'b'] as const) {
    const numbers = Array.from({ length: perSide }, (_, number) => number);
    await sides[side].bulkInsert(
      numbers.map((number) => ({ id: guid(side, number), ...fieldsOf(side, number) })),
    );
  }
  const master = rx.rxStorageInstanceToReplicationHandler(
    sides.b.storageInstance,
    sides.b.conflictHandler,
    sides.b.database.token,
  );
  return {
    async sync() {
      const state = rx.replicateRxCollection({
        replicationIdentifier: 'a-b',
        collection: sides.a,
        live: false,
        autoStart: true,
        waitForLeadership: false,
        pull: {
          batchSize: BATCH,
          handler: (checkpoint: unknown, size: number) =>
            master.masterChangesSince(checkpoint, size),
        },
        push: {
          batchSize: BATCH,
          handler: (rows: unknown) => master.masterWrite(rows),
        },
      });
      await state.awaitInitialReplication();
      await state.cancel();
    },
    conflicts: () => conflicts,
    idOn: (_, madeBy, number) => guid(madeBy, number),
    async edit(on, ids, phone) {
      const documents = await sides[on].findByIds([...ids]).exec();
      await sides[on].bulkUpsert(
        [...documents.values()].map((document) => ({ ...document.toJSON(), [EDITED]: phone })),
      );
    },
    count: async (on) => sides[on].count().exec(),
    phone: async (on, id) => (await sides[on].findOne(id).exec())?.get(EDITED),
  };
}
