import type { DataverseColumn, DataverseTable } from './model.ts';

/** What all files together tell of Dataverse. Names are found without regard to case. */
export interface DataverseTables {
  readonly hasTables: boolean;
  /** By entity set, which is what a map names, or by logical name. */
  readonly tableNamed: (name: string) => DataverseTable | undefined;
}

export function dataverseTables(tables: readonly DataverseTable[]): DataverseTables {
  const byLogicalName = new Map<string, DataverseTable>();
  const logicalNames = new Map<string, string>();
  for (const table of tables) {
    const name = key(table.logicalName) || (logicalNames.get(key(table.entitySet)) ?? '');
    const own = name === '' ? key(table.entitySet) : name;
    const before = byLogicalName.get(own);
    byLogicalName.set(own, before === undefined ? table : merged(before, table));
    if (table.entitySet !== '' && !logicalNames.has(key(table.entitySet))) {
      logicalNames.set(key(table.entitySet), own);
    }
  }
  return {
    hasTables: byLogicalName.size > 0,
    tableNamed: (name) =>
      byLogicalName.get(logicalNames.get(key(name)) ?? '') ?? byLogicalName.get(key(name)),
  };
}

const key = (name: string): string => name.trim().toLowerCase();

/** `$metadata` knows all columns and no options, a solution some columns and their options. */
function merged(first: DataverseTable, second: DataverseTable): DataverseTable {
  const columns = new Map(first.columns.map((column) => [key(column.name), column]));
  for (const column of second.columns) {
    const before = columns.get(key(column.name));
    columns.set(key(column.name), before === undefined ? column : mergedColumn(before, column));
  }
  return {
    logicalName: first.logicalName || second.logicalName,
    entitySet: first.entitySet || second.entitySet,
    columns: [...columns.values()],
    navigation: new Set([...first.navigation, ...second.navigation]),
    isWhole: first.isWhole || second.isWhole,
    keys: first.keys ?? second.keys,
    integrationKey: first.integrationKey ?? second.integrationKey,
    origin: first.origin,
  };
}

/** An option set is a number to OData and a lookup a GUID, so that the other source says more. */
function mergedColumn(first: DataverseColumn, second: DataverseColumn): DataverseColumn {
  const isVague = ['number', 'guid', 'unknown'].includes(first.type);
  return {
    ...first,
    type: isVague && second.type !== 'unknown' ? second.type : first.type,
    nullable: first.nullable && second.nullable,
    size: first.size ?? second.size,
    options: first.options ?? second.options,
  };
}

export const columnIn = (table: DataverseTable, name: string): DataverseColumn | undefined =>
  table.columns.find((column) => key(column.name) === key(name));
