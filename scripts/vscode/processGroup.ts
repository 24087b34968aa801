import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { atExit } from './cleanup.ts';

const KEPT_OUTPUT = 4000;
const OUTPUT_GRACE_MS = 500;
const END_GRACE_MS = 3000;

export interface ProcessGroup {
  /** The exit code; -1 when a signal ended the process. */
  readonly exited: Promise<number>;
  readonly isRunning: () => boolean;
  /** The end of what the process printed, for error messages. */
  readonly lastOutput: () => string;
  readonly stop: () => Promise<void>;
}

export interface GroupOptions {
  readonly env?: Record<string, string>;
  readonly echo: boolean;
}

/**
 * Starts a program that starts further programs (a server, an editor). They share one process group,
 * so that ending the group leaves none of them behind.
 */
export function startGroup(
  command: string,
  args: readonly string[],
  options: GroupOptions,
): ProcessGroup {
  const child = spawn(command, args, {
    detached: process.platform !== 'win32',
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let kept = '';
  const receive = (chunk: Buffer): void => {
    kept = (kept + chunk.toString()).slice(-KEPT_OUTPUT);
    if (options.echo) {
      process.stdout.write(chunk);
    }
  };
  child.stdout.on('data', receive);
  child.stderr.on('data', receive);
  const exited = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      const settle = (): void => resolve(code ?? -1);
      // 'close' comes after the last output, but never while a member that stays behind holds the pipe.
      child.once('close', settle);
      setTimeout(settle, OUTPUT_GRACE_MS);
    });
  });
  // Whoever needs the outcome awaits `exited`; a group nobody waits for must not end this process.
  exited.catch(() => undefined);
  atExit(() => signalGroup(child, 'SIGKILL'));

  return {
    exited,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    lastOutput: () => kept.trim(),
    stop: async () => {
      signalGroup(child, 'SIGTERM');
      await Promise.race([
        exited.catch(() => undefined),
        sleep(END_GRACE_MS, undefined, { ref: false }),
      ]);
      signalGroup(child, 'SIGKILL');
    },
  };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // Every member of the group has ended already.
  }
}
