import { deepEqual, match, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { pathInRepository, readInRepository } from '../../kit/repository.ts';

const page = readInRepository('docs/features.md');

/** Name and last column of each row of the table. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map((cells) => ({ feature: cells[1] ?? '', ours: cells.at(-2) ?? '', width: cells.length }))
  .slice(2);

describe('the table of features', () => {
  it('has as many cells in every row', () => {
    ok(rows.length > 40);
    deepEqual([...new Set(rows.map(({ width }) => width))], [13]);
  });

  for (const { feature, ours } of rows) {
    it(`names the test of what there is: ${feature}`, () => {
      match(ours, /^(?:\[[●◐]+\]\(\.\.\/test\/\S+\.test\.ts\)|open|–)/u);
    });
  }

  it('links what exists', () => {
    const links = [...page.matchAll(/\]\(\.\.\/([^)]+)\)/gu)].map(([, path = '']) => path);
    deepEqual(
      links.filter((path) => !existsSync(pathInRepository(path))),
      [],
    );
  });
});
