import type { Problem } from '../../problem/problem.ts';
import type { FollowedTable } from '../../tracking/trackedTables.ts';
import { linesOf } from '../../text/lines.ts';
import { type XppWrite, xppWritesIn } from '../../tracking/xpp/writes.ts';

/** A comment of X++ that suppresses by code, as in maps: `// dual-write-disable-next-line sync-skipped -- reason`. */
const DIRECTIVE = /\/\/\s*dual-write-disable(-next-line)?(?![\w-])([^\r\n]*)/gu;

/** The writes in a file of AOT XML or plain X++ that no comment suppresses. */
export function wantedWrites(text: string): readonly XppWrite[] {
  const writes = xppWritesIn(text);
  if (writes.length === 0 || !text.includes('dual-write-disable')) return writes;
  const lines = linesOf(text);
  const suppressed = new Set<number>();
  for (const { 1: nextLine, 2: rest = '', index } of text.matchAll(DIRECTIVE)) {
    const [codes = ''] = rest.split(/\s--(?:\s|$)/u);
    if (!codes.split(/[\s,]+/u).includes('sync-skipped')) continue;
    if (nextLine === undefined) return [];
    suppressed.add(lines.placeOf(index).line + 1);
  }
  return writes.filter(({ span }) => !suppressed.has(lines.placeOf(span.start).line));
}

/** More names than these make no sentence. */
const MOST_NAMED = 3;

/**
 * X++ code that writes a tracked table past business events: no synchronization follows (`dualwrite.md` 7.1). Microsoft's
 * own code does so on purpose, too, so it is information. An update of other fields than those that are followed would
 * start nothing anyway.
 */
export function checkXppWrites(
  writes: readonly XppWrite[],
  followed: ReadonlyMap<string, FollowedTable>,
): readonly Problem[] {
  return writes.flatMap(({ operation, table, fields, span }): readonly Problem[] => {
    const known = followed.get(table.toLowerCase());
    const followers = (known?.followers ?? []).filter(
      ({ row }) =>
        fields === undefined ||
        row.fields === undefined ||
        row.fields.some((field) => fields.includes(field.toLowerCase())),
    );
    const maps = [...new Set(followers.flatMap((follower) => follower.maps))];
    if (known === undefined || maps.length === 0) return [];
    const named = maps.slice(0, MOST_NAMED).join(', ');
    return [
      {
        code: 'sync-skipped',
        variant: operation,
        span,
        args: {
          table: known.name,
          maps: maps.length > MOST_NAMED ? `${named}, …` : named,
        },
        related: followers.slice(0, MOST_NAMED).map(({ entity, row }) => ({
          uri: entity.origin.uri,
          span: entity.origin.span,
          message: 'tracked-by',
          args: { entity: entity.name, table: row.refTableName },
        })),
      },
    ];
  });
}
