import { join } from 'node:path';
import { build as bundle, type Plugin } from 'esbuild';

const BENCH = import.meta.dirname;
export const ROOT = join(BENCH, '..');

/** Where everything that a run makes goes; ignored by git. */
export const OUT = join(ROOT, 'out', 'bench');

/** Parsers are measured without what they remember: every pass over a corpus would be answered from memory. */
const forgetting: Plugin = {
  name: 'forgetting',
  setup(build) {
    build.onLoad({ filter: /src[\\/]filter[\\/]memo\.ts$/ }, () => ({
      contents: 'export const memoised = (answer) => answer;',
      loader: 'js',
    }));
  },
};

/** Bundles like the product's build does, and answers where the result is. */
export async function bundled(entry: string, name: string): Promise<string> {
  const outfile = join(OUT, `${name}.cjs`);
  await bundle({
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
    entryPoints: [join(BENCH, entry)],
    outfile,
    plugins: [forgetting],
  });
  return outfile;
}
