import { deepEqual, ok } from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import en from '../../../l10n/messages.en.json' with { type: 'json' };
import { problemCodes } from '../../../src/problem/catalogue.ts';
import { pathInRepository } from '../../kit/repository.ts';

const PAGES = 'docs/diagnostics';
const messageKeys = Object.keys(en).filter((key) => key.startsWith('problem.'));
/** `problem.CODE` or `problem.CODE.VARIANT`. */
const codeOf = (key: string): string => key.split('.')[1] ?? '';

describe('the catalogue of problems', () => {
  for (const code of problemCodes) {
    it(`has a message: ${code}`, () => {
      ok(messageKeys.some((key) => codeOf(key) === code));
    });
  }

  it('has a page for every code', () => {
    deepEqual(
      problemCodes.filter((code) => !existsSync(pathInRepository(`${PAGES}/${code}.md`))),
      [],
    );
  });

  it('knows every code that has a message', () => {
    const known: ReadonlySet<string> = new Set(problemCodes);
    deepEqual(
      messageKeys.filter((key) => !known.has(codeOf(key))),
      [],
    );
  });

  it('knows every code that has a page', () => {
    const known: ReadonlySet<string> = new Set(problemCodes);
    const pages = readdirSync(pathInRepository(PAGES)).filter(
      (name) => name.endsWith('.md') && name !== 'README.md' && name !== 'index.md',
    );
    deepEqual(
      pages.filter((name) => !known.has(name.slice(0, -'.md'.length))),
      [],
    );
  });
});
