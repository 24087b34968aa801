import type { IntegrationTableMapping } from '../model/mapping.ts';
import { isEnabled } from '../model/fieldMapping.ts';
import { runsIn } from '../model/side.ts';
import type { Relation, TableDefinition } from '../model/table.ts';
import { dependenciesOf } from '../fullSynch/standardDependencies.ts';
import type { ConnectionFacts } from './facts.ts';
import type { Finding } from './finding.ts';

export interface MappedProject {
  readonly tables: readonly TableDefinition[];
  readonly integrationTables: readonly TableDefinition[];
  readonly mappings: readonly IntegrationTableMapping[];
  readonly connection: ConnectionFacts;
}

/** Causes that lie between the mappings: `bc-sync.md` 6, A1, A16, A23, A27 and A28. */
export const checkMappings = (project: MappedProject): readonly Finding[] => [
  ...ambiguous(project),
  ...lookups(project),
  ...companies(project),
  ...privileges(project),
];

/** Two mappings write the same table from the same one: which of them a record belongs to is not said. */
function ambiguous({ mappings }: MappedProject): readonly Finding[] {
  return mappings.flatMap((mapping, index) => {
    const other = mappings
      .slice(0, index)
      .find(
        (each) =>
          each.table === mapping.table &&
          (each.direction === 'Bidirectional' || runsIn(mapping.direction, each.direction)) &&
          !(isFiltered(each) && isFiltered(mapping)),
      );
    return other === undefined
      ? []
      : [
          {
            rule: 'ambiguous' as const,
            path: ['mappings', index, 'table'],
            args: { mapping: mapping.name, other: other.name, table: mapping.table },
          },
        ];
  });
}

const isFiltered = ({ tableFilter = '', integrationTableFilter = '' }: IntegrationTableMapping) =>
  tableFilter.trim() !== '' || integrationTableFilter.trim() !== '';

/** A lookup goes through the coupling of the row it names, so that table must be mapped, and come first. */
function lookups({ mappings, tables, integrationTables }: MappedProject): readonly Finding[] {
  const names = new Set(mappings.map(({ name }) => name));
  return mappings.flatMap((mapping, index) => {
    const dependencies = dependenciesOf(mapping, names);
    return mapping.fields.flatMap((field, position): readonly Finding[] => {
      const own = relationOf(tables, mapping.table, field.field);
      const other = relationOf(integrationTables, mapping.integrationTable, field.integrationField);
      if (!isEnabled(field) || own === undefined || other === undefined) return [];
      const path = ['mappings', index, 'fields', position];
      const through = mappings.find(
        (each) => each.table === own.table && each.integrationTable === other.table,
      );
      if (through === undefined) {
        return [{ rule: 'notMapped', path, args: { table: own.table, other: other.table } }];
      }
      const isFirst =
        through.name === mapping.name ||
        dependencies.includes(through.name) ||
        through.uidType === 'Option';
      return isFirst
        ? []
        : [{ rule: 'order', path, args: { mapping: mapping.name, dependency: through.name } }];
    });
  });
}

const relationOf = (
  tables: readonly TableDefinition[],
  table: string,
  field: string | undefined,
): Relation | undefined =>
  tables.find(({ name }) => name === table)?.fields.find(({ name }) => name === field)?.relation;

function companies({ mappings, connection }: MappedProject): readonly Finding[] {
  const count = connection.companies?.length ?? 0;
  if (count < 2 || mappings.some(({ multiCompanySynchEnabled: on }) => on === true)) return [];
  return [{ rule: 'companies', path: ['connection', 'companies'], args: { count } }];
}

/** The user can't write what a mapping writes: told before the first row says so. */
function privileges({ mappings, connection }: MappedProject): readonly Finding[] {
  const user = connection.integrationUser;
  const known = user?.privileges?.map((each) => each.toLowerCase());
  if (user === undefined || known === undefined) return [];
  const wanted = mappings
    .filter(
      ({ direction, uidType }) => direction !== 'FromIntegrationTable' && uidType !== 'Option',
    )
    .flatMap(({ integrationTable, synchOnlyCoupledRecords = true }) =>
      (synchOnlyCoupledRecords ? ['Write'] : ['Write', 'Create']).map(
        (verb) => `prv${verb}${integrationTable}`,
      ),
    );
  return [...new Set(wanted)]
    .filter((privilege) => !known.includes(privilege.toLowerCase()))
    .map((privilege) => ({
      rule: 'missingPrivilege',
      path: ['connection', 'integrationUser', 'privileges'],
      args: { user: user.name, privilege },
    }));
}
