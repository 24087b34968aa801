import type { Condition } from '../../filter/meaning/condition.ts';
import { nullLosses } from '../../filter/meaning/nullLoss.ts';
import type { Entity } from '../../metadata/model.ts';
import { type Nullability, nullabilityOf } from '../../metadata/nullability.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Workspace } from '../workspace.ts';

/** The heart: a filter that is correct and still loses rows (`dualwrite.md` 4.3, N1 to N3). */
export function checkNullLoss(
  meaning: Condition,
  entity: Entity,
  { metadata }: Workspace,
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

  return nullLosses(meaning, isNullable).map(({ comparison, field, negated }): Problem => {
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
  });
}
