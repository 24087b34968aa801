import type { EntityExtension } from './entityView.ts';
import { rowsName } from './delimited.ts';
import { firstNamed, groupedBy, key, mergedEnums, mergedTables } from './merge.ts';
import { type LabelFile, labelTexts } from './labels.ts';
import { dataverseTables } from './dataverse/tables.ts';
import type { Entity } from './model.ts';
import type { PublicEntity } from './publicEntity.ts';
import type { MetadataFile } from './metadataFile.ts';

import type { Metadata } from './metadata.ts';

export function metadataOf(files: readonly MetadataFile[]): Metadata {
  const sorted = files.toSorted((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0));
  const extensions = groupedBy(
    [...firstNamed(sorted.flatMap((file) => file.extensions)).values()],
    (extension) => extension.entity,
  );
  const allEntities = sorted.flatMap((file) => file.entities);
  const entities = new Map(
    [...firstNamed(allEntities)].map(([name, entity]) => [
      name,
      extended(entity, extensions.get(name)),
    ]),
  );
  const copies = groupedBy(allEntities, ({ name }) => name);
  const tables = mergedTables(sorted);
  const queries = firstNamed(sorted.flatMap((file) => file.queries));
  const views = new Map(
    [...firstNamed(sorted.flatMap((file) => file.views))].map(([name, view]) => [
      name,
      view.dataSources.length > 0
        ? view
        : { ...view, dataSources: queries.get(key(view.query))?.dataSources ?? [] },
    ]),
  );
  const enums = mergedEnums(sorted);
  const extendedTypes = firstNamed(sorted.flatMap((file) => file.extendedTypes));
  const publicEntities = publicEntitiesByName(sorted.flatMap((file) => file.publicEntities));
  const sampled = firstNamed(
    sorted
      .flatMap((file) => file.sampledEntities)
      .map((entity) => ({ name: rowsName(entity.name), entity })),
  );
  const broken = new Set(
    sorted
      .filter(({ problems }) => problems.some(({ code }) => code === 'metadata-broken'))
      .map(({ uri }) => uri),
  );
  const knowsExtensions = sorted.some((file) => file.extensions.length > 0);
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
    viewNamed: (name) => views.get(key(name)),
    enumNamed: (name) => enums.get(key(name)),
    extendedTypeNamed: (name) => extendedTypes.get(key(name)),
    publicEntityNamed: (name) =>
      publicEntities.size === 0
        ? undefined
        : (publicEntities.get(key(name)) ?? publicEntities.get(plain(name))),
    sampledEntityNamed: (name) => sampled.get(rowsName(name))?.entity,
    dataverse: dataverseTables(sorted.flatMap((file) => file.dataverseTables)),
    textsOf: (label) => labelTexts(label, labelFiles),
    duplicatesOf(name) {
      const [first, ...others] = copies.get(key(name)) ?? [];
      return first === undefined ? [] : others.filter((other) => tells(other) !== tells(first));
    },
    isWhole: (entity) =>
      knowsExtensions &&
      !broken.has(entity.origin.uri) &&
      !(extensions.get(key(entity.name)) ?? []).some(({ uri }) => broken.has(uri)),
    extensionsOf: (entity) => extensions.get(key(entity)) ?? [],
    extensionMethodsOf: (entity) =>
      (methods.get(key(entity)) ?? []).filter((method) => method.extensionOf !== undefined),
    methodOf: (entity, name) =>
      methods.get(key(entity))?.find((method) => key(method.name) === key(name)),
  };
}

/** What an entity says, wherever it stands: a copy of a file says the same. */
const tells = ({ label, fields, dataSources }: Entity): string =>
  JSON.stringify([label, fields, dataSources], (name, value: unknown) =>
    name === 'origin' ? undefined : value,
  );

const extended = (entity: Entity, extensions: readonly EntityExtension[] = []): Entity => ({
  ...entity,
  fields: [...entity.fields, ...extensions.flatMap((extension) => extension.fields)],
  dataSources: [...entity.dataSources, ...extensions.flatMap((extension) => extension.dataSources)],
});

/** A name as OData can write it. */
const plain = (name: string): string => key(name).replaceAll(/[^\p{L}\p{N}]/gu, '');

/** What names an entity first, names it; a label that two sets could be written for names none. */
function publicEntitiesByName(
  entities: readonly PublicEntity[],
): ReadonlyMap<string, PublicEntity> {
  const named = new Map<string, PublicEntity>(firstNamed(entities));
  for (const entity of entities) {
    const set = plain(entity.entitySet);
    if (set !== '' && !named.has(set)) named.set(set, entity);
  }
  return named;
}

export const noMetadata: Metadata = metadataOf([]);
