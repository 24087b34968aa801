import type { TransferTables } from './transferTables.ts';
import { isEnabled, type IntegrationFieldMapping } from '../model/fieldMapping.ts';
import { EngineRefusal, message } from '../model/message.ts';
import { runsIn } from '../model/side.ts';
import type { FieldDefinition } from '../model/table.ts';
import { blankSql, cellOf, columnOf, fieldOf, type RowTable } from '../store/rowTables.ts';
import { sqlText } from '../store/sqlText.ts';
import { lookupSql } from './lookups.ts';
import { readSql } from './readSql.ts';

/**
 * One field of a run as SQL over the aliases `s` (source row), `d` (destination row), `sb` and `db` (their versions
 * when they were last agreed on) and `c` (the coupling).
 */
export interface TransferField {
  readonly mapping: IntegrationFieldMapping;
  readonly source: FieldDefinition | undefined;
  readonly destination: FieldDefinition;
  /** The column it is written to. */
  readonly column: string;
  readonly bidirectional: boolean;
  /** What a new row gets. */
  readonly inserted: string;
  /** What an existing row gets if the field is written at all. */
  readonly value: string;
  readonly differs: string;
  /** Whether a side changed the field since the base. */
  readonly sourceChanged: string;
  readonly destinationChanged: string;
  /** True for a value that can't be read across; absent where that can't happen. */
  readonly unresolved: string | undefined;
  readonly validates: boolean;
  /** Values that an option list lacks are added to it (`bc-oracle.md` G21). */
  readonly additions: OptionAdditions | undefined;
}

export interface OptionAdditions {
  readonly list: RowTable;
  /** The field of the list that holds the value. */
  readonly field: string;
  /** The value of the source row `s`, and whether it is missing. */
  readonly value: string;
  readonly isMissing: string;
}

/** The enabled field mappings of a direction. Throws an EngineRefusal on one that names an unknown field. */
export function transferFields(tables: TransferTables): readonly TransferField[] {
  return tables.mapping.fields
    .filter((field) => isEnabled(field) && runsIn(field.direction, tables.direction))
    .map((field) => transferField(field, tables));
}

function transferField(mapping: IntegrationFieldMapping, tables: TransferTables): TransferField {
  const { source, destination, direction } = tables;
  const isTo = direction === 'ToIntegrationTable';
  const target = fieldOf(destination, (isTo ? mapping.integrationField : mapping.field) ?? '');
  const column = target && columnOf(destination, target.name);
  if (target === undefined || column === undefined) throw unknownField(mapping, destination);
  const origin = fieldOf(source, (isTo ? mapping.field : mapping.integrationField) ?? '');
  const validates = (isTo ? mapping.validateIntegrationField : mapping.validateField) === true;
  const base = { mapping, destination: target, column, validates, source: origin };
  const current = `d.${column}`;
  const [ours, theirs] = isTo ? ['bc_seq', 'dv_seq'] : ['dv_seq', 'bc_seq'];
  const destinationChanged = changedSql('d', column, target, theirs);
  if (mapping.constantValue !== undefined) {
    const constant = sqlText(cellOf(mapping.constantValue));
    return {
      ...base,
      bidirectional: false,
      // Constants are always validated (`bc-sync.md` 2.6).
      validates: true,
      inserted: constant,
      value: constant,
      differs: differsSql(constant, current, target, undefined),
      sourceChanged: '0',
      destinationChanged,
      unresolved: undefined,
      additions: undefined,
    };
  }
  if (origin === undefined) throw unknownField(mapping, source);
  const { value: plain, unresolved, additions } = translatedSql(mapping, origin, target, tables);
  // An option that nobody knows yet leaves the field as it was.
  const value =
    additions === undefined
      ? plain
      : `CASE WHEN ${additions.isMissing} THEN ${current} ELSE ${plain} END`;
  const kept =
    mapping.notNull === true
      ? `CASE WHEN ${isBlankSql(readSql(source, origin, 's', tables.all), origin)} THEN ${current} ELSE ${value} END`
      : value;
  const sourceColumn = columnOf(source, origin.name);
  return {
    ...base,
    bidirectional:
      mapping.direction === 'Bidirectional' && tables.mapping.direction === 'Bidirectional',
    inserted: plain,
    value: kept,
    differs: differsSql(kept, current, target, origin),
    sourceChanged: sourceColumn === undefined ? '1' : changedSql('s', sourceColumn, origin, ours),
    destinationChanged,
    unresolved,
    additions,
  };
}

