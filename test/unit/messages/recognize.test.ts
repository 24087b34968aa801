import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { productMessages as rehearsed } from '../../../src/live/productMessages.ts';
import { productMessages } from '../../../src/messages/catalogue.ts';
import { recognise, templatesOf } from '../../../src/messages/recognize.ts';

const idsIn = (text: string): readonly string[] => recognise(text).map(({ message: { id } }) => id);

const templates = productMessages.flatMap((message) =>
  templatesOf(message).map((template) => ({ id: message.id, template })),
);

/** A value as messages have it: a key, a name, a GUID, several words. */
const value = fc.oneof(
  fc.uuid(),
  fc.constantFrom('PC00...', 'CustCustomerV3Entity', 'accounts', 'ACME Corp. (Seattle)', '10000'),
);

const escapedForHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

/** What exports, logs, mails and browsers do to a text. */
const noises: readonly ((text: string) => string)[] = [
  (text) => text.toUpperCase(),
  (text) => text.replaceAll(' ', '\r\n'),
  (text) => text.replaceAll(' ', '\u00A0 \t'),
  (text) => text.replaceAll(' ', String.raw`\n`),
  (text) => JSON.stringify({ error: { message: text } }),
  (text) => JSON.stringify(JSON.stringify([text])),
  (text) => `<p class="x">${escapedForHtml(text).replaceAll(' ', '<br/>')}</p>`,
  (text) => escapedForHtml(escapedForHtml(`"${text}"`)),
  (text) => text.replaceAll("'", '’'),
  (text) => text.replaceAll('_', String.raw`\_`),
  (text) => `*\\[{\\\\"error\\\\": ${text}}}\\]*`,
  (text) => `2019-08-27T18:51:52.5843124Z [ERR] ${text}`,
  (text) => `RecordError0: ${text} (correlation 3f2504e0-4f89-11d3-9a0c-0305e82c3301)`,
];

describe('messages of the products', () => {
  it('are found whatever stands around and in between', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...templates),
        value,
        fc.array(fc.constantFrom(...noises), { maxLength: 3 }),
        ({ id, template }, named, noise) => {
          const text = noise.reduce(
            (so, apply) => apply(so),
            template.replaceAll(/\{\w*\}/gu, named),
          );
          const isGeneral = productMessages.find((message) => message.id === id)?.isGeneral;
          const found = idsIn(text);
          // What is general gives way to a reason that happens to be named.
          ok(found.includes(id) || (isGeneral === true && found.length > 0), text);
        },
      ),
      { numRuns: 1000 },
    );
  });

  for (const { id, template } of templates) {
    it(`are found as they are: ${id}: ${template}`, () => {
      const found = idsIn(template.replaceAll(/\{\w*\}/gu, 'X1'));
      const isGeneral = productMessages.find((message) => message.id === id)?.isGeneral === true;
      ok(found.includes(id) || (isGeneral && found.length > 0), found.join());
    });
  }

  it('are not found in other texts', () => {
    const words = fc.constantFrom(
      ...`the user is a member of organization entity data error message customer record filter map
        failed write lookup value synchronization plugin key attribute health check 404 400 900`.split(
        /\s+/u,
      ),
    );
    const nearly: ReadonlySet<string> = new Set([
      'check-filter',
      'check-not-running',
      'not-a-member',
    ]);
    fc.assert(
      fc.property(fc.array(words, { maxLength: 60 }), (text) =>
        idsIn(text.join(' ')).every((id) => nearly.has(id)),
      ),
    );
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => idsIn(text).length === 0));
  });

  const foreign = [
    { id: 'nothing', text: '' },
    { id: 'a filter', text: '(ParentProject == "")' },
    { id: 'another product', text: 'error TS2305: Module has no exported member.' },
    { id: 'prose', text: 'A user of the organization asked whether the request was bad.' },
    { id: 'a number that is no code', text: 'Order 900 has 1000 lines and 400 errors' },
    { id: 'another code', text: '0x80072561 DIPV999 DWFOEV2001' },
    { id: 'a part of a message', text: 'Unable to write data to' },
    { id: 'a code inside a longer word', text: 'X0x80072560Y' },
  ];
  for (const { id, text } of foreign) {
    it(`are not found in ${id}`, () => deepEqual(idsIn(text), []));
  }

  it('name what they speak of, as it is written', () => {
    const [found] = recognise(
      'Unable to write data to entity uoms. Something else that nobody knows.',
    );
    deepEqual(found?.args, { entity: 'uoms' });
    const [party] = recognise(
      `Cannot update a party&#39;s type from 'DirOrganization'\n to 'DirPerson', a delete`,
    );
    deepEqual(party?.args, { type: 'DirOrganization', other: 'DirPerson' });
    const [plugin] = recognise(
      'Plugins.PostCommitPlugin: System.Exception: failed to process entity account - (A connection attempt failed',
    );
    deepEqual(plugin?.args, { entity: 'account' });
    const [batch] = recognise(
      'Unable to lookup ebecsfs_contracts with values {PC00...}. Unable to lookup aaa_fundingsources with values {PC00...}.',
    );
    deepEqual(batch?.args, { table: 'ebecsfs_contracts', other: 'aaa_fundingsources' });
  });

  it('with a reason are told without what only stands around it', () => {
    deepEqual(
      idsIn(
        'Unable to write data to entity aaa_fundingsources. Unable to lookup ebecsfs_contracts with values {PC00...}. Writes to aaa_fundingsources failed with error message Exception message: The remote server returned an error: (400) Bad Request.',
      ),
      ['batch-reference'],
    );
    deepEqual(idsIn('The remote server returned an error: (400) Bad Request.'), ['bad-request']);
  });

  it('are found in what our own rehearsal says', () => {
    const said = {
      'not-a-member': rehearsed.notMember,
      'bad-request': rehearsed.badRequest,
      'other-organization': rehearsed.secureConfig,
      'stale-configuration': rehearsed.emptyUri('CustCustomerV3Entity'),
      'reference-data': rehearsed.unableToSync('uoms', 'UnitOfMeasureEntity'),
      'batch-reference': rehearsed.lookupsInBatch('a', [{ table: 'b', value: 'PC00' }]),
      'location-key': rehearsed.duplicateKey('a', 'B', 'Location ID', 'Location ID Key'),
      'party-not-found': rehearsed.partyNotFound('Customers V3', 'organization'),
      'party-type': rehearsed.partyType('organization', 'person'),
      'too-many-companies': rehearsed.tooManyPartitions,
      'too-many-lookups': rehearsed.tooManyLookups,
    };
    for (const [id, text] of Object.entries(said)) ok(idsIn(text).includes(id), text);
    ok(idsIn(rehearsed.postCommit('account')).includes('stale-configuration'));
  });

  it('take no long time in a long text', () => {
    const text = 'Unable to write data to entity Cannot update the '.repeat(10_000);
    equal(idsIn(text).includes('write-failed'), true);
  });
});
