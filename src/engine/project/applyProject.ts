import { addQueueEntry } from '../jobQueue/entries.ts';
import { couple, knownMapping, tablesOf } from '../coupling/couple.ts';
import type { Engine } from '../engine.ts';
import { type EngineMessage, EngineRefusal, message } from '../model/message.ts';
import type { EngineProject } from '../model/project.ts';
import type { SideName } from '../model/side.ts';
import type { TableDefinition } from '../model/table.ts';
import { addMapping, changeMapping, deleteMapping, listedMappings } from '../store/mappings.ts';
import { queueEntries } from '../store/queue.ts';
import { addRowTable, changeRowTable, columnOf, type RowTable } from '../store/rowTables.ts';
import { changeSettings } from '../store/settings.ts';
import { type AppliedRows, applyRows } from './applyRows.ts';
import type { InitialCoupling, ProjectFile } from './file.ts';
import type { Loaded } from './load.ts';
import { engineProjectOf } from './open.ts';
import { idOf } from './rows.ts';

export interface AppliedProject extends AppliedRows {
  readonly troubles: readonly EngineMessage[];
}

/**
 * Brings a store up to its project: settings, mappings and tables as they are written now, what changed in the files
 * of rows, couplings and queue entries that are new. Throws an EngineRefusal where the stored columns of a table are
 * others than those of the project.
 */
export function applyProject(engine: Engine, file: ProjectFile, loaded: Loaded): AppliedProject {
  const { store } = engine;
  const project = engineProjectOf(file);
  const troubles: EngineMessage[] = [...loaded.troubles];
  const counts = { added: 0, changed: 0, deleted: 0 };
  store.transaction(() => {
    applyTables(engine, 'BusinessCentral', project.tables);
    applyTables(engine, 'Dataverse', project.integrationTables);
    applySetup(engine, project);
    for (const { side, table, rows } of loaded.tables) {
      const applied = applyRows(engine, side, table, rows);
      counts.added += applied.added;
      counts.changed += applied.changed;
      counts.deleted += applied.deleted;
    }
    for (const each of loaded.couplings) {
      const trouble = once(engine, JSON.stringify(['coupling', each]), () =>
        applyCoupling(engine, each),
      );
      if (trouble !== undefined) troubles.push(trouble);
    }
    for (const { mapping, ...entry } of file.jobQueue ?? []) {
      if (!queueEntries(store).some((known) => known.mapping === mapping)) {
        addQueueEntry(engine, mapping, entry);
      }
    }
  });
  return { ...counts, troubles };
}

/** Does something the first time that the project says it, and again while it fails. */
function once(
  { store }: Engine,
  key: string,
  work: () => EngineMessage | undefined,
): EngineMessage | undefined {
  if (store.value('SELECT 1 FROM meta WHERE key = ?', [key]) === 1) return undefined;
  const trouble = work();
  if (trouble === undefined) store.run('INSERT OR REPLACE INTO meta VALUES(?, 1)', [key]);
  return trouble;
}

function applyTables(
  engine: Engine,
  side: SideName,
  definitions: readonly TableDefinition[],
): void {
  const known = engine.tables().filter((table) => table.side === side);
  for (const definition of definitions) {
    const table = known.find((each) => each.definition.name === definition.name);
    if (table === undefined) addRowTable(engine.store, side, definition);
    else if (columnsOf(table.definition) === columnsOf(definition)) {
      changeRowTable(engine.store, table, definition);
    } else throw new EngineRefusal(message('columnsChanged', { table: definition.name }));
  }
}

const columnsOf = ({ fields, primaryKey = [] }: TableDefinition): string =>
  JSON.stringify([
    fields
      .filter(({ calculated }) => calculated === undefined)
      .map(({ name, type }) => [name, type]),
    primaryKey,
  ]);

