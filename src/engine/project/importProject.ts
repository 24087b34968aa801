import type { Column, ColumnTable } from '../../preview/columns.ts';
import type { IntegrationFieldMapping } from '../model/fieldMapping.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { type EngineMessage, message } from '../model/message.ts';
import type { MappingDirection } from '../model/side.ts';
import type { DataType, FieldDefinition } from '../model/table.ts';
import {
  type Caption,
  columnFor,
  type ExportedTable,
  reader,
  rowNumbers,
  rowsName,
  sameName,
  tableName,
} from './exportedTable.ts';
import type { ProjectFile, TableFile } from './file.ts';
import { importedCouplings } from './importCouplings.ts';

export interface ImportedProject {
  readonly project: ProjectFile;
  readonly troubles: readonly EngineMessage[];
}

/** Makes a project of exports: mappings, field mappings and couplings, and everything else as rows of a table. */
export function importedProject(exported: readonly ExportedTable[]): ImportedProject {
  const troubles: EngineMessage[] = [];
  const byKind = (kind: Kind): readonly ExportedTable[] =>
    exported.filter(({ table }) => kindOf(table) === kind);
  const fields = new Map<string, IntegrationFieldMapping[]>();
  for (const { table } of byKind('fields')) {
    for (const [mapping, field] of fieldMappings(table)) {
      fields.set(mapping, [...(fields.get(mapping) ?? []), field]);
    }
  }
  const mappings = byKind('mappings')
    .flatMap(({ table }) => tableMappings(table))
    .map((mapping) => ({ ...mapping, fields: fields.get(mapping.name) ?? [] }));
  for (const { name, fields: own } of mappings) {
    if (own.length === 0) troubles.push(message('importNoFields', { mapping: name }));
  }
  const rowTables = byKind('rows').map((each) => tableFrom(each));
  const tables = tablesFor(mappings, 'table', rowTables);
  const others = tablesFor(mappings, 'integrationTable', rowTables);
  const used = new Set([...tables, ...others].map(({ name }) => name.toLowerCase()));
  for (const { name } of rowTables) {
    if (!used.has(name.toLowerCase())) troubles.push(message('importUnused', { table: name }));
  }
  const { couplings, lost } = importedCouplings(byKind('couplings'), mappings, byKind('rows'));
  if (lost > 0) troubles.push(message('importCouplings', { count: lost }));
  return {
    project: {
      settings: { mode: 'improved' },
      businessCentral: { tables },
      dataverse: { tables: others },
      ...(mappings.length === 0 ? {} : { mappings }),
      ...(couplings.length === 0 ? {} : { couplings }),
    },
    troubles,
  };
}

type Kind = 'mappings' | 'fields' | 'couplings' | 'rows';

function kindOf(table: ColumnTable): Kind {
  const has = (...names: readonly Caption[]): boolean =>
    names.every((name) => columnFor(table, name) !== undefined);
  if (has('crmId', 'integrationId')) return 'couplings';
  if (has('mapping', 'integrationField')) return 'fields';
  return has('name', 'integrationTable', 'direction') ? 'mappings' : 'rows';
}

const directions: readonly (readonly [RegExp, MappingDirection])[] = [
  [/^(?:bidirectional|obousměrn|bidirectionnel|0$)/iu, 'Bidirectional'],
  [/^(?:to ?integration|do tabulky|vers la table|1$)/iu, 'ToIntegrationTable'],
  [/^(?:from ?integration|z tabulky|à partir|2$)/iu, 'FromIntegrationTable'],
];

const directionIn = (written: string): MappingDirection =>
  directions.find(([pattern]) => pattern.test(written))?.[1] ?? 'Bidirectional';

const isYes = (written: string): boolean => /^(?:true|yes|1|ano|oui|vrai|pravda)$/iu.test(written);

function tableMappings(table: ColumnTable): readonly Omit<IntegrationTableMapping, 'fields'>[] {
  return rowNumbers(table).flatMap((row) => {
    const cell = reader(table, row);
    const name = cell('name');
    if (name === '') return [];
    const [tableFilter, integrationTableFilter] = [
      cell('tableFilter'),
      cell('integrationTableFilter'),
    ];
    const [deletion, update] = [cell('deletion'), cell('update')];
    const dependencyFilter = cell('dependency');
    const onlyCoupled = cell('onlyCoupled');
    return [
      {
        name,
        table: tableName(cell('table')),
        integrationTable: tableName(cell('integrationTable')),
        direction: directionIn(cell('direction')),
        ...(tableFilter === '' ? {} : { tableFilter }),
        ...(integrationTableFilter === '' ? {} : { integrationTableFilter }),
        ...(onlyCoupled === '' ? {} : { synchOnlyCoupledRecords: isYes(onlyCoupled) }),
        ...(/restore|obnov|restaur/iu.test(deletion)
          ? { deletionConflictResolution: 'Restore Records' as const }
          : /coupling|spárov|couplage/iu.test(deletion)
            ? { deletionConflictResolution: 'Remove Coupling' as const }
            : {}),
        ...(/^send|odeslat|envoyer/iu.test(update)
          ? { updateConflictResolution: 'Send data update to integration table' as const }
          : /^get|získat|obtenir/iu.test(update)
            ? { updateConflictResolution: 'Get data update from integration table' as const }
            : {}),
        ...(dependencyFilter === '' ? {} : { dependencyFilter }),
      },
    ];
  });
}

