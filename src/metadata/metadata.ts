import type { EntityExtension } from './entityView.ts';
import { type LabelFile, labelTexts } from './labels.ts';
import type { Entity, EntityField, Method, Table } from './model.ts';
import type { MetadataFile } from './readFile.ts';

/** Everything the files at hand tell about Finance and Operations. Names are found without regard to case. */
export interface Metadata {
  /** False where no entity is known at all: nothing can be said about fields then. */
  readonly hasEntities: boolean;
  readonly entityNamed: (name: string) => Entity | undefined;
  /** Entities whose label says `text` in some language. */
  readonly entitiesLabelled: (text: string) => readonly Entity[];
  readonly tableNamed: (name: string) => Table | undefined;
  readonly extensionsOf: (entity: string) => readonly EntityExtension[];
  /** A method of the entity itself or of a class that extends it. */
  readonly methodOf: (entity: string, name: string) => Method | undefined;
  /** Methods of classes that extend the entity. */
  readonly extensionMethodsOf: (entity: string) => readonly Method[];
}

export function metadataOf(files: readonly MetadataFile[]): Metadata {
  const extensions = groupedBy(
    files.flatMap((file) => file.extensions),
    (extension) => extension.entity,
  );
  const entities = new Map(
    files
      .flatMap((file) => file.entities)
      .map((entity) => [key(entity.name), extended(entity, extensions.get(key(entity.name)))]),
  );
  const tables = new Map(
    files.flatMap((file) => file.tables).map((table) => [key(table.name), table]),
  );
  const methods = groupedBy(
    files.flatMap((file) => file.methods),
    (method) => method.extensionOf ?? method.owner,
  );
  const labelFiles: readonly LabelFile[] = files.flatMap((file) => file.labels);
  const labelled = new Map<string, Entity[]>();
  for (const entity of entities.values()) {
    for (const text of new Set(labelTexts(entity.label, labelFiles).map(key))) {
      labelled.set(text, [...(labelled.get(text) ?? []), entity]);
    }
  }
  return {
    hasEntities: entities.size > 0,
    entityNamed: (name) => entities.get(key(name)),
    entitiesLabelled: (text) => labelled.get(key(text)) ?? [],
    tableNamed: (name) => tables.get(key(name)),
    extensionsOf: (entity) => extensions.get(key(entity)) ?? [],
    extensionMethodsOf: (entity) =>
      (methods.get(key(entity)) ?? []).filter((method) => method.extensionOf !== undefined),
    methodOf: (entity, name) =>
      methods.get(key(entity))?.find((method) => key(method.name) === key(name)),
  };
}

export const noMetadata: Metadata = metadataOf([]);

export const fieldNamed = (entity: Entity, name: string): EntityField | undefined =>
  entity.fields.find((field) => key(field.name) === key(name));

const key = (name: string): string => name.trim().toLowerCase();

function groupedBy<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(nameOf(item));
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}

const extended = (entity: Entity, extensions: readonly EntityExtension[] = []): Entity => ({
  ...entity,
  fields: [...entity.fields, ...extensions.flatMap((extension) => extension.fields)],
  dataSources: [...entity.dataSources, ...extensions.flatMap((extension) => extension.dataSources)],
});
