import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeFiles } from '../src/workspace/nodeFiles.ts';
import { startServer } from './server.ts';

/** The server as a process of its own: started by the extension, or by any editor with `--stdio`. */
let sqlJs: Promise<SqlJsStatic> | undefined;

startServer(createConnection(ProposedFeatures.all), {
  files: nodeFiles,
  // Loaded at the first preview: compiling the wasm costs an editor's start tens of milliseconds.
  sqlJs: () => (sqlJs ??= loadSqlJs()),
});

async function loadSqlJs(): Promise<SqlJsStatic> {
  const { default: initSqlJs } = await import('sql.js');
  const wasm = await readFile(join(__dirname, 'sql-wasm.wasm'));
  return initSqlJs({ wasmBinary: new Uint8Array(wasm).buffer });
}
