import type { Domain } from '../../filter/meaning/sharedRow.ts';
import type { Condition } from '../../filter/meaning/condition.ts';
import type { Leg, MapDocument, Side } from '../../map/model.ts';
import { columnIn } from '../../metadata/dataverse/tables.ts';
import type { FieldType } from '../../metadata/model.ts';
import { catalogue } from '../../problem/catalogue.ts';
import { contentSpan } from '../../text/embedded.ts';
import type { Span } from '../../text/span.ts';
import { trackingOf } from '../../tracking/tracking.ts';
import type { AnalysedFilter } from '../analysed.ts';
import type { AnalysedDocument } from '../analysis.ts';
import type { Workspace } from '../workspace.ts';
import { legEntity } from './legEntity.ts';
import { isFrom } from './legFacts.ts';

/** More maps of one entity are no division of its rows that a person keeps in mind. */
export const MOST_SIBLINGS = 20;

/** One side of a leg as other maps of the workspace see it: which rows it takes, and whose. */
export interface LegFilter {
  readonly uri: string;
  readonly side: Side;
  /** The map, as a person knows it. */
  readonly name: string;
  readonly version: string;
  /** Which map of its document it is of. */
  readonly map: number;
  /** What the rows are of, on both sides; case does not count. */
  readonly entity: string;
  readonly table: string;
  /** As a person knows what the filter is on. */
  readonly label: string;
  readonly text: string;
  readonly meaning: Condition;
  /** Whether the filter could be read as it stands. */
  readonly isWhole: boolean;
  /** In the document, between the delimiters of the filter. */
  readonly span: Span;
  readonly domainOf: (field: string) => Domain;
  /** The name of the entity in the document; undefined where it is no text. */
  readonly schemaSpan: Span | undefined;
  /** The tables that live synchronization follows for the leg, as far as metadata tell. */
  readonly trackedTables: readonly string[];
}

/** A document of more is made by a machine; who divides rows among so many, nobody sees. */
const MOST_FILTERS = 2000;

const made = new WeakMap<AnalysedDocument, readonly LegFilter[]>();

/**
 * The sides of the legs of a document from which rows flow; where nothing flows a filter is dead. Made once.
 *
 * @param workspace the one that the document was analysed in.
 */
export function legFilters(analysed: AnalysedDocument, workspace: Workspace): readonly LegFilter[] {
  const before = made.get(analysed);
  if (before !== undefined) return before;
  const legs = analysed.filterCount > MOST_FILTERS ? [] : flowingLegs(analysed, workspace);
  made.set(analysed, legs);
  return legs;
}

function flowingLegs(analysed: AnalysedDocument, workspace: Workspace): readonly LegFilter[] {
  const { uri } = analysed.document;
  return flowing(analysed).flatMap(({ index, map, version }): readonly LegFilter[] => {
    const filter = analysed.filterNumbered(index);
    const leg = filter?.site.leg;
    return filter === undefined || leg === undefined
      ? []
      : [new FilterOfLeg(filter, leg, { uri, map, version, workspace })];
  });
}

interface Surroundings extends Pick<LegFilter, 'uri' | 'map' | 'version'> {
  readonly workspace: Workspace;
}

/** A class, since some are made after each key: an object of its own getters takes a kilobyte. */
class FilterOfLeg implements LegFilter {
  readonly uri: string;
  readonly side: Side;
  readonly name: string;
  readonly version: string;
  readonly map: number;
  readonly entity: string;
  readonly table: string;
  readonly label: string;
  readonly text: string;
  readonly isWhole: boolean;
  readonly span: Span;
  readonly schemaSpan: Span | undefined;
  readonly #filter: AnalysedFilter;
  readonly #leg: Leg;
  readonly #workspace: Workspace;
  #trackedTables: readonly string[] | undefined;

  constructor(filter: AnalysedFilter, leg: Leg, { uri, map, version, workspace }: Surroundings) {
    const { site, resolution, problems } = filter;
    this.uri = uri;
    this.side = site.side;
    this.name = `${leg.sourceSchema} - ${leg.destinationSchema}`;
    this.version = version;
    this.map = map;
    this.entity = keyOf(resolution.kind === 'found' ? resolution.entity.name : leg.sourceSchema);
    this.table = keyOf(leg.destinationSchema);
    this.label = site.side === 'fo' ? leg.sourceSchema : leg.destinationSchema;
    this.text = site.text.value.trim();
    this.isWhole = problems.every(({ code }) => catalogue[code].severity !== 'error');
    this.span = filter.span;
    this.schemaSpan =
      leg.sourceSchemaText === undefined ? undefined : contentSpan(leg.sourceSchemaText);
    this.#filter = filter;
    this.#leg = leg;
    this.#workspace = workspace;
  }

