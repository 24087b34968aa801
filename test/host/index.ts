import type Mocha from 'mocha';
import { format } from 'node:util';
import { press, print, screenshot } from './driver.ts';
import { freshWindow } from './kit.ts';
import { leftBefore } from './windows.ts';

/** Loads the suites: listed one by one, because a bundle has no folder to search. */
async function loadSuites(): Promise<void> {
  await import('./accessibility.test.ts');
  await import('./activation.test.ts');
  await import('./advice.test.ts');
  await import('./displayLanguage.test.ts');
  await import('./compare.test.ts');
  await import('./languageFeatures.test.ts');
  await import('./languageStatus.test.ts');
  await import('./maps.test.ts');
  await import('./nullLost.test.ts');
  await import('./panel.test.ts');
  await import('./panelStatement.test.ts');
  await import('./rehearsals.test.ts');
  await import('./suppress.test.ts');
  await import('./trackedDataSources.test.ts');
  await import('./walkthrough.test.ts');
  await import('./generators.test.ts');
  await import('./sync.test.ts');
  await import('./syncMore.test.ts');
  await import('./syncLinks.test.ts');
  await import('./syncAsks.test.ts');
  await import('./coupling.test.ts');
  await import('./restart.test.ts');
  // It ends this window.
  await import('./windowClosed.test.ts');
}

/** VS Code calls this in the extension host; a rejection makes the run fail. */
export async function run(): Promise<void> {
  const { default: Runner } = await import('mocha');
  const mocha = new Runner({ ui: 'bdd', timeout: 40_000 });
  const grep = process.env['DUALWRITE_TEST_GREP'];
  const before = await leftBefore();
  if (grep !== undefined && before === undefined) {
    mocha.fgrep(grep);
  }
  const printed = printThroughDriver(Runner);
  // Defines describe() and it(), which the suites call while they load.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await (before === undefined ? loadSuites() : import('./windowReopened.test.ts'));
  // One suite's failure is not the next one's: each begins with what a window shows at first.
  if (before === undefined) {
    for (const suite of mocha.suite.suites) suite.beforeAll('a fresh window', freshWindow);
  }
  // What a test still asks would take the keys of the next one.
  mocha.suite.afterEach('nothing asked', async function () {
    if (this.currentTest?.isFailed() !== true) return;
    await screenshot(`failed-${this.currentTest.title.replaceAll(/\W+/gu, '-')}`);
    await press('Escape');
  });
  const stats = await runMocha(mocha);
  await printed();
  const passes = stats.passes + (before?.passes ?? 0);
  await print(`host: ${passes} passed, ${stats.failures} failed, ${stats.pending} skipped`);
  if (stats.failures > 0) {
    throw new Error(`${stats.failures} host tests failed.`);
  }
}

/** The extension host's console goes to VS Code's log; the report belongs in the terminal, in order. */
function printThroughDriver(runner: typeof Mocha): () => Promise<void> {
  let queue = Promise.resolve();
  runner.reporters.Base.consoleLog = (...values: unknown[]) => {
    queue = queue.then(async () => await print(format(...values)));
  };
  return async () => await queue;
}

async function runMocha(mocha: Mocha): Promise<Mocha.Stats> {
  return await new Promise((resolve, reject) => {
    const runner = mocha.run(() => {
      if (runner.stats === undefined) {
        reject(new Error('mocha kept no statistics.'));
      } else {
        resolve(runner.stats);
      }
    });
  });
}
