import type { Metadata } from './metadata.ts';
import type { DataSource, DataSourceRange, Entity } from './model.ts';

/** What makes rows disappear from an entity before any filter sees them. */

type Joined = Pick<Entity, 'dataSources'>;

const named = ({ dataSources }: Joined, name: string): DataSource | undefined =>
  dataSources.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());

/** The data sources between a data source and the root, nearest first; one that hangs below itself ends the way. */
function above(entity: Joined, dataSource: DataSource): readonly DataSource[] {
  const way = new Set<DataSource>();
  let current = dataSource;
  while (current.parent !== undefined) {
    const parent = named(entity, current.parent);
    if (parent === undefined || way.has(parent)) break;
    way.add(parent);
    current = parent;
  }
  return [...way];
}

/** An inner join and the outer join it hangs below. */
export interface VanishingJoin {
  readonly inner: DataSource;
  readonly outer: DataSource;
}

/**
 * Rows whose outer-joined data source has no row are kept with NULLs, unless an inner join hangs below: then they vanish
 * (`dualwrite.md` 4.5, rule 2). Of a chain of inner joins the first is the one to blame.
 */
export const vanishingJoins = (entity: Joined): readonly VanishingJoin[] =>
  entity.dataSources.flatMap((inner): readonly VanishingJoin[] => {
    const [outer] = inner.joinMode === 'InnerJoin' ? above(entity, inner) : [];
    return outer?.joinMode === 'OuterJoin' ? [{ inner, outer }] : [];
  });

/** A range of a data source, of the entity itself or of one below it. */
export interface HiddenRange {
  readonly dataSource: DataSource;
  readonly range: DataSourceRange;
}

/**
 * The ranges that hide rows of an entity: a filter beside the one of the map (`dualwrite.md` section 6, F14). Those below
 * an outer join decide which row is joined, not whether there is one.
 */
export function hiddenRanges(
  entity: Entity,
  metadata: Metadata,
  inside: readonly string[] = [],
): readonly HiddenRange[] {
  if (inside.includes(entity.name)) return [];
  return entity.dataSources.flatMap((dataSource) => {
    const way = [dataSource, ...above(entity, dataSource)];
    if (way.some(({ joinMode }) => joinMode === 'OuterJoin')) return [];
    const nested = metadata.entityNamed(dataSource.table) ?? metadata.viewNamed(dataSource.table);
    return [
      ...dataSource.ranges.map((range) => ({ dataSource, range })),
      // What does not exist hides nothing that would be here.
      ...(nested === undefined || dataSource.joinMode === 'NoExistsJoin'
        ? []
        : hiddenRanges(nested, metadata, [...inside, entity.name])),
    ];
  });
}

/** The way from an entity back to itself through its data sources; undefined where there is none. */
export function cycleOf(
  entity: Entity,
  metadata: Metadata,
  inside: readonly Entity[] = [],
  seen = new Set<string>(),
): readonly Entity[] | undefined {
  const start = inside.findIndex(({ name }) => name === entity.name);
  if (start >= 0) return inside.slice(start);
  if (seen.has(entity.name)) return undefined;
  seen.add(entity.name);
  for (const { table } of entity.dataSources) {
    const nested = metadata.entityNamed(table) ?? metadata.viewNamed(table);
    const cycle =
      nested === undefined ? undefined : cycleOf(nested, metadata, [...inside, entity], seen);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
