import type { Problem } from '../problem/problem.ts';
import { childNamed, listNamed, readXml, type XmlElement, xmlValueOf } from '../text/xml.ts';
import { type EntityExtension, readEntity, readEntityExtension } from './entityView.ts';
import { type LabelFile, readLabels } from './labels.ts';
import type { Entity, Method, Table } from './model.ts';

/** What one file of the AOT tells. */
export interface MetadataFile {
  readonly uri: string;
  readonly entities: readonly Entity[];
  readonly extensions: readonly EntityExtension[];
  readonly tables: readonly Table[];
  readonly methods: readonly Method[];
  readonly labels: readonly LabelFile[];
  readonly problems: readonly Problem[];
}

/** Reads a file of the AOT by its content; what is none of the kinds known here tells nothing. */
export function readMetadataFile(uri: string, text: string): MetadataFile {
  const empty: MetadataFile = {
    uri,
    entities: [],
    extensions: [],
    tables: [],
    methods: [],
    labels: [],
    problems: [],
  };
  if (uri.endsWith('.label.txt')) return { ...empty, labels: [readLabels(uri, text)] };
  const { value: root, problems: broken } = readXml(text);
  if (root === undefined) return empty;
  const file = { ...empty, ...readElement(root, text, uri) };
  const isKnown = file.entities.length + file.extensions.length + file.tables.length > 0;
  return isKnown
    ? {
        ...file,
        problems: broken.map(({ name, span }) => ({
          code: 'metadata-broken',
          span,
          args: { element: name },
        })),
      }
    : file;
}

function readElement(root: XmlElement, text: string, uri: string): Partial<MetadataFile> {
  const methods = (): readonly Method[] => readMethods(root, text, uri);
  switch (root.name) {
    case 'AxDataEntityView':
      return { entities: [readEntity(root, text, uri)], methods: methods() };
    case 'AxDataEntityViewExtension':
      return { extensions: [readEntityExtension(root, text, uri)] };
    case 'AxTable':
      return { tables: [readTable(root, text)] };
    case 'AxClass':
      return { methods: methods() };
    default:
      return {};
  }
}

function readTable(root: XmlElement, text: string): Table {
  return {
    name: valueOf(text, root, 'Name'),
    // The AOT writes a property only where it is not the default, which is Yes here.
    isPerCompany: valueOf(text, root, 'SaveDataPerCompany') !== 'No',
    fields: listNamed(root, 'Fields').map((field) => ({
      name: valueOf(text, field, 'Name'),
      type: (field.attributes['i:type'] ?? '').replace('AxTableField', ''),
      extendedDataType: valueOf(text, field, 'ExtendedDataType'),
    })),
  };
}

function readMethods(root: XmlElement, text: string, uri: string): readonly Method[] {
  const sourceCode = childNamed(root, 'SourceCode');
  if (sourceCode === undefined) return [];
  const declaration = valueOf(text, sourceCode, 'Declaration');
  const extended = /ExtensionOf\s*\(\s*\w+\s*\(\s*(\w+)\s*\)/iu.exec(declaration)?.[1];
  const owner = valueOf(text, root, 'Name');
  return listNamed(sourceCode, 'Methods').map((method) => ({
    owner,
    extensionOf: extended,
    name: valueOf(text, method, 'Name'),
    source: valueOf(text, method, 'Source'),
    uri,
  }));
}

function valueOf(text: string, element: XmlElement, name: string): string {
  const child = childNamed(element, name);
  return child === undefined ? '' : xmlValueOf(text, child);
}
