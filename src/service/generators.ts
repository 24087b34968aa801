import { filterJobClass, filterJobText } from '../generate/filterJob.ts';
import { type Generated, isEmpty } from '../generate/generated.ts';
import { isReducible, reducedMapping } from '../generate/reducedMapping.ts';
import { trackedTable } from '../generate/trackedTable.ts';
import { matchedValues, matchNotes, valueMapEdit } from '../generate/valueMap.ts';
import type { FieldMapping, Leg, TableMap } from '../map/model.ts';
import { columnIn } from '../metadata/dataverse/tables.ts';
import type { Entity } from '../metadata/model.ts';
import type { ColumnTable } from '../preview/columns.ts';
import type { Translate } from '../problem/message.ts';
import type { Span } from '../text/span.ts';
import { isOutward, trackerOf } from '../tracking/tracker.ts';
import type { AnalysedDocument } from './analysis.ts';
import type { AnalysedFilter } from './analysed.ts';
import { fieldSpan, legEntity, type LegEntity, schemaSpan } from './checks/legEntity.ts';
import type { Diagnostic } from './diagnostics.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { nullSafeColumnFix } from './fixes.ts';
import { jobOf } from './validationJob.ts';
import type { Workspace } from './workspace.ts';

export const GENERATOR_KINDS = [
  'null-safe-column',
  'tracked-table',
  'value-map',
  'reduced-mapping',
  'filter-job',
] as const;

export type GeneratorKind = (typeof GENERATOR_KINDS)[number];

/** Something that can be written for a place of a map. Nothing is generated before `make`. */
export interface Generator {
  readonly kind: GeneratorKind;
  /** The sentence of a menu. */
  readonly title: string;
  /** What it is about, in the document. */
  readonly span: Span;
  /** The names of diagnostics at that place which it answers. */
  readonly answers: readonly Diagnostic['code'][];
  /** Undefined where it turns out that nothing can be written. */
  readonly make: (around: GeneratorSurroundings) => Promise<Generated | undefined>;
}

/** What a generator may have to know beyond the document and the metadata; each is asked for by need. */
export interface GeneratorSurroundings {
  readonly exists: (uri: string) => Promise<boolean>;
  /** The legs of the maps in other documents. */
  readonly legs: () => Promise<readonly Leg[]>;
  /** The rows of an entity, by one of its names. */
  readonly rowsOf: (names: readonly string[]) => Promise<ColumnTable | undefined>;
}

/**
 * What can be generated for a document.
 *
 * @param isNear whether a place is one that is asked about: far from it nothing is looked up.
 */
export function generatorsOf(
  analysed: AnalysedDocument,
  workspace: Workspace,
  translate: Translate,
  isNear: (span: Span) => boolean = () => true,
): readonly Generator[] {
  const answers = diagnosticsOf(analysed, translate).flatMap((diagnostic) =>
    isNear(diagnostic.span)
      ? [
          ...nullSafeColumn(diagnostic, analysed, workspace, translate),
          ...trackedFilter(diagnostic, workspace, translate),
        ]
      : [],
  );
  const legs = analysed.map.maps.flatMap((map) =>
    map.legs
      .filter((leg) => isNear(leg.span))
      .flatMap((leg) => generatorsOfLeg(map, leg, analysed, workspace, translate, isNear)),
  );
  const jobs = analysed.filters.flatMap((filter) =>
    isNear(filter.span) ? filterJob(filter, analysed, workspace, translate) : [],
  );
  return [...answers, ...legs, ...jobs];
}

function nullSafeColumn(
  diagnostic: Diagnostic,
  { document }: AnalysedDocument,
  workspace: Workspace,
  translate: Translate,
): readonly Generator[] {
  const fix = nullSafeColumnFix(diagnostic, document, workspace, translate);
  if (fix === undefined) return [];
  return [
    {
      kind: 'null-safe-column',
      title: fix.title,
      span: diagnostic.span,
      // It is the quick fix of that diagnostic already.
      answers: [],
      make: async () => ({ change: fix.change, notes: [{ message: 'column.then' }] }),
    },
  ];
}

/** A filter that compares what nobody tracks. What is not mapped, or mapped the other way, is another matter. */
function trackedFilter(
  { code, span, problem, filter }: Diagnostic,
  workspace: Workspace,
  translate: Translate,
): readonly Generator[] {
  const isAnswered = !['unmapped', 'otherWay'].includes(problem.variant ?? '');
  if (code !== 'untracked-field' || !isAnswered || filter?.resolution.kind !== 'found') return [];
  const field = String(problem.args?.['field'] ?? '');
  const place = { field, span, answers: ['untracked-field'] as const };
  return tracking(filter.resolution.entity, place, workspace, translate);
}

/** Offered where it can be written: a person who chose it is not to be sent away. */
function tracking(
  entity: Entity,
  { field, span, answers }: Pick<Generator, 'span' | 'answers'> & { readonly field: string },
  workspace: Workspace,
  translate: Translate,
): readonly Generator[] {
  const generated = trackedTable(entity, field, workspace);
  if (generated === undefined) return [];
  return [
    {
      kind: 'tracked-table',
      title: translate('generate.title.tracked-table', { field, entity: entity.name }),
      span,
      answers,
      make: async () => generated,
    },
  ];
}

