import { deepEqual, ok } from 'node:assert/strict';
import { causeOf } from '../../../../src/engine/admin/causes.ts';
import { checkConnection } from '../../../../src/engine/admin/connectionRules.ts';
import type { ConnectionFacts } from '../../../../src/engine/admin/facts.ts';
import { ruleNumbers } from '../../../../src/engine/admin/finding.ts';
import { checkMappings } from '../../../../src/engine/admin/mappingRules.ts';
import { foreignText, message } from '../../../../src/engine/model/message.ts';
import type { IntegrationTableMapping } from '../../../../src/engine/model/mapping.ts';
import { translator } from '../../../../src/problem/message.ts';

interface Fixture {
  readonly id: string;
  readonly facts: ConnectionFacts;
  readonly finds: readonly string[];
}

const user = { name: 'u' };

const connections: readonly Fixture[] = [
  { id: 'nothing is known', facts: {}, finds: [] },
  { id: 'disabled', facts: { enabled: false, disabledReason: 'prvCreate' }, finds: ['disabled'] },
  { id: 'enabled', facts: { enabled: true, adminOnlyMode: false }, finds: [] },
  { id: 'administration mode', facts: { adminOnlyMode: true }, finds: ['adminOnly'] },
  { id: 'no https', facts: { serverAddress: 'http://x' }, finds: ['notHttps'] },
  { id: 'https', facts: { serverAddress: 'HTTPS://x' }, finds: [] },
  { id: 'no client id', facts: { clientId: ' ' }, finds: ['noCredentials'] },
  { id: 'no secret', facts: { clientId: '1', hasClientSecret: false }, finds: ['noCredentials'] },
  { id: 'credentials', facts: { clientId: '1', hasClientSecret: true }, finds: [] },
  {
    id: 'another organization',
    facts: { organizationId: 'a', expectedOrganizationId: 'b' },
    finds: ['organization'],
  },
  {
    id: 'the same organization',
    facts: { organizationId: 'a', expectedOrganizationId: 'A' },
    finds: [],
  },
  { id: 'no solution', facts: { solution: { installed: false } }, finds: ['solutionMissing'] },
  {
    id: 'an old solution',
    facts: { solution: { installed: true, version: '1.9', latestVersion: '1.10.0' } },
    finds: ['solutionOld'],
  },
  {
    id: 'the last solution',
    facts: { solution: { installed: true, version: '1.10', latestVersion: '1.10.0' } },
    finds: [],
  },
  {
    id: 'an administrator',
    facts: { integrationUser: { ...user, roles: ['system administrator'] } },
    finds: ['administrator'],
  },
  {
    id: 'no roles',
    facts: { integrationUser: { ...user, roles: [] }, requiredRoles: ['R'] },
    finds: ['noRoles'],
  },
  {
    id: 'a role is missing',
    facts: { integrationUser: { ...user, roles: ['A'] }, requiredRoles: ['a', 'R'] },
    finds: ['missingRole'],
  },
  { id: 'unknown roles', facts: { integrationUser: user, requiredRoles: ['R'] }, finds: [] },
  {
    id: 'a disabled user',
    facts: { integrationUser: { ...user, disabled: true } },
    finds: ['userDisabled'],
  },
  {
    id: 'no licence',
    facts: { integrationUser: { ...user, licensed: false, accessMode: 'Read-Write' } },
    finds: ['notLicensed'],
  },
  {
    id: 'who needs no licence',
    facts: { integrationUser: { ...user, licensed: false, accessMode: 'Non-Interactive' } },
    finds: [],
  },
  {
    id: 'the wrong access mode',
    facts: { integrationUser: { ...user, accessMode: 'Administrative' } },
    finds: ['accessMode'],
  },
  {
    id: 'a password to change',
    facts: { integrationUser: { ...user, mustChangePassword: true } },
    finds: ['passwordChange'],
  },
  {
    id: 'two users of one application',
    facts: { usersWithApplicationId: 2 },
    finds: ['sameApplication'],
  },
  { id: 'one user', facts: { usersWithApplicationId: 1 }, finds: [] },
  {
    id: 'setup by somebody',
    facts: { setupUser: { ...user, roles: ['Basic User'] } },
    finds: ['setupUser'],
  },
  {
    id: 'setup by an administrator',
    facts: { setupUser: { ...user, roles: ['System Administrator'] } },
    finds: [],
  },
  {
    id: 'a team without its role',
    facts: { owningTeam: { name: 't', roles: [] }, requiredTeamRoles: ['R'] },
    finds: ['missingTeamRole'],
  },
  {
    id: 'a team elsewhere',
    facts: { owningTeam: { name: 't', businessUnit: 'x' }, businessUnit: 'y' },
    finds: ['businessUnit'],
  },
  { id: 'no local currency', facts: { localCurrency: '' }, finds: ['noLocalCurrency'] },
  {
    id: 'an unknown local currency',
    facts: {
      localCurrency: 'DKK',
      baseCurrency: 'EUR',
      currencies: [{ code: 'EUR', exchangeRate: 7 }],
    },
    finds: ['localCurrencyUnknown'],
  },
  {
    id: 'an unknown base currency',
    facts: {
      localCurrency: 'DKK',
      baseCurrency: 'EUR',
      currencies: [{ code: 'DKK', dataverseExchangeRate: 7 }],
    },
    finds: ['baseCurrencyUnknown'],
  },
  {
    id: 'a rate is missing on both sides',
    facts: { localCurrency: 'GBP', baseCurrency: 'GBP', currencies: [{ code: 'EUR' }] },
    finds: ['noExchangeRate', 'noExchangeRate'],
  },
  {
    id: 'a rate of zero',
    facts: {
      localCurrency: 'GBP',
      baseCurrency: 'GBP',
      currencies: [{ code: 'EUR', exchangeRate: 0, dataverseExchangeRate: 1 }],
    },
    finds: ['noExchangeRate'],
  },
  {
    id: 'rates',
    facts: {
      localCurrency: 'GBP',
      baseCurrency: 'gbp',
      currencies: [{ code: 'GBP' }, { code: 'EUR', exchangeRate: 1, dataverseExchangeRate: 1 }],
    },
    finds: [],
  },
];

