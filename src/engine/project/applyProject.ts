import { addQueueEntry } from '../jobQueue/entries.ts';
import type { Engine } from '../engine.ts';
import { type EngineMessage, EngineRefusal, message } from '../model/message.ts';
import type { EngineProject } from '../model/project.ts';
import type { SideName } from '../model/side.ts';
import type { TableDefinition } from '../model/table.ts';
import { addMapping, changeMapping, deleteMapping, listedMappings } from '../store/mappings.ts';
import { queueEntries } from '../store/queue.ts';
import { addRowTable, changeRowTable } from '../store/rowTables.ts';
import { changeSettings } from '../store/settings.ts';
import { type AppliedRows, applyRows } from './applyRows.ts';
import { applyCouplings } from './applyCouplings.ts';
import type { ProjectFile } from './file.ts';
import type { Loaded } from './load.ts';
import { engineProjectOf } from './open.ts';

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
    troubles.push(...applyCouplings(engine, loaded.couplings));
    for (const { mapping, ...entry } of file.jobQueue ?? []) {
      if (!queueEntries(store).some((known) => known.mapping === mapping)) {
        addQueueEntry(engine, mapping, entry);
      }
    }
  });
  return { ...counts, troubles };
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
