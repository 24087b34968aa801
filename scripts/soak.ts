/**
 * Plays many random sequences of edits, runs, failures and power cuts against the synchronisation engine, and holds it
 * to its properties; `npm run soak -- 50000 7` plays 50,000 with seed 7.
 */
import { checkSequences } from '../test/unit/engine/properties/commands.ts';

const [count = '10000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
for (const mode of ['improved', 'faithful'] as const) {
  const begun = performance.now();
  checkSequences(mode, { numRuns: Number(count), seed: Number(seed) });
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(`${mode}: ${count} sequences in ${seconds} s, seed ${seed}`);
}
