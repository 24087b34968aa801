import type { AnalysedFilter } from './analysed.ts';
import { once } from '../filter/once.ts';
import { readProject } from '../engine/project/read.ts';
import type { MapDocument } from '../map/model.ts';
import { filterDocument, readMapDocument } from '../map/read.ts';
import { moveOf, movedBy, type Moves, noMoves, withMove } from '../map/shift.ts';
import type { Entity } from '../metadata/model.ts';
import type { Analysed, Problem } from '../problem/problem.ts';
import type { Edit } from '../text/edit.ts';
import { contentSpan, editedText, plainText } from '../text/embedded.ts';
import { checkDuplicates } from './checks/duplicates.ts';
import { checkMissingMetadata } from './checks/missingMetadata.ts';
import { checkMapMetadata } from './checks/mapMetadata.ts';
import { checkMappings } from './checks/mappings.ts';
import { checkTracking } from './checks/tracking.ts';
import { analysedFilter, type FilterReading, readFilter } from './filterReading.ts';
import type { DiagnosticOptions } from './diagnosticOptions.ts';
import { mayHaveDirectives } from './directives.ts';
import { contains } from '../text/span.ts';
import type { Document, Workspace } from './workspace.ts';
import { isProjectFile } from '../workspace/kinds.ts';

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
  /** The map as it was read; edits inside filters leave it as it is, and do not move its places. */
  readonly asRead: MapDocument;
  readonly filterCount: number;
  /** Whether comments may suppress problems. What is typed in a filter is no comment, and can't change it. */
  readonly hasDirectives: boolean;
  /** The filters about which there is something to say; the others are not looked at. */
  readonly filtersWithProblems: readonly AnalysedFilter[];
  /** One of `filters`, and the number of the one around an offset of the document; its two ends belong to it. */
  readonly filterNumbered: (index: number) => AnalysedFilter | undefined;
  readonly numberAround: (offset: number) => number | undefined;
  /** Itself after an edit; see `reanalyse`. */
  readonly edited: (
    edit: Edit,
    document: Document,
    workspace: Workspace,
  ) => AnalysedDocument | undefined;
}

export function analyse(document: Document, workspace: Workspace): AnalysedDocument {
  const { value: map, problems } = readDocument(document);
  const filters = map.sites.map((site) => readFilter(site, workspace));
  const numbersOf = (isMeant: (filter: FilterReading) => boolean): readonly number[] =>
    filters.flatMap((filter, index) => (isMeant(filter) ? index : []));
  return analysedDocument(document, workspace, {
    map,
    filters,
    withProblems: numbersOf(hasProblems),
    asking: numbersOf(asksForMetadata),
    duplicated: numbersOf(hasDuplicates(workspace)),
    hasDirectives: mayHaveDirectives(document),
    order: filters
      .map((_, index) => index)
      .toSorted((a, b) => startOf(filters, a) - startOf(filters, b)),
    mapProblems: problems,
    mappingProblems: [
      ...checkMappings(map, document.uri),
      ...checkMapMetadata(map, workspace),
      ...checkTracking(map, workspace, document.uri),
    ],
    moves: noMoves,
  });
}

/**
 * The analysis of a document after one edit, made from the one before. Undefined where the edit reaches beyond the
 * plain characters of one filter, so that the document has to be read again.
 */
export const reanalyse = (
  before: AnalysedDocument,
  edit: Edit,
  document: Document,
  workspace: Workspace,
): AnalysedDocument | undefined => before.edited(edit, document, workspace);

/**
 * A document as it was read, but for the filters that were edited since. Its places are those of the text that was
 * read, and `moves` tells where they are now: an edit costs one filter, however many there are.
 */
interface Reading {
  readonly map: MapDocument;
  readonly filters: readonly FilterReading[];
  /** The numbers of the filters in the order of the text. */
  readonly order: readonly number[];
  /** The numbers of those with problems, of those that ask for metadata, of those whose entity is there twice. */
  readonly withProblems: readonly number[];
  readonly asking: readonly number[];
  readonly duplicated: readonly number[];
  readonly hasDirectives: boolean;
  /** What reading the map found. */
  readonly mapProblems: readonly Problem[];
  /** What its field mappings show. */
  readonly mappingProblems: readonly Problem[];
  readonly moves: Moves;
}

const startOf = (filters: readonly FilterReading[], index: number): number =>
  filters[index] === undefined ? 0 : contentSpan(filters[index].site.text).start;

