import { type Column, type ColumnTable, columnNamed } from '../../preview/columns.ts';
import { type EngineMessage, message } from '../model/message.ts';
import type { FieldDefinition, FieldValue, FieldValues, TableDefinition } from '../model/table.ts';
import type { RowSource } from './file.ts';

/** A row as a file has it. */
export interface GivenRow {
  readonly id: string;
  readonly values: FieldValues;
  /** Milliseconds since 1970; by the clock of the side if absent. */
  readonly modifiedAt: number | undefined;
  readonly modifiedBy: string | undefined;
  /** The file says that it was deleted: what was coupled to it knows whom it meant. */
  readonly deleted: boolean;
}

export interface GivenRows {
  readonly rows: readonly GivenRow[];
  /** Values that can't be what their field holds, rows that are there twice, columns that are missing. */
  readonly troubles: readonly EngineMessage[];
}

/** Troubles beyond this number say nothing more. */
const MOST_TROUBLES = 20;

const ID_COLUMNS = ['SystemId', '$systemId', 'id'];
const MODIFIED_AT = ['SystemModifiedAt', 'modifiedon', 'modifiedAt'];
const MODIFIED_BY = ['SystemModifiedBy', 'modifiedby', 'modifiedBy'];
const DELETED = ['deleted'];

/** The column with the ids of the rows of a table, in its file. */
export const idColumn = (table: ColumnTable, name: string): Column | undefined =>
  [...ID_COLUMNS, `${name}id`]
    .map((each) => columnNamed(table, each))
    .find((column) => column !== undefined);

/** The rows of a file; columns that are no field are passed over, and those that are missing stay blank. */
export function rowsOfTable(
  definition: TableDefinition,
  table: ColumnTable,
  source: Partial<RowSource> = {},
): GivenRows {
  const named = (wanted: string | undefined, usual: readonly string[]) =>
    [...(wanted === undefined ? [] : [wanted]), ...usual]
      .map((name) => columnNamed(table, name))
      .find((column) => column !== undefined);
  const columns = definition.fields
    .filter(({ calculated }) => calculated === undefined)
    .flatMap((field) => {
      const column = columnNamed(table, field.name);
      return column === undefined ? [] : [{ field, column }];
    });
  const at = (column: ReturnType<typeof named>, row: number): string | null =>
    column?.cells[column.ids[row] ?? 0] ?? null;
  const isOwn = definition.fields.some((field) => isCalled(field, 'deleted'));
  const deleted = isOwn ? undefined : named(undefined, DELETED);
  const [id, modifiedAt, modifiedBy] = [
    named(source.idColumn, []) ?? idColumn(table, definition.name),
    named(source.modifiedAtColumn, MODIFIED_AT),
    named(source.modifiedByColumn, MODIFIED_BY),
  ];
  const collected = collector(definition);
  if (columns.length === 0 && table.rowCount > 0) {
    collected.trouble(message('rowsWithoutFields', { table: definition.name }));
  }
  for (let row = 0; row < table.rowCount; row += 1) {
    const values: Record<string, FieldValue> = {};
    for (const { field, column } of columns) {
      const cell = at(column, row);
      values[field.name] = collected.value(field, cell, row + 1);
    }
    const system = {
      id: at(id, row),
      modifiedAt: at(modifiedAt, row),
      modifiedBy: at(modifiedBy, row),
      deleted: at(deleted, row),
    };
    collected.row(values, system, row + 1);
  }
  return collected.finish();
}