const fieldName = (written: string): string =>
  /^\d+$/u.test(written) ? `Field ${written}` : written;

function fieldMappings(
  table: ColumnTable,
): readonly (readonly [string, IntegrationFieldMapping])[] {
  return rowNumbers(table).flatMap((row) => {
    const cell = reader(table, row);
    const [field, integrationField] = [cell('field'), cell('integrationField')];
    const constant = cell('constant');
    const isSet = (written: string): boolean => written !== '' && written !== '0';
    const direction = directionIn(cell('direction'));
    if (cell('mapping') === '' || (!isSet(field) && !isSet(integrationField))) return [];
    const mapping: IntegrationFieldMapping = {
      ...(isSet(field) ? { field: fieldName(field) } : {}),
      ...(isSet(integrationField) ? { integrationField: fieldName(integrationField) } : {}),
      direction,
      ...(/disabled|zakáz|désactiv/iu.test(cell('status')) ? { status: 'Disabled' as const } : {}),
      ...(constant === '' ? {} : { constantValue: constant }),
      ...(isYes(cell('validate')) ? { validateField: true } : {}),
      ...(isYes(cell('validateOther')) ? { validateIntegrationField: true } : {}),
      ...(isYes(cell('clear')) ? { clearValueOnFailedSync: true } : {}),
      ...(isYes(cell('notNull')) ? { notNull: true } : {}),
      ...(isYes(cell('match')) ? { useForMatchBasedCoupling: true } : {}),
    };
    return [[cell('mapping'), mapping] as const];
  });
}

/** The tables of one side: those that mappings name, with the fields they map and those that a file of rows has. */
function tablesFor(
  mappings: readonly IntegrationTableMapping[],
  key: 'table' | 'integrationTable',
  rowTables: readonly TableFile[],
): readonly TableFile[] {
  const fieldKey = key === 'table' ? 'field' : 'integrationField';
  const names = [...new Set(mappings.map((mapping) => mapping[key]))];
  return names.map((name) => {
    const found = rowTables.find((table) => sameName(table.name, name));
    const known = found?.fields ?? [];
    const mapped = mappings
      .filter((mapping) => mapping[key] === name)
      .flatMap(({ fields }) => fields.flatMap((field) => field[fieldKey] ?? []));
    const missing = [...new Set(mapped)].filter(
      (field) => !known.some((each) => sameName(each.name, field)),
    );
    const added = missing.map((field): FieldDefinition => {
      const number = /^Field (?<number>\d+)$/u.exec(field)?.groups?.['number'];
      return {
        name: field,
        type: 'text',
        ...(number === undefined ? {} : { number: Number(number) }),
      };
    });
    return { ...found, name, fields: [...known, ...added] };
  });
}

const SYSTEM =
  /^(?:\$?systemid|id|systemmodified(?:at|by)|modified(?:on|by|at)|systemcreated(?:at|by))$/iu;

/** A table of a file of rows: named like the file, its types read off the cells. */
function tableFrom(exported: ExportedTable): TableFile {
  const { file, table } = exported;
  const name = rowsName(exported);
  const isKey = (column: Column): boolean =>
    SYSTEM.test(column.name) || sameName(column.name, `${name}id`);
  return {
    name,
    fields: table.columns
      .filter((column) => !isKey(column))
      .map((column) => ({ name: column.name, type: typeOf(column) })),
    rows: { file },
  };
}

const shapes: readonly (readonly [DataType, RegExp])[] = [
  ['boolean', /^(?:true|false)$/iu],
  ['integer', /^-?(?:0|[1-9]\d{0,14})$/u],
  ['decimal', /^-?\d{1,15}\.\d+$/u],
  ['guid', /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/iu],
  ['datetime', /^\d{4}-\d\d-\d\dT\d\d:\d\d/u],
  ['date', /^\d{4}-\d\d-\d\d$/u],
];

/** The narrowest type that every cell fits; text where there is none or no cell at all. */
function typeOf({ cells }: Column): DataType {
  const filled = cells.filter((cell): cell is string => cell !== null && cell.trim() !== '');
  if (filled.length === 0) return 'text';
  const found = shapes.find(([, pattern]) => filled.every((cell) => pattern.test(cell)));
  if (found !== undefined) return found[0];
  return filled.every((cell) => /^-?\d{1,15}(?:\.\d+)?$/u.test(cell) && !/^-?0\d/u.test(cell))
    ? 'decimal'
    : 'text';
}
