import type { Node } from 'jsonc-parser';
import { nearest } from '../../filter/odata/nearest.ts';
import { analyseTableView } from '../../filter/tableFilter/analyse.ts';
import { comparisonsOf } from '../../filter/meaning/condition.ts';
import { itemsOf, type JsonText, propertyOf } from '../../text/json.ts';
import type { Path } from '../admin/finding.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import type { TableDefinition } from '../model/table.ts';
import type { ProjectFile } from './file.ts';
import type { PlacedProblem } from './placedProblem.ts';
import { standardMappings, standardNames } from './standardSetup.ts';

/** Names that nothing is called by, names given twice, and filters that can't be read. */
export function checkNames(project: ProjectFile, json: JsonText): readonly PlacedProblem[] {
  const { businessCentral, dataverse, mappings = [], templates = [] } = project;
  const [tables, others] = [businessCentral.tables, dataverse.tables];
  const all = [...mappings, ...standardMappings(project)];
  const mappingNames = all.map(({ name }) => name);
  const checkedMapping = (name: string, path: Path): readonly PlacedProblem[] =>
    known('mapping', name, mappingNames, path);
  return [
    ...checkTables(tables, ['businessCentral', 'tables']),
    ...checkTables(others, ['dataverse', 'tables']),
    ...twice(
      mappings.map(({ name }) => name),
      (index) => ['mappings', index, 'name'],
    ),
    ...mappings.flatMap((mapping, index) =>
      checkMapping(project, mapping, ['mappings', index], mappingNames, json),
    ),
    ...(project.useDefaults ?? []).flatMap((name, index) =>
      known('standard', name, standardNames, ['useDefaults', index]),
    ),
    ...templates.flatMap(({ table, values }, index) => {
      const definition = [...tables, ...others].find((each) => isCalled(each.name, table));
      const path: Path = ['templates', index];
      return definition === undefined
        ? known('table', table, namesOf([...tables, ...others]), [...path, 'table'])
        : Object.keys(values).flatMap((field) =>
            checkedField(definition, field, [...path, 'values', field]),
          );
    }),
    ...(isList(project.couplings) ? project.couplings : []).flatMap(({ mapping }, index) =>
      checkedMapping(mapping, ['couplings', index, 'mapping']),
    ),
    ...(project.optionMappings ?? []).flatMap(({ mapping }, index) =>
      checkedMapping(mapping, ['optionMappings', index, 'mapping']),
    ),
    ...(project.jobQueue ?? []).flatMap(({ mapping }, index) =>
      checkedMapping(mapping, ['jobQueue', index, 'mapping']),
    ),
  ];
}

const isList = <T>(value: readonly T[] | object | undefined): value is readonly T[] =>
  Array.isArray(value);

const isCalled = (name: string, other: string): boolean =>
  name.toLowerCase() === other.toLowerCase();

const namesOf = (named: readonly { readonly name: string }[]): readonly string[] =>
  named.map(({ name }) => name);

/** Nothing where the name is known, in whatever case. */
function known(
  variant: 'table' | 'mapping' | 'template' | 'standard',
  name: string,
  names: readonly string[],
  path: Path,
): readonly PlacedProblem[] {
  if (names.some((each) => isCalled(each, name))) return [];
  const likely = nearest(name, names);
  return [
    likely === undefined
      ? { code: 'project-name', variant, args: { name }, path }
      : { code: 'project-name', variant: `${variant}Near`, args: { name, nearest: likely }, path },
  ];
}

function checkedField(
  { name: table, fields }: TableDefinition,
  name: string,
  path: Path,
): readonly PlacedProblem[] {
  const names = namesOf(fields);
  if (names.some((each) => isCalled(each, name))) return [];
  const likely = nearest(name, names);
  return [
    likely === undefined
      ? { code: 'project-name', variant: 'field', args: { name, table }, path }
      : {
          code: 'project-name',
          variant: 'fieldNear',
          args: { name, table, nearest: likely },
          path,
        },
  ];
}

function twice(
  names: readonly string[],
  pathOf: (index: number) => Path,
): readonly PlacedProblem[] {
  const seen = new Set<string>();
  return names.flatMap((name, index): readonly PlacedProblem[] => {
    const key = name.toLowerCase();
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ code: 'project-name', variant: 'twice', args: { name }, path: pathOf(index) }];
  });
}

