import { analyseDataverse } from '../filter/odata/dataverse.ts';
import { meaningOfOData } from '../filter/odata/meaning.ts';
import { nullLosses } from '../filter/meaning/nullLoss.ts';
import { analyseXpp } from '../filter/xpp/analyse.ts';
import type { FilterSite, Leg } from '../map/model.ts';
import { fieldNamed } from '../metadata/metadata.ts';
import type { Entity, FieldType } from '../metadata/model.ts';
import type { Resolution } from '../metadata/resolve.ts';
import type { Problem } from '../problem/problem.ts';
import { contentSpan } from '../text/embedded.ts';
import type { Span } from '../text/span.ts';
import type { AnalysedFilter, ODataParsed, XppParsed } from './analysed.ts';
import { checkODataInLeg, checkXppInLeg } from './checks/checkLeg.ts';
import { checkODataMetadata, checkXppMetadata } from './checks/checkMetadata.ts';
import { isTelling } from './checks/fieldTypes.ts';
import { type LegEntity, legEntity } from './checks/legEntity.ts';
import { legFacts } from './checks/legFacts.ts';
import { checkNullLoss } from './checks/nullLoss.ts';
import { checkReciprocity } from './checks/reciprocity.ts';
import { checkTrackedFilter } from './checks/trackedFilter.ts';
import type { Workspace } from './workspace.ts';

/** What is kept of a filter. Its tree is large, and quickly made again where somebody asks for it. */
export interface FilterReading {
  readonly site: FilterSite;
  readonly resolution: Resolution;
  readonly problems: readonly Problem[];
  /** Whether metadata that are missing could tell of rows it loses. */
  readonly asksForMetadata: boolean;
}

/** What was read of a filter, at the place where it stands now. */
export const analysedFilter = (
  reading: FilterReading,
  site: FilterSite,
  workspace: Workspace,
): AnalysedFilter => new FilterWithReading(reading, site, workspace);

/**
 * The tree and the meaning are made when somebody asks for them, and kept as long as the answer is. A class, since some
 * are made after each key: an object of its own getters takes a kilobyte.
 */
class FilterWithReading implements AnalysedFilter {
  readonly site: FilterSite;
  readonly span: Span;
  readonly resolution: Resolution;
  readonly problems: readonly Problem[];
  readonly #workspace: Workspace;
  #read: ParsedSite | undefined;

  constructor({ resolution, problems }: FilterReading, site: FilterSite, workspace: Workspace) {
    this.site = site;
    this.span = contentSpan(site.text);
    this.resolution = resolution;
    this.problems = problems;
    this.#workspace = workspace;
  }

  get parsed(): AnalysedFilter['parsed'] {
    return this.#reading.parsed;
  }

  get meaning(): AnalysedFilter['meaning'] {
    return this.#reading.meaning;
  }

  get #reading(): ParsedSite {
    return (this.#read ??= parsedFilter(this.site, this.#workspace));
  }
}

interface ParsedSite extends Pick<AnalysedFilter, 'parsed' | 'meaning'> {
  readonly problems: readonly Problem[];
}

function parsedFilter(site: FilterSite, workspace: Workspace): ParsedSite {
  return site.side === 'fo' ? parsedFo(site, foContext(site, workspace)) : parsedOData(site);
}

function parsedOData({ text }: FilterSite): ParsedSite & { readonly parsed: ODataParsed } {
  const { value: expression, problems } = analyseDataverse(text.value);
  return {
    parsed: { language: 'odata', expression },
    meaning: meaningOfOData(expression),
    problems,
  };
}

function parsedFo(
  { text, leg }: FilterSite,
  { isField: isKnownField, typeOf }: FoContext,
): ParsedSite & { readonly parsed: XppParsed } {
  const { value, problems } = analyseXpp(
    text.value,
    isKnownField,
    mappedFields(leg),
    (field) => typeOf?.(field).kind === 'text',
  );
  return {
    parsed: { language: 'xpp', expression: value.expression },
    meaning: value.meaning,
    problems,
  };
}

export function readFilter(site: FilterSite, workspace: Workspace): FilterReading {
  return site.side === 'fo' ? readFo(site, workspace) : readOData(site, workspace);
}

const UNKNOWN: Resolution = { kind: 'unknown' };

function readOData(site: FilterSite, { metadata }: Workspace): FilterReading {
  const { leg } = site;
  const table =
    leg === undefined ? undefined : metadata.dataverse.tableNamed(leg.destinationSchema);
  const facts = legFacts(leg, site.side);
  const { parsed, meaning, problems } = parsedOData(site);
  const told = [...problems, ...checkODataInLeg(site, facts, parsed.expression, problems)];
  return {
    site,
    resolution: UNKNOWN,
    problems: checkODataMetadata(parsed.expression, table, [
      ...told,
      ...checkReciprocity(site, facts, meaning, told),
    ]),
    asksForMetadata: false,
  };
}

/** What a filter of Finance and Operations is read with. */
interface FoContext {
  readonly resolution: Resolution;
  readonly entity: Entity | undefined;
  readonly isField: (name: string) => boolean;
  /** Undefined where nothing tells of any type. */
  readonly typeOf: ((name: string) => FieldType) | undefined;
}

function foContext({ leg }: FilterSite, workspace: Workspace): FoContext {
  const known = leg === undefined ? undefined : legEntity(leg, workspace);
  const entity = known?.entity;
  return {
    resolution: known?.resolution ?? UNKNOWN,
    entity,
    isField: (name) => isField(name, entity, leg),
    typeOf: known === undefined ? undefined : fieldTypes(known),
  };
}

function readFo(site: FilterSite, workspace: Workspace): FilterReading {
  const { leg } = site;
  const facts = legFacts(leg, site.side);
  const context = foContext(site, workspace);
  const { resolution, entity, typeOf } = context;
  const { parsed, meaning, problems } = parsedFo(site, context);
  const { expression } = parsed;
  const isTyped = (field: string): boolean => typeOf !== undefined && isTelling(typeOf(field));
  const told = [
    ...problems,
    ...checkXppInLeg(site, facts, expression, context.isField, problems, isTyped),
  ];
  const isComputed = (name: string): boolean =>
    entity !== undefined && (fieldNamed(entity, name)?.kind ?? 'mapped') !== 'mapped';
  const { metadata } = workspace;
  const known = checkXppMetadata(expression, { ...context, metadata }, [
    ...told,
    ...checkReciprocity(site, facts, meaning, told, isComputed),
    ...(entity === undefined || typeOf === undefined
      ? []
      : checkNullLoss(meaning, entity, workspace, typeOf)),
  ]);
  return {
    site,
    resolution,
    problems: [...known, ...checkTrackedFilter(expression, leg, entity, workspace, known)],
    asksForMetadata:
      entity === undefined && leg !== undefined && nullLosses(meaning, () => true).length > 0,
  };
}

/** Types of fields, each looked up once. */
function fieldTypes({
  entity,
  shown,
  typeOf,
}: LegEntity): ((field: string) => FieldType) | undefined {
  if (entity === undefined && shown === undefined) return undefined;
  const known = new Map<string, FieldType>();
  return (field) => {
    const key = field.toLowerCase();
    const before = known.get(key);
    if (before !== undefined) return before;
    const type = typeOf(field);
    known.set(key, type);
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
