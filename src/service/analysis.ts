import type { Condition } from '../filter/meaning/condition.ts';
import type { ODataExpression } from '../filter/odata/ast.ts';
import { analyseDataverse } from '../filter/odata/dataverse.ts';
import { meaningOfOData } from '../filter/odata/meaning.ts';
import { analyseXpp } from '../filter/xpp/analyse.ts';
import type { XppExpression } from '../filter/xpp/ast.ts';
import type { FilterSite, Leg, MapDocument } from '../map/model.ts';
import { filterDocument, readMapDocument } from '../map/read.ts';
import { shiftedMap } from '../map/shift.ts';
import { fieldNamed } from '../metadata/metadata.ts';
import type { Entity } from '../metadata/model.ts';
import { type Resolution, resolveEntity } from '../metadata/resolve.ts';
import type { Analysed, Problem } from '../problem/problem.ts';
import type { Edit } from '../text/edit.ts';
import { contentSpan, editedText } from '../text/embedded.ts';
import { checkODataInLeg, checkXppInLeg } from './checks/checkLeg.ts';
import { checkMissingMetadata } from './checks/missingMetadata.ts';
import { checkNullLoss } from './checks/nullLoss.ts';
import type { DiagnosticOptions } from './diagnosticOptions.ts';
import { contains, type Span } from '../text/span.ts';
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
  /** What is wrong with the document around its filters; places count in the document. */
  readonly problems: readonly Problem[];
  /** Those of them that reading the map alone found. */
  readonly mapProblems: readonly Problem[];
  /** What of the problems is wanted, and how loud. */
  readonly options: DiagnosticOptions;
}

export function analyse(document: Document, workspace: Workspace): AnalysedDocument {
  const { value: map, problems } = readDocument(document);
  const filters = map.sites.map((site) => analyseFilter(site, workspace));
  return assembled(document, map, filters, problems, workspace);
}

/**
 * The analysis of a document after one edit, made from the one before. Undefined where the edit reaches beyond the
 * plain characters of one filter, so that the document has to be read again.
 */
export function reanalyse(
  before: AnalysedDocument,
  edit: Edit,
  document: Document,
  workspace: Workspace,
): AnalysedDocument | undefined {
  // In a document that could not be read whole, an edit may mean something elsewhere.
  if (before.mapProblems.length > 0 || before.options !== workspace.diagnostics) return undefined;
  const index = before.filters.findIndex(({ span }) => contains(span, edit.span));
  const edited = before.filters[index];
  if (edited === undefined) return undefined;
  const text = editedText(edited.site.text, edit);
  if (text === undefined) return undefined;
  const shifted = shiftedMap(before.map, edit);
  const sites = shifted.map.sites.with(index, {
    ...(shifted.map.sites[index] ?? edited.site),
    text,
  });
  const filters = before.filters.map((filter, each) => {
    const site = sites[each] ?? filter.site;
    return each === index
      ? analyseFilter(site, workspace)
      : { ...filter, site, span: shifted.span(filter.span) };
  });
  return assembled(document, { ...shifted.map, sites }, filters, [], workspace);
}

const assembled = (
  document: Document,
  map: MapDocument,
  filters: readonly AnalysedFilter[],
  mapProblems: readonly Problem[],
  workspace: Workspace,
): AnalysedDocument => ({
  document,
  map,
  filters,
  mapProblems,
  problems: [...mapProblems, ...checkMissingMetadata(filters, workspace)],
  options: workspace.diagnostics,
});

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

function analyseOData(site: FilterSite): Analysis {
  const { text } = site;
  const { value: expression, problems } = analyseDataverse(text.value);
  return {
    parsed: { language: 'odata', expression },
    meaning: meaningOfOData(expression),
    resolution: { kind: 'unknown' },
    problems: [...problems, ...checkODataInLeg(site, expression, problems)],
  };
}

function analyseFo(site: FilterSite, workspace: Workspace): Analysis {
  const { text, leg } = site;
  const resolution: Resolution =
    leg === undefined
      ? { kind: 'unknown' }
      : resolveEntity(leg, workspace.metadata, workspace.entityNames);
  const entity = resolution.kind === 'found' ? resolution.entity : undefined;
  const isKnownField = (name: string): boolean => isField(name, entity, leg);
  const { value, problems } = analyseXpp(text.value, isKnownField, mappedFields(leg));
  return {
    parsed: { language: 'xpp', expression: value.expression },
    meaning: value.meaning,
    resolution,
    problems: [
      ...problems,
      ...checkXppInLeg(site, value.expression, isKnownField, problems),
      ...(entity === undefined ? [] : checkNullLoss(value.meaning, entity, workspace)),
    ],
  };
}

/** Fields that a plain range may have been meant for: those of the map, keys usually first. */
const mappedFields = (leg: Leg | undefined): readonly string[] =>
  (leg?.fieldMappings ?? []).map(({ sourceField }) => sourceField).filter((name) => name !== '');

function isField(name: string, entity: Entity | undefined, leg: Leg | undefined): boolean {
  return (
    (entity !== undefined && fieldNamed(entity, name) !== undefined) ||
    (leg?.fieldMappings.some(
      (mapping) => mapping.sourceField.toLowerCase() === name.toLowerCase(),
    ) ??
      false)
  );
}
