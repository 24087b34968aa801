/**
 * Checks the scopes that the grammars give: the assertions in `unit/` and the recorded tokens in `snapshots/`.
 * `--update` records them anew.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostPaths } from './tokenize.ts';

const ROOT = join(import.meta.dirname, '../..');
const CHECK = fileURLToPath(import.meta.resolve('vscode-tmgrammar-test/dist/unit.js'));
const COMPARE = fileURLToPath(import.meta.resolve('vscode-tmgrammar-test/dist/snapshot.js'));

const SNAPSHOTS = {
  xpp: 'source.dualwrite-xpp',
  odata: 'source.dualwrite-odata',
  json: 'source.json',
  xml: 'text.xml',
};

const hosts = hostPaths.flatMap((path) => ['--grammar', path]);

function run(script: string, ...options: readonly string[]): boolean {
  const { status } = spawnSync(process.execPath, [script, ...hosts, ...options], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  return status === 0;
}

const update = process.argv.includes('--update') ? ['--updateSnapshot'] : [];
const passed = [
  run(CHECK, 'test/grammar/unit/*.txt'),
  ...Object.entries(SNAPSHOTS).map(([folder, scopeName]) =>
    run(COMPARE, '--scope', scopeName, ...update, `test/grammar/snapshots/${folder}/*.txt`),
  ),
];
process.exitCode = passed.every(Boolean) ? 0 : 1;