const mapping = (change: Partial<IntegrationTableMapping>): IntegrationTableMapping => ({
  name: 'A',
  table: 'Customer',
  integrationTable: 'account',
  direction: 'Bidirectional',
  fields: [],
  ...change,
});

const tables = {
  tables: [
    {
      name: 'Customer',
      fields: [{ name: 'Contact', type: 'guid', relation: { table: 'Contact' } }],
    },
    { name: 'Contact', fields: [] },
  ],
  integrationTables: [
    {
      name: 'account',
      fields: [{ name: 'contactid', type: 'guid', relation: { table: 'contact' } }],
    },
    { name: 'contact', fields: [] },
  ],
} as const;

const lookup = mapping({
  fields: [{ field: 'Contact', integrationField: 'contactid', direction: 'Bidirectional' }],
});
const contacts = mapping({ name: 'B', table: 'Contact', integrationTable: 'contact' });

const mapped: readonly {
  readonly id: string;
  readonly mappings: readonly IntegrationTableMapping[];
  readonly connection?: ConnectionFacts;
  readonly finds: readonly string[];
}[] = [
  { id: 'one mapping', mappings: [mapping({})], finds: [] },
  { id: 'two of one table', mappings: [mapping({}), mapping({ name: 'B' })], finds: ['ambiguous'] },
  {
    id: 'two of one table, filtered',
    mappings: [
      mapping({ tableFilter: 'WHERE(A=CONST(1))' }),
      mapping({ name: 'B', tableFilter: 'WHERE(A=CONST(2))' }),
    ],
    finds: [],
  },
  {
    id: 'two of one table, one each way',
    mappings: [
      mapping({ direction: 'ToIntegrationTable' }),
      mapping({ name: 'B', direction: 'FromIntegrationTable' }),
    ],
    finds: [],
  },
  { id: 'a lookup that is not mapped', mappings: [lookup], finds: ['notMapped'] },
  { id: 'a lookup that does not wait', mappings: [lookup, contacts], finds: ['order'] },
  {
    id: 'a lookup that waits',
    mappings: [{ ...lookup, dependencyFilter: 'B' }, contacts],
    finds: [],
  },
  {
    id: 'a lookup of an option',
    mappings: [lookup, { ...contacts, uidType: 'Option' }],
    finds: [],
  },
  {
    id: 'a disabled lookup',
    mappings: [
      {
        ...lookup,
        fields: lookup.fields.map((field) => ({ ...field, status: 'Disabled' as const })),
      },
    ],
    finds: [],
  },
  {
    id: 'several companies',
    mappings: [mapping({})],
    connection: { companies: ['a', 'b'] },
    finds: ['companies'],
  },
  {
    id: 'several companies, as they should be',
    mappings: [mapping({ multiCompanySynchEnabled: true })],
    connection: { companies: ['a', 'b'] },
    finds: [],
  },
  {
    id: 'a privilege is missing',
    mappings: [mapping({ synchOnlyCoupledRecords: false })],
    connection: { integrationUser: { name: 'u', privileges: ['prvWriteaccount'] } },
    finds: ['missingPrivilege'],
  },
  {
    id: 'all privileges',
    mappings: [mapping({})],
    connection: { integrationUser: { name: 'u', privileges: ['prvWriteAccount'] } },
    finds: [],
  },
  {
    id: 'who only reads needs none',
    mappings: [mapping({ direction: 'FromIntegrationTable' })],
    connection: { integrationUser: { name: 'u', privileges: [] } },
    finds: [],
  },
];

