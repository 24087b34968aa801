import type { Cell } from '../filter/meaning/values.ts';
import type { FieldMapping, Leg } from '../map/model.ts';
import { BLANKS } from '../map/written.ts';
import { key } from '../metadata/merge.ts';
import type { Entity, EntityField } from '../metadata/model.ts';
import { cellAt, type ColumnTable } from '../preview/columns.ts';
import type { Edit } from '../text/edit.ts';
import { columnsRead } from '../tracking/computedFrom.ts';
import { dataSourceNamed, fieldIn, nestedNamed } from '../tracking/fieldSource.ts';
import { MAPPING_METHOD, type MappingEntry, mappingMethodOf } from '../tracking/mappingMethod.ts';
import { isOutward } from '../tracking/tracker.ts';
import { xppTokens } from '../tracking/xpp/tokens.ts';
import { documentedEntries } from './documentedEntries.ts';
import { type Generated, noChange, type Note, type Target, together } from './generated.ts';
import { addedLines, hasOwnMethod } from './mappingMethod.ts';

/** The map that is to be reduced, among all on its entity. */
export interface MapToReduce {
  readonly uri: string;
  readonly text: string;
  readonly leg: Leg;
  /** The filters of the leg: a field that one reads stays mapped. */
  readonly filters: readonly string[];
  /** Every leg on the entity that is known, this one among them. */
  readonly legs: readonly Leg[];
  /** Rows of the entity, where there are any. */
  readonly rows: ColumnTable | undefined;
}

/**
 * What SEED's performance section advises for customers and contacts: tables that no map needs are tracked no longer, so
 * that BusinessEventsDefinition has fewer rows and fewer events are raised. Where rows are at hand, fields that none of
 * them fills are mapped no longer either, and with them goes their table.
 *
 * Undefined where `getEntityDataSourceToFieldMapping` of the entity is neither at hand nor documented, where everything
 * it names is needed or may be, and where the class to write into can't be read.
 */
export function reducedMapping(
  entity: Entity,
  map: MapToReduce,
  target: Target,
): Generated | undefined {
  const known = knownEntries(entity, target);
  if (known === undefined) return undefined;
  const judged = known.entries.map((entry) => judge(entity, entry, map, target));
  const gone = judged.filter(({ verdict }) => verdict === 'unused' || verdict === 'empty');
  if (gone.length === 0) return undefined;
  const xpp = addedLines(entity, filterLines(entity, gone), known.hasOwn, target);
  if (xpp === undefined) return undefined;
  const unmapped = gone.flatMap(({ verdict, mappings }) => (verdict === 'empty' ? mappings : []));
  const edits = removedMappings(map, unmapped);
  const inMap = edits.length === 0 ? noChange : { edits: [{ uri: map.uri, edits }], files: [] };
  return {
    change: together([inMap, xpp]),
    notes: notesOf(entity, gone, known.entries.length, map.rows),
  };
}

/** Whether there are entries that could be left out. */
export const isReducible = (entity: Entity, target: Target): boolean =>
  knownEntries(entity, target) !== undefined;

interface Known {
  readonly entries: readonly (MappingEntry & { readonly prefix?: string | undefined })[];
  /** Whether the entity itself has the method. */
  readonly hasOwn: boolean;
}

function knownEntries(entity: Entity, target: Target): Known | undefined {
  const method = mappingMethodOf(entity.name, target.metadata);
  const documented = documentedEntries(entity.name);
  const isRead = hasOwnMethod(entity, target);
  // A class that extends the entity names what comes to the entity's own.
  const entries = [...(isRead ? [] : (documented ?? [])), ...(method?.entries ?? [])];
  const removed = removedFields(entity, target);
  const left = entries
    .filter(({ field }) => !removed.has(key(field)))
    .map((entry) => ({
      ...entry,
      prefix: documented?.find(({ field }) => key(field) === key(entry.field))?.prefix,
    }));
  return left.length === 0
    ? undefined
    : { entries: left, hasOwn: isRead || documented !== undefined };
}

