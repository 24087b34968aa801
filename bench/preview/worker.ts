import { random } from '../random.ts';
import { dataRows } from './data.ts';
import { type Engine, engines, type Found } from './engines.ts';

/** All engines in one process, in turns and shuffled: what slows the machine slows them alike. */
export interface PreviewResult {
  readonly name: string;
  /** Busy milliseconds of each turn. */
  readonly load: readonly number[];
  readonly query: readonly number[];
  readonly kept: number;
}

/** Turns until the runtime has compiled what it will. */
const WARM_UP = 6;

const [rowCount = '100000', loads = '3', queries = '20'] = process.argv.slice(2);
console.log(JSON.stringify(await measure(Number(rowCount), Number(loads), Number(queries))));

async function measure(
  count: number,
  loadTurns: number,
  queryTurns: number,
): Promise<readonly PreviewResult[]> {
  const rows = dataRows(count);
  const texts = rows.map((row) => row.map((cell) => (cell === null ? null : String(cell))));
  const from = random(1);
  const made: {
    readonly name: string;
    readonly engine: Engine;
    load: number[];
    query: number[];
  }[] = [];
  for (const [name, make] of Object.entries(engines)) {
    made.push({ name, engine: await make(), load: [], query: [] });
  }
  for (let turn = 0; turn < loadTurns; turn += 1) {
    for (const { engine, load } of from.shuffled(made)) {
      load.push((await timed(() => engine.load(rows, texts))).milliseconds);
    }
  }
  const kept = new Map<string, number>();
  for (let turn = -WARM_UP; turn < queryTurns; turn += 1) {
    let expected: Found | undefined;
    for (const { name, engine, query } of from.shuffled(made)) {
      const { value, milliseconds } = await timed(() => engine.query(turn + WARM_UP));
      expected ??= value;
      if (value.count !== expected.count || value.shown !== expected.shown) {
        throw new Error(`${name} keeps ${value.count} rows, another one ${expected.count}.`);
      }
      kept.set(name, value.count);
      if (turn >= 0) query.push(milliseconds);
    }
  }
  for (const { engine } of made) engine.close();
  return made.map(({ name, load, query }) => ({ name, load, query, kept: kept.get(name) ?? 0 }));
}

async function timed<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly value: T; readonly milliseconds: number }> {
  const start = busyMilliseconds();
  const value = await work();
  return { value, milliseconds: busyMilliseconds() - start };
}

/** Time that the threads of this process computed: on a shared machine the clock on the wall counts the neighbours', too. */
function busyMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
