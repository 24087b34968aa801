import type { Condition } from '../../filter/meaning/condition.ts';
import { type EmptyOf, nullLosses } from '../../filter/meaning/nullLoss.ts';
import type { Metadata } from '../../metadata/metadata.ts';
import type { Entity, FieldType } from '../../metadata/model.ts';
import { type Nullability, nullabilityOf } from '../../metadata/nullability.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Workspace } from '../workspace.ts';

/** The heart: a filter that is correct and still loses rows (`dualwrite.md` 4.3, N1 to N3). */
export function checkNullLoss(
  meaning: Condition,
  entity: Entity,
  { metadata }: Workspace,
  typeOf: (field: string) => FieldType,
): readonly Problem[] {
  const known = new Map<string, Nullability>();
  const nullability = (field: string): Nullability => {
    const key = field.toLowerCase();
    const answer = known.get(key) ?? nullabilityOf(entity, field, metadata);
    known.set(key, answer);
    return answer;
  };
  const isNullable = (field: string): boolean =>
    nullability(field).kind === 'outerJoin' || nullability(field).kind === 'computed';

  return nullLosses(meaning, isNullable, emptyElements(typeOf, metadata)).map(
    ({ comparison, field, negated }): Problem => {
      const reason = nullability(field);
      const { span } = comparison;
      if (reason.kind === 'outerJoin') {
        return {
          code: 'null-lost',
          ...(negated ? { variant: 'negated' } : {}),
          span,
          args: { field, dataSource: reason.dataSource, entity: entity.name },
          related: [
            {
              ...reason.origin,
              message: 'outer-join',
              args: { dataSource: reason.dataSource, entity: entity.name },
            },
          ],
        };
      }
      return {
        code: 'null-possible',
        span,
        args: { field },
        related:
          reason.kind === 'computed'
            ? [{ ...reason.origin, message: 'computed-field', args: { field } }]
            : [],
      };
    },
  );
}

/** The element that has the number 0: what X++ shows where the view yields NULL for an enum (`dualwrite.md` 4.4). */
export const emptyElements =
  (typeOf: (field: string) => FieldType, metadata: Metadata): EmptyOf =>
  (field, like) => {
    if (like.type !== 'enum' && like.type !== 'text') return undefined;
    const type = typeOf(field);
    const elements =
      type.kind === 'enum' && type.elements.length > 0
        ? type.elements
        : like.type === 'enum'
          ? (metadata.enumNamed(like.enumName)?.elements ?? [])
          : [];
    return elements.find(({ value }) => value === 0)?.name;
  };