describe('administrator errors', () => {
  const met = new Set<string>();

  for (const { id, facts, finds } of connections) {
    it(`the connection: ${id}`, () => {
      const found = checkConnection(facts).map(({ rule }) => rule);
      for (const rule of found) met.add(rule);
      deepEqual(found, finds);
    });
  }

  for (const { id, mappings, connection = {}, finds } of mapped) {
    it(`the mappings: ${id}`, () => {
      const found = checkMappings({ ...tables, mappings, connection }).map(({ rule }) => rule);
      for (const rule of found) met.add(rule);
      deepEqual(found, finds);
    });
  }

  it('each rule is met by a fixture, and has a sentence', () => {
    deepEqual([...met].toSorted(), Object.keys(ruleNumbers).toSorted());
    for (const rule of Object.keys(ruleNumbers)) {
      for (const locale of ['en', 'cs', 'fr']) {
        const key = `problem.project-connection.${rule}`;
        ok(translator(locale)(key) !== key, key);
      }
    }
  });

  const causes: readonly (readonly [string, string | undefined])[] = [
    ['Principal user (Id=1, type=8) is missing prvWriteAccount privilege', 'cause.privilege'],
    ['SecLib::AccessCheckEx failed: prvReadContact', 'cause.privilege'],
    ['choose a user that does not have the System Administrator role.', 'cause.administrator'],
    ['AADSTS50055: the password is expired', 'cause.password'],
    ['User u is disabled on server x.', 'cause.userDisabled'],
    ['User u with access mode Read is not licensed', 'cause.licence'],
    ['User u has no user roles', 'cause.roles'],
    ['No access token was received', 'cause.credentials'],
    ['Exchange Rate must have a value in Currency', 'cause.exchangeRate'],
    ['Table connection for table type CRM must be registered', 'cause.session'],
    ['when it is in Admin Only mode', 'cause.adminOnly'],
    ['The user is not a member of the organization', 'cause.notMember'],
    ['UNIQUE constraint failed: a.b', 'cause.duplicateKey'],
    ['There are multiple Business Central companies', 'cause.companies'],
    ['Business unit x does not match', 'cause.businessUnit'],
    ['Entity SystemUser With Id = 1 Does Not Exist', 'cause.orphanUser'],
    ['The name is too long.', undefined],
    ['The customer approved it.', undefined],
  ];
  for (const [text, code] of causes) {
    it(`the cause of: ${text}`, () => {
      deepEqual(
        causeOf(message('modifyingFailed', { record: 'x', error: foreignText(text) }))?.code,
        code,
      );
    });
  }

  it('a lookup without a partner names what to couple first, however deep it stands', () => {
    const inner = message('mustBeCoupled', { table: 'Currency', value: 'CZK' });
    deepEqual(causeOf(message('transferFailed', { error: inner })), {
      code: 'cause.dependency',
      args: { table: 'Currency', value: 'CZK' },
    });
  });
});
