import type { EmbeddedText } from '../text/embedded.ts';
import type { Span } from '../text/span.ts';
import type {
  FieldMapping,
  FilterSite,
  Leg,
  MapDocument,
  TableMap,
  ValueTransform,
} from './model.ts';

/**
 * How far the places of a document have moved since it was read, after edits that changed nothing but the inside of
 * filters. What was read keeps its places and is not touched: a map of 20,000 filters is typed in at the speed of
 * a small one (`performance.md` 8.3), and only what somebody looks at is moved.
 */
export interface Moves {
  /** Where the edited filters began when the document was read, in ascending order. */
  readonly starts: readonly number[];
  /** By how much what stands behind each of them has moved, those before it included. */
  readonly totals: readonly number[];
}

export const noMoves: Moves = { starts: [], totals: [] };

/** How far something has moved; only what begins before it and was edited counts. */
export function moveOf({ starts, totals }: Moves, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return totals[low - 1] ?? 0;
}

/** The moves after one more edit, of the filter that began at `start` when the document was read. */
export function withMove(moves: Moves, start: number, by: number): Moves {
  const known = moves.starts.includes(start);
  const starts = known ? moves.starts : [...moves.starts, start].toSorted((a, b) => a - b);
  const totals = starts.map((each) => moveOf(moves, each + 1) + (each < start ? 0 : by));
  return { starts, totals };
}

/** Where the parts of a map stand now. A leg is moved once, since its filters and its map know it by identity. */
export interface Moved {
  /** Not for places inside of filters: those count in their text. */
  readonly span: (span: Span) => Span;
  readonly site: (site: FilterSite) => FilterSite;
  readonly maps: (maps: MapDocument['maps']) => MapDocument['maps'];
}

export function movedBy(moves: Moves): Moved {
  if (moves.starts.length === 0) {
    return { span: (span) => span, site: (site) => site, maps: (maps) => maps };
  }
  const span = ({ start, end }: Span): Span => ({
    start: start + moveOf(moves, start),
    end: end + moveOf(moves, end),
  });
  const optional = (place: Span | undefined): Span | undefined =>
    place === undefined ? undefined : span(place);
  const text = <T extends EmbeddedText | undefined>(embedded: T): T => {
    if (embedded === undefined) return embedded;
    const by = moveOf(moves, embedded.base + (embedded.starts?.[0] ?? 0));
    return by === 0 ? embedded : { ...embedded, base: embedded.base + by };
  };
  const transform = (value: ValueTransform): ValueTransform =>
    value.kind === 'valueMap'
      ? { ...value, spans: value.spans.map(span), span: span(value.span) }
      : value;
  const mapping = (value: FieldMapping): FieldMapping => ({
    ...value,
    span: span(value.span),
    transforms: value.transforms.map(transform),
    transformsSpan: optional(value.transformsSpan),
    sourceFieldText: text(value.sourceFieldText),
    destinationFieldText: text(value.destinationFieldText),
  });
  const legs = new Map<Leg, Leg>();
  const leg = (value: Leg): Leg => {
    const before = legs.get(value);
    if (before !== undefined) return before;
    const now =
      moveOf(moves, value.span.end) === 0
        ? value
        : {
            ...value,
            span: span(value.span),
            sourceSchemaSpan: optional(value.sourceSchemaSpan),
            sourceSchemaText: text(value.sourceSchemaText),
            destinationSchemaText: text(value.destinationSchemaText),
            fieldMappingsSpan: optional(value.fieldMappingsSpan),
            fieldMappings: value.fieldMappings.map(mapping),
          };
    legs.set(value, now);
    return now;
  };
  const tableMap = (value: TableMap): TableMap => ({
    ...value,
    legs: value.legs.map(leg),
    span: span(value.span),
    nameSpan: optional(value.nameSpan),
  });
  const site = (value: FilterSite): FilterSite => ({
    ...value,
    text: text(value.text),
    leg: value.leg === undefined ? undefined : leg(value.leg),
  });
  return { span, site, maps: (maps) => maps.map(tableMap) };
}
