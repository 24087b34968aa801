import type { Ids } from './model/ids.ts';
import type { SqlJsStatic } from 'sql.js';
import type { EngineMode, EngineProject } from './model/project.ts';
import type { SideName } from './model/side.ts';
import { localSide } from './sides/localSide.ts';
import type { Side } from './sides/side.ts';
import {
  openDatabase,
  type SqlStore,
  type StoreOptions,
  type Transaction,
} from './store/database.ts';
import { addMapping } from './store/mappings.ts';
import { addRowTable, type RowTable, rowTablesOf } from './store/rowTables.ts';
import { migrate } from './store/schema.ts';
import { readSettings, writeSettings, type Settings } from './store/settings.ts';
import { registerTransformations } from './run/transformation.ts';

/** The clocks of both sides, milliseconds since 1970. The engine's own is that of Business Central. */
export type Clock = Readonly<Record<SideName, () => number>>;

/** What every call of the engine works on. */
export interface Engine {
  readonly store: SqlStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly sides: Readonly<Record<SideName, Side>>;
  readonly tables: () => readonly RowTable[];
  readonly settings: () => Settings;
}

export interface EngineOptions extends StoreOptions {
  readonly sqlJs: SqlJsStatic;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The sides behind the local copies; both live in the store if absent. */
  readonly sides?: Readonly<Record<SideName, Side>>;
}

/** A new store for a project. */
export function createEngine(project: EngineProject, options: EngineOptions): Engine {
  const store = openDatabase(options.sqlJs, undefined, options);
  registerTransformations(store);
  store.transaction(() => {
    migrate(store);
    writeSettings(store, project);
    for (const table of project.tables) addRowTable(store, 'BusinessCentral', table);
    for (const table of project.integrationTables) addRowTable(store, 'Dataverse', table);
    for (const mapping of project.mappings) addMapping(store, mapping);
  });
  return engineOn(store, options);
}

/**
 * A store that was saved; one of an earlier version is brought up to date.
 *
 * @param journal what was done since the image was taken, in its order.
 */
export function openEngine(
  image: Uint8Array,
  options: EngineOptions,
  journal: Iterable<Transaction> = [],
): Engine {
  const store = openDatabase(options.sqlJs, image, options);
  registerTransformations(store);
  for (const transaction of journal) store.replay(transaction);
  migrate(store);
  return engineOn(store, options);
}

function engineOn(store: SqlStore, { clock, ids, sides }: EngineOptions): Engine {
  const tables = rowTablesOf(store);
  const settings = (): Settings => readSettings(store);
  const local = (side: SideName): Side =>
    localSide({ store, tables, side, now: clock[side], ids, user: () => userOf(settings(), side) });
  return {
    store,
    clock,
    ids,
    tables,
    settings,
    sides: sides ?? { BusinessCentral: local('BusinessCentral'), Dataverse: local('Dataverse') },
  };
}

const userOf = ({ integrationUser, jobUser }: Settings, side: SideName): string =>
  side === 'Dataverse' ? integrationUser : jobUser;

export const modeOf = (engine: Engine): EngineMode => engine.settings().mode;
