import type { Metadata } from '../metadata/metadata.ts';
import { readsAs, xppTokens } from './xpp/tokens.ts';

/**
 * `getEntityDataSourceToFieldMapping` of an entity: tables that are tracked though no data source of the entity leads
 * to them plainly. Each entry adds a row to BusinessEventsDefinition (SEED, performance section).
 */
export interface MappingMethod {
  readonly entries: readonly MappingEntry[];
  /** False where the method does something else than listing entries, so that there may be more of them. */
  readonly isWhole: boolean;
}

/** `[tablestr(DATA SOURCE), tablenum(TABLE), fieldstr(ENTITY, FIELD)]` */
export interface MappingEntry {
  readonly dataSource: string;
  readonly table: string;
  /** The field of the entity that holds the RecId of the table's row. */
  readonly field: string;
}

export const MAPPING_METHOD = 'getEntityDataSourceToFieldMapping';

/** The entries of the entity itself and of the classes that extend it; undefined where nobody has the method. */
export function mappingMethodOf(entity: string, metadata: Metadata): MappingMethod | undefined {
  const own = metadata.methodOf(entity, MAPPING_METHOD);
  const sources = new Set([
    ...(own === undefined ? [] : [own.source]),
    ...metadata
      .extensionMethodsOf(entity)
      .filter(({ name }) => name.toLowerCase() === MAPPING_METHOD.toLowerCase())
      .map(({ source }) => source),
  ]);
  if (sources.size === 0) return undefined;
  const read = [...sources].map(readMappingMethod);
  return {
    entries: read.flatMap(({ entries }) => entries),
    isWhole: read.every(({ isWhole }) => isWhole),
  };
}

/** Functions of the compiler that the method is made of, and the call of the method that is extended. */
const EXPECTED = new Set([
  MAPPING_METHOD.toLowerCase(),
  'tablestr',
  'identifierstr',
  'dataentityviewstr',
  'dataentitydatasourcestr',
  'tablenum',
  'fieldstr',
]);

/** Reads the X++ of the method in the form that Microsoft documents (SEED); entries in comments are none. */
export function readMappingMethod(source: string): MappingMethod {
  const tokens = xppTokens(source);
  const entries: MappingEntry[] = [];
  let [tables, isWhole] = [0, true];
  for (const [index, { kind, key }] of tokens.entries()) {
    if (kind !== 'name' || tokens[index + 1]?.key !== '(') continue;
    if (!EXPECTED.has(key)) isWhole = false;
    if (key !== 'tablenum') continue;
    tables += 1;
    const entry = readsAs(tokens, index, [...TABLE, ...FIELD]);
    // Before it stands `[tablestr(DATA SOURCE),`.
    const dataSource = tokens[index - 3];
    const [table, field] = [tokens[index + 2], tokens[index + 9]];
    if (!entry || dataSource?.kind !== 'name' || table === undefined || field === undefined) {
      continue;
    }
    if (!readsAs(tokens, index - 6, ['[', 'name', '(', 'name', ')', ','])) continue;
    entries.push({ dataSource: dataSource.text, table: table.text, field: field.text });
  }
  return { entries, isWhole: isWhole && tables === entries.length };
}

const TABLE = ['tablenum', '(', 'name', ')', ','] as const;
const FIELD = ['fieldstr', '(', 'name', ',', 'name', ')', ']'] as const;