const unknownField = (
  { field, integrationField }: IntegrationFieldMapping,
  table: RowTable,
): EngineRefusal =>
  new EngineRefusal(
    message('unknownField', {
      field: (table.side === 'BusinessCentral' ? field : integrationField) ?? '',
      table: table.definition.name,
    }),
  );

function translatedSql(
  mapping: IntegrationFieldMapping,
  origin: FieldDefinition,
  target: FieldDefinition,
  tables: TransferTables,
): Pick<TransferField, 'value' | 'unresolved' | 'additions'> {
  const read = readSql(tables.source, origin, 's', tables.all);
  if (origin.relation !== undefined && target.relation !== undefined) {
    const { value, isMissing, optionList: list } = lookupSql(read, origin, target, tables);
    if (list !== undefined) {
      const field = origin.relation.field ?? '';
      return { value, unresolved: undefined, additions: { list, field, value: read, isMissing } };
    }
    const clears = mapping.clearValueOnFailedSync === true;
    return { value, unresolved: clears ? undefined : isMissing, additions: undefined };
  }
  const { transformationRule: rule, transformationDirection = 'Bidirectional' } = mapping;
  const applies = rule !== undefined && runsIn(transformationDirection, tables.direction);
  const transformed = applies ? `transformed(${read}, ${sqlText(JSON.stringify(rule))})` : read;
  return {
    value: fitted(transformed, origin, target),
    unresolved: undefined,
    additions: undefined,
  };
}

/** Business Central knows no null, Dataverse no blank id or date; a code is capitals; what is too long is cut. */
function fitted(value: string, origin: FieldDefinition, target: FieldDefinition): string {
  const coded = target.type === 'code' && origin.type !== 'code' ? `as_code(${value})` : value;
  const isCut =
    target.length !== undefined && (origin.length === undefined || origin.length > target.length);
  const cut = isCut ? `substr(${coded}, 1, ${target.length})` : coded;
  return `ifnull(${cut}, ${blankSql(target)})`;
}

/** Null and blank are the same nothing (`bc-oracle.md` C22); numbers agree to the decimals both sides hold. */
function differsSql(
  value: string,
  current: string,
  target: FieldDefinition,
  origin: FieldDefinition | undefined,
): string {
  return `${comparable(value, target, origin)} IS NOT ${comparable(current, target, origin)}`;
}

function comparable(
  value: string,
  target: FieldDefinition,
  origin: FieldDefinition | undefined,
): string {
  const known = `ifnull(${value}, ${blankSql(target)})`;
  const decimals = Math.min(target.decimals ?? Infinity, origin?.decimals ?? Infinity);
  if (target.type === 'decimal' && Number.isFinite(decimals)) return `round(${known}, ${decimals})`;
  if (target.type === 'datetime') return `as_utc(${known})`;
  // A text that the other side had to cut is not another text.
  const length = Math.min(target.length ?? Infinity, origin?.length ?? Infinity);
  const isShort = length < Math.max(target.length ?? Infinity, origin?.length ?? Infinity);
  const cut = Number.isFinite(length) && isShort ? `substr(${known}, 1, ${length})` : known;
  return target.type === 'code' && origin?.type !== 'code' ? `as_code(${cut})` : cut;
}

/** A version that nobody overwrote is the base itself; one that is gone was never agreed on. */
function changedSql(
  row: 's' | 'd',
  column: string,
  field: FieldDefinition,
  agreed: string,
): string {
  const blank = blankSql(field);
  const varies = `ifnull(${row}.${column}, ${blank}) IS NOT ifnull(${row}b.${column}, ${blank})`;
  return `(${row}.seq IS NOT c.${agreed} AND (${row}b.rid IS NULL OR ${varies}))`;
}

export const isBlankSql = (value: string, field: FieldDefinition): string =>
  `ifnull(${value}, ${blankSql(field)}) IS ${blankSql(field)}`;
