import type { FieldMapping, FilterSite, SyncDirection } from '../../map/model.ts';
import { fieldNamed } from '../../metadata/metadata.ts';
import type { DataverseColumn } from '../../metadata/dataverse/model.ts';
import type { DataSource, Entity, EntityField, TableField } from '../../metadata/model.ts';
import { columnIn } from '../../metadata/dataverse/tables.ts';
import { typeOfField, typeOfPublic } from '../../metadata/fieldType.ts';
import { type Nullability, nullabilityOf } from '../../metadata/nullability.ts';
import {
  type PublicEntity,
  type PublicField,
  publicFieldNamed,
} from '../../metadata/publicEntity.ts';
import { publicEntityOf, sampledEntityOf } from '../../metadata/resolve.ts';
import type { AnalysedFilter } from '../analysed.ts';
import type { Workspace } from '../workspace.ts';

/** What a filter stands in; a field mapping stands in the same. */
export type FilterContext = Pick<AnalysedFilter, 'resolution'> & {
  readonly site: Pick<FilterSite, 'side' | 'leg'>;
};

/** Everything known about a field of Finance and Operations that a filter names. */
export interface FieldInfo {
  /** As metadata spells it, else as the map or a row file does. */
  readonly name: string;
  /** Undefined where only the map tells of it. */
  readonly known:
    | {
        readonly entity: Entity;
        readonly field: EntityField;
        readonly dataSource: DataSource | undefined;
        readonly tableField: TableField | undefined;
        readonly nullability: Nullability;
      }
    | undefined;
  /** As OData or a project shows it, else as a row file does; undefined where none tells of it. */
  readonly shown: PublicField | undefined;
  readonly mappings: readonly FieldMapping[];
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const entityOf = ({ resolution }: FilterContext): Entity | undefined =>
  resolution.kind === 'found' ? resolution.entity : undefined;

/** Undefined where neither metadata nor map know such a field. */
export function fieldInfoOf(
  name: string,
  filter: FilterContext,
  workspace: Workspace,
): FieldInfo | undefined {
  const { metadata } = workspace;
  const mappings = (filter.site.leg?.fieldMappings ?? []).filter(({ sourceField }) =>
    isSame(sourceField, name),
  );
  const entity = entityOf(filter);
  const field = entity === undefined ? undefined : fieldNamed(entity, name);
  const entityShown = shownEntity(filter, workspace);
  const shown = entityShown === undefined ? undefined : publicFieldNamed(entityShown, name);
  if (entity === undefined || field === undefined) {
    const mapped = mappings[0]?.sourceField;
    const written = shown?.sample === undefined ? (shown?.name ?? mapped) : (mapped ?? shown.name);
    return written === undefined ? undefined : { name: written, known: undefined, shown, mappings };
  }
  const dataSource =
    field.kind === 'mapped'
      ? entity.dataSources.find((candidate) => isSame(candidate.name, field.dataSource))
      : undefined;
  const table = dataSource === undefined ? undefined : metadata.tableNamed(dataSource.table);
  return {
    name: field.name,
    known: {
      entity,
      field,
      dataSource,
      tableField:
        field.kind === 'mapped'
          ? table?.fields.find((candidate) => isSame(candidate.name, field.dataField))
          : undefined,
      nullability: nullabilityOf(entity, field.name, metadata),
    },
    shown,
    mappings,
  };
}

function shownEntity(
  { site: { leg }, resolution }: FilterContext,
  { metadata, entityNames }: Workspace,
): PublicEntity | undefined {
  if (leg === undefined) return undefined;
  const shown = publicEntityOf(leg, metadata, entityNames);
  if (shown !== undefined || resolution.kind === 'found') return shown;
  return sampledEntityOf(leg, metadata, entityNames);
}

/** The fields a filter can compare: those of the entity; where the AOT does not tell them, those of OData and the map. */
export function fieldsOf(filter: FilterContext, workspace: Workspace): readonly FieldInfo[] {
  const entity = entityOf(filter);
  const names = entity?.fields.map(({ name }) => name) ?? [
    ...(shownEntity(filter, workspace)?.fields.map(({ name }) => name) ?? []),
    ...(filter.site.leg?.fieldMappings ?? []).map(({ sourceField }) => sourceField),
  ];
  const seen = new Set<string>();
  return names.flatMap((name) => {
    const key = name.toLowerCase();
    if (key === '' || seen.has(key)) return [];
    seen.add(key);
    const info = fieldInfoOf(name, filter, workspace);
    return info === undefined ? [] : [info];
  });
}

/** `String`, `Enum`, `Int64` …; undefined where metadata does not tell. */
export function typeOf({ known, shown }: Pick<FieldInfo, 'known' | 'shown'>): string | undefined {
  if (known === undefined) return shown === undefined ? undefined : typeName(shown);
  if (known.field.kind !== 'mapped') return known.field.type === '' ? undefined : known.field.type;
  return known.tableField?.type === '' ? undefined : known.tableField?.type;
}

/** OData tells less than the AOT; it has the names that X++ has, where it can. */
function typeName({ type }: PublicField): string | undefined {
  switch (type.kind) {
    case 'enum':
      return type.name === '' ? 'Enum' : type.name;
    case 'text':
      return type.size === undefined ? 'String' : `String(${type.size})`;
    case 'number':
      return 'Number';
    case 'date':
      return 'Date';
    case 'datetime':
      return 'UtcDateTime';
    case 'guid':
      return 'Guid';
    case 'unknown':
      return undefined;
  }
}

/** A column of Dataverse that the map names. */
export interface ColumnInfo {
  /** As a filter names it: a lookup by its `_…_value` column (`dualwrite.md` 3.2). */
  readonly name: string;
  readonly isLookup: boolean;
  readonly mappings: readonly FieldMapping[];
}

/** The name of the column that a mapping writes to. */
export function columnOf({ destinationField }: FieldMapping): {
  readonly name: string;
  readonly isLookup: boolean;
} {
  const [first = '', ...rest] = destinationField.split('.');
  return rest.length === 0
    ? { name: first, isLookup: false }
    : { name: `_${first}_value`, isLookup: true };
}

export function columnsOf({ site }: FilterContext): readonly ColumnInfo[] {
  const columns = new Map<string, ColumnInfo>();
  for (const mapping of site.leg?.fieldMappings ?? []) {
    const { name, isLookup } = columnOf(mapping);
    if (name === '') continue;
    const before = columns.get(name);
    columns.set(name, { name, isLookup, mappings: [...(before?.mappings ?? []), mapping] });
  }
  return [...columns.values()];
}

/** What metadata tells of a column of the leg's table. */
export function knownColumn(
  name: string,
  { site }: FilterContext,
  { metadata }: Workspace,
): DataverseColumn | undefined {
  const table = metadata.dataverse.tableNamed(site.leg?.destinationSchema ?? '');
  return table === undefined ? undefined : columnIn(table, name);
}

export const columnNamed = (name: string, filter: FilterContext): ColumnInfo | undefined =>
  columnsOf(filter).find((column) => column.name === name);

const ARROWS: Readonly<Record<SyncDirection, string>> = { 1: '>', 2: '<', 3: '=' };

/** The sign the map editor shows for a mapping: `=`, `>`, `<`, doubled with a transform (`dualwrite.md` 1.3). */
export function glyphOf({ direction, transforms }: FieldMapping): string {
  if (transforms.length === 0) return ARROWS[direction];
  return direction === 3 ? '><' : ARROWS[direction].repeat(2);
}

/** A value of Finance and Operations with what Dataverse has for it. */
export interface ValuePair {
  readonly element: string;
  readonly value: string | undefined;
  readonly field: string;
}

/**
 * The values that the mappings of a field or column name. Maps write elements with a small first letter
 * (`dualwrite.md` 1.3), X++ with a capital one; case does not count in either.
 */
export function valuesOf(mappings: readonly FieldMapping[]): readonly ValuePair[] {
  const pairs = mappings.flatMap(({ transforms, sourceField, direction }) =>
    transforms.flatMap((transform): readonly ValuePair[] => {
      if (transform.kind === 'valueMap') {
        return transform.pairs.map(([element, value]) => ({
          element: element.slice(0, 1).toUpperCase() + element.slice(1),
          value,
          field: sourceField,
        }));
      }
      // A default is a value of the side it is written to.
      return direction === 2 && sourceField !== ''
        ? [{ element: transform.value, value: undefined, field: sourceField }]
        : direction === 1
          ? [{ element: '', value: transform.value, field: sourceField }]
          : [];
    }),
  );
  const seen = new Set<string>();
  return pairs.filter(({ element, value }) => {
    const key = `${element.toLowerCase()}\0${value ?? ''}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The values a map names for a field, and those that only metadata knows behind them. */
export function valuesOfField(
  { known, shown, name, mappings }: FieldInfo,
  { metadata }: Workspace,
): readonly ValuePair[] {
  const mapped = valuesOf(mappings);
  const declared = known === undefined ? undefined : typeOfField(known.entity, name, metadata);
  const type =
    (declared === undefined || declared.kind === 'unknown') && shown !== undefined
      ? typeOfPublic(shown, metadata)
      : declared;
  if (type?.kind !== 'enum') return mapped;
  const named = new Set(mapped.map(({ element }) => element.toLowerCase()));
  return [
    ...mapped,
    ...type.elements
      .filter((element) => !named.has(element.name.toLowerCase()))
      .map((element) => ({ element: element.name, value: undefined, field: name })),
  ];
}

/** The same for a column of Dataverse, whose options have labels. */
export function valuesOfColumn(
  name: string,
  filter: FilterContext,
  workspace: Workspace,
): readonly ValuePair[] {
  const mapped = valuesOf(columnNamed(name, filter)?.mappings ?? []);
  const options = knownColumn(name, filter, workspace)?.options ?? [];
  const named = new Set(mapped.map(({ value }) => value));
  return [
    ...mapped,
    ...options
      .filter(({ value }) => !named.has(String(value)))
      .map(({ value, labels }) => ({
        element: labels[0] ?? '',
        value: String(value),
        field: name,
      })),
  ];
}

/** Whether the values are those of NoYes, the one enum whose numbers are known without metadata. */
export const isNoYes = (values: readonly ValuePair[]): boolean =>
  values.length > 0 && values.every(({ element }) => /^(?:no|yes)$/iu.test(element));