  /** Few filters are compared in the end, and their meaning is made for those alone. */
  get meaning(): Condition {
    return this.#filter.meaning;
  }

  get domainOf(): (field: string) => Domain {
    const [leg, workspace] = [this.#leg, this.#workspace];
    return this.side === 'fo'
      ? (field) => domainOfType(legEntity(leg, workspace).typeOf(field))
      : (field) => domainOfColumn(leg.destinationSchema, field, workspace);
  }

  get trackedTables(): readonly string[] {
    return (this.#trackedTables ??= this.#tablesFollowed());
  }

  #tablesFollowed(): readonly string[] {
    const { resolution } = this.#filter;
    if (resolution.kind !== 'found' || this.side !== 'fo') return [];
    const legs = [{ map: '', leg: this.#leg }];
    return trackingOf(resolution.entity, legs, this.#workspace.metadata).rows.map(
      ({ refTableName }) => refTableName,
    );
  }
}

/** A filter of the document that may have siblings. */
interface Flowing {
  readonly index: number;
  /** Which map of the document it is of, and the version of that. */
  readonly map: number;
  readonly version: string;
}

/** Made once for a document that was read: what is typed in its filters changes nothing of this. */
const known = new WeakMap<MapDocument, readonly Flowing[]>();

function flowing(analysed: AnalysedDocument): readonly Flowing[] {
  const before = known.get(analysed.asRead);
  if (before !== undefined) return before;
  const owners = new Map<Leg, { readonly map: number; readonly version: string }>();
  for (const [map, { legs, version = '' }] of analysed.asRead.maps.entries()) {
    for (const leg of legs) owners.set(leg, { map, version });
  }
  const counts = new Map<string, number>();
  const found = analysed.asRead.sites.flatMap(({ leg, side }, index): readonly Flowing[] => {
    const owner = leg === undefined ? undefined : owners.get(leg);
    if (leg === undefined || owner === undefined) return [];
    if (leg.sourceSchema === '' || leg.destinationSchema === '') return [];
    if (!leg.fieldMappings.some((mapping) => isFrom(mapping, side))) return [];
    // One more than are compared tells as much as all of them.
    const key = `${owner.map} ${side} ${leg.sourceSchema} ${leg.destinationSchema}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count > MOST_SIBLINGS + 1 ? [] : [{ index, ...owner }];
  });
  known.set(analysed.asRead, found);
  return found;
}

const keyOf = (name: string): string => name.trim().toLowerCase();

function domainOfType(type: FieldType): Domain {
  if (type.kind === 'unknown') return { kind: 'unknown' };
  if (type.kind !== 'enum') return { kind: 'open' };
  if (!type.isWhole || type.elements.length === 0) return { kind: 'unknown' };
  return {
    kind: 'listed',
    values: type.elements.map(({ name, value }) => ({
      cell: name,
      names: value === undefined ? [name] : [name, String(value)],
    })),
  };
}

/** Of an option set of the platform a solution may list some values only, so that the named ones count. */
function domainOfColumn(entitySet: string, name: string, { metadata }: Workspace): Domain {
  const table = metadata.dataverse.tableNamed(entitySet);
  const column = table === undefined ? undefined : columnIn(table, name);
  switch (column?.type) {
    case 'boolean':
      return listed(['true', 'false']);
    case 'option':
      return column.options !== undefined && (column.name.includes('_') || name === 'statecode')
        ? listed(column.options.map(({ value }) => String(value)))
        : { kind: 'unknown' };
    case 'text':
    case 'date':
    case 'datetime':
      return { kind: 'open' };
    default:
      // OData calls the values of an option set numbers, too.
      return { kind: 'unknown' };
  }
}

const listed = (cells: readonly string[]): Domain => ({
  kind: 'listed',
  values: cells.map((cell) => ({ cell, names: [] })),
});
