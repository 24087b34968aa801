import { basename } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';

/** What esbuild split a program into: an ECMAScript module, with the map of its source inside. */
export interface Chunk {
  /** As others import it: `./server-chunk-ABC.cjs`. */
  readonly name: string;
  readonly text: string;
  /** Those of its imports that are loaded with it, by name. */
  readonly imports: readonly string[];
}

/** A file of CommonJS with the map of its source. */
export interface ProgramFile {
  readonly name: string;
  readonly code: string;
  readonly map: string;
}

const PART = 'part';
const ELSEWHERE = 'elsewhere';

/**
 * Makes CommonJS of chunks, and one scope of those that are always loaded together. esbuild makes a chunk for each set
 * of groups that share a module; a start read fifty of them, which took 8 of 140 ms, and each call from one to another
 * went through two getters. Files of other groups find what they share by a stub of its old name.
 *
 * @param owners names of the chunks that the others are put into, in the order in which they are loaded.
 */
export async function hoistedFiles(
  chunks: readonly Chunk[],
  owners: readonly string[],
  options: BuildOptions,
): Promise<readonly ProgramFile[]> {
  const byName = new Map(chunks.map((chunk) => [chunk.name, chunk]));
  const ownerOf = new Map(owners.map((owner) => [owner, owner]));
  for (const owner of owners) {
    for (const name of closureOf(owner, byName)) {
      if (!ownerOf.has(name)) ownerOf.set(name, owner);
    }
  }
  return Promise.all(
    chunks.map(async ({ name, text }) => {
      const owner = ownerOf.get(name);
      if (owner !== undefined && owner !== name) return stubOf(name, owner);
      const parts = chunks.filter((part) => ownerOf.get(part.name) === name || part.name === name);
      const { outputFiles } = await build({
        ...options,
        stdin: { contents: owner === undefined ? text : entryOf(name, parts) },
        outfile: basename(name),
        bundle: true,
        write: false,
        format: 'cjs',
        supported: { 'dynamic-import': false },
        sourcemap: 'external',
        logOverride: { 'import-is-undefined': 'error' },
        plugins: [chunksAround(parts, ownerOf)],
      });
      const [map, code] = ['.map', '.cjs'].map(
        (ending) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '',
      );
      return { name, code: code ?? '', map: map ?? '' };
    }),
  );
}

/** A chunk and all that are loaded with it. */
function closureOf(name: string, chunks: ReadonlyMap<string, Chunk>): ReadonlySet<string> {
  const found = new Set([name]);
  for (const each of found) for (const next of chunks.get(each)?.imports ?? []) found.add(next);
  return found;
}

const stubOf = (name: string, owner: string): ProgramFile => ({
  name,
  code: `module.exports=require(${JSON.stringify(owner)}).joined(${JSON.stringify(name)});\n`,
  map: JSON.stringify({ version: 3, sources: [], names: [], mappings: '' }),
});

/** What the file of an owner exports: its own, and its parts by their names. */
const entryOf = (owner: string, parts: readonly Chunk[]): string =>
  [
    ...parts.map(({ name }, index) => `import * as part${index} from '${name}';`),
    `export * from '${owner}';`,
    `const parts = { ${parts.map(({ name }, index) => `'${name}': part${index}`).join(', ')} };`,
    'export const joined = (name) => parts[name];',
  ].join('\n');

function chunksAround(parts: readonly Chunk[], ownerOf: ReadonlyMap<string, string>): Plugin {
  const own = new Map(parts.map((part) => [part.name, part]));
  return {
    name: 'chunks around',
    setup(build) {
      build.onResolve({ filter: /^\.\// }, ({ path, kind }) => {
        if (kind !== 'import-statement') return { path, external: true };
        if (own.has(path)) return { path, namespace: PART };
        return ownerOf.has(path) ? { path, namespace: ELSEWHERE } : { path, external: true };
      });
      // One that exports nothing may pass for CommonJS, which would be wrapped, with all that it imports.
      build.onLoad({ filter: /./, namespace: PART }, ({ path }) => ({
        contents: (own.get(path)?.text ?? '').replace('\n//# sourceMappingURL=', '\nexport {};$&'),
      }));
      // What an earlier file has is read once, when this one is loaded.
      build.onLoad({ filter: /./, namespace: ELSEWHERE }, ({ path }) => ({
        contents: [
          `const part = require('${ownerOf.get(path) ?? path}').joined('${path}');`,
          ...[...namesOf(path, parts)].map((name) => `export const ${name} = part.${name};`),
        ].join('\n'),
      }));
    },
  };
}

/** What chunks import from another one, as esbuild writes it. */
const namesOf = (path: string, chunks: readonly Chunk[]): ReadonlySet<string> =>
  new Set(
    chunks
      .flatMap(({ text }) => [
        ...text.matchAll(/^import \{(?<names>[^}]*)\} from "(?<from>[^"]+)"/gmu),
      ])
      .filter(({ groups }) => groups?.['from'] === path)
      .flatMap(({ groups }) => (groups?.['names'] ?? '').split(','))
      .map((name) => name.trim().split(' as ')[0] ?? '')
      .filter((name) => name !== ''),
  );
