import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeFiles } from '../src/workspace/nodeFiles.ts';
import { startServer } from './server.ts';

/** Speaks with the editor that started this process, over what its arguments say. */
export function startProcess(): void {
  let sqlJs: Promise<SqlJsStatic> | undefined;
  startServer(createConnection(ProposedFeatures.all), {
    files: nodeFiles,
    // Loaded at the first preview: compiling the wasm costs an editor's start tens of milliseconds.
    sqlJs: () => (sqlJs ??= loadSqlJs()),
    settled: () => void saveMemory(),
  });
}

/** New space stays as small as it is at the start: 20 MB less, for collections that are short anyway. */
async function saveMemory(): Promise<void> {
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString('--semi-space-growth-factor=1');
}

async function loadSqlJs(): Promise<SqlJsStatic> {
  const { default: initSqlJs } = await import('sql.js');
  const wasm = await readFile(join(__dirname, 'sql-wasm.wasm'));
  return initSqlJs({ wasmBinary: new Uint8Array(wasm).buffer });
}
