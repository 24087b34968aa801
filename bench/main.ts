import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { writeDocs } from './docs.ts';
import { goals, verdictOf } from './goals.ts';
import { measureMetadata } from './metadata/run.ts';
import { type Part, readOptions } from './options.ts';
import { type Measured, measureParsing } from './parse/run.ts';
import { measurePreview } from './preview/run.ts';
import { measureRehearsal } from './rehearsal/run.ts';
import { measureServers } from './server/run.ts';
import { digits, type Figures } from './stats.ts';
import { measureSync } from './sync/run.ts';
import { table } from './table.ts';
import { measureViews } from './views/run.ts';

/** `npm run bench`: measures, prints tables and goals, and keeps the figures in results.json. */
const RESULTS = join(import.meta.dirname, 'results.json');
const options = readOptions(process.argv.slice(2));

const hasPeers = existsSync(join(import.meta.dirname, 'node_modules'));
/** Parts that measure nobody beside us. */
const alone: ReadonlySet<Part> = new Set(['metadata', 'rehearsal', 'views']);
if (!hasPeers && options.parts.some((part) => !alone.has(part))) {
  console.error('The peers are missing: npm --prefix bench ci --ignore-scripts');
  process.exit(2);
}
if (
  options.parts.some((part) => ['server', 'metadata', 'views'].includes(part)) &&
  !existsSync(options.server)
) {
  console.error('There is no built server: npm run build');
  process.exit(2);
}

const measures: Readonly<Record<Part, () => Promise<Measured>>> = {
  parse: () => measureParsing(options.quick),
  server: () => measureServers(options.quick, options.server),
  metadata: () => measureMetadata(options.quick, options.server),
  rehearsal: async () => measureRehearsal(options.quick),
  preview: () => measurePreview(options.quick),
  sync: () => measureSync(options.quick),
  views: () => measureViews(options.quick, options.server),
};
const loadBefore = loadavg()[0] ?? 0;
const measured: Measured[] = [];
for (const part of options.parts) {
  measured.push(await measures[part]());
}
const figures: Figures = Object.assign({}, ...measured.map((part) => part.figures));

const HEAD = ['Goal', 'Required', 'Stretch', 'Measured', 'Verdict'];

function goalTable(found: Figures): string {
  const rows = goals.map((goal) => {
    const { what, value, required, stretch, isLeast } = goal;
    const bound = (limit: number | undefined): string =>
      limit === undefined ? '' : `${isLeast === true ? '≥' : '≤'} ${digits(limit)}`;
    const measuredValue = value(found);
    const shownValue = measuredValue === undefined ? '-' : digits(measuredValue);
    return [what, bound(required), bound(stretch), shownValue, verdictOf(goal, found)];
  });
  return table(HEAD, rows);
}

console.log(
  [...measured.map(({ report }) => report), `### Goals\n\n${goalTable(figures)}`].join('\n\n'),
);

const all = await keep();
if (options.docs) {
  const loads = `a load of ${loadBefore.toFixed(1)} before and ${(loadavg()[0] ?? 0).toFixed(1)} after`;
  const machine = `Node ${process.version.slice(1)}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, ${loads}.`;
  await writeDocs(machine, goalTable(all));
}
const isMissed = goals.some((goal) => verdictOf(goal, figures) === 'missed');
if (options.gate && isMissed) process.exitCode = 1;

/** Figures of parts that were not measured now stay as they were. */
async function keep(): Promise<Figures> {
  const before = existsSync(RESULTS)
    ? (JSON.parse(await readFile(RESULTS, 'utf8')) as { readonly figures?: Figures })
    : {};
  const all = { ...before.figures, ...figures };
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
      Object.entries(all)
        // Times what took no time that could be measured: JSON has no such number.
        .filter(([, { median, lo, hi }]) => [median, lo, hi].every(Number.isFinite))
        .map(([name, { median, lo, hi }]) => [
          name,
          { median: round(median), lo: round(lo), hi: round(hi) },
        ]),
    ),
  };
  await writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  return all;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
