import type { Origin, FieldType } from './model.ts';

/** An entity as OData, a project or a row file shows it: names, types and keys, nothing of how it is made. */
export interface PublicEntity {
  /** The entity type of OData, or the label by which a project names the entity. */
  readonly name: string;
  /** The name of its rows in an address of OData; empty where nobody tells. */
  readonly entitySet: string;
  readonly fields: readonly PublicField[];
  readonly keyFields: readonly string[];
  /** The key by which dual-write finds the partner of a row; undefined where nobody tells. */
  readonly integrationKey: readonly string[] | undefined;
  readonly isWhole: boolean;
  readonly origin: Origin;
}

export interface PublicField {
  readonly name: string;
  readonly type: PublicType;
  readonly origin: Origin;
  /** Set for a column of a row file, whose type is guessed from the first rows. */
  readonly sample?: { readonly hasNull: boolean };
}

/** A type that needs no other file but the enum it may name. */
export type PublicType = Exclude<FieldType, { readonly kind: 'enum' }> | PublicEnum;

interface PublicEnum {
  readonly kind: 'enum';
  readonly name: string;
}

export const publicFieldNamed = (entity: PublicEntity, name: string): PublicField | undefined =>
  entity.fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
