import { globSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { importedNames } from './importedNames.ts';

const LIBRARY = 'language-server';
const BUILTIN = 'lazy-builtin';

/** Helpers of TypeScript, by which a file of the library hands on what others export, or reads a part of Node. */
const helpers = [
  {
    name: '__exportStar',
    written: /var __exportStar = [^]*?\n\};/u,
    // The names of an object that has lost one are a table; else V8 describes the object anew for each of them.
    instead: `(from, to) => {
      to.lost = 0;
      delete to.lost;
      for (const name in from) if (name !== 'default' && !(name in to)) to[name] = from[name];
    }`,
  },
  {
    name: '__importStar',
    written: /var __importStar = [^]*?\n\}\)\(\);/u,
    instead: '(from) => from',
  },
];

/** Copies each name once, where TypeScript makes a getter of a getter: 3 of 60 ms. */
function withQuickHelpers(source: string, path: string): string {
  let quick = source;
  for (const { name, written, instead } of helpers) {
    if (!source.includes(`var ${name} =`)) continue;
    if (!written.test(source)) throw new Error(`${path} has another ${name} now.`);
    quick = quick.replace(written, `var ${name} = ${instead};`);
  }
  return quick;
}

/**
 * Makes the library of the language server quick to start. It hands on some 600 names from file to file, and esbuild
 * copies all of them for each module that imports one: here they are looked up once, those that are used. And parts of
 * Node that it asks for at its start, though it needs them for pipes and sockets alone, are loaded where one of their
 * functions is read; `crypto` costs 4 to 8 ms.
 */
export function languageServer(root: string): Plugin {
  const names = (): readonly string[] => {
    const sources = globSync('server/**/*.ts', { cwd: root }).map((path) =>
      readFileSync(join(root, path), 'utf8'),
    );
    return [
      ...new Set(
        sources.flatMap((source) => [
          ...importedNames(source, 'vscode-languageserver'),
          ...importedNames(source, 'vscode-languageserver/node'),
        ]),
      ),
    ];
  };
  return {
    name: 'language server',
    setup(build) {
      build.onResolve({ filter: /^vscode-languageserver(?:\/node)?$/ }, ({ namespace }) =>
        namespace === 'file'
          ? { path: 'names', namespace: LIBRARY, sideEffects: false }
          : undefined,
      );
      build.onLoad({ filter: /./, namespace: LIBRARY }, () => ({
        contents: `const library = require('vscode-languageserver/node');
export const ${names()
          .map((name) => `${name} = library.${name}`)
          .join(', ')};`,
        resolveDir: root,
      }));
      build.onLoad({ filter: /[\\/]node_modules[\\/]vscode-.*\.js$/ }, async ({ path }) => ({
        contents: withQuickHelpers(await readFile(path, 'utf8'), path),
      }));
      build.onResolve(
        { filter: /^(?:crypto|net|child_process)$/ },
        ({ path, importer, namespace }) =>
          namespace === 'file' && /[\\/]node_modules[\\/]vscode-/u.test(importer)
            ? { path, namespace: BUILTIN }
            : undefined,
      );
      build.onLoad({ filter: /./, namespace: BUILTIN }, ({ path }) => ({
        contents: `module.exports = new Proxy({}, { get: (_, name) => require('node:${path}')[name] });`,
      }));
    },
  };
}
