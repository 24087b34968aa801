import { join } from 'node:path';
import type { Measured } from '../parse/run.ts';
import { random } from '../random.ts';
import { answerOf, progress } from '../run.ts';
import { type Figure, figure, pairedRatios, shown } from '../stats.ts';
import { table } from '../table.ts';
import type { SyncResult } from './worker.ts';

const WORKER = join(import.meta.dirname, 'worker.ts');
const ALL = [
  'ours',
  'ours on disk',
  'ours, 0.1 % refused',
  'limit',
  'Yjs',
  'RxDB',
  'PouchDB',
] as const;

interface Size {
  readonly records: number;
  readonly engines: readonly string[];
  readonly rounds: number;
}

/** The peers do not come to a million in any time to wait for. */
const sizes = (quick: boolean): readonly Size[] =>
  quick
    ? [{ records: 10_000, engines: ALL, rounds: 1 }]
    : [
        { records: 10_000, engines: ALL, rounds: 5 },
        { records: 100_000, engines: ALL, rounds: 3 },
        { records: 1_000_000, engines: ['ours', 'limit'], rounds: 1 },
      ];

const measures = [
  'initial',
  'incremental',
  'conflict',
  'nothing',
  'persist',
  'image',
  'memory',
] as const;

/** Two sides with half of the records each: first meeting, changes, conflicts, nothing; ratios are those of a round. */
export async function measureSync(quick: boolean): Promise<Measured> {
  const figures: Record<string, Figure> = {};
  const tables: string[] = [];
  for (const size of sizes(quick)) {
    const found = await rounds(size);
    const rows = size.engines.map((engine) => {
      const own = found.get(engine) ?? [];
      const cells = measures.map((measure) => {
        const values = own.flatMap((result) => result[measure] ?? []);
        if (values.length === 0) return '-';
        const name = `sync.${size.records}.${engine}.${measure}`;
        figures[name] = figure(values);
        for (const other of ['limit', 'ours']) {
          const others = (found.get(other) ?? []).flatMap((result) => result[measure] ?? []);
          if (other === engine || others.length === 0) continue;
          figures[`${name}.x-${other}`] = figure(pairedRatios(values, others));
        }
        return shown(figure(values));
      });
      const told = own[0]?.reported;
      const conflicts = told === undefined ? 'silent' : `${told} of ${own[0]?.planted ?? 0}`;
      figures[`sync.${size.records}.${engine}.told`] = figure(
        own.map(({ reported = 0, planted }) => reported / planted),
      );
      return [engine, ...cells, conflicts];
    });
    const head = ['engine', ...measures.map(titleOf), 'conflicts told'];
    tables.push(`#### ${size.records.toLocaleString('en')} records\n\n${table(head, rows)}`);
  }
  perRecord(figures);
  return { figures, report: `### Synchronisation\n\n${tables.join('\n\n')}` };
}

const titleOf = (measure: (typeof measures)[number]): string =>
  measure === 'memory' ? 'memory MB' : `${measure} ms`;

/** Engines in another order each round, so that none always runs beside the same neighbour. */
async function rounds({ records, engines, rounds: count }: Size) {
  const found = new Map<string, SyncResult[]>(engines.map((engine) => [engine, []]));
  const { shuffled } = random(records);
  for (let round = 0; round < count; round += 1) {
    for (const engine of shuffled(engines)) {
      progress(`sync: ${records} records, round ${round + 1}, ${engine}`);
      found.get(engine)?.push(await answerOf<SyncResult>(WORKER, [engine, String(records)]));
    }
  }
  return found;
}

/** What a record costs in the largest store, times what it costs in the smallest. */
function perRecord(figures: Record<string, Figure>): void {
  for (const engine of ['ours', 'limit']) {
    const [few, many] = [10_000, 1_000_000].map((records) => {
      const found = figures[`sync.${records}.${engine}.initial`];
      return found === undefined ? undefined : found.median / records;
    });
    if (few !== undefined && many !== undefined) {
      figures[`sync.${engine}.growth`] = figure([many / few]);
    }
  }
}