/** The fields whose entries a reduced method leaves out already. */
function removedFields({ name }: Entity, { metadata }: Target): ReadonlySet<string> {
  const removed = metadata
    .extensionMethodsOf(name)
    .filter((method) => key(method.name) === key(MAPPING_METHOD))
    .flatMap(({ source }) => {
      const tokens = xppTokens(source);
      return tokens.flatMap((token, index) =>
        token.key === 'case' && tokens[index + 1]?.key === 'fieldstr'
          ? [tokens[index + 5]?.key ?? '']
          : [],
      );
    });
  return new Set(removed);
}

interface Judged {
  readonly entry: MappingEntry;
  /** `empty`: mapped, and no row has a value. */
  readonly verdict: 'unused' | 'empty' | 'needed';
  /** The field mappings of this leg that the entry serves. */
  readonly mappings: readonly FieldMapping[];
  /** How many rows have something in the fields that the entry serves; undefined without rows that show them. */
  readonly filled: number | undefined;
}

function judge(
  entity: Entity,
  entry: Known['entries'][number],
  map: MapToReduce,
  target: Target,
): Judged {
  const isServed = servedBy(entity, entry, target);
  const outward = map.legs.flatMap(({ fieldMappings }) => fieldMappings.filter(isOutward));
  const serves = (mapping: FieldMapping): boolean => isServed(mapping.sourceField) === true;
  const needing = outward.filter(serves);
  const filled = filledRows(map.rows, (column) => isServed(column) === true);
  const about = { entry, filled, mappings: map.leg.fieldMappings.filter(serves) };
  // A field of which nobody knows where it comes from may come from there.
  const mayNeed = outward.some(({ sourceField }) => isServed(sourceField) === undefined);
  if (needing.length === 0) return { ...about, verdict: mayNeed ? 'needed' : 'unused' };
  const isHere = needing.every((mapping) => map.leg.fieldMappings.includes(mapping));
  const isShown = needing.every(({ sourceField }) => hasColumn(map.rows, sourceField));
  const isFiltered = needing.some(({ sourceField }) =>
    map.filters.some((filter) => key(filter).includes(key(sourceField))),
  );
  const isEmpty = isHere && isShown && !isFiltered && !mayNeed && filled === 0;
  return { ...about, verdict: isEmpty ? 'empty' : 'needed' };
}

/** Whether the value of a field comes from the row that an entry tracks; undefined where that is not known. */
function servedBy(
  entity: Entity,
  { field: recId, prefix }: Known['entries'][number],
  target: Target,
): (fieldName: string) => boolean | undefined {
  const tracked = fieldIn(entity, recId);
  const [place] = tracked === undefined ? [] : (placesOf(entity, tracked, target) ?? []);
  return (fieldName) => {
    if (fieldName.trim() === '') return false;
    const field = fieldIn(entity, fieldName);
    const places = field === undefined ? undefined : placesOf(entity, field, target);
    if (place !== undefined && places !== undefined) return places.includes(place);
    return prefix === undefined ? undefined : key(fieldName).startsWith(key(prefix));
  };
}

/** Which data sources lead to the rows that a field reads, each as one text; undefined where that is not known. */
function placesOf(
  entity: Entity,
  field: EntityField,
  target: Target,
  above = '',
): readonly string[] | undefined {
  const at = `${above}${key(entity.name)}/`;
  if (field.kind === 'virtual' || above.includes(`${key(entity.name)}/`)) return undefined;
  const reads =
    field.kind === 'mapped'
      ? [{ dataSource: field.dataSource, field: field.dataField }]
      : columnsRead(target.metadata.methodOf(entity.name, field.method)?.source ?? '');
  const places = (reads ?? []).map((read): readonly string[] | undefined => {
    const source = dataSourceNamed(entity, read.dataSource);
    if (source === undefined) return undefined;
    const nested = nestedNamed(source.table, target.metadata);
    const here = `${at}${key(source.name)}/`;
    if (nested === undefined) {
      return target.metadata.tableNamed(source.table) === undefined ? undefined : [here];
    }
    const inner = fieldIn(nested, read.field);
    return inner === undefined ? undefined : placesOf(nested, inner, target, here);
  });
  const known = places.filter((place) => place !== undefined);
  return reads === undefined || known.length < places.length ? undefined : known.flat();
}

