import type { FieldDefinition, Relation } from '../model/table.ts';
import { columnOf, type RowTable } from '../store/rowTables.ts';
import { sqlText } from '../store/sqlText.ts';
import { blankSql } from '../store/rowTables.ts';
import type { TransferTables } from './transferTables.ts';

export interface Lookup {
  readonly value: string;
  /** True for a value whose row has no partner. */
  readonly isMissing: string;
  /** The list of an option that the value is looked up in; what is missing there is added, not an error. */
  readonly optionList: RowTable | undefined;
}

/** A value that names a row is read across through the coupling of that row (`bc-sync.md` 2.6.6). */
export function lookupSql(
  read: string,
  origin: FieldDefinition,
  target: FieldDefinition,
  tables: TransferTables,
): Lookup {
  const blank = tables.destination.side === 'Dataverse' ? 'NULL' : blankSql(target);
  const isSet = `ifnull(${without(read, origin.relation)}, '') <> ''`;
  const pair = coupledTables(origin, target, tables);
  if (pair === undefined) return { value: blank, isMissing: isSet, optionList: undefined };
  const { theirs, ours, isOption } = pair;
  const [from, to] =
    tables.direction === 'ToIntegrationTable' ? ['k.bc_rid', 'k.dv_rid'] : ['k.dv_rid', 'k.bc_rid'];
  const found = `(SELECT o.${keyOf(ours, target.relation)} FROM ${theirs.rows} t JOIN coupling k ON ${from} = t.rid JOIN ${ours.rows} o ON o.rid = ${to} WHERE t.${keyOf(theirs, origin.relation)} = ${read} AND t.alive AND o.alive)`;
  return {
    value: `ifnull(CASE WHEN ${isSet} THEN ${without(found, target.relation)} END, ${blank})`,
    isMissing: `${isSet} AND ${found} IS NULL`,
    optionList: isOption && theirs.side === 'Dataverse' ? theirs : undefined,
  };
}

interface LookupTables {
  readonly theirs: RowTable;
  readonly ours: RowTable;
  /** The mapping couples records with the values of an option (`bc-sync.md` 1.2). */
  readonly isOption: boolean;
}

/** The two tables that a lookup goes between, if a mapping couples them. */
export function coupledTables(
  origin: FieldDefinition,
  target: FieldDefinition,
  { source, destination, all, mappings, direction }: TransferTables,
): LookupTables | undefined {
  const named = (table: RowTable, relation: Relation | undefined): RowTable | undefined =>
    all.find(({ side, definition }) => side === table.side && definition.name === relation?.table);
  const theirs = named(source, origin.relation);
  const ours = named(destination, target.relation);
  if (theirs === undefined || ours === undefined) return undefined;
  const [table, integrationTable] =
    direction === 'ToIntegrationTable' ? [theirs, ours] : [ours, theirs];
  const mapping = mappings.find(
    (each) =>
      each.table === table.definition.name &&
      each.integrationTable === integrationTable.definition.name,
  );
  return mapping && { theirs, ours, isOption: mapping.uidType === 'Option' };
}

const keyOf = (table: RowTable, relation: Relation | undefined): string =>
  (relation?.field === undefined ? undefined : columnOf(table, relation.field)) ?? 'id';

/** The local currency is no currency (`bc-sync.md` 2.6.7). */
function without(value: string, relation: Relation | undefined): string {
  const none = relation?.blankFor ?? [];
  return none.length === 0
    ? value
    : `CASE WHEN ${value} IN (${none.map(sqlText).join(', ')}) THEN NULL ELSE ${value} END`;
}