/** A change on a page of the product holds until the project itself says something else. */
function applySetup(engine: Engine, project: EngineProject): void {
  const { store } = engine;
  const said = (key: string, value: unknown): boolean => {
    const text = JSON.stringify(value);
    const before = store.value('SELECT value FROM meta WHERE key = ?', [`said ${key}`]);
    store.run('INSERT OR REPLACE INTO meta VALUES(?, ?)', [`said ${key}`, text]);
    return before !== text;
  };
  const { mode, integrationUser, jobUser, company, templates, connectionEnabled } = project;
  if (said('settings', [mode, integrationUser, jobUser, company, templates])) {
    changeSettings(store, {
      ...engine.settings(),
      mode: mode ?? 'improved',
      ...(integrationUser === undefined ? {} : { integrationUser }),
      ...(jobUser === undefined ? {} : { jobUser }),
      ...(company === undefined ? {} : { company }),
      templates: templates ?? [],
    });
  }
  if (said('connection', connectionEnabled ?? true)) {
    changeSettings(store, {
      ...engine.settings(),
      connectionEnabled: connectionEnabled ?? true,
      connectionDisabledReason: '',
    });
  }
  const listed = listedMappings(store);
  for (const mapping of project.mappings) {
    const isNew = !listed.some(({ name }) => name === mapping.name);
    const isSaid = said(`mapping ${mapping.name}`, mapping);
    if (isNew) addMapping(store, mapping);
    else if (isSaid) changeMapping(store, mapping);
  }
  for (const { name } of listed) {
    if (project.mappings.some((mapping) => mapping.name === name)) continue;
    // What the project never said was set up on the pages, and stays.
    if (store.run('DELETE FROM meta WHERE key = ?', [`said mapping ${name}`]) > 0) {
      deleteMapping(store, name);
    }
  }
}

function applyCoupling(engine: Engine, given: InitialCoupling): EngineMessage | undefined {
  try {
    const tables = tablesOf(engine, knownMapping(engine, given.mapping));
    const record = rowIdOf(engine, tables.table, given.record);
    const partner = rowIdOf(engine, tables.integrationTable, given.integrationRecord);
    if (record === undefined || partner === undefined) {
      return message('couplingRow', {
        mapping: given.mapping,
        record: record === undefined ? given.record : given.integrationRecord,
        table: (record === undefined ? tables.table : tables.integrationTable).definition.name,
      });
    }
    couple(engine, given.mapping, record, partner);
    const at = given.synchronizedAt === undefined ? Number.NaN : Date.parse(given.synchronizedAt);
    if (!Number.isNaN(at) || given.synchronized === true) {
      // A side that changed later has no base of its own: all of it counts as changed.
      const isAsThen = Number.isNaN(at)
        ? ['1', '1']
        : ['b', 'd'].map((row) => `${row}.modified_at <= ${at}`);
      const [own, other] = isAsThen;
      const time = (row: string): string => (Number.isNaN(at) ? `${row}.modified_at` : String(at));
      engine.store.run(
        `UPDATE coupling AS c SET bc_seq = CASE WHEN ${own} THEN b.seq END, dv_seq = CASE WHEN ${other} THEN d.seq END,
           bc_synched = ${time('b')}, dv_synched = ${time('d')}
         FROM ${tables.table.rows} b, ${tables.integrationTable.rows} d WHERE b.rid = c.bc_rid AND d.rid = c.dv_rid AND b.id = ?`,
        [record],
      );
    }
    return undefined;
  } catch (error) {
    if (error instanceof EngineRefusal) return error.reason;
    throw error;
  }
}

/** A row by its id, or by the values of its key joined by commas, as the pages show them. */
export function rowIdOf({ store }: Engine, table: RowTable, named: string): string | undefined {
  const byId = store.value(`SELECT id FROM ${table.rows} WHERE id = ?`, [idOf(named)]);
  if (typeof byId === 'string') return byId;
  const { primaryKey = [], fields } = table.definition;
  const keys = primaryKey.length > 0 ? primaryKey : fields.slice(0, 1).map(({ name }) => name);
  const columns = keys.flatMap((name) => columnOf(table, name) ?? []);
  if (columns.length === 0) return undefined;
  const found = store.value(
    `SELECT id FROM ${table.rows} WHERE ${columns.join(` || ',' || `)} = ? COLLATE NOCASE ORDER BY alive DESC, rid LIMIT 1`,
    [named],
  );
  return typeof found === 'string' ? found : undefined;
}
