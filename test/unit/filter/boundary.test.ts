import { deepEqual, ok } from 'node:assert/strict';
import { importsOf, isIn, sourcesIn } from '../../kit/sources.ts';

/**
 * The modules through which everything else reaches the grammars: Chevrotain, tokens and error productions are loaded
 * with them, so that who only ever meets correct filters can do without (`performance.md` 8.5).
 */
const BOUNDARIES = [
  'src/filter/odata/byGrammar.ts',
  'src/filter/range/parse.ts',
  'src/filter/tableFilter/parse.ts',
  'src/filter/xpp/byGrammar.ts',
];

const imports = ['src', 'server', 'cli', 'client']
  .flatMap(sourcesIn)
  .flatMap(importsOf)
  .filter(({ isTypeOnly }) => !isTypeOnly);

/** The modules that some of the modules load, whatever else they load with them. */
function loadedBy(roots: readonly string[], except: readonly string[]): ReadonlySet<string> {
  const targets = Map.groupBy(imports, ({ file }) => file);
  const loaded = new Set(roots);
  for (const file of loaded) {
    for (const { target } of targets.get(file) ?? [])
      if (!except.includes(target)) loaded.add(target);
  }
  return loaded;
}

const usesChevrotain = new Set(
  imports.filter(({ target }) => isIn(target, 'chevrotain')).map(({ file }) => file),
);

describe('the boundary of the grammars', () => {
  it('has Chevrotain behind it', () => {
    ok(usesChevrotain.size > 10);
    for (const boundary of BOUNDARIES) {
      ok(
        [...loadedBy([boundary], [])].some((file) => usesChevrotain.has(file)),
        boundary,
      );
    }
  });

  it('is the one way to Chevrotain', () => {
    const behind = loadedBy(BOUNDARIES, []);
    const others = [...new Set(imports.map(({ file }) => file))].filter(
      (file) => !behind.has(file) || file.endsWith('/main.ts'),
    );
    const loaded = loadedBy(others, BOUNDARIES);
    deepEqual(
      [...loaded].filter((file) => usesChevrotain.has(file)),
      [],
    );
  });

  for (const boundary of BOUNDARIES) {
    it(`exports functions alone, so that it can be loaded at the first call: ${boundary}`, async () => {
      const loaded: object = await import(`../../../${boundary}`);
      deepEqual(
        Object.entries(loaded).filter(([, exported]) => typeof exported !== 'function'),
        [],
      );
    });
  }
});