function analysedDocument(
  document: Document,
  workspace: Workspace,
  reading: Reading,
): AnalysedDocument {
  const { filters: readings, moves, order } = reading;
  const moved = movedBy(moves);
  const made = new Map<number, AnalysedFilter>();
  const filterNumbered = (index: number): AnalysedFilter | undefined => {
    const before = made.get(index);
    const found = readings[index];
    if (before !== undefined || found === undefined) return before;
    const filter = analysedFilter(found, moved.site(found.site), workspace);
    made.set(index, filter);
    return filter;
  };
  const filtersNumbered = (numbers: readonly number[]): readonly AnalysedFilter[] =>
    numbers.flatMap((index) => filterNumbered(index) ?? []);
  const filters = once(() => filtersNumbered(readings.map((_, index) => index)));
  const map = once((): MapDocument => ({
    ...reading.map,
    maps: moved.maps(reading.map.maps),
    sites: filters().map(({ site }) => site),
  }));
  const problems = once((): readonly Problem[] => [
    ...reading.mapProblems,
    ...reading.mappingProblems.map((problem) => ({
      ...problem,
      span: moved.span(problem.span),
      // What stands in another file stays where it is.
      related: (problem.related ?? []).map((each) =>
        each.uri === document.uri ? { ...each, span: moved.span(each.span) } : each,
      ),
    })),
    // One of them is told for all.
    ...checkMissingMetadata(filtersNumbered(reading.asking.slice(0, 1)), workspace),
    ...checkDuplicates(filtersNumbered(reading.duplicated), workspace),
  ]);
  const filtersWithProblems = once(() => filtersNumbered(reading.withProblems));

  const startNow = (place: number): number => {
    const start = startOf(readings, order[place] ?? 0);
    return start + moveOf(moves, start);
  };
  const numberAround = (offset: number): number | undefined => {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (startNow(middle) <= offset) low = middle + 1;
      else high = middle;
    }
    const index = order[low - 1];
    const { start, end } = contentSpan(readings[index ?? -1]?.site.text ?? NO_TEXT);
    return index !== undefined && offset <= startNow(low - 1) + end - start ? index : undefined;
  };

  return {
    document,
    // An edit of a document that has some reads it again, so none of them ever moves.
    mapProblems: reading.mapProblems,
    options: workspace.diagnostics,
    asRead: reading.map,
    filterCount: readings.length,
    hasDirectives: reading.hasDirectives,
    get map() {
      return map();
    },
    get filters() {
      return filters();
    },
    get problems() {
      return problems();
    },
    get filtersWithProblems() {
      return filtersWithProblems();
    },
    filterNumbered,
    numberAround,
    edited(edit, after, workspaceNow) {
      // In a document that could not be read whole, an edit may mean something elsewhere.
      if (reading.mapProblems.length > 0 || workspace.diagnostics !== workspaceNow.diagnostics) {
        return undefined;
      }
      const index = numberAround(edit.span.start);
      const before = readings[index ?? -1];
      if (index === undefined || before === undefined) return undefined;
      const { start } = contentSpan(before.site.text);
      const by = -moveOf(moves, start);
      const span = { start: edit.span.start + by, end: edit.span.end + by };
      if (!contains(contentSpan(before.site.text), span)) return undefined;
      const text = editedText(before.site.text, { ...edit, span });
      if (text === undefined) return undefined;
      const filter = readFilter({ ...before.site, text }, workspaceNow);
      return analysedDocument(after, workspaceNow, {
        ...reading,
        filters: readings.with(index, filter),
        withProblems: withNumber(reading.withProblems, index, hasProblems(filter)),
        asking: withNumber(reading.asking, index, asksForMetadata(filter)),
        moves: withMove(moves, start, edit.text.length - (span.end - span.start)),
      });
    },
  };
}

const NO_TEXT = plainText('');

const hasProblems = ({ problems }: FilterReading): boolean => problems.length > 0;

const asksForMetadata = (filter: FilterReading): boolean => filter.asksForMetadata;

/** Ascending numbers with or without one of them. */
function withNumber(numbers: readonly number[], number: number, isIn: boolean): readonly number[] {
  if (numbers.includes(number) === isIn) return numbers;
  return isIn
    ? [...numbers, number].toSorted((a, b) => a - b)
    : numbers.filter((each) => each !== number);
}

/** Whether there are several entities of the name that a filter depends on; looked up once per entity. */
function hasDuplicates({ metadata }: Workspace): (filter: FilterReading) => boolean {
  const known = new Map<Entity, boolean>();
  return ({ resolution }) => {
    if (resolution.kind !== 'found') return false;
    const { entity } = resolution;
    const answer = known.get(entity) ?? metadata.duplicatesOf(entity.name).length > 0;
    known.set(entity, answer);
    return answer;
  };
}

function readDocument({ uri, text, side }: Document): Analysed<MapDocument> {
  if (isProjectFile(uri)) {
    return {
      value: { kind: 'project', maps: [], sites: [] },
      problems: readProject(text).problems,
    };
  }
  return side === undefined
    ? readMapDocument(text)
    : { value: filterDocument(text, side), problems: [] };
}
