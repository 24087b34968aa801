import type { Leg, TableMap } from '../../map/model.ts';
import type { Translate } from '../../problem/message.ts';
import { contains, type Span } from '../../text/span.ts';
import type { AnalysedDocument } from '../analysis.ts';
import type { AnalysedFilter } from '../analysed.ts';
import { inDocument } from '../place.ts';
import { type Part, rootPart } from './parts.ts';

/** A line of the outline; places count in the document. */
export interface OutlineItem {
  readonly kind: 'map' | 'leg' | 'filter' | 'mappings' | 'junction' | 'negation' | 'condition';
  readonly name: string;
  readonly detail: string;
  readonly span: Span;
  /** Inside `span`: what is selected when a person goes there. */
  readonly selection: Span;
  readonly children: readonly OutlineItem[];
}

/**
 * What this document holds of maps and filters; nothing of the JSON or XML around them, whose outline the editor
 * merges with this one.
 */
export function outlineOf(
  { map, filters }: AnalysedDocument,
  translate: Translate,
): readonly OutlineItem[] {
  if (map.kind === 'filter') return filters.flatMap(expressionOf);
  const byLeg = new Map<Leg, AnalysedFilter[]>();
  for (const filter of filters) {
    const { leg } = filter.site;
    if (leg !== undefined) byLeg.set(leg, [...(byLeg.get(leg) ?? []), filter]);
  }
  return map.maps.map((tableMap) => mapItem(tableMap, byLeg, translate));
}

function mapItem(
  { name, version, span, nameSpan, legs }: TableMap,
  filters: ReadonlyMap<Leg, readonly AnalysedFilter[]>,
  translate: Translate,
): OutlineItem {
  return {
    kind: 'map',
    name: named(name, translate('outline.map')),
    detail: version ?? '',
    span,
    selection: inside(span, nameSpan),
    children: legs.map((leg) => legItem(leg, filters.get(leg) ?? [], translate)),
  };
}

function legItem(leg: Leg, filters: readonly AnalysedFilter[], translate: Translate): OutlineItem {
  const { span, sourceSchema, destinationSchema, fieldMappingsSpan, fieldMappings } = leg;
  const children = filters
    .filter(({ site }) => site.text.value.trim() !== '')
    .map((filter) => filterItem(filter, translate));
  return {
    kind: 'leg',
    name: named(`${sourceSchema} → ${destinationSchema}`, translate('outline.leg')),
    detail: leg.id,
    span,
    selection: inside(span, leg.sourceSchemaSpan),
    children:
      fieldMappingsSpan === undefined || fieldMappings.length === 0
        ? children
        : [
            ...children,
            {
              kind: 'mappings',
              name: translate('outline.mappings'),
              detail: String(fieldMappings.length),
              span: fieldMappingsSpan,
              selection: fieldMappingsSpan,
              children: [],
            },
          ],
  };
}

const filterItem = (filter: AnalysedFilter, translate: Translate): OutlineItem => ({
  kind: 'filter',
  name: translate(`outline.filter.${filter.site.side}`),
  detail: shortened(filter.site.text.value),
  span: filter.span,
  selection: filter.span,
  children: expressionOf(filter),
});

function expressionOf(filter: AnalysedFilter): readonly OutlineItem[] {
  const root = rootPart(filter);
  return root === undefined ? [] : [partItem(root, filter)];
}

/** Nobody reads more of a list; a chain may have a hundred thousand members. */
const LONGEST_LIST = 200;

function partItem(part: Part, filter: AnalysedFilter): OutlineItem {
  const core = withoutParentheses(part);
  const span = inDocument(filter, part.span);
  const text = shortened(filter.site.text.value.slice(part.span.start, part.span.end));
  const base = { span, selection: span };
  if (core.kind === 'chain') {
    return {
      ...base,
      kind: 'junction',
      name: [...new Set(core.operators)].join(' '),
      detail: text,
      children: core.parts.slice(0, LONGEST_LIST).map((child) => partItem(child, filter)),
    };
  }
  const [operand] = core.parts;
  if (core.kind === 'not' && operand !== undefined && isNested(operand)) {
    return {
      ...base,
      kind: 'negation',
      name: core.operators.join(' '),
      detail: text,
      children: [partItem(operand, filter)],
    };
  }
  return { ...base, kind: 'condition', name: text, detail: '', children: [] };
}

const isNested = (part: Part): boolean => {
  const core = withoutParentheses(part);
  return core.kind === 'chain' || core.kind === 'not';
};

function withoutParentheses(part: Part): Part {
  let core = part;
  for (
    let [inner] = core.parts;
    core.kind === 'group' && inner !== undefined;
    [inner] = core.parts
  ) {
    core = inner;
  }
  return core;
}

const LONGEST_TEXT = 80;

function shortened(text: string): string {
  const line = text
    .slice(0, LONGEST_TEXT * 2)
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return line.length <= LONGEST_TEXT ? line : `${line.slice(0, LONGEST_TEXT - 1)}…`;
}

const named = (name: string, otherwise: string): string =>
  /[\p{L}\p{N}]/u.test(name) ? shortened(name) : otherwise;

/** The protocol wants it inside; names of a record stand outside the mapping. */
const inside = (span: Span, wanted: Span | undefined): Span =>
  wanted !== undefined && contains(span, wanted) ? wanted : { start: span.start, end: span.start };
