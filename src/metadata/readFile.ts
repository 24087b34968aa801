import type { Problem } from '../problem/problem.ts';
import { childNamed, listNamed, readXml, type XmlElement } from '../text/xml.ts';
import { readColumns } from './csv.ts';
import { readCsdl } from './dataverse/csdl.ts';
import { readProjectSchemas } from './dataverse/project.ts';
import { readSolutionTables } from './dataverse/solution.ts';
import { type Query, readEntity, readEntityExtension, readQuery } from './entityView.ts';
import { isDelimited } from './delimited.ts';
import { vanishingJoins } from './entityShape.ts';
import { mayBeProject } from './holdsSchema.ts';
import { readLabels } from './labels.ts';
import type { MetadataFile } from './metadataFile.ts';
import type { Entity, Method } from './model.ts';
import {
  readEnum,
  readEnumExtension,
  readExtendedType,
  readTable,
  readTableExtension,
  valueOf,
} from './readTypes.ts';

/** Reads a file of metadata by its content; what is none of the kinds known here tells nothing. */
export function readMetadataFile(uri: string, text: string): MetadataFile {
  const file = readText(uri, text);
  // The rows of an export are nobody's mistake.
  if (isDelimited(uri)) return file;
  const lost = text.indexOf(LOST);
  const tells = Object.values(file).some((part) => Array.isArray(part) && part.length > 0);
  if (lost < 0 || !tells) return file;
  const span = { start: lost, end: lost + LOST.length };
  return {
    ...file,
    problems: [...file.problems, { code: 'metadata-broken', variant: 'encoding', span }],
  };
}

/** What a reader puts in the place of bytes that are no UTF-8: a file in the code page of some Windows has them. */
const LOST = '\uFFFD';

function readText(uri: string, text: string): MetadataFile {
  const empty: MetadataFile = {
    uri,
    entities: [],
    extensions: [],
    views: [],
    queries: [],
    tables: [],
    tableExtensions: [],
    enums: [],
    publicEnums: [],
    enumExtensions: [],
    extendedTypes: [],
    publicEntities: [],
    sampledEntities: [],
    dataverseTables: [],
    methods: [],
    labels: [],
    problems: [],
  };
  if (uri.endsWith('.label.txt')) return { ...empty, labels: [readLabels(uri, text)] };
  if (isDelimited(uri)) {
    const sampled = readColumns(uri, text);
    return sampled === undefined ? empty : { ...empty, sampledEntities: [sampled] };
  }
  if (mayBeProject(text)) return { ...empty, ...readProjectSchemas(uri, text) };
  const { value: root, problems: broken } = readXml(text);
  if (root === undefined) return empty;
  const read = readElement(root, text, uri);
  if (read === undefined) return empty;
  const whole = { ...empty, ...read };
  const joins = [...whole.entities, ...whole.views, ...whole.queries].flatMap(problemsOfJoins);
  const file = joins.length === 0 ? whole : { ...whole, problems: joins };
  if (broken.length === 0 || root.name === 'AxClass') return file;
  return {
    ...file,
    // What is cut off may have held more.
    enums: file.enums.map((each) => ({ ...each, isWhole: false })),
    publicEnums: file.publicEnums.map((each) => ({ ...each, isWhole: false })),
    publicEntities: file.publicEntities.map((each) => ({ ...each, isWhole: false })),
    dataverseTables: file.dataverseTables.map((each) => ({ ...each, isWhole: false })),
    problems: [
      ...broken.map(({ name, span }): Problem => ({
        code: 'metadata-broken',
        span,
        args: { element: name },
      })),
      ...joins,
    ],
  };
}

/** An inner join below an outer one takes rows away that the outer one would keep (`dualwrite.md` 4.5, rule 2). */
const problemsOfJoins = (owner: Entity | Query): readonly Problem[] =>
  vanishingJoins(owner).map(({ inner, outer }) => ({
    code: 'vanishing-rows',
    span: inner.origin.span,
    args: { entity: owner.name, dataSource: inner.name, outer: outer.name },
    related: [
      {
        ...outer.origin,
        message: 'outer-join',
        args: { dataSource: outer.name, entity: owner.name },
      },
    ],
  }));

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
    case 'AxQuery':
      return { queries: [readQuery(root, text, uri)] };
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
      return { dataverseTables: readSolutionTables(root, text, uri) };
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
