import type { FieldMapping, MapDocument, Side, SyncDirection } from '../../map/model.ts';
import { contentSpan } from '../../text/embedded.ts';
import type { LineRange, Lines } from '../../text/lines.ts';
import { glyphOf, mappingText, transformsText } from '../maps/compareMaps.ts';

/** The maps of a document as an explorer lists them: data alone, so that it can be sent. */
export interface DocumentMaps {
  readonly uri: string;
  readonly maps: readonly MapItem[];
}

export interface MapItem {
  /** Empty where it has none. */
  readonly name: string;
  readonly version: string;
  readonly range: LineRange;
  readonly legs: readonly LegItem[];
}

export interface LegItem {
  readonly source: string;
  readonly destination: string;
  readonly range: LineRange;
  readonly filters: readonly FilterItem[];
  /** How many fields are mapped; they are asked for one page at a time. */
  readonly mappings: number;
  /** Another one where what is shown of a mapping is another. */
  readonly state: number;
}

export interface FilterItem {
  readonly side: Side;
  readonly text: string;
  /** Its number among the filters of the document. */
  readonly index: number;
  readonly range: LineRange;
}

/** Which leg is meant, counted in the order of the text. */
export interface LegReference {
  readonly uri: string;
  readonly map: number;
  readonly leg: number;
}

export interface FieldItem {
  readonly index: number;
  readonly source: string;
  readonly destination: string;
  readonly direction: SyncDirection;
  /** As in the documentation: `=`, `>`, `<`, with transforms `><`, `>>`, `<<` (`dualwrite.md` 1.3). */
  readonly glyph: string;
  readonly transforms: string;
  /** The table a lookup leads to; empty where none is named. */
  readonly lookup: string;
  readonly range: LineRange;
}

export interface FoundField extends LegReference {
  readonly mapName: string;
  readonly field: FieldItem;
}

/** A filter that says nothing is left out. */
export const mapsOf = (uri: string, { maps, sites }: MapDocument, lines: Lines): DocumentMaps => ({
  uri,
  maps: maps.map(({ name, version = '', legs, span }) => ({
    name,
    version,
    range: lines.rangeOf(span),
    legs: legs.map((leg) => ({
      source: leg.sourceSchema,
      destination: leg.destinationSchema,
      range: lines.rangeOf(leg.span),
      filters: sites.flatMap(({ side, text, leg: owner }, index) =>
        owner !== leg || text.value.trim() === ''
          ? []
          : [
              {
                side,
                text: text.value,
                index,
                range: lines.rangeOf(contentSpan(text)),
              },
            ],
      ),
      mappings: leg.fieldMappings.length,
      state: leg.fieldMappings.reduce(stateAfter, 0),
    })),
  })),
});

/** A hash of what is shown of mappings, their order included. */
function stateAfter(state: number, mapping: FieldMapping): number {
  const shown = [mappingText(mapping), transformsText(mapping), mapping.relatedEntity].join('\n');
  let hash = state;
  for (let index = 0; index < shown.length; index += 1) {
    hash = (Math.imul(hash, 31) + shown.charCodeAt(index)) | 0;
  }
  return hash;
}

export function fieldsOf(
  { maps }: MapDocument,
  { map, leg }: LegReference,
  lines: Lines,
  start: number,
  count: number,
): readonly FieldItem[] {
  const mappings = maps[map]?.legs[leg]?.fieldMappings ?? [];
  return mappings
    .slice(start, start + count)
    .map((mapping, index) => fieldItem(mapping, start + index, lines));
}

/** Mappings of a document with `query` in the name of a field, case aside. */
export function findFields(
  uri: string,
  { maps }: MapDocument,
  query: string,
  lines: Lines,
): readonly FoundField[] {
  const wanted = query.trim().toLowerCase();
  return maps.flatMap(({ name, legs }, map) =>
    legs.flatMap(({ fieldMappings }, leg) =>
      fieldMappings.flatMap((mapping, index) =>
        holds(mapping, wanted)
          ? [{ uri, map, leg, mapName: name, field: fieldItem(mapping, index, lines) }]
          : [],
      ),
    ),
  );
}

const holds = ({ sourceField, destinationField }: FieldMapping, wanted: string): boolean =>
  sourceField.toLowerCase().includes(wanted) || destinationField.toLowerCase().includes(wanted);

const fieldItem = (mapping: FieldMapping, index: number, lines: Lines): FieldItem => ({
  index,
  source: mapping.sourceField,
  destination: mapping.destinationField,
  direction: mapping.direction,
  glyph: glyphOf(mapping),
  transforms: transformsText(mapping),
  lookup: mapping.relatedEntity,
  range: lines.rangeOf(mapping.span),
});
