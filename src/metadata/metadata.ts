import type { EntityExtension } from './entityView.ts';
import { rowsName } from './csv.ts';
import { firstNamed, groupedBy, key, mergedEnums, mergedTables } from './merge.ts';
import { type LabelFile, labelTexts } from './labels.ts';
import { type DataverseTables, dataverseTables } from './dataverse/tables.ts';
import type { Entity, EntityField, EnumType, ExtendedType, Method, Table } from './model.ts';
import type { PublicEntity } from './publicEntity.ts';
import type { MetadataFile } from './readFile.ts';

/** Everything the files at hand tell about Finance and Operations. Names are found without regard to case. */
export interface Metadata {
  /** False where no entity is known at all: nothing can be said about fields then. */
  readonly hasEntities: boolean;
  readonly entityNamed: (name: string) => Entity | undefined;
  /** Entities whose label says `text` in some language. */
  readonly entitiesLabelled: (text: string) => readonly Entity[];
  readonly tableNamed: (name: string) => Table | undefined;
  readonly viewNamed: (name: string) => Entity | undefined;
  readonly enumNamed: (name: string) => EnumType | undefined;
  readonly extendedTypeNamed: (name: string) => ExtendedType | undefined;
  /**
   * By the name of its type or set in OData, or by the label that a project names it with. OData has no blanks in names:
   * `CustomersV3` is how it writes the label "Customers V3".
   */
  readonly publicEntityNamed: (name: string) => PublicEntity | undefined;
  /** The columns of a file of rows that is named like the entity: the weakest source of all. */
  readonly sampledEntityNamed: (name: string) => PublicEntity | undefined;
  readonly dataverse: DataverseTables;
  /** What a label says in each language known. */
  readonly textsOf: (label: string) => readonly string[];
  /** Entities of the name that tell something else than the one that is taken: the first by address. */
  readonly duplicatesOf: (entity: string) => readonly Entity[];
  /** Whether an entity can have no other fields: all of its file is read, and so are extensions of entities. */
  readonly isWhole: (entity: Entity) => boolean;
  readonly extensionsOf: (entity: string) => readonly EntityExtension[];
  /** A method of the entity itself or of a class that extends it. */
  readonly methodOf: (entity: string, name: string) => Method | undefined;
  /** Methods of classes that extend the entity. */
  readonly extensionMethodsOf: (entity: string) => readonly Method[];
}

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
    publicEntityNamed: (name) => publicEntities.get(key(name)) ?? publicEntities.get(plain(name)),
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

export const fieldNamed = (entity: Entity, name: string): EntityField | undefined =>
  entity.fields.find((field) => key(field.name) === key(name));

const extended = (entity: Entity, extensions: readonly EntityExtension[] = []): Entity => ({
  ...entity,
  fields: [...entity.fields, ...extensions.flatMap((extension) => extension.fields)],
  dataSources: [...entity.dataSources, ...extensions.flatMap((extension) => extension.dataSources)],
});