const columnIndexes = (
  { columns }: ColumnTable,
  isWanted: (column: string) => boolean,
): readonly number[] => columns.flatMap(({ name }, index) => (isWanted(name) ? [index] : []));

const hasColumn = (rows: ColumnTable | undefined, name: string): boolean =>
  rows !== undefined &&
  rows.rowCount > 0 &&
  columnIndexes(rows, (column) => key(column) === key(name)).length > 0;

function filledRows(
  rows: ColumnTable | undefined,
  isWanted: (column: string) => boolean,
): number | undefined {
  const indexes = rows === undefined ? [] : columnIndexes(rows, isWanted);
  if (rows === undefined || indexes.length === 0) return undefined;
  let filled = 0;
  for (let row = 0; row < rows.rowCount; row += 1) {
    if (indexes.some((index) => isFilled(cellAt(rows, index, row)))) filled += 1;
  }
  return filled;
}

const isFilled = (cell: Cell): boolean => cell !== null && cell.trim() !== '';

/** Microsoft's entity can't be changed, so what it names is left out again by who extends it. */
const filterLines = ({ name }: Entity, gone: readonly Judged[]): readonly string[] => [
  `// Tables that no dual-write map on ${name} needs. Each adds a row to BusinessEventsDefinition.`,
  `// Synchronize the database, build, stop all maps on ${name}, and start them.`,
  // In braces, so that the method can hold several.
  `{`,
  ...[
    `container reduced;`,
    `for (int i = 1; i <= conLen(mapping); i++)`,
    `{`,
    `    container entry = conPeek(mapping, i);`,
    `    switch (conPeek(entry, 3))`,
    `    {`,
    ...gone.map(({ entry: { field } }) => `        case fieldStr(${name}, ${field}):`),
    `            break;`,
    `        default:`,
    `            reduced += [entry];`,
    `    }`,
    `}`,
    `mapping = reduced;`,
  ].map((line) => `    ${line}`),
  `}`,
];

/** Each mapping goes with a comma: the one before it, or for those at the head of the list the one behind. */
function removedMappings(
  { leg: { fieldMappings }, text }: MapToReduce,
  removed: readonly FieldMapping[],
): readonly Edit[] {
  const gone = new Set(removed);
  const firstKept = fieldMappings.findIndex((mapping) => !gone.has(mapping));
  // A leg without mappings is none.
  if (firstKept < 0) return [];
  return fieldMappings.flatMap((mapping, index): readonly Edit[] => {
    if (!gone.has(mapping)) return [];
    const before = fieldMappings[index - 1];
    const after = fieldMappings[index + 1];
    const between =
      index < firstKept
        ? { start: mapping.span.start, end: after?.span.start ?? mapping.span.end }
        : { start: before?.span.end ?? mapping.span.start, end: mapping.span.end };
    const gap =
      index < firstKept
        ? text.slice(mapping.span.end, between.end)
        : text.slice(between.start, mapping.span.start);
    // A comment between two mappings may speak of either.
    return new RegExp(`^${BLANKS},${BLANKS}$`, 'u').test(gap) ? [{ span: between, text: '' }] : [];
  });
}

function notesOf(
  { name }: Entity,
  gone: readonly Judged[],
  total: number,
  rows: ColumnTable | undefined,
): readonly Note[] {
  const perTable = gone.map(({ entry: { table, field }, verdict, mappings, filled }): Note => {
    if (verdict === 'empty') {
      const fields = mappings.map(({ sourceField }) => sourceField).join(', ');
      return {
        message: 'reduced.empty',
        args: { table, field, fields, count: rows?.rowCount ?? 0 },
      };
    }
    return filled === undefined
      ? { message: 'reduced.unused', args: { table, field } }
      : {
          message: 'reduced.filled',
          args: { table, field, count: filled, rows: rows?.rowCount ?? 0 },
        };
  });
  return [
    { message: 'reduced.rows', args: { entity: name, count: gone.length, total } },
    ...perTable,
    { message: 'tracked.then', args: { entity: name } },
  ];
}
