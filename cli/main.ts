#!/usr/bin/env node
import { runCommandLine } from './run.ts';
import { nodeFiles } from '../src/workspace/nodeFiles.ts';

const exitCode = runCommandLine(process.argv.slice(2), {
  files: nodeFiles,
  folder: process.cwd(),
  locale: process.env['LC_ALL'] ?? process.env['LANG'] ?? 'en',
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
});

void exitCode.then((code) => {
  process.exitCode = code;
});