function generatorsOfLeg(
  map: TableMap,
  leg: Leg,
  analysed: AnalysedDocument,
  workspace: Workspace,
  translate: Translate,
  isNear: (span: Span) => boolean,
): readonly Generator[] {
  const known = legEntity(leg, workspace);
  const near = leg.fieldMappings.filter(
    ({ span, sourceField }) => sourceField !== '' && isNear(span),
  );
  const values = near.flatMap((mapping) =>
    valueMap(mapping, known, analysed, workspace, translate),
  );
  const { entity } = known;
  if (entity === undefined) return values;
  const reduced = isNear(schemaSpan(leg))
    ? reducedMap(entity, leg, analysed, workspace, translate)
    : [];
  const tracker = trackerOf(entity, [{ map: map.name, leg }], workspace.metadata);
  const tracked = near.filter(isOutward).flatMap((mapping): readonly Generator[] => {
    const { verdict } = tracker.field(mapping.sourceField);
    // Through one entity dual-write usually finds its way; a person may know that it does not.
    const isOffered =
      verdict.kind === 'untracked' ||
      (verdict.kind === 'unknown' && verdict.reason.kind === 'nested');
    if (!isOffered) return [];
    const place = {
      field: mapping.sourceField,
      span: fieldSpan(mapping, 'fo'),
      answers: verdict.kind === 'untracked' ? (['untracked-mapping'] as const) : [],
    };
    return tracking(entity, place, workspace, translate);
  });
  return [...tracked, ...values, ...reduced];
}

function valueMap(
  mapping: FieldMapping,
  { leg, table, typeOf }: LegEntity,
  { document }: AnalysedDocument,
  { metadata }: Workspace,
  translate: Translate,
): readonly Generator[] {
  const { sourceField, destinationField } = mapping;
  const column = table === undefined ? undefined : columnIn(table, destinationField);
  const type = column === undefined ? undefined : typeOf(sourceField);
  const enumType = type?.kind === 'enum' ? metadata.enumNamed(type.name) : undefined;
  if (column === undefined || enumType === undefined) return [];
  const matched = matchedValues(enumType, column, mapping, metadata.textsOf);
  if (matched === undefined || matched.pairs.length === 0) return [];
  return [
    {
      kind: 'value-map',
      title: translate('generate.title.value-map', {
        count: matched.pairs.length,
        enumName: enumType.name,
        column: column.name,
      }),
      span: fieldSpan(mapping, 'fo'),
      answers: [],
      async make() {
        const edit = valueMapEdit(mapping, leg, document.text, matched.pairs);
        return edit === undefined
          ? undefined
          : {
              change: { edits: [{ uri: document.uri, edits: [edit] }], files: [] },
              notes: matchNotes(matched, enumType.name, column.name),
            };
      },
    },
  ];
}

function reducedMap(
  entity: Entity,
  leg: Leg,
  { document, filters, map }: AnalysedDocument,
  workspace: Workspace,
  translate: Translate,
): readonly Generator[] {
  if (!isReducible(entity, workspace)) return [];
  const own = filters.filter(({ site }) => site.leg === leg).map(({ site }) => site.text.value);
  return [
    {
      kind: 'reduced-mapping',
      title: translate('generate.title.reduced-mapping', { entity: entity.name }),
      span: schemaSpan(leg),
      answers: [],
      async make({ legs, rowsOf }) {
        const all = [...map.maps.flatMap((each) => each.legs), ...(await legs())];
        const reduced = {
          uri: document.uri,
          text: document.text,
          leg,
          filters: own,
          legs: all.filter((each) => legEntity(each, workspace).entity?.name === entity.name),
          rows: await rowsOf([entity.name, leg.sourceSchema]),
        };
        return reducedMapping(entity, reduced, workspace);
      },
    },
  ];
}

function filterJob(
  filter: AnalysedFilter,
  { document }: AnalysedDocument,
  workspace: Workspace,
  translate: Translate,
): readonly Generator[] {
  const job = jobOf(filter, workspace);
  if (job === undefined) return [];
  const { span, resolution } = filter;
  const { textOf, model } = workspace;
  const entity = resolution.kind === 'found' ? resolution.entity : undefined;
  const folder = document.uri.slice(0, document.uri.lastIndexOf('/'));
  return [
    {
      kind: 'filter-job',
      title: translate('generate.title.filter-job', { entity: job.entityName }),
      span,
      answers: [],
      make: ({ exists }) =>
        inFreeFile(exists, (isTaken) =>
          entity === undefined
            ? filterJobText(job, folder, isTaken)
            : filterJobClass(entity, job, { isTaken, textOf, model }),
        ),
    },
  ];
}

/** Nothing is written over: where a file stands already, the next name is taken. */
async function inFreeFile(
  exists: GeneratorSurroundings['exists'],
  make: (isTaken: (uri: string) => boolean) => Generated,
): Promise<Generated> {
  const taken = new Set<string>();
  for (;;) {
    const generated = make((uri) => taken.has(uri));
    const uris = generated.change.files.map(({ uri }) => uri);
    const found = await Promise.all(uris.map(exists));
    if (!found.includes(true)) return generated;
    for (const uri of uris) taken.add(uri);
  }
}

/** What a person is told of a change, sentence by sentence. */
export const explained = ({ change, notes }: Generated, translate: Translate): readonly string[] =>
  isEmpty(change) && notes.length === 0
    ? [translate('generate.nothing')]
    : notes.map(({ message, args }) => translate(`generate.${message}`, args));
