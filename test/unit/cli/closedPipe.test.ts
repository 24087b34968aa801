import { deepEqual } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { pathInRepository } from '../../kit/repository.ts';

/** The exit code and what is told on standard error, where nobody reads what is printed. */
async function unread(
  words: readonly string[],
): Promise<{ readonly code: number | null; readonly error: string }> {
  const child = spawn(process.execPath, [pathInRepository('cli/main.ts'), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [code, error] = await Promise.all([ended, text(child.stderr)]);
  return { code, error };
}

describe('The command line before a closed pipe', () => {
  const calls = [
    { id: 'help', words: ['--help'], code: 0 },
    {
      id: 'findings',
      words: ['check', '--side', 'fo', '--expression', '(A =='],
      code: 1,
    },
    {
      id: 'what is long',
      words: ['check', pathInRepository('samples'), '--format', 'sarif'],
      code: 1,
    },
  ];
  for (const { id, words, code } of calls) {
    it(`says nothing, and ends with its own exit code: ${id}`, async () => {
      deepEqual(await unread(words), { code, error: '' });
    });
  }
});
