import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const TABLE = 'new Array(65536)';

/** Chevrotain's lexer looks up each character in a table of small numbers: half a megabyte, and a quarter of that here. */
export const chevrotainTable: Plugin = {
  name: "the table of Chevrotain's lexer",
  setup(build) {
    build.onLoad(
      { filter: /[\\/]chevrotain[\\/]lib[\\/]src[\\/]scan[\\/]lexer\.js$/ },
      async ({ path }) => {
        const source = await readFile(path, 'utf8');
        if (!source.includes(TABLE)) throw new Error(`${path} has no ${TABLE} any more.`);
        return { contents: source.replace(TABLE, 'new Uint16Array(65536)') };
      },
    );
  },
};
