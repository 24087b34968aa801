import type { Leg } from '../map/model.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { Entity, Origin } from '../metadata/model.ts';
import { type EntityNames, resolveEntity } from '../metadata/resolve.ts';
import type { Translate } from '../problem/message.ts';
import { contentSpan } from '../text/embedded.ts';
import type { DataSourceTracking, FieldTracking, MappedLeg, Verdict } from '../tracking/model.ts';
import type { MappedEntity } from '../tracking/trackedTables.ts';
import { isOutward, trackerOf } from '../tracking/tracker.ts';
import { trackingOf } from '../tracking/tracking.ts';
import { shortVerdict, verdictDocs } from './features/trackingDocs.ts';

/** Something in the tree of tracked data sources. Texts are sentences of a language; the tooltip is Markdown. */
export interface TrackedItem {
  /** The same for the same thing, whatever else changes. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly sign: 'entity' | 'group' | 'unmapped' | Verdict['kind'];
  readonly children: readonly TrackedItem[];
  readonly target: Origin | undefined;
}

/** A leg of a document. */
export interface DocumentLeg extends MappedLeg {
  readonly uri: string;
}

/** An entity that maps name, known or not. */
export interface NamedEntity {
  /** The same for the same entity: its name in the AOT, else the label. */
  readonly id: string;
  readonly label: string;
  readonly entity: Entity | undefined;
  readonly legs: readonly DocumentLeg[];
}

/** The entities of some legs, in the order in which they come first. */
export function entitiesOf(
  legs: readonly DocumentLeg[],
  metadata: Metadata,
  names: EntityNames,
): readonly NamedEntity[] {
  const entities = new Map<string, { readonly named: NamedEntity; readonly legs: DocumentLeg[] }>();
  for (const each of legs) {
    const { leg } = each;
    if (leg.sourceSchema.trim() === '') continue;
    const resolution = resolveEntity(leg, metadata, names);
    const entity = resolution.kind === 'found' ? resolution.entity : undefined;
    const label = entity?.name ?? leg.sourceSchema;
    const id = `${entity === undefined ? 'label' : 'entity'}:${label.toLowerCase()}`;
    const own = entities.get(id);
    if (own !== undefined) own.legs.push(each);
    else {
      const list = [each];
      entities.set(id, { named: { id, label, entity, legs: list }, legs: list });
    }
  }
  return [...entities.values()].map(({ named }) => named);
}

/** Those of them that metadata knows. */
export const knownEntities = (entities: readonly NamedEntity[]): readonly MappedEntity[] =>
  entities.flatMap(({ entity, legs }) => (entity === undefined ? [] : [{ entity, legs }]));

/** An entity with its data sources, their fields, and why each is tracked or not. */
export function trackedItem(
  named: NamedEntity,
  metadata: Metadata,
  translate: Translate,
): TrackedItem {
  const { id, label, entity, legs } = named;
  const [first] = legs;
  const target: Origin | undefined =
    entity?.origin ?? (first === undefined ? undefined : { uri: first.uri, span: first.leg.span });
  const maps = [...new Set(legs.map(({ map }) => map))].join(', ');
  const onMaps = translate('tracking.maps', { maps });
  const item = { id, label, sign: 'entity', target } as const;
  const context: ItemContext = { translate, uris: new Map(legs.map(({ leg, uri }) => [leg, uri])) };
  if (entity === undefined) {
    const tracker = trackerOf(undefined, legs, metadata);
    return {
      ...item,
      description: translate('tracking.noMetadata'),
      tooltip: [translate('tracking.long.unknown.noEntity'), onMaps].join('\n\n'),
      children: tracker.mapped.map((name) => fieldItem(tracker.field(name), id, context)),
    };
  }
  const { dataSources, others, rows } = trackingOf(entity, legs, metadata);
  const mapped = [...dataSources.flatMap(({ fields }) => fields), ...others].filter(isMapped);
  const tracked = mapped.filter(({ verdict }) => verdict.kind === 'tracked').length;
  const tables = rows.map(({ refTableName, causes }) =>
    translate('tracking.row', { table: refTableName, causes: causes.join(', ') }),
  );
  return {
    ...item,
    description: translate('tracking.summary', { tracked, mapped: mapped.length }),
    tooltip: [
      onMaps,
      rows.length === 0
        ? translate('tracking.rowsNone')
        : translate('tracking.rows', { count: rows.length }),
      tables.map((table) => `- ${table}`).join('\n'),
    ].join('\n\n'),
    children: [
      ...dataSources.map((each) => dataSourceItem(each, id, context)),
      ...othersItem(others, id, context),
    ],
  };
}

interface ItemContext {
  readonly translate: Translate;
  /** Where the legs stand. */
  readonly uris: ReadonlyMap<Leg, string>;
}

/** Mapped towards Dataverse. */
const isMapped = ({ mappings }: FieldTracking): boolean =>
  mappings.some(({ mapping }) => isOutward(mapping));

function dataSourceItem(
  { dataSource, verdict, fields }: DataSourceTracking,
  above: string,
  context: ItemContext,
): TrackedItem {
  const { translate } = context;
  const { name, table, joinMode, parent } = dataSource;
  const id = `${above}/source:${name.toLowerCase()}`;
  const short = shortVerdict(verdict, translate);
  const join = parent === undefined ? '' : ` – ${joinMode}`;
  return {
    id,
    label: name,
    description: [short, table === name ? '' : table].filter((part) => part !== '').join(' · '),
    tooltip: [`\`${name}\` – \`${table}\`${join}`, verdictDocs(verdict, translate)].join('\n\n'),
    // Where no field is mapped nothing is amiss.
    sign: fields.some(isMapped) ? verdict.kind : 'unmapped',
    children: fieldItems(fields, id, context),
    target: dataSource.origin,
  };
}

function othersItem(
  fields: readonly FieldTracking[],
  above: string,
  context: ItemContext,
): readonly TrackedItem[] {
  if (fields.length === 0) return [];
  const id = `${above}/others`;
  const label = context.translate('tracking.others');
  return [
    {
      id,
      label,
      description: '',
      tooltip: label,
      sign: 'group',
      children: fieldItems(fields, id, context),
      target: undefined,
    },
  ];
}

/** Fields that are on no map are many and say little: they stand together at the end. */
function fieldItems(
  fields: readonly FieldTracking[],
  above: string,
  context: ItemContext,
): readonly TrackedItem[] {
  const mapped = fields.filter(({ mappings }) => mappings.length > 0);
  const unmapped = fields.filter(({ mappings }) => mappings.length === 0);
  const items = mapped.map((field) => fieldItem(field, above, context));
  if (unmapped.length === 0) return items;
  const id = `${above}/unmapped`;
  const label = context.translate('tracking.unmapped', { count: unmapped.length });
  return [
    ...items,
    {
      id,
      label,
      description: '',
      tooltip: context.translate('tracking.long.unmapped'),
      sign: 'group',
      children: unmapped.map((field) => fieldItem(field, id, context)),
      target: undefined,
    },
  ];
}

function fieldItem(
  { name, field, mappings, verdict }: FieldTracking,
  above: string,
  { translate, uris }: ItemContext,
): TrackedItem {
  const [placed] = mappings;
  const text = placed?.mapping.sourceFieldText;
  const uri = placed === undefined ? undefined : uris.get(placed.leg);
  const maps = [...new Set(mappings.map(({ map }) => map))].join(', ');
  return {
    id: `${above}/field:${name.toLowerCase()}`,
    label: name,
    description: mappings.length === 0 ? '' : shortVerdict(verdict, translate),
    tooltip: [
      `\`${name}\``,
      verdictDocs(verdict, translate),
      ...(maps === '' ? [] : [translate('tracking.maps', { maps })]),
    ].join('\n\n'),
    sign: mappings.length === 0 ? 'unmapped' : verdict.kind,
    children: [],
    target:
      text !== undefined && uri !== undefined ? { uri, span: contentSpan(text) } : field?.origin,
  };
}
