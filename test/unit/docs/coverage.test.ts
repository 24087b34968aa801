import { deepEqual, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { guideNamed } from '../../../src/guides/guides.ts';
import { GUIDE_NAMES } from '../../../src/messages/model.ts';
import { pathInRepository, readInRepository } from '../../kit/repository.ts';

const page = readInRepository('docs/coverage.md');

/** Section, what is done for it, and the proof: a link to a test and a part of its title as it stands there. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, section = '', done = '', proof = '']) => ({ section, done, proof }))
  .filter(({ section }) => section !== 'Section' && !/^-+$/u.test(section));

describe('the table of coverage', () => {
  it('has rows for every section of the pages', () => {
    ok(rows.length > 40, `${rows.length} rows`);
    deepEqual(
      rows.filter(({ done, proof }) => done === '' || proof === ''),
      [],
    );
  });

  for (const { done, proof } of rows) {
    it(`names a test that exists: ${done}`, () => {
      const [, file = '', title = ''] = /^\[[^\]]+\]\(\.\.\/([^)]+)\): `(.+)`$/u.exec(proof) ?? [];
      ok(existsSync(pathInRepository(file)), proof);
      ok(title !== '' && readInRepository(file).includes(title), proof);
    });
  }

  it('names every guide', () => {
    deepEqual(
      GUIDE_NAMES.filter(
        (name) => !page.toLowerCase().includes(`guide \`${guideNamed(name).name}\``),
      ),
      [],
    );
  });
});
