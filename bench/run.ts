import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a script of this folder in a fresh process of the same Node, and reads the JSON that it prints. */
export async function answerOf<T>(script: string, args: readonly string[]): Promise<T> {
  const { stdout } = await execute(process.execPath, [script, ...args], { maxBuffer: 1 << 28 });
  return JSON.parse(stdout) as T;
}

export const progress = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
