/**
 * Plays many random sequences of edits, runs, failures and power cuts against the synchronisation engine, and holds it
 * to its properties; `npm run soak -- 50000 7` plays 50,000 with seed 7.
 */
import {
  checkClocks,
  checkDeterminism,
  checkMirror,
  checkOrder,
  checkSequences,
  type Trial,
} from '../test/unit/engine/properties/sequences.ts';

const [countText = '10000', seedText = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
const [count, seed] = [Number(countText), Number(seedText)];
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed)) {
  console.error('npm run soak -- [sequences] [seed]');
  process.exit(2);
}

/** Two plays of one sequence cost twice as much, and say less. */
const PAIRED = 0.1;

/** Sequences between two looks at the progress. */
const SHOWN = 100;

const parts: readonly (readonly [string, number, (trial: Trial) => void])[] = [
  ['P01-P06, P09, P12 improved', count, (trial) => checkSequences('improved', trial)],
  ['P01-P06, P09, P12 faithful', count, (trial) => checkSequences('faithful', trial)],
  ['P07 clocks', Math.ceil(count * PAIRED), checkClocks],
  ['P08 mirror', Math.ceil(count * PAIRED), checkMirror],
  ['P10 order', Math.ceil(count * PAIRED), checkOrder],
  ['P11 determinism', Math.ceil(count * PAIRED), checkDeterminism],
];

console.log(`seed ${seed}`);
for (const [name, runs, check] of parts) {
  const begun = performance.now();
  let done = 0;
  check({
    runs,
    seed,
    tried() {
      done += 1;
      if (done % SHOWN === 0 || done === runs) show(name, done, runs);
    },
  });
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(`${name}: ${runs} sequences in ${seconds} s`);
}

/** One line at the bottom of a terminal; a log gets a line now and then. */
function show(name: string, done: number, runs: number): void {
  const text = `${name}: ${done} of ${runs}`;
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${done === runs ? '' : text}`);
  else if (done % (SHOWN * 10) === 0) process.stderr.write(`${text}\n`);
}
