import type { Leg, MapDocument } from '../../map/model.ts';
import { resolveEntity } from '../../metadata/resolve.ts';
import type { Problem, Related } from '../../problem/problem.ts';
import { contentSpan } from '../../text/embedded.ts';
import type { FieldTracking, Reason } from '../../tracking/model.ts';
import { isOutward, trackerOf } from '../../tracking/tracker.ts';
import type { Workspace } from '../workspace.ts';

/**
 * Mapped fields whose change never starts a synchronization, though they are mapped towards Dataverse. Microsoft's own
 * maps have them, so it is information; without metadata nothing is said. Fields of one data source are one problem.
 */
export const checkTracking = (
  { maps }: MapDocument,
  workspace: Workspace,
  uri: string,
): readonly Problem[] =>
  maps.flatMap(({ name, legs }) => legs.flatMap((leg) => checkLeg(leg, name, workspace, uri)));

function checkLeg(
  leg: Leg,
  map: string,
  { metadata, entityNames, isIndexing }: Workspace,
  uri: string,
): readonly Problem[] {
  if (!metadata.hasEntities || isIndexing === true) return [];
  const resolution = resolveEntity(leg, metadata, entityNames);
  if (resolution.kind !== 'found') return [];
  const tracker = trackerOf(resolution.entity, [{ map, leg }], metadata);
  const alike = new Map<string, Silent[]>();
  for (const name of tracker.mapped) {
    const tracking = tracker.field(name);
    const silent = silentOf(tracking);
    if (silent === undefined) continue;
    const group = `${silent.reason.kind} ${placeOf(tracking)}`;
    const known = alike.get(group);
    if (known === undefined) alike.set(group, [silent]);
    else known.push(silent);
  }
  return [...alike.values()].flatMap((group) => problemOf(group, uri));
}

/** A field that is mapped and never triggers. */
interface Silent {
  readonly name: string;
  readonly reason: SilentReason;
  readonly span: { readonly start: number; readonly end: number };
}

type SilentReason = Exclude<Reason, { kind: 'unmapped' | 'otherWay' }>;

function silentOf({ name, verdict, mappings }: FieldTracking): Silent | undefined {
  if (verdict.kind !== 'untracked') return undefined;
  const { reason } = verdict;
  // What is not mapped this way is a decision of the map; a filter on it tells `untracked-field`.
  if (reason.kind === 'unmapped' || reason.kind === 'otherWay') return undefined;
  const outward = mappings.find(({ mapping }) => isOutward(mapping))?.mapping;
  const text = outward?.sourceFieldText;
  return text === undefined ? undefined : { name, reason, span: contentSpan(text) };
}

/** What fields have in common that are told of together. */
const placeOf = ({ field, name }: FieldTracking): string =>
  field?.kind === 'mapped' ? field.dataSource.toLowerCase() : name.toLowerCase();

function problemOf([first, ...others]: readonly Silent[], uri: string): readonly Problem[] {
  if (first === undefined) return [];
  const { name, reason, span } = first;
  const related: readonly Related[] = others.map((each) => ({
    uri,
    span: each.span,
    message: 'untracked-too',
    args: { field: each.name },
  }));
  return [
    {
      code: 'untracked-mapping',
      variant: reason.kind,
      span,
      args: { field: name, ...argsOf(reason) },
      ...(related.length === 0 ? {} : { related }),
    },
  ];
}

/** What a sentence about a reason names. */
export function argsOf(reason: Reason): Readonly<Record<string, string>> {
  switch (reason.kind) {
    case 'outerReadOnly':
    case 'onlyLookups':
      return { dataSource: reason.dataSource };
    case 'nested':
      return { path: reason.path.join(' → '), table: reason.table };
    case 'computed':
      return { method: reason.method };
    default:
      return {};
  }
}
