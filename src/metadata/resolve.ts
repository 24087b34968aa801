import type { Metadata } from './metadata.ts';
import type { Entity } from './model.ts';
import type { PublicEntity } from './publicEntity.ts';

/**
 * The entity of a leg as OData or a project shows it. It tells names, types and keys; which of its fields can be NULL,
 * it does not tell.
 */
export const publicEntityOf = (
  leg: { readonly sourceSchema: string; readonly sourceEntityNames: readonly string[] },
  metadata: Metadata,
  assigned: EntityNames,
): PublicEntity | undefined =>
  namesOf(leg, assigned)
    .map(metadata.publicEntityNamed)
    .find((entity) => entity !== undefined);

/**
 * What a row file that is named like the entity of a leg tells of it. It serves where no other source knows the fields,
 * and to offer and to explain alone: an export that leaves out a column is not wrong.
 */
export const sampledEntityOf = (
  leg: { readonly sourceSchema: string; readonly sourceEntityNames: readonly string[] },
  metadata: Metadata,
  assigned: EntityNames,
): PublicEntity | undefined =>
  namesOf(leg, assigned)
    .filter((name) => name.trim() !== '')
    .map(metadata.sampledEntityNamed)
    .find((entity) => entity !== undefined);

/** What certainly names the entity of a leg: an assignment, names that the map carries, its label. */
function namesOf(
  leg: { readonly sourceSchema: string; readonly sourceEntityNames: readonly string[] },
  assigned: EntityNames,
): readonly string[] {
  const assignment = Object.entries(assigned).find(
    ([name]) => name.toLowerCase() === leg.sourceSchema.toLowerCase(),
  )?.[1];
  return [
    ...(assignment === undefined ? [] : [assignment]),
    ...leg.sourceEntityNames,
    leg.sourceSchema,
  ];
}

/** Labels of entities and the AOT names a person assigned to them (setting `dualWrite.metadata.entities`). */
export type EntityNames = Readonly<Record<string, string>>;

/** Which entity a map speaks of, or why that can't be told. */
export type Resolution =
  | { readonly kind: 'found'; readonly entity: Entity }
  | { readonly kind: 'ambiguous'; readonly names: readonly string[] }
  | { readonly kind: 'unknown' };

/**
 * Finds the AOT entity behind a leg's `sourceSchema`, which is the entity's label in data management
 * (`dualwrite.md` 1.3). Only what is certain counts: an assignment, a name the map itself carries, a label
 * that one entity alone has. A resemblance of names is no evidence.
 */
export function resolveEntity(
  leg: { readonly sourceSchema: string; readonly sourceEntityNames: readonly string[] },
  metadata: Metadata,
  assigned: EntityNames,
): Resolution {
  if (!metadata.hasEntities) return { kind: 'unknown' };
  const label = leg.sourceSchema;
  const named = namesOf(leg, assigned)
    .map(metadata.entityNamed)
    .find((entity) => entity !== undefined);
  if (named !== undefined) return { kind: 'found', entity: named };

  const [entity, ...others] = metadata.entitiesLabelled(label);
  if (entity === undefined) return { kind: 'unknown' };
  return others.length === 0
    ? { kind: 'found', entity }
    : { kind: 'ambiguous', names: [entity, ...others].map(({ name }) => name).toSorted() };
}
