import { join } from 'node:path';
import type { Measured } from '../parse/run.ts';
import { random } from '../random.ts';
import { progress } from '../run.ts';
import { digits, type Figure, figure, median, pairedRatios, quantile, shown } from '../stats.ts';
import { table } from '../table.ts';
import { bundleFigures } from './bundle.ts';
import { type Latencies, latenciesOf, type Load } from './latency.ts';
import { allServers, type Server } from './servers.ts';
import { emptyProcess, type Startup, startupOf } from './startup.ts';

type Collected = Record<string, Figure>;

/** Servers in processes of their own, shuffled in each repeat: a neighbour's load meets all of them. */
export async function measureServers(quick: boolean, path: string): Promise<Measured> {
  const servers = await allServers(path);
  const figures: Collected = {};
  const loads: readonly (Load & { readonly repeats: number })[] = quick
    ? [{ filters: 200, edits: 30, bursts: 1, repeats: 2 }]
    : [
        { filters: 200, edits: 60, bursts: 2, repeats: 4 },
        { filters: 2_000, edits: 30, bursts: 1, repeats: 2 },
        { filters: 20_000, edits: 20, bursts: 1, repeats: 2 },
      ];
  const reports: string[] = [];
  for (const node of nodes) {
    reports.push(await measureStartup(servers, quick ? 5 : 15, figures, node));
  }
  for (const load of loads) reports.push(await measureLatency(servers, load, figures));
  const ours = servers.find(({ name }) => name === 'ours');
  if (ours !== undefined) Object.assign(figures, await bundleFigures(ours, path));
  return { figures, report: reports.join('\n\n') };
}

interface Node {
  readonly path: string;
  readonly version: string;
  /** What the names of its figures begin with. */
  readonly key: string;
}

/** The Node of this project, and that of `performance.md`, whose `node -e 0` takes twice as long. */
const nodes: readonly Node[] = [
  { path: process.execPath, version: process.version, key: 'start' },
  {
    path: join(import.meta.dirname, '..', 'node_modules', 'node-20', 'bin', 'node'),
    version: 'v20',
    key: 'start20',
  },
];

/** Ratios are those of one Node: another one starts at another speed. */
async function measureStartup(
  servers: readonly Server[],
  repeats: number,
  figures: Collected,
  node: Node,
): Promise<string> {
  // The same server, asked for pushed diagnostics, starts no differently.
  const measured = servers.filter(({ name }) => name !== 'vscode-json push');
  const empty: number[] = [];
  const results = new Map(measured.map((server) => [server, [] as Startup[]]));
  const from = random(2);
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    progress(`start-up of ${node.version} ${repeat + 1}/${repeats}`);
    empty.push(await emptyProcess(node.path));
    for (const server of from.shuffled(measured)) {
      results.get(server)?.push(await startupOf(server, node.path));
    }
  }
  figures[`${node.key}.node.ms`] = figure(empty);
  const rows = measured.map((server) => {
    const all = results.get(server) ?? [];
    const initialized = all.map((one) => one.initialized);
    const diagnosed = all.map((one) => one.diagnosed);
    const ratio = (times: readonly number[]): Figure => middle(pairedRatios(times, empty));
    const key = `${node.key}.${server.name}`;
    figures[`${key}.initialize.ms`] = figure(initialized);
    figures[`${key}.initialize.ratio`] = ratio(initialized);
    figures[`${key}.diagnostics.ms`] = figure(diagnosed);
    figures[`${key}.diagnostics.ratio`] = ratio(diagnosed);
    return [
      server.name,
      digits(median(initialized)),
      shown(ratio(initialized)),
      digits(median(diagnosed)),
      shown(ratio(diagnosed)),
    ];
  });
  const head = ['server', 'initialize ms', 'x node -e 0', '200 filters told ms', 'x node -e 0'];
  return `### Cold start (node -e 0 of ${node.version}: ${shown(figure(empty))} ms)\n\n${table(head, rows)}`;
}

/** The middle half: single starts on a shared machine stray far. */
const middle = (values: readonly number[]): Figure => ({
  median: median(values),
  lo: quantile(values, 0.25),
  hi: quantile(values, 0.75),
});

async function measureLatency(
  servers: readonly Server[],
  load: Load & { readonly repeats: number },
  figures: Collected,
): Promise<string> {
  const measured = servers.filter(({ filters }) => filters >= load.filters);
  const results = new Map(measured.map((server) => [server, [] as Latencies[]]));
  const from = random(load.filters);
  for (let repeat = 0; repeat < load.repeats; repeat += 1) {
    for (const server of from.shuffled(measured)) {
      progress(`${load.filters} filters ${repeat + 1}/${load.repeats}: ${server.name}`);
      results.get(server)?.push(await latenciesOf(server, load, repeat));
    }
  }
  const rows = measured.map((server) => {
    const all = results.get(server) ?? [];
    return latencyRow(server, all, results, `${load.filters}.${server.name}`, figures);
  });
  const head = [
    'server',
    'open ms',
    'edit p50',
    'edit p95',
    'x echo',
    'after a pause p50/p95',
    'x echo',
    'burst',
    'completion p50/p95',
    'hover p50/p95',
    'RSS MB',
    'diagnostics',
  ];
  const count = load.filters.toLocaleString('en');
  return `### One edit, one answer: ${count} filters, ms\n\n${table(head, rows)}`;
}

function latencyRow(
  server: Server,
  all: readonly Latencies[],
  results: ReadonlyMap<Server, readonly Latencies[]>,
  key: string,
  figures: Collected,
): readonly string[] {
  const over = (name: string, value: (one: Latencies) => number): Figure | undefined => {
    const values = all.map(value).filter(Number.isFinite);
    if (values.length === 0) return undefined;
    return (figures[`${key}.${name}`] = figure(values));
  };
  const share = (name: string, times: (one: Latencies) => readonly number[]): string => {
    const p50 = over(`${name}.p50`, (one) => median(times(one)));
    const p95 = over(`${name}.p95`, (one) => quantile(times(one), 0.95));
    return p50 === undefined || p95 === undefined
      ? '-'
      : `${digits(p50.median)} / ${digits(p95.median)}`;
  };
  const cell = (value: Figure | undefined): string => (value === undefined ? '-' : shown(value));
  const echo = [...results].find(([{ name }]) => name === 'echo')?.[1] ?? [];
  const timesEcho = (name: string, times: (one: Latencies) => readonly number[]): string => {
    const p50s = (list: readonly Latencies[]): readonly number[] =>
      list.map((one) => median(times(one)));
    const ratio = figure(pairedRatios(p50s(all), p50s(echo)));
    figures[`${key}.${name}.x-echo`] = ratio;
    return shown(ratio);
  };
  return [
    server.name,
    cell(over('open', ({ opened }) => opened)),
    cell(over('edit.p50', ({ edits }) => median(edits))),
    cell(over('edit.p95', ({ edits }) => quantile(edits, 0.95))),
    timesEcho('edit', ({ edits }) => edits),
    share('typed', ({ typed }) => typed),
    timesEcho('typed', ({ typed }) => typed),
    cell(over('burst', ({ bursts }) => median(bursts))),
    share('completion', ({ completions }) => completions),
    share('hover', ({ hovers }) => hovers),
    digits(over('memory', ({ memory }) => memory ?? Number.NaN)?.median ?? Number.NaN),
    String(all[0]?.baseline ?? '-'),
  ];
}
