import type { Problem } from '../problem/problem.ts';
import { childNamed, listNamed, readXml, type XmlElement } from '../text/xml.ts';
import { readCsdl } from './dataverse/csdl.ts';
import { mayBeProject, readProjectSchemas } from './dataverse/project.ts';
import { readSolutionTables } from './dataverse/solution.ts';
import type { DataverseTable } from './dataverse/model.ts';
import { type EntityExtension, readEntity, readEntityExtension } from './entityView.ts';
import { type LabelFile, readLabels } from './labels.ts';
import type { Entity, EnumType, ExtendedType, Method, Table } from './model.ts';
import type { PublicEntity } from './publicEntity.ts';
import {
  type EnumExtension,
  readEnum,
  readEnumExtension,
  readExtendedType,
  readTable,
  readTableExtension,
  type TableExtension,
  valueOf,
} from './readTypes.ts';

/** What one file of the AOT tells. */
export interface MetadataFile {
  readonly uri: string;
  readonly entities: readonly Entity[];
  readonly extensions: readonly EntityExtension[];
  readonly views: readonly Entity[];
  readonly tables: readonly Table[];
  readonly tableExtensions: readonly TableExtension[];
  readonly enums: readonly EnumType[];
  readonly publicEnums: readonly EnumType[];
  readonly enumExtensions: readonly EnumExtension[];
  readonly extendedTypes: readonly ExtendedType[];
  readonly publicEntities: readonly PublicEntity[];
  readonly dataverseTables: readonly DataverseTable[];
  readonly methods: readonly Method[];
  readonly labels: readonly LabelFile[];
  readonly problems: readonly Problem[];
}

/** Whether a text that may hold a schema is worth reading: most JSON and XML of a workspace is not. */
export const holdsSchema = (text: string): boolean =>
  mayBeProject(text) || text.includes('<edmx:Edmx') || text.includes('<EntityInfo');

/** Reads a file of metadata by its content; what is none of the kinds known here tells nothing. */
export function readMetadataFile(uri: string, text: string): MetadataFile {
  const empty: MetadataFile = {
    uri,
    entities: [],
    extensions: [],
    views: [],
    tables: [],
    tableExtensions: [],
    enums: [],
    publicEnums: [],
    enumExtensions: [],
    extendedTypes: [],
    publicEntities: [],
    dataverseTables: [],
    methods: [],
    labels: [],
    problems: [],
  };
  if (uri.endsWith('.label.txt')) return { ...empty, labels: [readLabels(uri, text)] };
  if (mayBeProject(text)) return { ...empty, ...readProjectSchemas(text) };
  const { value: root, problems: broken } = readXml(text);
  if (root === undefined) return empty;
  const read = readElement(root, text, uri);
  if (read === undefined) return empty;
  const file = { ...empty, ...read };
  if (broken.length === 0 || root.name === 'AxClass') return file;
  return {
    ...file,
    // What is cut off may have held more.
    enums: file.enums.map((each) => ({ ...each, isWhole: false })),
    publicEnums: file.publicEnums.map((each) => ({ ...each, isWhole: false })),
    publicEntities: file.publicEntities.map((each) => ({ ...each, isWhole: false })),
    dataverseTables: file.dataverseTables.map((each) => ({ ...each, isWhole: false })),
    problems: broken.map(({ name, span }) => ({
      code: 'metadata-broken',
      span,
      args: { element: name },
    })),
  };
}

function readElement(
  root: XmlElement,
  text: string,
  uri: string,
): Partial<MetadataFile> | undefined {
  const methods = (): readonly Method[] => readMethods(root, text, uri);
  switch (root.name) {
    case 'AxDataEntityView':
      return { entities: [readEntity(root, text, uri)], methods: methods() };
    case 'AxDataEntityViewExtension':
      return { extensions: [readEntityExtension(root, text, uri)] };
    case 'AxTable':
      return { tables: [readTable(root, text, uri)] };
    case 'AxTableExtension':
      return { tableExtensions: [readTableExtension(root, text, uri)] };
    case 'AxView':
      return { views: [readEntity(root, text, uri)], methods: methods() };
    case 'AxEnum':
      return { enums: [readEnum(root, text, uri)] };
    case 'AxEnumExtension':
      return { enumExtensions: [readEnumExtension(root, text, uri)] };
    case 'AxEdt':
      return { extendedTypes: [readExtendedType(root, text, uri)] };
    case 'AxClass':
      return { methods: methods() };
    case 'edmx:Edmx':
      return readCsdl(root, uri);
    case 'ImportExportXml':
      return { dataverseTables: readSolutionTables(root, text) };
    default:
      return undefined;
  }
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
