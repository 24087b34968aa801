import type { SyncMappingReference } from '../../src/service/protocol/sync.ts';

/** Project and mapping, as the links of a page and the server's actions name them. */
export const isMappingReference = (value: unknown): value is SyncMappingReference =>
  typeof value === 'object' &&
  value !== null &&
  'project' in value &&
  typeof value.project === 'string' &&
  'mapping' in value &&
  typeof value.mapping === 'string';
