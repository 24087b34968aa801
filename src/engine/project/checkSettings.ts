import { cycleIn } from '../fullSynch/dependencies.ts';
import { dependenciesOf } from '../fullSynch/standardDependencies.ts';
import type { Path } from '../admin/finding.ts';
import { enabledFields, isOptionBothWays, notNullRefusal } from '../mappings/fieldRules.ts';
import { type IntegrationFieldMapping, nameOfField } from '../model/fieldMapping.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { runsIn } from '../model/side.ts';
import type { TableDefinition } from '../model/table.ts';
import type { ProjectFile } from './file.ts';
import type { PlacedProblem } from './placedProblem.ts';

/** Settings that the pages of the product refuse (`bc-sync.md` 1.2, 1.3), and dependencies that never start. */
export function checkSettings({
  mappings = [],
  dataverse,
  businessCentral,
}: ProjectFile): readonly PlacedProblem[] {
  return [
    ...mappings.flatMap((mapping, index) => [
      ...checkDirections(mapping, ['mappings', index]),
      ...mapping.fields.flatMap((field, position) =>
        checkField(
          field,
          dataverse.tables.find(({ name }) => name === mapping.integrationTable),
          ['mappings', index, 'fields', position],
        ),
      ),
    ]),
    ...checkCycle(mappings),
    ...checkSeries(businessCentral.tables, ['businessCentral', 'tables']),
  ];
}

function checkDirections(mapping: IntegrationTableMapping, path: Path): readonly PlacedProblem[] {
  const { direction, name } = mapping;
  if (isOptionBothWays(mapping)) {
    return [{ code: 'project-rule', variant: 'optionDirection', path: [...path, 'direction'] }];
  }
  const wanted =
    direction === 'Bidirectional'
      ? (['ToIntegrationTable', 'FromIntegrationTable'] as const)
      : [direction];
  const lacking = wanted.find(
    (each) => !enabledFields(mapping).some((field) => runsIn(field.direction, each)),
  );
  return lacking === undefined
    ? []
    : [
        {
          code: 'project-rule',
          variant: 'noFields',
          args: { mapping: name, direction: lacking },
          path: [...path, 'fields'],
        },
      ];
}

function checkField(
  mapping: IntegrationFieldMapping,
  integrationTable: TableDefinition | undefined,
  path: Path,
): readonly PlacedProblem[] {
  const { field, integrationField, constantValue } = mapping;
  const name = nameOfField(mapping);
  if (field === undefined && integrationField === undefined) {
    return [{ code: 'project-rule', variant: 'noField', path }];
  }
  if ((field === undefined || integrationField === undefined) && constantValue === undefined) {
    return [{ code: 'project-rule', variant: 'halfField', args: { field: name }, path }];
  }
  const type = integrationTable?.fields.find((each) => each.name === integrationField)?.type;
  const refusal = notNullRefusal(mapping, type);
  return refusal === undefined
    ? []
    : [
        {
          code: 'project-rule',
          variant: refusal,
          args: { field: name },
          path: [...path, 'notNull'],
        },
      ];
}

function checkCycle(mappings: readonly IntegrationTableMapping[]): readonly PlacedProblem[] {
  const names = new Set(mappings.map(({ name }) => name));
  const cycle = cycleIn(
    mappings.map((mapping) => ({
      name: mapping.name,
      dependencies: dependenciesOf(mapping, names),
    })),
  );
  if (cycle === undefined) return [];
  const index = mappings.findIndex(({ name }) => name === cycle[0]);
  return [
    {
      code: 'project-rule',
      variant: 'cycle',
      args: { path: cycle.join(' → ') },
      path: ['mappings', index, 'dependencyFilter'],
    },
  ];
}

/** A series numbers one key field; of several nobody knows which. */
const checkSeries = (tables: readonly TableDefinition[], path: Path): readonly PlacedProblem[] =>
  tables.flatMap(({ numberSeries, primaryKey = [], name }, index): readonly PlacedProblem[] =>
    numberSeries === undefined || primaryKey.length === 1
      ? []
      : [
          {
            code: 'project-rule',
            variant: 'series',
            args: { table: name },
            path: [...path, index, 'numberSeries'],
          },
        ],
  );
