import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { ROOT } from './bundle.ts';

export interface Options {
  /** Fewer repeats and no document of 20,000 filters: minutes become one, and figures rough. */
  readonly quick: boolean;
  /** Exit code 1 where a goal is missed. */
  readonly gate: boolean;
  /** Writes the goals into docs/benchmarks.md. */
  readonly docs: boolean;
  /** What to measure; all of it where nothing is named. */
  readonly parts: readonly Part[];
  /** The built server; another one than that of the checkout tells what a change brings. */
  readonly server: string;
}

export type Part = 'parse' | 'server' | 'metadata' | 'preview' | 'sync' | 'views' | 'rehearsal';

const PARTS: readonly Part[] = [
  'parse',
  'server',
  'metadata',
  'preview',
  'sync',
  'views',
  'rehearsal',
];

export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      gate: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
      server: { type: 'string', default: join(ROOT, 'dist', 'server.cjs') },
    },
  });
  const unknown = positionals.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined) throw new Error(`Nothing to measure is called ${unknown}.`);
  return {
    ...values,
    parts: positionals.length === 0 ? PARTS : PARTS.filter((part) => positionals.includes(part)),
  };
}
