import { odataCorpus } from '../corpus/odata.ts';
import { xppCorpus } from '../corpus/xpp.ts';
import { type Engine, engines, type Language } from './engines.ts';
import { textOfShape } from './shape.ts';

/**
 * One engine in a process of its own, so that no other one shapes the code the runtime makes for it; the
 * hand-written limit is timed in turns with it, so that both meet the same noise.
 */
export interface ParseResult {
  /** Filters that the engine reads. */
  readonly accepted: number;
  /** Those of them whose tree has as many nodes of each kind as the limit's; undefined where it makes no tree. */
  readonly agreed: number | undefined;
  readonly characters: number;
  /** Busy milliseconds per pass over the accepted filters, pass by pass. */
  readonly engine: readonly number[];
  readonly hand: readonly number[];
}

const CORPUS_SIZE = 2_000;

/** Busy milliseconds until the runtime has compiled what it will. */
const WARM_UP = 500;

const [language = 'odata', name = 'ours', rounds = '10'] = process.argv.slice(2);
console.log(JSON.stringify(await measure(language as Language, name, Number(rounds))));

async function measure(language: Language, name: string, rounds: number): Promise<ParseResult> {
  const engine = await engineNamed(language, name);
  const hand = await engineNamed(language, 'hand');
  const corpus = language === 'odata' ? odataCorpus(CORPUS_SIZE) : xppCorpus(CORPUS_SIZE);
  const filters = corpus.filter((filter) => accepts(engine, filter));
  const prepared = filters.map((filter) => engine.prepare?.(filter) ?? filter);
  const times: { engine: number[]; hand: number[] } = { engine: [], hand: [] };
  timed(engine, prepared, WARM_UP);
  timed(hand, filters, WARM_UP);
  for (let round = 0; round < rounds; round += 1) {
    times.hand.push(timed(hand, filters));
    times.engine.push(timed(engine, prepared));
  }
  return {
    accepted: filters.length,
    agreed: agreement(engine, hand, filters),
    characters: filters.reduce((sum, { length }) => sum + length, 0),
    ...times,
  };
}

async function engineNamed(language: Language, name: string): Promise<Engine> {
  const make = engines[language][name];
  if (make === undefined) throw new Error(`No engine ${name} for ${language}`);
  return make();
}

function accepts({ prepare, parse }: Engine, filter: string): boolean {
  try {
    parse(prepare?.(filter) ?? filter);
    return true;
  } catch {
    return false;
  }
}

function agreement(
  { prepare, parse, shape }: Engine,
  hand: Engine,
  filters: readonly string[],
): number | undefined {
  if (shape === undefined || hand.shape === undefined) return undefined;
  const { shape: shapeByHand } = hand;
  return filters.filter(
    (filter) =>
      textOfShape(shape(parse(prepare?.(filter) ?? filter))) ===
      textOfShape(shapeByHand(hand.parse(filter))),
  ).length;
}

/** Busy milliseconds per pass, over as many passes as make the coarse clock of the system exact enough. */
function timed({ parse }: Engine, texts: readonly string[], atLeast = 250): number {
  const start = busyMilliseconds();
  let passes = 0;
  let busy = 0;
  while (passes === 0 || busy < atLeast) {
    for (const text of texts) parse(text);
    passes += 1;
    busy = busyMilliseconds() - start;
  }
  return busy / passes;
}

/** Time that this thread computed: on a shared machine the clock on the wall counts the neighbours' work, too. */
function busyMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
