import type { DataverseTables } from './dataverse/tables.ts';
import type { EntityExtension } from './entityView.ts';
import { key } from './merge.ts';
import type { Entity, EntityField, EnumType, ExtendedType, Method, Table } from './model.ts';
import type { PublicEntity } from './publicEntity.ts';

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

export const fieldNamed = (entity: Entity, name: string): EntityField | undefined =>
  entity.fields.find((field) => key(field.name) === key(name));
