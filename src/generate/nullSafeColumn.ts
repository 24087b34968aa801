import type { Value } from '../filter/meaning/condition.ts';
import { type NullSafeBody, nullSafeBodyOf } from '../metadata/computedColumn.ts';
import { fieldNamed, type Metadata } from '../metadata/metadata.ts';
import type { Entity, EntityField } from '../metadata/model.ts';
import type { WorkspaceChange } from '../text/change.ts';
import { noChange, type Target, together } from './generated.ts';
import { addedFields, addedMethod } from './modelFiles.ts';
import { freeName, methodName } from './names.ts';

/** A computed column that is never NULL, and what has to be written so that it exists. */
export interface NullSafeColumn {
  readonly name: string;
  /** Empty where the entity has the column already. */
  readonly change: WorkspaceChange;
}

type MappedField = Extract<EntityField, { kind: 'mapped' }>;

/**
 * The documented answer to a filter that loses NULL rows (`dualwrite.md` 4.6): a computed column that turns
 * NULL into the empty value, in an extension of the entity. Undefined for a field that is not mapped to a
 * data source: there is nothing to build the column on.
 *
 * @param like the constant the field is compared with; it decides type and empty value.
 */
export function nullSafeColumn(
  entity: Entity,
  fieldName: string,
  like: Value,
  target: Target,
): NullSafeColumn | undefined {
  const { metadata } = target;
  const field = fieldNamed(entity, fieldName);
  if (field?.kind !== 'mapped') return undefined;
  const existing = columnOf(entity, field, metadata);
  if (existing !== undefined) return { name: existing, change: noChange };
  const isTaken = (wanted: string): boolean =>
    fieldNamed(entity, wanted) !== undefined ||
    metadata.methodOf(entity.name, wanted) !== undefined;
  const name = freeName(field.name, isTaken, SUFFIX);
  const method = methodName(name);
  const xml = fieldXml(entity, field, name, method, like, metadata);
  const fields = addedFields(entity, [xml], target);
  const methods = addedMethod(entity, method, methodSource(entity, field, method, like), target);
  return fields === undefined || methods === undefined
    ? undefined
    : { name, change: together([fields, methods]) };
}

const SUFFIX = 'NotNull';

/** Such a column that is there already: built on the same column, or named like one. */
const columnOf = (entity: Entity, field: MappedField, metadata: Metadata): string | undefined =>
  entity.fields.find((candidate) => {
    if (candidate.kind !== 'computed') return false;
    const method = metadata.methodOf(entity.name, candidate.method);
    const body = method === undefined ? undefined : nullSafeBodyOf(method.source);
    const stem = candidate.name.toLowerCase().replace(/notnull\d*$/u, '');
    return (
      body !== undefined &&
      (isBuiltOn(body, field) || (body.source === undefined && stem === field.name.toLowerCase()))
    );
  })?.name;

const isBuiltOn = ({ source }: NullSafeBody, { dataSource, dataField }: MappedField): boolean =>
  source?.dataSource.toLowerCase() === dataSource.toLowerCase() &&
  source.field.toLowerCase() === dataField.toLowerCase();

const LITERALS: Readonly<Record<Value['type'], string>> = {
  text: '""',
  number: '0',
  date: 'dateNull()',
  datetime: 'utcDateTimeNull()',
  enum: '0',
  guid: 'emptyGuid()',
};

function methodSource(entity: Entity, field: MappedField, method: string, like: Value): string {
  const table =
    entity.dataSources.find(({ name }) => name.toLowerCase() === field.dataSource.toLowerCase())
      ?.table ?? field.dataSource;
  return [
    `    /// <summary>`,
    `    /// Yields the empty value where the outer joined data source ${field.dataSource} has no row,`,
    `    /// so that a filter can compare it.`,
    `    /// </summary>`,
    `    public static str ${method}()`,
    `    {`,
    `        str field = SysComputedColumn::returnField(`,
    `            tableStr(${entity.name}),`,
    `            dataEntityDataSourceStr(${entity.name}, ${field.dataSource}),`,
    `            fieldStr(${table}, ${field.dataField}));`,
    ``,
    `        return SysComputedColumn::if(`,
    `            SysComputedColumn::isNullExpression(field),`,
    `            SysComputedColumn::returnLiteral(${LITERALS[like.type]}),`,
    `            field);`,
    `    }`,
  ].join('\n');
}

const FIELD_TYPES: Readonly<Record<Value['type'], string>> = {
  text: 'String',
  number: 'Real',
  date: 'Date',
  datetime: 'UtcDateTime',
  enum: 'Enum',
  guid: 'Guid',
};

/** The type of the table's field where the metadata tells it, else that of the constant. */
function fieldXml(
  entity: Entity,
  field: MappedField,
  name: string,
  method: string,
  like: Value,
  metadata: Metadata,
): string {
  const table = entity.dataSources.find(
    (dataSource) => dataSource.name.toLowerCase() === field.dataSource.toLowerCase(),
  )?.table;
  const tableField = metadata
    .tableNamed(table ?? '')
    ?.fields.find((candidate) => candidate.name.toLowerCase() === field.dataField.toLowerCase());
  const type = tableField?.type ?? FIELD_TYPES[like.type];
  const extendedDataType = tableField?.extendedDataType ?? '';
  return [
    `\t\t<AxDataEntityViewField xmlns="" i:type="AxDataEntityViewUnmappedField${type}">`,
    `\t\t\t<Name>${name}</Name>`,
    `\t\t\t<IsComputedField>Yes</IsComputedField>`,
    `\t\t\t<ComputedFieldMethod>${method}</ComputedFieldMethod>`,
    ...(extendedDataType === ''
      ? []
      : [`\t\t\t<ExtendedDataType>${extendedDataType}</ExtendedDataType>`]),
    // Without a type of its own a text field would be cut at the default of 10 characters.
    ...(extendedDataType === '' && type === 'String' ? ['\t\t\t<StringSize>255</StringSize>'] : []),
    `\t\t</AxDataEntityViewField>`,
  ].join('\n');
}
