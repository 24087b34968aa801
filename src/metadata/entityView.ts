import type { Span } from '../text/span.ts';
import { childNamed, descendants, listNamed, type XmlElement, xmlValueOf } from '../text/xml.ts';
import type { DataSource, DataSourceRange, Entity, EntityField, JoinMode } from './model.ts';
import { declaredType } from './readTypes.ts';

/** What an AxDataEntityViewExtension adds to the entity it names. */
export interface EntityExtension {
  readonly entity: string;
  readonly name: string;
  readonly fields: readonly EntityField[];
  readonly dataSources: readonly DataSource[];
  readonly uri: string;
}

/** A query of the AOT, by which a view may be made instead of data sources of its own. */
export interface Query {
  readonly name: string;
  readonly dataSources: readonly DataSource[];
}

export function readQuery(root: XmlElement, source: string, uri: string): Query {
  const read = readerOf(source, uri);
  return {
    name: read.value(root, 'Name'),
    dataSources: listNamed(root, 'DataSources').flatMap((element) =>
      read.dataSources(element, undefined),
    ),
  };
}

/** Reads AxDataEntityView or AxView XML; element names as in `dualwrite.md` 4.5. */
export function readEntity(root: XmlElement, source: string, uri: string): Entity {
  const read = readerOf(source, uri);
  const roots = listNamed(childNamed(root, 'ViewMetadata') ?? root, 'DataSources');
  return {
    name: read.value(root, 'Name'),
    label: read.value(root, 'Label'),
    publicName: read.value(root, 'PublicEntityName'),
    fields: read.fields(root),
    dataSources: roots.flatMap((element) => read.dataSources(element, undefined)),
    query: read.value(root, 'Query'),
    keyFields: keyFieldsOf(root, read.value),
    origin: { uri, span: (childNamed(root, 'Name') ?? root).span },
  };
}

export function readEntityExtension(
  root: XmlElement,
  source: string,
  uri: string,
): EntityExtension {
  const read = readerOf(source, uri);
  const name = read.value(root, 'Name');
  return {
    // An extension is named `Entity.Extension`.
    entity: name.split('.')[0] ?? name,
    name,
    fields: read.fields(root),
    dataSources: descendants(root)
      .filter((element) => element.name === 'AxQueryExtensionEmbeddedDataSource')
      .flatMap((element) => {
        const dataSource = childNamed(element, 'DataSource');
        return dataSource === undefined
          ? []
          : read.dataSources(dataSource, read.value(element, 'Parent'));
      }),
    uri,
  };
}

type ReadValue = (element: XmlElement, child: string) => string;

/** The fields of the primary key, or of the only key. */
function keyFieldsOf(root: XmlElement, value: ReadValue): readonly string[] {
  const keys = listNamed(root, 'Keys');
  const primary = value(root, 'PrimaryKey');
  const key = keys.find((candidate) => value(candidate, 'Name') === primary) ?? keys[0];
  return key === undefined
    ? []
    : listNamed(key, 'Fields').map((field) => value(field, 'DataField'));
}

function readerOf(
  source: string,
  uri: string,
): {
  readonly value: ReadValue;
  readonly fields: (root: XmlElement) => readonly EntityField[];
  readonly dataSources: (element: XmlElement, parent: string | undefined) => readonly DataSource[];
} {
  const value: ReadValue = (element, child) => {
    const found = childNamed(element, child);
    return found === undefined ? '' : xmlValueOf(source, found);
  };
  const at = (span: Span): { readonly uri: string; readonly span: Span } => ({ uri, span });

  const field = (element: XmlElement): EntityField => {
    const type = element.attributes['i:type'] ?? '';
    const base = {
      name: value(element, 'Name'),
      isEditable: editableOf(value(element, 'AllowEdit')),
      origin: at(element.span),
    };
    if (type === 'AxDataEntityViewMappedField' || childNamed(element, 'DataField') !== undefined) {
      return {
        ...base,
        kind: 'mapped',
        dataSource: value(element, 'DataSource'),
        dataField: value(element, 'DataField'),
      };
    }
    const declared = declaredType(
      element,
      source,
      type.replace(/^AxDataEntityViewUnmappedField|^AxViewFieldComputed/u, ''),
    );
    const method = value(element, 'ComputedFieldMethod') || value(element, 'ViewMethod');
    // A view has no virtual fields: what is not bound is computed.
    return value(element, 'IsComputedField') === 'Yes' || type.startsWith('AxView')
      ? { ...base, kind: 'computed', method, ...declared }
      : { ...base, kind: 'virtual', ...declared };
  };

  const dataSources = (element: XmlElement, parent: string | undefined): readonly DataSource[] => {
    const table = value(element, 'Table');
    const name = value(element, 'Name') || table;
    const joinMode = childNamed(element, 'JoinMode');
    return [
      {
        name,
        table,
        parent,
        joinMode: joinMode === undefined ? 'InnerJoin' : joinModeOf(xmlValueOf(source, joinMode)),
        isReadOnly: value(element, 'IsReadOnly') === 'Yes',
        ranges: listNamed(element, 'Ranges').flatMap((range): readonly DataSourceRange[] => {
          const condition = value(range, 'Value');
          // A range without a value limits nothing, nor does `*`.
          return condition === '' || condition === '*' || value(range, 'Enabled') === 'No'
            ? []
            : [
                {
                  field: value(range, 'Field'),
                  value: condition,
                  origin: at((childNamed(range, 'Value') ?? range).span),
                },
              ];
        }),
        origin: at((joinMode ?? childNamed(element, 'Name') ?? element).span),
      },
      ...listNamed(element, 'DataSources').flatMap((child) => dataSources(child, name)),
    ];
  };

  return {
    value,
    fields: (root) => listNamed(root, 'Fields').map(field),
    dataSources,
  };
}

/** `Auto`, which the AOT leaves out, is what the table says. */
const editableOf = (text: string): boolean | undefined =>
  text === 'Yes' ? true : text === 'No' ? false : undefined;

/** A missing JoinMode means InnerJoin (`dualwrite.md` 4.5, rule 2). */
function joinModeOf(text: string): JoinMode {
  if (text === 'NotExistsJoin') return 'NoExistsJoin';
  return text === 'OuterJoin' || text === 'ExistsJoin' || text === 'NoExistsJoin'
    ? text
    : 'InnerJoin';
}
