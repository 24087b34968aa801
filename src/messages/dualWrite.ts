import type { ProductMessage } from './model.ts';

type Entry = Omit<ProductMessage, 'id' | 'product'>;

/** Messages of dual-write's live and initial synchronization (`dualwrite.md` 7.2; the seed's sections). */
const entries: Readonly<Record<string, Entry>> = {
  'not-a-member': {
    patterns: ['The user is not a member of the organization', '0x80072560'],
    role: 'systemAdmin',
    guide: 'create-row',
  },
  'reference-data': {
    patterns: [
      'Unit of Work can not commit transaction',
      'failed with error message Unable to sync with entity {entity}',
    ],
    role: 'systemAdmin',
    guide: 'save-table-data',
  },
  'bad-request': {
    patterns: ['400 Bad Request', 'status code BadRequest', 'Bad Request'],
    isGeneral: true,
    role: 'systemAdmin',
    guide: 'privileges',
  },
  'stale-configuration': {
    patterns: [
      'Unable to generate payload for entity {entity}',
      'Payload creation failed with error',
      'PostCommitPlugin {} failed to process entity {entity}',
    ],
    role: 'systemAdmin',
    guide: 'changed-environment',
  },
  'other-organization': {
    patterns: ['SecureConfig Organization {organization} does not match actual CRM Organization'],
    role: 'systemAdmin',
    guide: 'database-copy',
  },
  'batch-reference': {
    patterns: [
      'Unable to lookup {table} with values',
      'Unable to lookup {table} with values {} Unable to lookup {other} with values',
    ],
    role: 'developer',
    guide: 'entity-relations',
  },
  'location-key': {
    patterns: [
      'attribute values Location ID already exists',
      'The entity key Location ID Key requires that this set of attributes contains unique values',
    ],
    role: 'systemAdmin',
    guide: 'address-key',
  },
  'duplicate-key': {
    patterns: [
      'A record that has the attribute values {fields} already exists',
      '0x80040265',
      'requires that this set of attributes contains unique values',
    ],
    isGeneral: true,
    role: 'user',
    codes: ['lookup-key', 'one-way-key'],
  },
  'party-not-found': {
    patterns: ['Party record not found for party type {type}'],
    role: 'user',
    guide: 'party-lookup',
  },
  'party-type': {
    patterns: [
      'Cannot update a party’s type from {type} to {other}',
      'a delete of the existing party followed by an insert with the new type should be performed',
    ],
    role: 'systemAdmin',
    guide: 'party-type',
  },
  'write-failed': {
    patterns: [
      'Unable to write data to entity {entity}',
      'Writes to {entity} failed with error message',
      'Write failed for entity {entity} with unknown exception',
    ],
    isGeneral: true,
    role: 'systemAdmin',
    guide: 'save-table-data',
  },
  'too-many-lookups': {
    patterns: ['Attempts to get data from {address} Failed', 'CRMExport'],
    role: 'mapOwner',
    codes: ['lookup-limit'],
  },
  'lookup-not-found': {
    patterns: ['Couldn’t resolve the guid for the field', 'The lookup was not found'],
    role: 'user',
    codes: ['lookup-key', 'lookup-without-column'],
  },
  'party-number': {
    patterns: ['The party number could not be found in Dataverse'],
    role: 'developer',
    codes: ['filtered-parties'],
  },
  'decimal-literal': {
    patterns: ['Cannot convert a literal {value} to the expected type Edm.Decimal'],
    role: 'systemAdmin',
  },
  'integer-literal': {
    patterns: ['Cannot convert the literal {value} to the expected type Edm.Int32'],
    role: 'systemAdmin',
  },
  'export-error': {
    patterns: ['AX export encountered an error'],
    role: 'systemAdmin',
  },
  'export-forbidden': {
    patterns: ['403 {detail} AX export', 'Forbidden {detail} AX export'],
    role: 'systemAdmin',
  },
  'too-many-companies': {
    patterns: ['Exceeds the maximum partitions allowed for mapping {map}'],
    role: 'systemAdmin',
  },
  'link-not-found': {
    patterns: ['404 Not Found'],
    isGeneral: true,
    role: 'tenantAdmin',
  },
  'not-the-linking-user': {
    patterns: ['401 Unauthorized', '403 tokenexchange', 'Forbidden tokenexchange'],
    isGeneral: true,
    role: 'systemAdmin',
  },
  'connection-gone': {
    patterns: [
      'Error from token exchange',
      'User is not allowed to access connection {connection}',
    ],
    role: 'systemAdmin',
  },
  'plugin-registration': {
    patterns: ['plugin registration failed', 'Unable to build dual write lookup metadata'],
    role: 'mapOwner',
  },
  'missing-source-field': {
    patterns: ['Missing source field {field} in the schema'],
    role: 'mapOwner',
    codes: ['unknown-field', 'unlisted-field'],
  },
  'core-solution': {
    patterns: [
      'The entity with a name msdyn_dualwriteentitymap',
      'msdyn_dualwriteentitymap {detail} was not found in the MetadataCache',
    ],
    role: 'systemAdmin',
  },
  'column-missing': {
    patterns: ['Invalid column name ISDELETE'],
    role: 'developer',
  },
  'payload-limit': {
    patterns: ['2147220970'],
    role: 'developer',
  },
  'plugin-trace': {
    patterns: [
      'DualWriteRuntime.Plugins.PreCommmitPlugin',
      'DualWriteRuntime.Plugins.PreCommitPlugin',
      'DualWriteRuntime.Plugins.PostCommitPlugin',
    ],
    isGeneral: true,
    role: 'developer',
    guide: 'verbose-logging',
  },
  'value-unparsed': {
    patterns: ['Unable to parse the value'],
    role: 'mapOwner',
    guide: 'query-filter',
    codes: ['outer-parentheses', 'bare-comparison', 'plain-range'],
  },
  'row-version': {
    patterns: [
      'Change tracking cannot be enabled since the Allow Row Version Change Tracking property is not set to Yes',
    ],
    role: 'developer',
  },
  'unterminated-literal': {
    patterns: ['There is an unterminated literal at position {position}'],
    role: 'mapOwner',
    codes: ['unterminated-string', 'unescaped-quote'],
  },
};

export const dualWriteMessages: readonly ProductMessage[] = Object.entries(entries).map(
  ([id, entry]) => ({ id, product: 'dualWrite', ...entry }),
);
