#!/usr/bin/env node
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { URI } from 'vscode-uri';
import { runCommandLine } from './run.ts';
import { nodeFiles } from '../src/workspace/nodeFiles.ts';

const exitCode = runCommandLine(process.argv.slice(2), {
  files: nodeFiles,
  async write(uri, content) {
    const path = URI.parse(uri).fsPath;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  },
  folder: process.cwd(),
  locale: process.env['LC_ALL'] ?? process.env['LANG'] ?? 'en',
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
});

void exitCode.then((code) => {
  process.exitCode = code;
});
