import type { ProductMessage } from './model.ts';

type Entry = Omit<ProductMessage, 'id' | 'product' | 'patterns'> & {
  readonly patterns?: readonly string[];
};

/**
 * Messages of the synchronization of Business Central with Dataverse (`bc-sync.md` 2.3 to 2.12 and section 6). The
 * texts that our own engine writes are those of the product, and are recognised in its languages.
 */
const entries: Readonly<Record<string, Entry>> = {
  'conflict-newer': {
    patterns: [
      'Cannot update the {destination} record because it has a later modified date than the {source} record',
    ],
    role: 'user',
  },
  'conflict-both': {
    patterns: [
      'Cannot update the {destination} record because both the {source} record and the {other} record have been changed',
    ],
    engine: ['bothChanged'],
    role: 'user',
  },
  'conflict-field': { engine: ['conflict'], role: 'user' },
  'coupled-to-deleted': { engine: ['coupledToDeleted'], role: 'user' },
  'modifying-failed': {
    patterns: ['Modifying {record} failed'],
    engine: ['modifyingFailed', 'uncouplingFailed'],
    isGeneral: true,
    role: 'integrationAdmin',
  },
  'transfer-failed': { engine: ['transferFailed'], isGeneral: true, role: 'integrationAdmin' },
  'must-be-coupled': { engine: ['mustBeCoupled'], role: 'user' },
  'must-be-mapped': {
    patterns: ['Table {table} must be mapped to table {other}'],
    engine: ['mustBeMapped'],
    role: 'integrationAdmin',
  },
  'no-field-mappings': { engine: ['noFieldMappings'], role: 'integrationAdmin' },
  'tables-do-not-match': { engine: ['tablesDoNotMatch'], role: 'integrationAdmin' },
  'direction-not-configured': {
    patterns: ['is not configured for {direction} synchronization'],
    engine: ['directionNotConfigured'],
    role: 'integrationAdmin',
  },
  'option-direction': { engine: ['optionDirection'], role: 'integrationAdmin' },
  'direction-needs-fields': { engine: ['directionNeedsFields'], role: 'integrationAdmin' },
  'connection-not-enabled': { engine: ['connectionNotEnabled'], role: 'integrationAdmin' },
  'already-coupled': { engine: ['alreadyCoupled'], role: 'user' },
  'repeatable-failure': { engine: ['willBeSkipped'], role: 'user' },
  'no-match': {
    patterns: ['because no unique uncoupled matching entity was found'],
    engine: ['noMatch'],
    role: 'user',
  },
  'no-criteria': { engine: ['noMatchCriteria'], role: 'integrationAdmin' },
  'template-missing': { engine: ['templateNotFound'], role: 'integrationAdmin' },
  'table-id': { patterns: ['Table ID must be specified'], role: 'integrationAdmin' },
  'missing-privilege': {
    patterns: ['is missing {privilege} privilege'],
    role: 'systemAdmin',
    guide: 'privileges',
  },
  'delete-permission': {
    patterns: ['You do not have permission to delete entities in Dynamics 365 Sales'],
    role: 'integrationAdmin',
  },
  'administrator-as-user': {
    patterns: ['choose a user that does not have the {role} role'],
    role: 'integrationAdmin',
  },
  'password-change': { patterns: ['AADSTS50055', 'AADSTS50144'], role: 'tenantAdmin' },
  'user-disabled': {
    patterns: ['User {user} is disabled on server {server}'],
    role: 'systemAdmin',
  },
  'user-not-licensed': {
    patterns: ['User {user} with access mode {mode} is not licensed'],
    role: 'systemAdmin',
  },
  'not-integration-user': {
    patterns: ['User {user} is not an integration user'],
    role: 'systemAdmin',
  },
  'user-without-roles': { patterns: ['User {user} has no user roles'], role: 'systemAdmin' },
  'exchange-rate': { patterns: ['Exchange Rate must have a value'], role: 'integrationAdmin' },
  'connection-not-registered': {
    patterns: ['Table connection for table type CRM must be registered'],
    role: 'integrationAdmin',
  },
  'admin-mode': { patterns: ['when it is in Admin Only mode'], role: 'systemAdmin' },
  'several-companies': {
    patterns: ['There are multiple Business Central companies'],
    role: 'integrationAdmin',
  },
  'business-unit': { patterns: ['Business unit {unit} does not match'], role: 'systemAdmin' },
  'user-gone': {
    patterns: ['Entity SystemUser With Id {id} Does Not Exist'],
    role: 'systemAdmin',
  },
};

export const businessCentralMessages: readonly ProductMessage[] = Object.entries(entries).map(
  ([id, { patterns = [], ...entry }]) => ({ id, product: 'businessCentral', patterns, ...entry }),
);
