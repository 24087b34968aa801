import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { goals, verdictOf } from './goals.ts';
import { readOptions } from './options.ts';
import { type Measured, measureParsing } from './parse/run.ts';
import { measureServers } from './server/run.ts';
import { digits, type Figures } from './stats.ts';
import { table } from './table.ts';

/** `npm run bench`: measures, prints tables and goals, and keeps the figures in results.json. */
const RESULTS = join(import.meta.dirname, 'results.json');
const options = readOptions(process.argv.slice(2));

if (!existsSync(join(import.meta.dirname, 'node_modules'))) {
  console.error('The peers are missing: npm --prefix bench ci --ignore-scripts');
  process.exit(2);
}
if (options.parts.includes('server') && !existsSync(options.server)) {
  console.error('There is no built server: npm run build');
  process.exit(2);
}

const loadBefore = loadavg()[0] ?? 0;
const measured: Measured[] = [];
for (const part of options.parts) {
  measured.push(
    part === 'parse'
      ? await measureParsing(options.quick)
      : await measureServers(options.quick, options.server),
  );
}
const figures: Figures = Object.assign({}, ...measured.map((part) => part.figures));

const rows = goals.map((goal) => {
  const { what, value, required, stretch, isLeast } = goal;
  const bound = (limit: number | undefined): string =>
    limit === undefined ? '' : `${isLeast === true ? '≥' : '≤'} ${digits(limit)}`;
  const found = value(figures);
  const shownValue = found === undefined ? '-' : digits(found);
  return [what, bound(required), bound(stretch), shownValue, verdictOf(goal, figures)];
});
const head = ['goal', 'required', 'stretch', 'measured', 'verdict'];
console.log(
  [...measured.map(({ report }) => report), `### Goals\n\n${table(head, rows)}`].join('\n\n'),
);

await keep();
const isMissed = goals.some((goal) => verdictOf(goal, figures) === 'missed');
if (options.gate && isMissed) process.exitCode = 1;

/** Figures of parts that were not measured now stay as they were. */
async function keep(): Promise<void> {
  const before = existsSync(RESULTS)
    ? (JSON.parse(await readFile(RESULTS, 'utf8')) as { readonly figures?: Figures })
    : {};
  const results = {
    machine: {
      cpus: availableParallelism(),
      memoryGb: Math.round(totalmem() / 2 ** 30),
      platform: `${process.platform} ${process.arch}`,
      node: process.version,
      loadBefore: round(loadBefore),
      loadAfter: round(loadavg()[0] ?? 0),
    },
    quick: options.quick,
    figures: Object.fromEntries(
      Object.entries({ ...before.figures, ...figures }).map(([name, { median, lo, hi }]) => [
        name,
        { median: round(median), lo: round(lo), hi: round(hi) },
      ]),
    ),
  };
  await writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
