import type { EngineMode } from '../model/project.ts';
import { standardTables } from './standardSetup.ts';

/** A file to be written, its path relative to the folder of the project. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The files of a new project: the project itself, with the tables that the chosen standard mappings need, and for each
 * table an empty file of rows, whose header names its fields. Every field begins as a text; its owner knows better.
 *
 * @param mappings names of `standardNames`.
 */
export function newProjectFiles(
  name: string,
  mappings: readonly string[],
  mode: EngineMode,
): readonly NewFile[] {
  const { businessCentral, dataverse } = standardTables(mappings);
  const side = (tables: typeof businessCentral, folder: string) => ({
    tables: tables.map(({ name: table, fields }) => ({
      name: table,
      primaryKey: fields.slice(0, 1),
      fields: fields.map((field) => ({ name: field, type: 'text' })),
      rows: { file: rowsPath(folder, table) },
    })),
  });
  const project = {
    settings: { mode },
    businessCentral: side(businessCentral, 'business-central'),
    dataverse: side(dataverse, 'dataverse'),
    useDefaults: mappings,
  };
  const rows = (tables: typeof businessCentral, folder: string, id: string): readonly NewFile[] =>
    tables.map(({ name: table, fields }) => ({
      path: rowsPath(folder, table),
      text: `${[id, ...fields].map(quoted).join(',')}\n`,
    }));
  return [
    { path: `${name}.sync.json`, text: `${JSON.stringify(project, undefined, 2)}\n` },
    ...rows(businessCentral, 'business-central', 'SystemId'),
    ...rows(dataverse, 'dataverse', 'id'),
  ];
}

/** A slash in the name of a table is no folder. */
const rowsPath = (folder: string, table: string): string =>
  `rows/${folder}/${table.replaceAll(/[\\/:*?"<>|]/gu, '-')}.csv`;

const quoted = (name: string): string =>
  /[",\r\n]/u.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