/** Rows that stand in the project itself. */
export function rowsOfList(definition: TableDefinition, list: readonly FieldValues[]): GivenRows {
  const collected = collector(definition);
  for (const [index, given] of list.entries()) {
    const lower = new Map(
      Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const system = (names: readonly string[]): string | null => {
      const found = names
        .filter((name) => !definition.fields.some((field) => isCalled(field, name)))
        .map((name) => lower.get(name.toLowerCase()))
        .find((value) => value !== undefined && value !== null);
      return found === undefined || found === null ? null : String(found);
    };
    const values: Record<string, FieldValue> = {};
    for (const field of definition.fields) {
      const value = lower.get(field.name.toLowerCase());
      if (value === undefined || field.calculated !== undefined) continue;
      values[field.name] =
        typeof value === 'string' ? collected.value(field, value, index + 1) : value;
    }
    collected.row(
      values,
      {
        id: system(ID_COLUMNS),
        modifiedAt: system(MODIFIED_AT),
        modifiedBy: system(MODIFIED_BY),
        deleted: system(DELETED),
      },
      index + 1,
    );
  }
  return collected.finish();
}

const isCalled = ({ name }: FieldDefinition, other: string): boolean =>
  name.toLowerCase() === other.toLowerCase();

/** What a file says of a row beside its fields. */
type SystemCells = Readonly<Record<'id' | 'modifiedAt' | 'modifiedBy' | 'deleted', string | null>>;

function collector(definition: TableDefinition) {
  const rows = new Map<string, GivenRow>();
  const troubles: EngineMessage[] = [];
  const trouble = (text: EngineMessage): void => {
    if (troubles.length < MOST_TROUBLES) troubles.push(text);
  };
  return {
    trouble,
    value(field: FieldDefinition, cell: string | null, row: number): FieldValue {
      const value = valueFrom(field, cell);
      if (value !== undefined) return value;
      const { name, type } = field;
      trouble(
        message('rowValue', { table: definition.name, row, field: name, type, value: cell ?? '' }),
      );
      return null;
    },
    row(values: FieldValues, system: SystemCells, number: number): void {
      const { id, modifiedAt, modifiedBy, deleted } = system;
      const known =
        id === null || id.trim() === '' ? derivedId(definition, values, number) : idOf(id);
      if (rows.has(known)) {
        trouble(message('rowTwice', { table: definition.name, row: number, id: known }));
        return;
      }
      const at = modifiedAt === null ? Number.NaN : Date.parse(modifiedAt);
      rows.set(known, {
        id: known,
        values,
        modifiedAt: Number.isNaN(at) ? undefined : at,
        modifiedBy: modifiedBy ?? undefined,
        deleted: flags.get((deleted ?? '').trim().toLowerCase()) === true,
      });
    },
    finish: (): GivenRows => ({ rows: [...rows.values()], troubles }),
  };
}

/** Ids are compared as text, so each is written alike: no braces, small letters. */
export const idOf = (written: string): string =>
  written.trim().replaceAll(/[{}]/gu, '').toLowerCase();

/** A row without an id gets one from its key, so that it is the same row the next time the file is read. */
function derivedId(
  { name, primaryKey = [] }: TableDefinition,
  values: FieldValues,
  row: number,
): string {
  const key = primaryKey.map((field) => String(values[field] ?? ''));
  return idFromText(JSON.stringify([name, key.length > 0 ? key : row]));
}

/** An id in the form of a GUID from a text, the same for the same text (FNV-1a, four lanes). */
export function idFromText(text: string): string {
  const lanes = [0x811c9dc5, 0x01000193, 0x9e3779b9, 0x85ebca6b].map((seed) => {
    let hash = seed;
    for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, '0');
  });
  const digits = lanes.join('');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
}

/** A cell as its field holds it; undefined where it can't be. */
function valueFrom(
  { type, options = [] }: FieldDefinition,
  cell: string | null,
): FieldValue | undefined {
  if (cell === null) return null;
  switch (type) {
    case 'integer':
    case 'decimal': {
      if (cell.trim() === '') return null;
      const value = Number(cell);
      return Number.isNaN(value) || (type === 'integer' && !Number.isInteger(value))
        ? undefined
        : value;
    }
    case 'boolean':
      return flags.get(cell.trim().toLowerCase());
    case 'option': {
      const index = options.findIndex(
        (option) => option.trim().toLowerCase() === cell.trim().toLowerCase(),
      );
      if (index >= 0) return index;
      const value = Number(cell);
      return cell.trim() !== '' && Number.isInteger(value)
        ? value
        : options.length > 0
          ? undefined
          : cell;
    }
    case 'guid':
      return cell.trim() === '' ? null : idOf(cell);
    case 'code':
      return cell.trim().toUpperCase();
    default:
      return cell;
  }
}

const flags: ReadonlyMap<string, boolean | null> = new Map([
  ['', null],
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);
