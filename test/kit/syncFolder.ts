import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommandLine } from '../../cli/run.ts';
import { isFolder } from '../../cli/writeFile.ts';
import { nodeFiles } from '../../src/workspace/nodeFiles.ts';

export interface SyncOutcome {
  readonly exitCode: number;
  readonly out: string;
  readonly error: string;
}

/** A folder of its own on the disk, with a clock of its own, in which `dual-write sync …` runs. */
export interface SyncFolder {
  readonly sync: (...words: readonly string[]) => Promise<SyncOutcome>;
  /** What `--format json` prints. */
  readonly json: (...words: readonly string[]) => Promise<unknown>;
  readonly write: (file: string, text: string) => void;
  readonly read: (file: string) => string;
  /** Lets milliseconds pass. */
  readonly wait: (milliseconds: number) => void;
  readonly path: string;
  readonly remove: () => void;
}

const START = Date.UTC(2026, 0, 6, 8);
const MINUTE = 60_000;

/** @param template a folder whose files are copied first. */
export function syncFolder(template?: string, locale = 'en'): SyncFolder {
  const path = mkdtempSync(join(tmpdir(), 'sync-'));
  if (template !== undefined) cpSync(template, path, { recursive: true });
  let now = START;
  const sync = async (...words: readonly string[]): Promise<SyncOutcome> => {
    let [out, error] = ['', ''];
    now += MINUTE;
    const exitCode = await runCommandLine(['sync', ...words], {
      files: nodeFiles,
      async write(uri, content) {
        writeFileSync(new URL(uri), content);
      },
      isFolder,
      input: async () => '',
      folder: path,
      locale,
      now: () => now,
      out: (text) => (out += text),
      error: (text) => (error += text),
    });
    if (/^\s+at .+:\d+/mu.test(out + error)) throw new Error(`a stack trace: ${out}${error}`);
    return { exitCode, out, error };
  };
  return {
    path,
    sync,
    async json(...words) {
      const { out, error } = await sync(...words, '--format', 'json');
      if (out === '') throw new Error(error);
      const value: unknown = JSON.parse(out);
      return value;
    },
    write(file, text) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), text);
    },
    read: (file) => readFileSync(join(path, file), 'utf8'),
    wait: (milliseconds) => {
      now += milliseconds;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
