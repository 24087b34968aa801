import { existsSync, readFileSync } from 'node:fs';
import { readInRepository } from './repository.ts';
import { sourcesIn } from './sources.ts';

/** Facts about public maps; they stay outside the repository, so a fresh clone may lack them. */
const FACTS = new URL('../../../shared/facts/filters.tsv', import.meta.url);

/** Filters of public maps, of both languages; none where the facts are absent. */
export const publicFilterTexts = (): readonly string[] =>
  existsSync(FACTS)
    ? readFileSync(FACTS, 'utf8')
        .split(/\r?\n/u)
        .flatMap((line) => line.split('\t')[2] ?? [])
    : [];

const STRING = /'((?:[^'\\\n]|\\.)+)'|`([^`]+)`|"((?:[^"\\\n]|\\.)+)"/gu;

/**
 * Every text between quotes in the tests of the filter languages: their fixtures, right and wrong ones, and much that
 * is no filter at all.
 */
export const textsOfTests = (): readonly string[] => [
  ...new Set(
    sourcesIn('test/unit/filter').flatMap((file) =>
      [...readInRepository(file).matchAll(STRING)].map(([, single, template, double]) =>
        (single ?? template ?? double ?? '').replaceAll(/\\(['"])/gu, '$1'),
      ),
    ),
  ),
];
