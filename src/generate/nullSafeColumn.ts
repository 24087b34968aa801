import type { Value } from '../filter/meaning/condition.ts';
import { isNullSafe } from '../metadata/computedColumn.ts';
import { fieldNamed, type Metadata } from '../metadata/metadata.ts';
import type { Entity, EntityField } from '../metadata/model.ts';
import type { WorkspaceChange } from '../text/change.ts';
import { insertIntoList, newClass, newExtension } from './aotXml.ts';

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
  metadata: Metadata,
  textOf: (uri: string) => string | undefined,
): NullSafeColumn | undefined {
  const field = fieldNamed(entity, fieldName);
  if (field?.kind !== 'mapped') return undefined;
  const name = freeName(entity, `${field.name}NotNull`, metadata);
  if (fieldNamed(entity, name) !== undefined) return { name, change: { edits: [], files: [] } };
  const method = `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
  const changes = [
    fieldChange(entity, fieldXml(entity, field, name, method, like, metadata), metadata, textOf),
    methodChange(entity, method, methodSource(entity, field, method, like), metadata, textOf),
  ];
  return {
    name,
    change: {
      edits: changes.flatMap((change) => change.edits),
      files: changes.flatMap((change) => change.files),
    },
  };
}

/** The wanted name if it is free or already such a column; else the next that is. */
function freeName(entity: Entity, wanted: string, metadata: Metadata): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}${count}`;
    const field = fieldNamed(entity, name);
    if (field === undefined) return name;
    if (field.kind !== 'computed') continue;
    const method = metadata.methodOf(entity.name, field.method);
    if (method !== undefined && isNullSafe(method.source)) return field.name;
  }
}

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

/** Into the extension that the entity has, else into a new one. */
function fieldChange(
  entity: Entity,
  xml: string,
  metadata: Metadata,
  textOf: (uri: string) => string | undefined,
): WorkspaceChange {
  const name = `${entity.name}.DualWrite`;
  const newUri = besides(entity, 'AxDataEntityViewExtension', name);
  const uris = metadata.extensionsOf(entity.name).map(({ uri }) => uri);
  return (
    insertion([...uris, newUri], ['Fields'], xml, textOf) ?? {
      edits: [],
      files: [{ uri: newUri, text: newExtension(name, xml) }],
    }
  );
}

/** Into a class that extends the entity, else into a new one. */
function methodChange(
  entity: Entity,
  method: string,
  source: string,
  metadata: Metadata,
  textOf: (uri: string) => string | undefined,
): WorkspaceChange {
  const xml = [
    `\t\t\t<Method>`,
    `\t\t\t\t<Name>${method}</Name>`,
    `\t\t\t\t<Source><![CDATA[`,
    source,
    ``,
    `]]></Source>`,
    `\t\t\t</Method>`,
  ].join('\n');
  const name = `${entity.name}_DualWrite_Extension`;
  // A class that has no method yet is not known to extend the entity; by its name it is.
  const newUri = besides(entity, 'AxClass', name);
  const uris = new Set(metadata.extensionMethodsOf(entity.name).map(({ uri }) => uri));
  return (
    insertion([...uris, newUri], ['SourceCode', 'Methods'], xml, textOf) ?? {
      edits: [],
      files: [{ uri: newUri, text: newClass(name, entity.name, xml) }],
    }
  );
}

/** Into the first of the files that exists and has the list. */
function insertion(
  uris: readonly string[],
  path: readonly string[],
  xml: string,
  textOf: (uri: string) => string | undefined,
): WorkspaceChange | undefined {
  for (const uri of uris) {
    const edit = insertIntoList(textOf(uri), path, xml);
    if (edit !== undefined) return { edits: [{ uri, edits: [edit] }], files: [] };
  }
  return undefined;
}

/** The file of a new element in the model that holds the entity: `Model/AxKind/Name.xml`. */
function besides(entity: Entity, kind: string, name: string): string {
  const [file = '', folder = '', ...above] = entity.origin.uri.split('/').toReversed();
  const model = /^AxDataEntityView$/iu.test(folder) && file !== '' ? above : [folder, ...above];
  return `${model.toReversed().join('/')}/${kind}/${name}.xml`;
}
