import { groupedBy, key } from '../metadata/merge.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { Entity, Method } from '../metadata/model.ts';
import { MAPPING_METHOD } from '../tracking/mappingMethod.ts';
import type { Environment } from './model.ts';

/** The metadata as they would be with the fields and the method that a rehearsal assumes. */
export function withAssumptions(
  metadata: Metadata,
  { assumedEntries, assumedFields }: Environment,
): Metadata {
  if (assumedEntries.length + assumedFields.length === 0) return metadata;
  const fields = groupedBy(assumedFields, ({ entity }) => entity.value);
  const entries = groupedBy(assumedEntries, ({ entity }) => entity.value);
  const extended = (entity: Entity): Entity => {
    const added = fields.get(key(entity.name)) ?? [];
    return added.length === 0
      ? entity
      : {
          ...entity,
          fields: [
            ...entity.fields,
            ...added.map(({ name, dataSource, dataField }) => ({
              kind: 'mapped' as const,
              name,
              dataSource,
              dataField,
              isEditable: undefined,
              origin: entity.origin,
            })),
          ],
        };
  };
  const methodsOf = (entity: string): readonly Method[] => {
    const own = entries.get(key(entity)) ?? [];
    if (own.length === 0) return [];
    const listed = own.map(
      ({ dataSource, table, field }) =>
        `[tablestr(${dataSource}), tablenum(${table}), fieldstr(${entity}, ${field.value})]`,
    );
    const source = `public static container ${MAPPING_METHOD}(container mapping) { mapping += [${listed.join(', ')}]; return mapping; }`;
    return [{ owner: '', extensionOf: entity, name: MAPPING_METHOD, source, uri: '' }];
  };
  return {
    ...metadata,
    entityNamed: (name) => {
      const entity = metadata.entityNamed(name);
      return entity === undefined ? undefined : extended(entity);
    },
    entitiesLabelled: (text) => metadata.entitiesLabelled(text).map(extended),
    extensionMethodsOf: (entity) => [...metadata.extensionMethodsOf(entity), ...methodsOf(entity)],
  };
}
