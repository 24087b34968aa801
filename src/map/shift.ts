import type { EmbeddedText } from '../text/embedded.ts';
import type { Edit } from '../text/edit.ts';
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
 * A map document after an edit that changed nothing but the inside of one filter: everything behind it moves,
 * what stands around it grows, and nothing is read again. A map of 20,000 filters is typed in at the speed of
 * a small one (`performance.md` 8.3).
 */
export interface ShiftedMap {
  readonly map: MapDocument;
  readonly span: (span: Span) => Span;
}

export function shiftedMap(map: MapDocument, edit: Edit): ShiftedMap {
  const { end } = edit.span;
  const by = edit.text.length - (end - edit.span.start);
  const span = (place: Span): Span =>
    place.end < end
      ? place
      : { start: place.start >= end ? place.start + by : place.start, end: place.end + by };
  const optional = (place: Span | undefined): Span | undefined =>
    place === undefined ? undefined : span(place);
  const text = <T extends EmbeddedText | undefined>(embedded: T): T =>
    embedded === undefined || embedded.base + (embedded.starts[0] ?? 0) < end
      ? embedded
      : { ...embedded, base: embedded.base + by };
  const transform = (value: ValueTransform): ValueTransform =>
    value.kind === 'valueMap' ? { ...value, spans: value.spans.map(span) } : value;
  const mapping = (value: FieldMapping): FieldMapping => ({
    ...value,
    span: span(value.span),
    transforms: value.transforms.map(transform),
    sourceFieldText: text(value.sourceFieldText),
    destinationFieldText: text(value.destinationFieldText),
  });
  const legs = new Map<Leg, Leg>();
  const leg = (value: Leg): Leg => {
    const shifted =
      value.span.end < end
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
    legs.set(value, shifted);
    return shifted;
  };
  const tableMap = (value: TableMap): TableMap => ({
    ...value,
    legs: value.legs.map(leg),
    span: span(value.span),
    nameSpan: optional(value.nameSpan),
  });
  const maps = map.maps.map(tableMap);
  const site = (value: FilterSite): FilterSite => ({
    ...value,
    text: text(value.text),
    leg: value.leg === undefined ? undefined : legs.get(value.leg),
  });
  return { map: { ...map, maps, sites: map.sites.map(site) }, span };
}
