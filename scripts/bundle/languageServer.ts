import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { importedNames } from './importedNames.ts';

const LIBRARY = 'language-server';
const BUILTIN = 'lazy-builtin';

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
