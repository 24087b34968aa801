import { NOWHERE, type Part, valuesOf } from './decode.ts';
import { CONFIGURATIONS, type Environment, MAP_STATES } from './model.ts';

/** The facts of the two environments, or those of two that are as they should be. */
export function environmentIn(part: Part | undefined): Environment {
  if (part === undefined) return AS_IT_SHOULD_BE;
  const listed = <T>(name: string, read: (item: Part) => T, required: readonly string[]): T[] =>
    part.parts(name).map((item) => {
      const value = read(item);
      item.finish(required);
      return value;
    });
  const linked = part.has('linkedCompanies') ? valuesOf(part.texts('linkedCompanies')) : undefined;
  const read: Environment = {
    company: part.text('company'),
    linkedCompanies: linked,
    states: listed(
      'states',
      (item) => ({
        map: item.placed('map') ?? NOWHERE,
        state: item.choice('state', MAP_STATES) ?? 'running',
      }),
      ['map', 'state'],
    ),
    isMember: part.flag('applicationUserIsSystemAdministrator') ?? true,
    missingPrivileges: listed(
      'missingPrivileges',
      (item) => ({
        table: item.placed('table') ?? NOWHERE,
        privilege: item.choice('privilege', ['read', 'write']) ?? 'write',
      }),
      ['table'],
    ),
    configuration: part.choice('configuration', CONFIGURATIONS) ?? 'current',
    disabledFields: listed(
      'disabledFields',
      (item) => ({
        entity: item.placed('entity') ?? NOWHERE,
        field: item.placed('field') ?? NOWHERE,
        configurationKey: item.text('configurationKey') ?? '',
      }),
      ['entity', 'field'],
    ),
    keys: listed(
      'keys',
      (item) => {
        const name = item.text('name') ?? '';
        return {
          table: item.placed('table') ?? NOWHERE,
          name,
          displayName: item.text('displayName') ?? name,
          columns: valuesOf(item.texts('columns')),
        };
      },
      ['table', 'name', 'columns'],
    ),
    integrationKeys: listed(
      'integrationKeys',
      (item) => ({
        table: item.placed('table') ?? NOWHERE,
        columns: valuesOf(item.texts('columns')),
      }),
      ['table', 'columns'],
    ),
    entityRelations: listed(
      'entityRelations',
      (item) => [item.text('from') ?? '', item.text('to') ?? ''] as const,
      ['from', 'to'],
    ),
    numberSequences: listed(
      'numberSequences',
      (item) => ({
        table: item.placed('table') ?? NOWHERE,
        column: item.text('column') ?? '',
        format: item.text('format') ?? '#',
        next: item.number('next') ?? 1,
      }),
      ['table', 'column', 'format'],
    ),
    dataverseTriggers: part.choice('dataverseTriggers', ['mappedColumns', 'anyColumn']),
    pauseLimitDays: part.number('pauseLimitDays'),
    fiveMinuteMode: part.flag('fiveMinuteMode') ?? false,
    isDebugMode: part.flag('isDebugMode') ?? false,
    ...assumptionsIn(part.part('assume')),
  };
  part.finish();
  return read;
}

function assumptionsIn(
  part: Part | undefined,
): Pick<Environment, 'assumedEntries' | 'assumedFields'> {
  if (part === undefined) return { assumedEntries: [], assumedFields: [] };
  const assumedFields = part.parts('fields').map((item) => {
    const field = {
      entity: item.placed('entity') ?? NOWHERE,
      name: item.text('name') ?? '',
      dataSource: item.text('dataSource') ?? '',
      dataField: item.text('dataField') ?? '',
    };
    item.finish(['entity', 'name', 'dataSource', 'dataField']);
    return field;
  });
  const assumedEntries = part.parts('getEntityDataSourceToFieldMapping').map((item) => {
    const entry = {
      entity: item.placed('entity') ?? NOWHERE,
      dataSource: item.text('dataSource') ?? '',
      table: item.text('table') ?? '',
      field: item.placed('field') ?? NOWHERE,
    };
    item.finish(['entity', 'dataSource', 'table', 'field']);
    return entry;
  });
  part.finish();
  return { assumedEntries, assumedFields };
}

export const AS_IT_SHOULD_BE: Environment = {
  company: undefined,
  linkedCompanies: undefined,
  states: [],
  isMember: true,
  missingPrivileges: [],
  configuration: 'current',
  disabledFields: [],
  keys: [],
  integrationKeys: [],
  entityRelations: [],
  numberSequences: [],
  dataverseTriggers: undefined,
  pauseLimitDays: undefined,
  fiveMinuteMode: false,
  isDebugMode: false,
  assumedEntries: [],
  assumedFields: [],
};
