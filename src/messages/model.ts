import type { ProblemCode } from '../problem/catalogue.ts';

/** Who can put it right. Their names are `roles` of l10n/explanations.*.json. */
export type Role =
  /** System administrator of both Finance and Operations and Dataverse. */
  | 'systemAdmin'
  | 'tenantAdmin'
  | 'developer'
  /** Whoever may edit the maps of the environment. */
  | 'mapOwner'
  /** The administrator of the integration of Business Central. */
  | 'integrationAdmin'
  /** Whoever may edit the records. */
  | 'user';

/** The procedures of docs/coverage.md, in the order of Microsoft's page on live synchronization. */
export const GUIDE_NAMES = [
  'create-row',
  'save-table-data',
  'privileges',
  'changed-environment',
  'database-copy',
  'query-filter',
  'data-not-synced',
  'entity-relations',
  'verbose-logging',
  'address-key',
  'party-lookup',
  'party-type',
  'performance',
] as const;

export type GuideName = (typeof GUIDE_NAMES)[number];

/** A message that a product writes, as data; cause and steps are texts of l10n/explanations.*.json under its id. */
export interface ProductMessage {
  readonly id: string;
  readonly product: 'dualWrite' | 'businessCentral';
  /** The text in English with `{name}` where it differs from case to case; each pattern alone is enough. */
  readonly patterns: readonly string[];
  /** Keys of l10n/engine.*.json that say the same, in all languages. */
  readonly engine?: readonly string[];
  /** It stands around a reason as often as alone: told where nothing more special is found. */
  readonly isGeneral?: true;
  readonly role: Role;
  readonly guide?: GuideName;
  /** Diagnostics that find the cause before the product does. */
  readonly codes?: readonly ProblemCode[];
}
