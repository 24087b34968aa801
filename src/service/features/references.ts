import type { Leg, Side } from '../../map/model.ts';
import { fieldNamed, type Metadata } from '../../metadata/metadata.ts';
import { columnIn } from '../../metadata/dataverse/tables.ts';
import type { Origin } from '../../metadata/model.ts';
import { publicFieldNamed } from '../../metadata/publicEntity.ts';
import { readMetadataFile } from '../../metadata/readFile.ts';
import { resolveEntity } from '../../metadata/resolve.ts';
import type { AnalysedDocument } from '../analysis.ts';
import type { Workspace } from '../workspace.ts';
import { keyOf, type Mention, mentionAt, mentionsOf } from './mentions.ts';

/** What is looked for in all maps: a field or column of one entity, or the entity. */
export interface Target {
  readonly kind: Mention['kind'];
  readonly side: Side;
  readonly key: string;
  /** Which entity it belongs to or is; a filter without a map around it has one of its own. */
  readonly entity: string;
}

export function targetAt(
  document: AnalysedDocument,
  offset: number,
  workspace: Workspace,
): Target | undefined {
  const found = mentionAt(document, offset);
  return found === undefined ? undefined : targetOf(found, document, workspace);
}

export function targetOf(
  { kind, side, key, leg }: Mention,
  { document }: AnalysedDocument,
  workspace: Workspace,
): Target {
  const entity = leg === undefined ? `document ${document.uri}` : entityOf(leg, side, workspace);
  // Two labels may lead to one entity.
  return { kind, side, key: kind === 'entity' ? entity : key, entity };
}

/** The field or entity whose declaration in the AOT stands at an offset of a metadata file. */
export function targetInMetadata(uri: string, text: string, offset: number): Target | undefined {
  const isAt = ({ span }: Origin): boolean => span.start <= offset && offset <= span.end;
  const { entities, extensions } = readMetadataFile(uri, text);
  const owners = [
    ...entities.map(({ name, fields }) => ({ name, fields })),
    ...extensions.map(({ entity, fields }) => ({ name: entity, fields })),
  ];
  for (const { name, fields } of owners) {
    const entity = foEntity(name);
    const field = fields.find(({ origin }) => isAt(origin));
    if (field !== undefined) return { kind: 'field', side: 'fo', key: keyOf(field.name), entity };
  }
  const named = entities.find(({ origin }) => isAt(origin));
  if (named === undefined) return undefined;
  const entity = foEntity(named.name);
  return { kind: 'entity', side: 'fo', key: entity, entity };
}

/** Every mention of the target in one document. */
export function mentionsIn(
  document: AnalysedDocument,
  target: Target,
  workspace: Workspace,
): readonly Mention[] {
  const entities = new Map<Leg | undefined, string>();
  return mentionsOf(document).filter((mention) => {
    if (mention.kind !== target.kind || mention.side !== target.side) return false;
    if (mention.kind === 'field' && mention.key !== target.key) return false;
    const entity = entities.get(mention.leg) ?? targetOf(mention, document, workspace).entity;
    entities.set(mention.leg, entity);
    return entity === target.entity;
  });
}

/** Where the AOT, OData or a solution declares the target; undefined where no metadata tells. */
export function declarationOf(target: Target, metadata: Metadata): Origin | undefined {
  if (target.side === 'dataverse') {
    const table = metadata.dataverse.tableNamed(target.entity.replace(/^dataverse /u, ''));
    if (table === undefined || target.kind === 'entity') return table?.origin;
    return columnIn(table, target.key)?.origin;
  }
  if (target.entity.startsWith(LABEL)) {
    const name = target.entity.slice(LABEL.length);
    const shown = metadata.publicEntityNamed(name) ?? metadata.sampledEntityNamed(name);
    if (shown === undefined || target.kind === 'entity') return shown?.origin;
    return publicFieldNamed(shown, target.key)?.origin;
  }
  if (!target.entity.startsWith(FO)) return undefined;
  const entity = metadata.entityNamed(target.entity.slice(FO.length));
  if (entity === undefined || target.kind === 'entity') return entity?.origin;
  return fieldNamed(entity, target.key)?.origin;
}

const FO = 'fo ';
const LABEL = 'label ';
const foEntity = (name: string): string => FO + keyOf(name);

/** Only what is known to be one entity counts as one: the same AOT entity, else the same label or entity set. */
function entityOf(leg: Leg, side: Side, { metadata, entityNames }: Workspace): string {
  if (side === 'dataverse') return `dataverse ${keyOf(leg.destinationSchema)}`;
  const resolution = resolveEntity(leg, metadata, entityNames);
  return resolution.kind === 'found'
    ? foEntity(resolution.entity.name)
    : LABEL + keyOf(leg.sourceSchema);
}
