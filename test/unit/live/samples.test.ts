import { deepEqual, equal, ok } from 'node:assert/strict';
import { liveTexts } from '../../../src/live/texts.ts';
import { codesOf, playSample, sampleRehearsals } from '../../kit/rehearsals.ts';

/** Sections of the page on troubleshooting live synchronization, and what in the samples reproduces them. */
const DOCUMENTED = {
  'not-a-member': ['error.notMember'],
  'reference-missing': ['error.referenceMissing'],
  'missing-privilege': ['error.privilege.write'],
  'stale-configuration': ['error.stale.reset'],
  'database-copied': ['error.secureConfig'],
  'filter-never-matches': ['filter.new.lost'],
  'past-business-events': ['trigger.beyond.doInsert', 'trigger.beyond.update_recordset'],
  'unmapped-field': ['field.unmapped', 'field.otherWay'],
  'untracked-data-source': ['trigger.untracked.outerReadOnly'],
  'contact-address': ['trigger.untracked.nested'],
  'contact-address-fixed': ['trigger.byMethod', 'write.update'],
  'references-each-other': ['error.lookupsInBatch'],
  'references-each-other-fixed': ['lookup.related', 'write.insert'],
  'location-key': ['error.duplicateKey'],
  'location-key-fixed': ['write.insert'],
  'party-not-found': ['error.partyNotFound'],
  'party-type': ['error.partyType'],
  'party-type-fixed': ['write.insert'],
  'configuration-key': ['error.configurationKey'],
  'thousand-records': ['error.tooManyRecords', 'error.tooLarge', 'error.tooSlow'],
  pause: ['queue.added', 'queue.replay', 'queue.discard', 'queue.skipToLive'],
  'queue-limits': ['queue.perhapsBlocked', 'queue.blocked'],
  'map-states': ['action.editLost', 'action.refused.running'],
  'initial-sync': ['sync.conflict.fo'],
  'initial-sync-limits': ['sync.tooManyCompanies', 'sync.tooManyRows'],
} as const;

describe('the sample rehearsals', () => {
  for (const name of sampleRehearsals()) {
    it(`come to what they expect: ${name}`, async () => {
      const { problems, results } = await playSample(name);
      deepEqual(problems, []);
      ok(
        results.some(({ step }) => step.expected !== undefined),
        'nothing is expected',
      );
    });
  }

  for (const [name, codes] of Object.entries(DOCUMENTED)) {
    it(`reproduce: ${name}`, async () => {
      const { results } = await playSample(`${name}.rehearsal.json`);
      const happened = new Set(results.flatMap(codesOf));
      deepEqual(
        codes.filter((code) => !happened.has(code)),
        [],
      );
    });
  }

  for (const locale of ['en', 'cs', 'fr']) {
    it(`have a whole sentence for everything that happens: ${locale}`, async () => {
      const say = liveTexts(locale);
      const all = await Promise.all(sampleRehearsals().map((name) => playSample(name)));
      const happenings = all.flatMap(({ results }) => results.flatMap((each) => each.happenings));
      ok(happenings.length > 200, `${happenings.length}`);
      const wrong = happenings.filter(({ kind, code, args }) => {
        const sentence = say(`${kind}.${code}`, args);
        return sentence === `${kind}.${code}` || /\{\w+\}/u.test(sentence);
      });
      deepEqual(
        wrong.map(({ kind, code }) => `${kind}.${code}`),
        [],
      );
    });
  }

  it('fail where something else is expected', async () => {
    const { problems } = await playSample('contact-address.rehearsal.json', (text) =>
      text.replace('"result": "notTriggered"', '"result": "synchronized"'),
    );
    deepEqual(
      problems.map(({ code, variant }) => `${code} ${variant ?? ''}`),
      ['rehearsal-failed result'],
    );
  });

  it('prove the fix of the contact address: without its entry the address stays', async () => {
    const { results } = await playSample('contact-address-fixed.rehearsal.json', (text) =>
      text.replace('"table": "LogisticsPostalAddress"', '"table": "LogisticsElectronicAddress"'),
    );
    equal(results[0]?.outcomes[0], 'notTriggered');
  });
});
