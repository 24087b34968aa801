import { key } from '../metadata/merge.ts';
import type { Entity, EntityField } from '../metadata/model.ts';
import { columnsRead } from '../tracking/computedFrom.ts';
import { dataSourceNamed, fieldIn, nestedNamed } from '../tracking/fieldSource.ts';
import { MAPPING_METHOD, type MappingEntry, mappingMethodOf } from '../tracking/mappingMethod.ts';
import { type Generated, noChange, type Note, type Target, together } from './generated.ts';
import { addedEntries } from './mappingMethod.ts';
import { addedFields } from './modelFiles.ts';
import { freeName } from './names.ts';

/**
 * Lets live synchronization notice a change behind a field that it does not track: the steps of SEED's sample scenario.
 * Every entity on the way to the table gets an internal field with the RecId of the table's row, and
 * `getEntityDataSourceToFieldMapping` of `entity` names it.
 *
 * Undefined where nobody can tell from the metadata which table is behind the field, or where a view is in between,
 * which an extension of an entity can't add a field to.
 */
export function trackedTable(
  entity: Entity,
  fieldName: string,
  target: Target,
): Generated | undefined {
  const field = fieldIn(entity, fieldName);
  if (field === undefined) return undefined;
  const ways = reached(entity, field, target, []);
  if (ways === undefined || ways.length === 0) return undefined;

  const known = mappingMethodOf(entity.name, target.metadata)?.entries ?? [];
  const missing = distinct(ways).filter(({ table, recId }) => !isListed(known, table, recId));
  if (missing.length === 0) return { change: noChange, notes: [{ message: 'tracked.there' }] };

  const added = missing.flatMap(({ fields }) => fields);
  const taken = new Set(known.map(({ dataSource }) => key(dataSource)));
  const entries = missing.map(({ dataSource, table, recId }): MappingEntry => {
    const name = freeName(dataSource, (wanted) => taken.has(key(wanted)));
    taken.add(key(name));
    return { dataSource: name, table, field: recId };
  });
  const steps = stepsOf(entity, added, entries);
  const changes = [...fieldChanges(added, target), addedEntries(entity, entries, steps, target)];
  const whole = changes.filter((change) => change !== undefined);
  if (whole.length < changes.length) return undefined;
  return { change: together(whole), notes: notesOf(entity, added, entries) };
}

/** A table that is behind a field, and what leads to it from the entity. */
interface Way {
  readonly table: string;
  /** The data source of the entity through which the table is reached. */
  readonly dataSource: string;
  /** The field of the entity with the RecId of the table's row. */
  readonly recId: string;
  /** Fields that have to be written for it, the innermost first. */
  readonly fields: readonly AddedField[];
}

interface AddedField {
  readonly entity: Entity;
  readonly name: string;
  readonly dataSource: string;
  readonly dataField: string;
}

/** Undefined where one of the tables can't be told. */
function reached(
  entity: Entity,
  field: EntityField,
  target: Target,
  inside: readonly string[],
): readonly Way[] | undefined {
  if (inside.includes(key(entity.name))) return undefined;
  if (field.kind === 'virtual') return undefined;
  if (field.kind === 'mapped') {
    return reachedThrough(entity, field.dataSource, field.dataField, target, inside);
  }
  const method = target.metadata.methodOf(entity.name, field.method);
  const reads = method === undefined ? undefined : columnsRead(method.source);
  const ways = (reads ?? []).map(({ dataSource, field: column }) =>
    reachedThrough(entity, dataSource, column, target, inside),
  );
  const known = ways.filter((way) => way !== undefined);
  return reads === undefined || known.length < ways.length ? undefined : known.flat();
}

function reachedThrough(
  entity: Entity,
  sourceName: string,
  column: string,
  target: Target,
  inside: readonly string[],
): readonly Way[] | undefined {
  const source = dataSourceNamed(entity, sourceName);
  if (source === undefined) return undefined;
  const nested = nestedNamed(source.table, target.metadata);
  if (nested === undefined) {
    const table = target.metadata.tableNamed(source.table);
    if (table === undefined) return undefined;
    const way = { table: table.name, dataSource: source.name, fields: [] };
    return withRecId(entity, way, 'RecId', `${source.name}RecId`, target);
  }
  const field = fieldIn(nested, column);
  const ways =
    field === undefined ? undefined : reached(nested, field, target, [...inside, key(entity.name)]);
  const own = ways?.map(({ table, recId, fields }) =>
    withRecId(entity, { table, dataSource: source.name, fields }, recId, recId, target),
  );
  const known = own?.filter((way) => way !== undefined);
  return known === undefined || known.length < (own?.length ?? 0) ? undefined : known.flat();
}

