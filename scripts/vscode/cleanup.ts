import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
const tasks: (() => void)[] = [];

/** Runs `task` when this process ends, also after Ctrl+C. The last task registered runs first. */
export function atExit(task: () => void): void {
  if (tasks.length === 0) {
    listen();
  }
  tasks.unshift(task);
}

/** A directory of its own for one run; it is removed when this process ends. */
export function temporaryDirectory(): string {
  // A short name: Electron keeps a socket in here, and macOS limits a socket's path to 103 characters.
  const directory = mkdtempSync(join(tmpdir(), 'dww-'));
  atExit(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return directory;
}

function listen(): void {
  process.on('exit', () => tasks.forEach(runQuietly));
  for (const [signal, exitCode] of Object.entries(SIGNALS)) {
    process.on(signal, () => process.exit(exitCode));
  }
}

/** One clean-up that fails must not keep the others from running. */
function runQuietly(task: () => void): void {
  try {
    task();
  } catch (error) {
    console.error(error);
  }
}
