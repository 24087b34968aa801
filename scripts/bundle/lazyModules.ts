import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Plugin } from 'esbuild';
import { importedNames } from './importedNames.ts';

/** Modules that are loaded together when the first function of one of them is called. Paths count from the root. */
export interface LazyGroup {
  readonly name: string;
  readonly modules: readonly string[];
  /** The folders whose modules don't load them; without any, none does but those of the group. */
  readonly from?: readonly string[];
  /** An editor's first questions load it, in the order of the groups: it is one file with all that it shares with others. */
  readonly isFirst?: true;
}

const STUB = 'lazy-stub';
const GROUP = 'lazy-group';

interface Lazy {
  readonly group: LazyGroup;
  readonly path: string;
  readonly functions: readonly string[];
}

/**
 * Leaves modules out of what a bundle loads at its start: others get a stub of each of their functions, which loads the
 * real ones at the first call and at once, so that the sources stay plain imports and plain calls. Where something else
 * than functions is imported, the module itself is.
 */
export function lazyModules(root: string, groups: readonly LazyGroup[]): Plugin {
  const lazy = new Map<string, Lazy>();
  for (const group of groups) {
    for (const path of globSync([...group.modules], { cwd: root }).toSorted()) {
      const functions = exportedFunctions(readFileSync(join(root, path), 'utf8'));
      const file = resolve(root, path);
      if (functions.length > 0 && !lazy.has(file)) lazy.set(file, { group, path: file, functions });
    }
  }
  const modulesOf = (name: string): readonly Lazy[] =>
    [...lazy.values()].filter(({ group }) => group.name === name);
  const isLeftOut = ({ group }: Lazy, importer: string): boolean =>
    lazy.get(importer)?.group !== group &&
    (group.from === undefined ||
      group.from.some((folder) => importer.startsWith(join(root, folder) + sep)));
  return {
    name: 'lazy modules',
    setup(build) {
      build.onResolve({ filter: /^\..*\.ts$/ }, ({ path, importer, namespace }) => {
        if (namespace !== 'file') return undefined;
        const target = lazy.get(resolve(dirname(importer), path));
        if (target === undefined || !isLeftOut(target, importer)) return undefined;
        const names = importedNames(readFileSync(importer, 'utf8'), path);
        return names.some((name) => !target.functions.includes(name))
          ? undefined
          : { path: target.path, namespace: STUB, sideEffects: false };
      });
      build.onLoad({ filter: /./, namespace: STUB }, ({ path }) => {
        const target = lazy.get(path);
        return target === undefined
          ? undefined
          : { contents: stubOf(target, modulesOf(target.group.name)), resolveDir: root };
      });
      build.onResolve({ filter: /^lazy-group:/ }, ({ path }) => ({
        path: path.slice('lazy-group:'.length),
        namespace: GROUP,
      }));
      build.onLoad({ filter: /./, namespace: GROUP }, ({ path }) => ({
        contents: modulesOf(path)
          .map((module, index) => {
            const source = `./${relative(root, module.path).replaceAll(sep, '/')}`;
            return `export * as module${index} from ${JSON.stringify(source)};`;
          })
          .join('\n'),
        resolveDir: root,
      }));
    },
  };
}

/** The functions that a source exports, as this repository writes them. */
const exportedFunctions = (source: string): readonly string[] =>
  [
    ...source.matchAll(
      /^export (?:(?:async )?function\*? (?<declared>\w+)|const (?<constant>\w+)(?:: [^=\n]+)? =\s+(?:async )?(?:(?:<[^\n]*>)?\(|(?:memoised|once)\())/gmu,
    ),
  ].flatMap(({ groups }) => groups?.['declared'] ?? groups?.['constant'] ?? []);

/** `loadNow(import(...))` becomes a `require` once the chunks are CommonJS. */
function stubOf(target: Lazy, modules: readonly Lazy[]): string {
  const name = `module${modules.indexOf(target)}`;
  return [
    'let real;',
    `const load = () => (real ??= loadNow(import('lazy-group:${target.group.name}')).${name});`,
    ...target.functions.map(
      (each) => `export const ${each} = (...args) => load().${each}(...args);`,
    ),
  ].join('\n');
}
