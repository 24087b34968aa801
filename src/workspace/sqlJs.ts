import { join } from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import { once } from '../filter/once.ts';

/** Loaded when the first SQLite file is read: compiling the wasm costs tens of milliseconds. */
export const loadedSqlJs = once(async (): Promise<SqlJsStatic> => {
  const { default: initSqlJs } = await import('sql.js');
  // Bundled, the wasm lies beside the program; from the sources, sql.js finds its own.
  if (typeof __dirname === 'undefined') return initSqlJs();
  const { readFile } = await import('node:fs/promises');
  const wasm = await readFile(join(__dirname, 'sql-wasm.wasm'));
  return initSqlJs({ wasmBinary: new Uint8Array(wasm).buffer });
});
