import { createRequire } from 'node:module';
import type { Cell } from './records.ts';

/** What is used of the peers, whose types are there only once bench/node_modules is installed. */
export type Fields = Readonly<Record<string, Cell>>;

const requirePeer = createRequire(import.meta.url);

export interface YjsDocument {
  readonly transact: (work: () => void) => void;
  readonly getMap: (name: string) => {
    readonly size: number;
    readonly get: (id: string) => Fields | undefined;
    readonly set: (id: string, fields: Fields) => void;
  };
}

export const yjsModule = () =>
  requirePeer('yjs') as {
    readonly Doc: new () => YjsDocument;
    readonly applyUpdate: (to: YjsDocument, update: Uint8Array) => void;
    readonly encodeStateVector: (of: YjsDocument) => Uint8Array;
    readonly encodeStateAsUpdate: (of: YjsDocument, since?: Uint8Array) => Uint8Array;
  };

/** Its fields, and the revisions that lost. */
type PouchDocument = Readonly<Record<string, Cell | readonly string[]>>;

export interface PouchDatabase {
  readonly bulkDocs: (documents: readonly object[]) => Promise<unknown>;
  readonly allDocs: (options?: object) => Promise<{
    readonly total_rows: number;
    readonly rows: readonly { readonly doc?: PouchDocument }[];
  }>;
  readonly replicate: {
    readonly to: (other: PouchDatabase, options: object) => Promise<unknown>;
  };
}

type PouchModule = (new (name: string, options: object) => PouchDatabase) & {
  readonly plugin: (one: unknown) => void;
};

export function pouchModule(): PouchModule {
  const loaded = requirePeer('pouchdb-core') as PouchModule;
  for (const name of ['pouchdb-adapter-memory', 'pouchdb-replication']) {
    loaded.plugin(requirePeer(name));
  }
  return loaded;
}

interface RxDocument {
  readonly toJSON: () => Fields;
  readonly get: (field: string) => unknown;
}

interface RxQuery<T> {
  readonly exec: () => Promise<T>;
}

export interface RxCollection {
  readonly storageInstance: unknown;
  readonly conflictHandler: unknown;
  readonly database: { readonly token: string };
  readonly bulkInsert: (rows: readonly object[]) => Promise<unknown>;
  readonly bulkUpsert: (rows: readonly object[]) => Promise<unknown>;
  readonly findByIds: (ids: readonly string[]) => RxQuery<ReadonlyMap<string, RxDocument>>;
  readonly findOne: (id: string) => RxQuery<RxDocument | null>;
  readonly count: () => RxQuery<number>;
}

interface RxMaster {
  readonly masterChangesSince: (checkpoint: unknown, size: number) => Promise<unknown>;
  readonly masterWrite: (rows: unknown) => Promise<unknown>;
}

export const rxModule = () => ({
  ...(requirePeer('rxdb') as {
    readonly createRxDatabase: (options: object) => Promise<{
      readonly addCollections: (
        collections: object,
      ) => Promise<Readonly<Record<'rows', RxCollection>>>;
    }>;
    readonly defaultConflictHandler: {
      readonly isEqual: unknown;
      readonly resolve: (input: unknown, context: unknown) => unknown;
    };
    readonly rxStorageInstanceToReplicationHandler: (
      instance: unknown,
      conflictHandler: unknown,
      token: string,
    ) => RxMaster;
  }),
  ...(requirePeer('rxdb/plugins/replication') as {
    readonly replicateRxCollection: (options: object) => {
      readonly awaitInitialReplication: () => Promise<void>;
      readonly cancel: () => Promise<void>;
    };
  }),
  ...(requirePeer('rxdb/plugins/storage-memory') as { readonly getRxStorageMemory: () => unknown }),
});
