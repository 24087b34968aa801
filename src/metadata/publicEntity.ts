import type { FieldType } from './fieldType.ts';

/** An entity as OData or a project shows it: names and types, nothing of how it is made. */
export interface PublicEntity {
  /** The entity type of OData, or the label by which a project names the entity. */
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly type: PublicType }[];
  readonly isWhole: boolean;
}

/** A type that needs no other file but the enum it may name. */
export type PublicType = Exclude<FieldType, { readonly kind: 'enum' }> | PublicEnum;

interface PublicEnum {
  readonly kind: 'enum';
  readonly name: string;
}
