import type { CouplingName } from '../../src/engine/actions/coupledErrors.ts';
import type { CouplingView } from '../../src/engine/surface/views/couplings.ts';
import type { ErrorGroup, ErrorView } from '../../src/engine/surface/views/errors.ts';
import type { JobErrorView, JobView } from '../../src/engine/surface/views/jobs.ts';
import type {
  FieldMappingView,
  MappingView,
  QueueEntryView,
} from '../../src/engine/surface/views/mappings.ts';
import type { SyncProject } from '../../src/service/protocol/sync.ts';

/** A line of one of the views. Its id stays when the view is read again, and with it what is open and selected. */
export type SyncNode = {
  readonly id: string;
  /** URI of the project it belongs to. */
  readonly project: string;
  readonly parent: SyncNode | undefined;
} & SyncContent;

export type SyncContent =
  | { readonly kind: 'project'; readonly item: SyncProject }
  /** Errors of one mapping or of one cause. */
  | { readonly kind: 'errorGroup'; readonly item: ErrorGroup }
  | { readonly kind: 'error'; readonly item: ErrorView }
  | { readonly kind: 'mapping'; readonly item: MappingView }
  | { readonly kind: 'coupling'; readonly item: CouplingView }
  /** What a mapping says of itself: a caption and a value. */
  | { readonly kind: 'fact'; readonly label: string; readonly value: string }
  /** Records without a partner that every run has passed. */
  | { readonly kind: 'notYetCreated'; readonly count: number }
  | { readonly kind: 'fields'; readonly item: MappingView }
  | { readonly kind: 'field'; readonly item: FieldMappingView }
  | { readonly kind: 'jobs'; readonly item: MappingView }
  | { readonly kind: 'queue'; readonly item: QueueEntryView }
  | { readonly kind: 'job'; readonly item: JobView }
  | { readonly kind: 'jobErrors'; readonly count: number }
  | { readonly kind: 'jobError'; readonly item: JobErrorView }
  /** Some of very many lines, counted from zero. */
  | { readonly kind: 'page'; readonly start: number; readonly count: number }
  /** A sentence instead of lines: why a project can't be shown. */
  | { readonly kind: 'note'; readonly text: string };

/** So many lines stand below one node; more are parted into pages. */
export const PAGE = 200;

export const child = (
  parent: SyncNode | undefined,
  project: string,
  key: string,
  content: SyncContent,
): SyncNode => ({ id: `${parent?.id ?? project}/${key}`, project, parent, ...content });

/** Nodes for `count` lines: none where one page holds them all. */
export const pagesOf = (parent: SyncNode, count: number): readonly SyncNode[] =>
  count <= PAGE
    ? []
    : Array.from({ length: Math.ceil(count / PAGE) }, (_, page) => {
        const start = page * PAGE;
        return child(parent, parent.project, `page-${start}`, {
          kind: 'page',
          start,
          count: Math.min(PAGE, count - start),
        });
      });

/** The coupling that a line is about; undefined where it is about none. */
export function couplingOf(node: SyncNode): CouplingName | undefined {
  if (node.kind !== 'error' && node.kind !== 'coupling') return undefined;
  const { mapping, crmId, integrationId } = node.item;
  return { mapping, crmId, integrationId };
}

/** A record by the id of one of its sides, and what to call it. */
interface NamedRecord {
  readonly mapping: string;
  readonly id: string;
  readonly title: string;
}

/** The record that a line is about; undefined where it is about none. An error in the log may know one side alone. */
export function recordOf(node: SyncNode): NamedRecord | undefined {
  if (node.kind === 'jobError') {
    const { mapping, sourceId, destinationId } = node.item;
    const id = [sourceId, destinationId].find((each) => each !== undefined && each !== '');
    return id === undefined ? undefined : { mapping, id, title: id };
  }
  if (node.kind !== 'error' && node.kind !== 'coupling') return undefined;
  const { mapping, integrationId, crmId, description, coupledTo } = node.item;
  const id = integrationId === '' ? crmId : integrationId;
  return { mapping, id, title: [description, coupledTo].find((text) => text !== '') ?? id };
}

/** The mapping that a line is about or belongs to. */
export function mappingOf(node: SyncNode): string | undefined {
  switch (node.kind) {
    case 'mapping':
    case 'fields':
    case 'jobs':
      return node.item.name;
    case 'error':
    case 'coupling':
    case 'job':
    case 'jobError':
      return node.item.mapping;
    default:
      return node.parent && mappingOf(node.parent);
  }
}

export const isSyncNode = (value: unknown): value is SyncNode =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  'project' in value &&
  typeof value.project === 'string';
