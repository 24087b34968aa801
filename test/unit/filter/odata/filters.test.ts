import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { analyseDataverse } from '../../../../src/filter/odata/dataverse.ts';
import { parseOData } from '../../../../src/filter/odata/parse.ts';
import { catalogue } from '../../../../src/problem/catalogue.ts';

// Facts about public maps; they stay outside the repository, so a fresh clone may lack them.
const FACTS = new URL('../../../../../shared/facts/filters.tsv', import.meta.url);

interface PublicFilter {
  readonly entity: string;
  readonly expression: string;
  readonly source: string;
}

const publicFilters: readonly PublicFilter[] = existsSync(FACTS)
  ? readFileSync(FACTS, 'utf8')
      .split(/\r?\n/u)
      .map((line) => line.split('\t'))
      .filter(([side]) => side === 'dv')
      .map(([, entity = '', expression = '', source = '']) => ({ entity, expression, source }))
  : [];

const loud = (source: string): readonly string[] =>
  analyseDataverse(source)
    .problems.filter(({ code }) => ['error', 'warning'].includes(catalogue[code].severity))
    .map(({ code }) => code);

describe('the public filters of the Dataverse side', () => {
  before(function () {
    if (publicFilters.length === 0) this.skip();
  });

  it('are there', () => {
    assert.ok(publicFilters.length >= 30, String(publicFilters.length));
  });

  for (const { entity, expression, source } of publicFilters) {
    it(`parses: ${expression}`, () => {
      assert.deepEqual(parseOData(expression).problems, []);
    });

    if (entity.includes('NEGATIVE')) {
      it(`has a problem for dual-write: ${expression}`, () => {
        assert.deepEqual([...new Set(loud(expression))], ['navigation']);
      });
    }

    const isShipped =
      source.includes('mapping reference map tables') || source.includes('GAB Packages');
    if (isShipped && !entity.includes('2020')) {
      it(`is shipped by Microsoft and has nothing above information: ${entity}`, () => {
        assert.deepEqual(loud(expression), []);
      });
    }
  }

  it('say nothing about null rows where the filter decides about them', () => {
    for (const { expression } of publicFilters) {
      if (!/ ne null|eq null/u.test(expression)) continue;
      const codes = analyseDataverse(expression).problems.map(({ code }) => code);
      assert.ok(!codes.includes('null-excluded'), expression);
    }
  });
});
