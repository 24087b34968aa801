import { ok } from 'node:assert/strict';
import { recognise } from '../../../src/messages/recognize.ts';

/** What Microsoft documents that the product says, shortened to what is always there (`dualwrite.md` 7.2). */
const DOCUMENTED: readonly (readonly [id: string, text: string])[] = [
  [
    'not-a-member',
    '{"code":"0x80072560","message":"The user is not a member of the organization."}',
  ],
  [
    'reference-data',
    'Unable to write data to entity uoms. Writes to UnitOfMeasureEntity failed with error message Unable to sync with entity uoms.',
  ],
  ['bad-request', 'The remote server returned an error: (400) Bad Request.'],
  [
    'stale-configuration',
    'Unable to generate payload for entity CustCustomerV3Entity","verboseError":"Payload creation failed with error Invalid URI: The URI is empty.',
  ],
  ['stale-configuration', 'PostCommitPlugin: System.Exception: failed to process entity account'],
  [
    'other-organization',
    'SecureConfig Organization (???) does not match actual CRM Organization (???).',
  ],
  ['batch-reference', 'Unable to lookup ebecsfs_contracts with values {PC00...}.'],
  [
    'location-key',
    'A record that has the attribute values Location ID already exists. The entity key Location ID Key requires that this set of attributes contains unique values.',
  ],
  [
    'party-not-found',
    "Write failed for entity Customers V3 with unknown exception - Party record not found for party type 'Organization'",
  ],
  ['party-type', "Cannot update a party's type from 'DirOrganization' to 'DirPerson'"],
  ['write-failed', 'Unable to write data to entity uoms.'],
  ['too-many-lookups', '5 Attempts to get data from https://contoso.dynamics.com/ Failed'],
  [
    'lookup-not-found',
    "Couldn't resolve the guid for the field: transactioncurrencyid. The lookup was not found: EUR.",
  ],
  ['party-number', 'The party number could not be found in Dataverse'],
  ['decimal-literal', "Cannot convert a literal '000000' to the expected type 'Edm.Decimal'"],
  ['export-error', '(400) Bad Request., AX export encountered an error'],
  ['export-forbidden', '(403) Forbidden., AX export encountered an error'],
  ['too-many-companies', 'Error Exceeds the maximum partitions allowed for mapping DWM-1ae35e60'],
  ['link-not-found', 'Response status code does not indicate success: 404 (Not Found).'],
  ['not-the-linking-user', 'Response status code does not indicate success: 401 (Unauthorized).'],
  ['not-the-linking-user', 'Response status code does not indicate success: 403 (tokenexchange).'],
  [
    'connection-gone',
    'Error from token exchange: User is not allowed to access connection dynamicscrmonline/abc',
  ],
  [
    'plugin-registration',
    'Dual-write failure - plugin registration failed: Unable to build dual-write lookup metadata.',
  ],
  ['missing-source-field', 'Missing source field defaultaccount in the schema'],
  [
    'core-solution',
    "The entity with a name = 'msdyn_dualwriteentitymap' with namemapping = 'Logical' was not found in the MetadataCache.",
  ],
  ['column-missing', "Invalid column name 'ISDELETE'."],
  ['integer-literal', "Cannot convert the literal '' to the expected type 'Edm.Int32'"],
  ['plugin-trace', 'Microsoft.Dynamics.Integrator.DualWriteRuntime.Plugins.PreCommmitPlugin:'],
  ['environment-check', 'DWFOEV1001'],
  ['environment-check', 'DWDVEV1007'],
];

const HEALTH_CHECKS = [
  100, 400, 500, 900, 1000, 1300, 1500, 1600, 1700, 1800, 1900, 2000, 5000, 5100, 5200,
];

const noisy = (text: string): string =>
  `2026-01-02T03:04:05Z [ERR] <p>${JSON.stringify({ text }).replaceAll(' ', ' \r\n')}</p> 3f2504e0-4f89-11d3-9a0c-0305e82c3301`;

describe('the documented messages', () => {
  for (const [id, text] of DOCUMENTED) {
    it(`are recognised, alone and in noise: ${id}: ${text}`, () => {
      for (const each of [text, noisy(text)]) {
        const found = recognise(each).map(({ message }) => message.id);
        ok(found.includes(id), found.join());
      }
    });
  }

  it('have each error of the health check and of the validation by its number', () => {
    const codes = [
      ...HEALTH_CHECKS.map((code) => `Health check error ${code}`),
      ...Array.from({ length: 32 }, (_, index) => `DIPV${1000 + index}`),
      ...['DWFOEV', 'DWDVEV'].flatMap((prefix) =>
        Array.from({ length: 7 }, (_, index) => `${prefix}${1001 + index}`),
      ),
    ];
    const unknown = codes.filter((code) => recognise(noisy(code)).length === 0);
    ok(unknown.length === 0, unknown.join());
  });
});
