import { equal } from 'node:assert/strict';
import { localeOf } from '../../../cli/locale.ts';
import { run } from '../../kit/commandLine.ts';

describe('the language of the command line', () => {
  for (const [environment, expected] of [
    [{ LC_ALL: 'cs_CZ.UTF-8', LANG: 'fr_FR' }, 'cs_CZ.UTF-8'],
    [{ LC_ALL: '', LC_MESSAGES: '', LANG: 'cs_CZ.UTF-8' }, 'cs_CZ.UTF-8'],
    [{ LC_MESSAGES: 'fr_FR', LANG: 'cs_CZ' }, 'fr_FR'],
    [{ LANG: 'C' }, 'C'],
    [{}, 'fr-FR'],
  ] as const) {
    it(`is chosen by ${JSON.stringify(environment)}`, () => {
      equal(localeOf(environment, 'fr-FR'), expected);
    });
  }

  it('is one that a filter without a map is explained in, without names that nobody knows', async () => {
    const words = ['explain', '--side', 'fo', '--expression', '(A == "")'];
    for (const [locale, first] of [
      ['en', '-- Filter of Finance and Operations'],
      ['cs_CZ', '-- Filtr na straně Finance and Operations'],
      ['fr_FR', '-- Filtre du côté Finance and Operations'],
    ] as const) {
      const { out } = await run(words, {}, locale);
      equal(out.split('\n')[0], first);
      equal(/„“|""\s+among|« ?»/u.test(out), false, out);
    }
  });
});