function checkTables(tables: readonly TableDefinition[], path: Path): readonly PlacedProblem[] {
  return [
    ...twice(namesOf(tables), (index) => [...path, index, 'name']),
    ...tables.flatMap((table, index) => {
      const at = [...path, index];
      const named = (key: string, field: string | undefined): readonly PlacedProblem[] =>
        field === undefined ? [] : checkedField(table, field, [...at, key]);
      return [
        ...twice(namesOf(table.fields), (position) => [...at, 'fields', position, 'name']),
        ...(table.primaryKey ?? []).flatMap((field, position) =>
          checkedField(table, field, [...at, 'primaryKey', position]),
        ),
        ...named('companyField', table.companyField),
        ...table.fields.flatMap(({ relation }, position) =>
          checkRelation(tables, relation, [...at, 'fields', position, 'relation']),
        ),
      ];
    }),
  ];
}

function checkRelation(
  tables: readonly TableDefinition[],
  relation: TableDefinition['fields'][number]['relation'],
  path: Path,
): readonly PlacedProblem[] {
  if (relation === undefined) return [];
  const target = tables.find(({ name }) => isCalled(name, relation.table));
  if (target === undefined) {
    return known('table', relation.table, namesOf(tables), [...path, 'table']);
  }
  return relation.field === undefined
    ? []
    : checkedField(target, relation.field, [...path, 'field']);
}

function checkMapping(
  { businessCentral, dataverse, templates = [] }: ProjectFile,
  mapping: IntegrationTableMapping,
  path: Path,
  mappingNames: readonly string[],
  json: JsonText,
): readonly PlacedProblem[] {
  const { table, integrationTable, fields, dependencyFilter } = mapping;
  const sides = [
    {
      tables: businessCentral.tables,
      name: table,
      key: 'table',
      fieldKey: 'field',
      filter: 'tableFilter',
    },
    {
      tables: dataverse.tables,
      name: integrationTable,
      key: 'integrationTable',
      fieldKey: 'integrationField',
      filter: 'integrationTableFilter',
    },
  ] as const;
  return [
    ...sides.flatMap(({ tables, name, key, fieldKey, filter }): readonly PlacedProblem[] => {
      const definition = tables.find((each) => isCalled(each.name, name));
      if (definition === undefined) return known('table', name, namesOf(tables), [...path, key]);
      return [
        ...fields.flatMap((field, index) => {
          const named = field[fieldKey];
          return named === undefined
            ? []
            : checkedField(definition, named, [...path, 'fields', index, fieldKey]);
        }),
        ...checkView(definition, mapping[filter], [...path, filter]),
      ];
    }),
    ...(['templates', 'integrationTemplates'] as const).flatMap((key) =>
      (mapping[key] ?? []).flatMap(({ code }, index) =>
        known(
          'template',
          code,
          templates.map((template) => template.code),
          [...path, key, index, 'code'],
        ),
      ),
    ),
    ...(dependencyFilter ?? '')
      .split('|')
      .filter((name) => name !== '')
      .flatMap((name) => known('mapping', name, mappingNames, [...path, 'dependencyFilter'])),
    ...spelledTwice(json, path),
  ];
}

/** A key given twice means the last of them: the others are read by nobody. */
function spelledTwice(json: JsonText, path: Path): readonly PlacedProblem[] {
  let node: Node | undefined = json.root;
  for (const step of path) {
    node = typeof step === 'number' ? itemsOf(node)[step] : propertyOf(node, step);
  }
  const keys = (node?.children ?? []).map(({ children }) => String(children?.[0]?.value));
  return twice(keys, (index) => [...path, keys[index] ?? '']);
}

/** A stored view must stop a run rather than let every row through (`bc-oracle.md` A10). */
function checkView(
  table: TableDefinition,
  view: string | undefined,
  path: Path,
): readonly PlacedProblem[] {
  if (view === undefined || view.trim() === '') return [];
  const { value, problems } = analyseTableView(view, {
    nameOf: (number) => table.fields.find((field) => field.number === number)?.name,
  });
  if (problems.length > 0) {
    return [{ code: 'project-rule', variant: 'view', args: { view, table: table.name }, path }];
  }
  const names = comparisonsOf(value.meaning)
    .flatMap(({ left, right }) => [left, right])
    .flatMap((operand) => (operand.kind === 'field' ? [operand.name] : []));
  return [...new Set(names)].flatMap((name) => checkedField(table, name, path));
}
