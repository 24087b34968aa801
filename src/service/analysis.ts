import type { Condition } from '../filter/meaning/condition.ts';
import type { ODataExpression } from '../filter/odata/ast.ts';
import { analyseDataverse } from '../filter/odata/dataverse.ts';
import { meaningOfOData } from '../filter/odata/meaning.ts';
import { analyseXpp } from '../filter/xpp/analyse.ts';
import type { XppExpression } from '../filter/xpp/ast.ts';
import type { FilterSite, Leg, MapDocument } from '../map/model.ts';
import { filterDocument, readMapDocument } from '../map/read.ts';
import { shiftedMap } from '../map/shift.ts';
import { type FieldType, typeInPublic, typeOfField } from '../metadata/fieldType.ts';
import { fieldNamed } from '../metadata/metadata.ts';
import type { Entity } from '../metadata/model.ts';
import { type Resolution, resolveEntity } from '../metadata/resolve.ts';
import type { Analysed, Problem } from '../problem/problem.ts';
import type { Edit } from '../text/edit.ts';
import { contentSpan, editedText } from '../text/embedded.ts';
import { checkODataInLeg, checkXppInLeg } from './checks/checkLeg.ts';
import { checkODataMetadata, checkXppMetadata } from './checks/checkMetadata.ts';
import { checkDuplicates } from './checks/duplicates.ts';
import { isTelling } from './checks/fieldTypes.ts';
import { checkMissingMetadata } from './checks/missingMetadata.ts';
import { checkNullLoss } from './checks/nullLoss.ts';
import { checkMappings } from './checks/mappings.ts';
import { checkReciprocity } from './checks/reciprocity.ts';
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
  /** What its field mappings alone show. */
  readonly mappingProblems: readonly Problem[];
  /** What of the problems is wanted, and how loud. */
  readonly options: DiagnosticOptions;
}

export function analyse(document: Document, workspace: Workspace): AnalysedDocument {
  const { value: map, problems } = readDocument(document);
  const filters = map.sites.map((site) => analyseFilter(site, workspace));
  const found = { mapProblems: problems, mappingProblems: checkMappings(map, document.uri) };
  return assembled(document, map, filters, found, workspace);
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
  const mappingProblems = before.mappingProblems.map((problem) => ({
    ...problem,
    span: shifted.span(problem.span),
    related: (problem.related ?? []).map((each) => ({ ...each, span: shifted.span(each.span) })),
  }));
  const found = { mapProblems: [], mappingProblems };
  return assembled(document, { ...shifted.map, sites }, filters, found, workspace);
}

const assembled = (
  document: Document,
  map: MapDocument,
  filters: readonly AnalysedFilter[],
  { mapProblems, mappingProblems }: Pick<AnalysedDocument, 'mapProblems' | 'mappingProblems'>,
  workspace: Workspace,
): AnalysedDocument => ({
  document,
  map,
  filters,
  mapProblems,
  mappingProblems,
  problems: [
    ...mapProblems,
    ...mappingProblems,
    ...checkMissingMetadata(filters, workspace),
    ...checkDuplicates(filters, workspace),
  ],
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
    : { site, span, ...analyseOData(site, workspace) };
}

type Analysis = Omit<AnalysedFilter, 'site' | 'span'>;

function analyseOData(site: FilterSite, { metadata }: Workspace): Analysis {
  const { text, leg } = site;
  const table =
    leg === undefined ? undefined : metadata.dataverse.tableNamed(leg.destinationSchema);
  const { value: expression, problems } = analyseDataverse(text.value);
  const meaning = meaningOfOData(expression);
  const told = [...problems, ...checkODataInLeg(site, expression, problems)];
  return {
    parsed: { language: 'odata', expression },
    meaning,
    resolution: { kind: 'unknown' },
    problems: checkODataMetadata(expression, table, [
      ...told,
      ...checkReciprocity(site, meaning, told),
    ]),
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
  const typeOf = fieldTypes(entity, leg, workspace);
  const { value, problems } = analyseXpp(text.value, isKnownField, mappedFields(leg));
  const isTyped = (field: string): boolean => isTelling(typeOf(field));
  const told = [
    ...problems,
    ...checkXppInLeg(site, value.expression, isKnownField, problems, isTyped),
  ];
  const isComputed = (name: string): boolean =>
    entity !== undefined && (fieldNamed(entity, name)?.kind ?? 'mapped') !== 'mapped';
  return {
    parsed: { language: 'xpp', expression: value.expression },
    meaning: value.meaning,
    resolution,
    problems: checkXppMetadata(
      value.expression,
      { entity, isField: isKnownField, typeOf, metadata: workspace.metadata },
      [
        ...told,
        ...checkReciprocity(site, value.meaning, told, isComputed),
        ...(entity === undefined ? [] : checkNullLoss(value.meaning, entity, workspace, typeOf)),
      ],
    ),
  };
}

/** Types of fields, each looked up once. */
function fieldTypes(
  entity: Entity | undefined,
  leg: Leg | undefined,
  { metadata }: Workspace,
): (field: string) => FieldType {
  const known = new Map<string, FieldType>();
  return (field) => {
    const key = field.toLowerCase();
    let type = known.get(key);
    if (type === undefined) {
      type =
        entity === undefined
          ? typeInPublic(leg?.sourceSchema ?? '', field, metadata)
          : typeOfField(entity, field, metadata);
      known.set(key, type);
    }
    return type;
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
