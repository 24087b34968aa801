import type { Problem } from '../../problem/problem.ts';
import type { LegFilter } from './legFilters.ts';

/** Which tables so many maps follow is a matter for the health check, not for a person who edits one of them. */
const MOST_LEGS = 200;

/**
 * Tables that live synchronization follows for the entity of a leg and for others as well: each change of such a table
 * evaluates the query of each entity (`dualwrite.md` section 6, F13; health check 1700). Told once for each entity.
 *
 * @param own those of the document that is looked at; places count in it.
 */
export function checkSharedTables(
  own: readonly LegFilter[],
  elsewhere: readonly LegFilter[],
): readonly Problem[] {
  const outward = [...own, ...elsewhere].filter(({ side }) => side === 'fo');
  if (outward.length > MOST_LEGS || new Set(outward.map(({ entity }) => entity)).size < 2)
    return [];
  const followers = new Map<string, { readonly table: string; readonly entities: Set<string> }>();
  for (const { entity, trackedTables } of outward) {
    for (const table of trackedTables) {
      const follower = followers.get(table.toLowerCase()) ?? { table, entities: new Set() };
      followers.set(table.toLowerCase(), follower);
      follower.entities.add(entity);
    }
  }
  const told = new Set<string>();
  return own.flatMap((leg): readonly Problem[] => {
    const { side, entity, schemaSpan, trackedTables } = leg;
    if (side !== 'fo' || schemaSpan === undefined || told.has(entity)) return [];
    told.add(entity);
    const shared = trackedTables.flatMap((table) => {
      const found = followers.get(table.toLowerCase());
      return found !== undefined && found.entities.size > 1 ? [found] : [];
    });
    if (shared.length === 0) return [];
    const others = new Set(shared.flatMap(({ entities }) => [...entities]));
    others.delete(entity);
    const tables = shared.map(({ table }) => `\`${table}\``).join(', ');
    const args = { tables, count: others.size };
    return [{ code: 'tracked-by-many', span: schemaSpan, args }];
  });
}
