import type { Condition } from '../filter/meaning/condition.ts';
import { nullLosses } from '../filter/meaning/nullLoss.ts';
import type { ODataExpression } from '../filter/odata/ast.ts';
import { analyseDataverse } from '../filter/odata/dataverse.ts';
import { analyseXpp } from '../filter/xpp/analyse.ts';
import type { XppExpression } from '../filter/xpp/ast.ts';
import type { FilterSite, Leg, MapDocument } from '../map/model.ts';
import { filterDocument, readMapDocument } from '../map/read.ts';
import { fieldNamed } from '../metadata/metadata.ts';
import type { Entity } from '../metadata/model.ts';
import { type Nullability, nullabilityOf } from '../metadata/nullability.ts';
import { type Resolution, resolveEntity } from '../metadata/resolve.ts';
import type { Analysed, Problem } from '../problem/problem.ts';
import { contentSpan } from '../text/embedded.ts';
import type { Span } from '../text/span.ts';
import type { Document, Workspace } from './workspace.ts';

/** The tree of a filter in its language; undefined where it is empty or could not be read at all. */
export type ParsedFilter =
  | { readonly language: 'xpp'; readonly expression: XppExpression | undefined }
  | { readonly language: 'odata'; readonly expression: ODataExpression | undefined };

/** A filter of a document with everything known about it. */
export interface AnalysedFilter {
  readonly site: FilterSite;
  /** The document range between the delimiters of the filter. */
  readonly span: Span;
  readonly parsed: ParsedFilter;
  readonly meaning: Condition;
  readonly resolution: Resolution;
  /** Places count in the filter's own text. */
  readonly problems: readonly Problem[];
}

export interface AnalysedDocument {
  readonly document: Document;
  readonly map: MapDocument;
  readonly filters: readonly AnalysedFilter[];
  /** Places count in the document. */
  readonly problems: readonly Problem[];
}

export function analyse(document: Document, workspace: Workspace): AnalysedDocument {
  const { value: map, problems } = readDocument(document);
  const filters = map.sites.map((site) => analyseFilter(site, workspace));
  return {
    document,
    map,
    filters,
    problems: [...problems, ...missingMetadata(filters, workspace)],
  };
}

function readDocument({ text, side }: Document): Analysed<MapDocument> {
  return side === undefined
    ? readMapDocument(text)
    : { value: filterDocument(text, side), problems: [] };
}

function analyseFilter(site: FilterSite, workspace: Workspace): AnalysedFilter {
  const span = contentSpan(site.text);
  return site.side === 'fo'
    ? { site, span, ...analyseFo(site, workspace) }
    : { site, span, ...analyseOData(site) };
}

type Analysis = Omit<AnalysedFilter, 'site' | 'span'>;

function analyseOData({ text }: FilterSite): Analysis {
  const { value: expression, problems } = analyseDataverse(text.value);
  return {
    parsed: { language: 'odata', expression },
    meaning: { kind: 'unreadable', span: { start: 0, end: text.value.length } },
    resolution: { kind: 'unknown' },
    problems,
  };
}

function analyseFo({ text, leg }: FilterSite, workspace: Workspace): Analysis {
  const resolution: Resolution =
    leg === undefined
      ? { kind: 'unknown' }
      : resolveEntity(leg, workspace.metadata, workspace.entityNames);
  const entity = resolution.kind === 'found' ? resolution.entity : undefined;
  const { value, problems } = analyseXpp(text.value, (name) => isField(name, entity, leg));
  return {
    parsed: { language: 'xpp', expression: value.expression },
    meaning: value.meaning,
    resolution,
    problems: [
      ...problems,
      ...(entity === undefined ? [] : checkNullLoss(value.meaning, entity, workspace)),
    ],
  };
}

function isField(name: string, entity: Entity | undefined, leg: Leg | undefined): boolean {
  return (
    (entity !== undefined && fieldNamed(entity, name) !== undefined) ||
    (leg?.fieldMappings.some(
      (mapping) => mapping.sourceField.toLowerCase() === name.toLowerCase(),
    ) ??
      false)
  );
}

/** The heart: a filter that is correct and still loses rows (`dualwrite.md` 4.3, N1 to N3). */
function checkNullLoss(
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

/**
 * One hint per document where rows may be lost and nobody can tell, because the entity is not among the
 * metadata. Filters that could lose nothing ask for no metadata.
 */
function missingMetadata(
  filters: readonly AnalysedFilter[],
  { metadata }: Workspace,
): readonly Problem[] {
  const first = filters.find(
    ({ site, meaning, resolution }) =>
      site.leg !== undefined &&
      resolution.kind !== 'found' &&
      nullLosses(meaning, () => true).length > 0,
  );
  const leg = first?.site.leg;
  if (first === undefined || leg === undefined) return [];
  const variant = first.resolution.kind === 'ambiguous' ? 'ambiguous' : 'unknown';
  return [
    {
      code: 'metadata-missing',
      variant: metadata.hasEntities ? variant : 'none',
      span: leg.sourceSchemaSpan ?? first.span,
      args: {
        label: leg.sourceSchema,
        names: first.resolution.kind === 'ambiguous' ? first.resolution.names.join(', ') : '',
      },
    },
  ];
}
