import type { EngineProject } from '../model/project.ts';
import type { TableDefinition } from '../model/table.ts';
import type { ProjectFile, TableFile } from './file.ts';
import { standardMappings } from './standardSetup.ts';

/** What the engine is set up with: the project without its rows and couplings. */
export function engineProjectOf(project: ProjectFile): EngineProject {
  const {
    settings = {},
    businessCentral,
    dataverse,
    mappings = [],
    templates,
    connection,
  } = project;
  const standard = standardMappings(project).filter(
    ({ name }) => !mappings.some((mapping) => mapping.name === name),
  );
  return {
    ...settings,
    tables: businessCentral.tables.map(definitionOf),
    integrationTables: dataverse.tables.map(definitionOf),
    mappings: [...mappings, ...standard],
    ...(templates === undefined ? {} : { templates }),
    ...(connection?.enabled === undefined ? {} : { connectionEnabled: connection.enabled }),
  };
}

function definitionOf(table: TableFile): TableDefinition {
  const { rows: _, ...definition } = table;
  return definition;
}
