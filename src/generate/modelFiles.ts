import type { Entity } from '../metadata/model.ts';
import type { WorkspaceChange } from '../text/change.ts';
import { insertIntoList, methodXml, newExtension, newExtensionClass } from './aotXml.ts';
import type { Target } from './generated.ts';
import { freeName } from './names.ts';

/**
 * Adds fields to an entity: into the extension that it has, else into a new one. Undefined where the file of the
 * new one is there and can't be read.
 */
export function addedFields(
  entity: Entity,
  fieldsXml: readonly string[],
  target: Target,
): WorkspaceChange | undefined {
  const xml = fieldsXml.join('\n');
  const name = `${entity.name}.DualWrite`;
  const uris = target.metadata.extensionsOf(entity.name).map(({ uri }) => uri);
  const newUri = fileFor(entity, 'AxDataEntityViewExtension', name, target);
  return added(uris, newUri, ['Fields'], xml, () => newExtension(name, xml), entity, target);
}

/** Adds a method: into a class that extends the entity, else into a new one. Undefined as above. */
export function addedMethod(
  entity: Entity,
  method: string,
  source: string,
  target: Target,
): WorkspaceChange | undefined {
  const xml = methodXml(method, source);
  const suffix = '_DualWrite_Extension';
  const name = freeName(entity.name, () => false, suffix);
  // A class that has no method yet is not known to extend the entity; by its name it is.
  const uris = new Set(target.metadata.extensionMethodsOf(entity.name).map(({ uri }) => uri));
  const newUri = fileFor(entity, 'AxClass', name, target);
  const create = (): string => newExtensionClass(name, entity.name, xml);
  return added([...uris], newUri, ['SourceCode', 'Methods'], xml, create, entity, target);
}

/** Into the first of the files that has the list, else into the new one. */
function added(
  uris: readonly string[],
  newUri: string,
  path: readonly string[],
  xml: string,
  create: () => string,
  entity: Entity,
  { textOf, model }: Target,
): WorkspaceChange | undefined {
  // What another model adds to the entity is not ours to change.
  const ours = uris.filter((uri) => model === undefined || uri.startsWith(`${model}/`));
  for (const uri of [...ours, newUri]) {
    const edit = insertIntoList(textOf(uri), path, xml, uri === newUri);
    if (edit !== undefined) return { edits: [{ uri, edits: [edit] }], files: [] };
  }
  // What stands there is not to be written over.
  if (textOf(newUri) !== undefined) return undefined;
  const text = inLinesOf(textOf(entity.origin.uri), create());
  return { edits: [], files: [{ uri: newUri, text }] };
}

/** With the line ends of a neighbour: a model has one kind. */
export const inLinesOf = (neighbour: string | undefined, text: string): string =>
  neighbour?.includes('\r\n') === true ? text.replaceAll('\n', '\r\n') : text;

/** The file of a new element in its model: `Model/AxKind/Name.xml`. */
export const fileFor = (
  entity: Entity,
  kind: string,
  name: string,
  { model }: Pick<Target, 'model'>,
): string => `${model ?? modelOf(entity)}/${kind}/${name}.xml`;

function modelOf({ origin }: Entity): string {
  const [file = '', folder = '', ...above] = origin.uri.split('/').toReversed();
  const model = /^AxDataEntityView$/iu.test(folder) && file !== '' ? above : [folder, ...above];
  return model.toReversed().join('/');
}
