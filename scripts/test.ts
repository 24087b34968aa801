/**
 * Everything that has to hold, in the order in which it is quickest to fail: `npm test`.
 * Its last line is `N passed, N failed, N skipped` over the unit tests and the tests in the real VS Code.
 */
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT_NO_VSCODE } from './vscode/exitCodes.ts';

const ROOT = join(import.meta.dirname, '..');

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs a script of package.json, shows what it prints, and answers it together with the exit code. */
function run(
  script: string,
  ...args: readonly string[]
): Promise<{ readonly output: string; readonly code: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    });
    const chunks: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      chunks.push(chunk);
      process.stdout.write(chunk);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ output: chunks.join(''), code: code ?? 1 }));
  });
}

/** Reads the summary of mocha's spec reporter. A suite that ended badly without one counts as one failure. */
function countsOf({ output, code }: { readonly output: string; readonly code: number }): Counts {
  const count = (word: string): number =>
    Number(new RegExp(String.raw`^\s*(\d+) ${word}\b`, 'mu').exec(output)?.[1] ?? 0);
  const failed = count('failing');
  return {
    passed: count('passing'),
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: count('pending'),
  };
}

/** All tests in English, and in the other languages those that read what is translated. */
async function hostCounts(): Promise<readonly Counts[]> {
  const result = await run('test:host');
  if (result.code !== EXIT_NO_VSCODE) {
    const counts = [countsOf(result)];
    for (const locale of ['cs', 'fr']) {
      // Without a shell on Linux and macOS, with one on Windows: one word, so that neither splits it.
      counts.push(
        countsOf(await run('test:host', '--locale', locale, '--grep', 'display-language')),
      );
    }
    return counts;
  }
  const folder = join(ROOT, 'test', 'host');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.test.ts'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  const skipped = texts.join('\n').match(/^\s*it\(/gmu)?.length ?? 0;
  console.log(`The ${skipped} tests in the real VS Code can't run here and count as skipped.`);
  return [{ passed: 0, failed: 0, skipped }];
}

const check = await run('check');
const suites = [countsOf(await run('test:unit')), ...(await hostCounts())];
const total = (name: keyof Counts): number => suites.reduce((sum, counts) => sum + counts[name], 0);
const failed = total('failed') + (check.code === 0 ? 0 : 1);
if (check.code !== 0) console.log('The checks (types, lint, format, unused code) failed.');
console.log(`${total('passed')} passed, ${failed} failed, ${total('skipped')} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
