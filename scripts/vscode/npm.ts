import { spawn } from 'node:child_process';
import { constants, accessSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Says within seconds that the registry cannot be reached; npm's own patience is minutes. */
const PATIENCE = [
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=2000',
];
const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT/;

/** Where a program is on PATH, or undefined. */
export function findOnPath(program: string): string | undefined {
  const directories = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return directories.map((directory) => join(directory, program)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Runs npm in `directory` without showing its output, unless it fails. */
export async function runNpm(
  directory: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<void> {
  const child = spawn('npm', [...args, '--no-audit', '--no-fund', ...PATIENCE], {
    cwd: directory,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const receive = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', receive);
  child.stderr.on('data', receive);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', () => reject(new Error('npm is missing: it is not on PATH.')));
    child.once('close', (exitCode) => resolve(exitCode ?? -1));
  });
  if (code !== 0) {
    throw new Error(describeFailure(args, output));
  }
}

function describeFailure(args: readonly string[], output: string): string {
  const errors = output.split('\n').filter((line) => /^npm error (?! *at )/.test(line));
  const reason = UNREACHABLE.test(output)
    ? 'the npm registry is missing: it could not be reached'
    : 'npm reported an error';
  return [`"npm ${args.join(' ')}" failed: ${reason}.`, ...errors.slice(0, 12)].join('\n');
}
