import type { XppExpression } from '../../filter/xpp/ast.ts';
import type { Leg } from '../../map/model.ts';
import type { Entity } from '../../metadata/model.ts';
import { catalogue, isBroken } from '../../problem/catalogue.ts';
import type { Problem } from '../../problem/problem.ts';
import { trackerOf } from '../../tracking/tracker.ts';
import type { Workspace } from '../workspace.ts';
import { xppFields } from './direction.ts';
import { argsOf } from './tracking.ts';

/**
 * Fields that a filter compares and that are mapped, but whose change nobody notices: rows enter and leave the filter
 * silently (`dualwrite.md` 6, F5). What is not mapped at all, `checkDirection` tells without metadata.
 */
export function checkTrackedFilter(
  expression: XppExpression | undefined,
  leg: Leg | undefined,
  entity: Entity | undefined,
  { metadata, isIndexing }: Workspace,
  told: readonly Problem[],
): readonly Problem[] {
  if (expression === undefined || leg === undefined || entity === undefined) return [];
  if (isIndexing === true) return [];
  if (isBroken(told)) return [];
  const places = new Set(
    told
      .filter(({ code }) => code === 'untracked-field' || catalogue[code].severity === 'warning')
      .map(({ span }) => `${span.start} ${span.end}`),
  );
  const tracker = trackerOf(entity, [{ map: '', leg }], metadata);
  return xppFields(expression).flatMap(({ name, span }): readonly Problem[] => {
    if (places.has(`${span.start} ${span.end}`)) return [];
    const { verdict } = tracker.field(name);
    if (verdict.kind !== 'untracked') return [];
    const { reason } = verdict;
    switch (reason.kind) {
      case 'outerReadOnly':
      case 'onlyLookups':
      case 'nested':
      case 'computed':
        return [
          {
            code: 'untracked-field',
            variant: reason.kind,
            span,
            args: { field: name, ...argsOf(reason) },
          },
        ];
      default:
        return [];
    }
  });
}
