import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type manifest from '../../package.json';
import { chevrotainTable } from './chevrotainTable.ts';
import { type Chunk, hoistedFiles } from './hoistedFiles.ts';
import { languageServer } from './languageServer.ts';
import { type LazyGroup, lazyModules } from './lazyModules.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** What names its interpreter can be run as a command. */
const modeOf = (code: string): number => (code.startsWith('#!') ? 0o755 : 0o644);

/** Of package.json a program tells its name and version. */
const manifestName: Plugin = {
  name: 'name in the manifest',
  setup(build) {
    build.onLoad({ filter: /package\.json$/ }, async ({ path }) => {
      if (path !== join(ROOT, 'package.json')) return undefined;
      const { displayName, version } = JSON.parse(await readFile(path, 'utf8')) as typeof manifest;
      return { contents: JSON.stringify({ displayName, version }), loader: 'json' };
    });
  },
};

/**
 * Bundles a program of Node into a file of its name and chunks beside it that are loaded when they are needed. esbuild
 * splits ECMAScript modules alone; those load only asynchronously and slower, so that each chunk becomes CommonJS.
 *
 * @param start what runs the program (src/program), which gets another name then: `MAIN`, with a hash of its content.
 */
export async function bundleProgram(
  name: string,
  entry: string,
  groups: readonly LazyGroup[],
  folder: string,
  start?: string,
): Promise<void> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: { [name]: entry },
    outdir: folder,
    bundle: true,
    splitting: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // jsonc-parser's `main` is a UMD file whose requires no bundler can follow.
    mainFields: ['module', 'main'],
    entryNames: start === undefined ? '[name]' : '[name]-main-[hash]',
    chunkNames: `${name}-[name]-[hash]`,
    outExtension: { '.js': '.cjs' },
    sourcemap: 'inline',
    metafile: true,
    logLevel: 'warning',
    logOverride: { 'import-is-undefined': 'error' },
    plugins: [lazyModules(ROOT, groups), languageServer(ROOT), chevrotainTable, manifestName],
  });
  const outputs = Object.entries(metafile.outputs);
  /** What a file is loaded by, from beside it. */
  const nameOf = (path: string): string => `./${basename(path)}`;
  const chunks = outputFiles.map(({ path, text }): Chunk => {
    const output = outputs.find(([each]) => basename(each) === basename(path))?.[1];
    const imports = (output?.imports ?? [])
      .filter(({ kind, external }) => kind === 'import-statement' && external !== true)
      .map((each) => nameOf(each.path));
    return {
      name: nameOf(path),
      text: text.replaceAll(/\bloadNow\(import\(("[^"]+")\)\)/gu, 'require($1)'),
      imports,
    };
  });
  const outputOf = (isMeant: (entryPoint: string) => boolean): readonly string[] =>
    outputs
      .filter(([, { entryPoint }]) => entryPoint !== undefined && isMeant(entryPoint))
      .map(([path]) => nameOf(path));
  const main = outputOf((entryPoint) => entryPoint === entry);
  const first = groups.filter(({ isFirst }) => isFirst === true);
  const owners =
    first.length === 0
      ? []
      : [...main, ...first.flatMap((group) => outputOf((each) => each.endsWith(`:${group.name}`)))];
  await mkdir(folder, { recursive: true });
  const files = await hoistedFiles(chunks, owners, {
    platform: 'node',
    target: 'node20',
    minify: true,
    logLevel: 'warning',
  });
  await Promise.all(
    files.flatMap(({ name: file, code, map }) => [
      writeFile(join(folder, file), `${code}//# sourceMappingURL=${basename(file)}.map\n`, {
        mode: modeOf(code),
      }),
      writeFile(join(folder, `${file}.map`), map),
    ]),
  );
  if (start !== undefined) await bundleStart(name, start, main, folder);
}

async function bundleStart(
  name: string,
  start: string,
  [main]: readonly string[],
  folder: string,
): Promise<void> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [start],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    define: { MAIN: JSON.stringify(main) },
    logLevel: 'warning',
  });
  for (const { text } of outputFiles) {
    await writeFile(join(folder, `${name}.cjs`), text, { mode: modeOf(text) });
  }
}
