import { text } from 'node:stream/consumers';
import { localeOf } from './locale.ts';
import { runCommandLine } from './run.ts';
import { isFolder, writeFileAt } from './writeFile.ts';
import { nodeFiles } from '../src/workspace/nodeFiles.ts';

// `… | head -1` closes the pipe once it has its line. The work goes on, for a command may write more than its output,
// and the exit code is that of the work.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const exitCode = runCommandLine(process.argv.slice(2), {
  files: nodeFiles,
  write: writeFileAt,
  isFolder,
  input: () => text(process.stdin),
  folder: process.cwd(),
  locale: localeOf(process.env, new Intl.DateTimeFormat().resolvedOptions().locale),
  out: (written) => process.stdout.write(written),
  error: (written) => process.stderr.write(written),
});

void exitCode.then((code) => {
  process.exitCode = code;
});