/** The field of the entity that shows a column of its data source, or one that is to be added. */
function withRecId(
  entity: Entity,
  way: Omit<Way, 'recId'>,
  dataField: string,
  wanted: string,
  { metadata }: Target,
): readonly Way[] | undefined {
  const existing = entity.fields.find(
    (field) =>
      field.kind === 'mapped' &&
      key(field.dataSource) === key(way.dataSource) &&
      key(field.dataField) === key(dataField),
  );
  if (existing !== undefined) return [{ ...way, recId: existing.name }];
  if (metadata.entityNamed(entity.name) === undefined) return undefined;
  const name = freeName(wanted, (candidate) => fieldIn(entity, candidate) !== undefined);
  const field = { entity, name, dataSource: way.dataSource, dataField };
  return [{ ...way, recId: name, fields: [...way.fields, field] }];
}

const isListed = (entries: readonly MappingEntry[], table: string, recId: string): boolean =>
  entries.some((entry) => key(entry.table) === key(table) && key(entry.field) === key(recId));

/** A computed column may read several columns of one row. */
const distinct = (ways: readonly Way[]): readonly Way[] => [
  ...new Map(ways.map((way) => [key(`${way.table} ${way.recId}`), way])).values(),
];

const fieldChanges = (
  fields: readonly AddedField[],
  target: Target,
): readonly ReturnType<typeof addedFields>[] => {
  const byEntity = new Map<Entity, Map<string, AddedField>>();
  for (const field of fields) {
    const own = byEntity.get(field.entity) ?? new Map<string, AddedField>();
    byEntity.set(field.entity, own.set(key(field.name), field));
  }
  return [...byEntity].map(([entity, own]) =>
    addedFields(entity, [...own.values()].map(fieldXml), target),
  );
};

/** Internal, so that no map and no OData client sees it: step 1 of SEED's scenario. */
const fieldXml = ({ name, dataSource, dataField }: AddedField): string =>
  [
    `\t\t<AxDataEntityViewField xmlns="" i:type="AxDataEntityViewMappedField">`,
    `\t\t\t<Name>${name}</Name>`,
    `\t\t\t<AccessModifier>Internal</AccessModifier>`,
    `\t\t\t<DataField>${dataField}</DataField>`,
    `\t\t\t<DataSource>${dataSource}</DataSource>`,
    `\t\t</AxDataEntityViewField>`,
  ].join('\n');

/** The steps of SEED's scenario, each a comment of the method: in English, as X++ is written. */
function stepsOf(
  { name }: Entity,
  added: readonly AddedField[],
  entries: readonly MappingEntry[],
): { readonly before: readonly string[]; readonly after: readonly string[] } {
  const fields = [...new Set(added.map((field) => `${field.entity.name}.${field.name}`))];
  const tables = [...new Set(entries.map(({ table }) => table))].join(', ');
  const held =
    fields.length === 0
      ? `The entity has the RecId of the row that changes already.`
      : `Internal fields hold the RecId of the row that changes: ${fields.join(', ')}.`;
  const steps = [
    held,
    `This method names the table, so that BusinessEventsDefinition gets a row for it.`,
    `Synchronize the database and build.`,
    `Stop all dual-write maps on ${name}.`,
    `Start them: BusinessEventsDefinition has RefTableName ${tables} with RefEntityName ${name}.`,
  ].map((step, index) => `Step ${index + 1}: ${step}`);
  return { before: steps.slice(0, 2), after: steps.slice(2) };
}

const notesOf = (
  { name }: Entity,
  added: readonly AddedField[],
  entries: readonly MappingEntry[],
): readonly Note[] => [
  ...added.map((field): Note => ({
    message: 'tracked.field',
    args: { field: field.name, entity: field.entity.name },
  })),
  ...entries.map(({ table, field }): Note => ({
    message: 'tracked.entry',
    args: { method: MAPPING_METHOD, table, field },
  })),
  { message: 'tracked.then', args: { entity: name } },
];
