import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { DuckDb } from '../../src/preview/engines/duckDb.ts';
import type { Engines } from './externalSources.ts';

/**
 * The engines of this machine.
 *
 * @param folder where the built extension lies: the driver of SQL Server beside it, and DuckDB, which is native and no
 * part of the extension, wherever Node finds it from there.
 */
export const enginesIn = (folder: string): Engines => ({
  duckDb: (installed) => moduleIn(installed === '' ? folder : installed),
  // Loaded by the first who is connected: most have no connection.
  connectSqlServer: (...args) => driverIn(folder).connectSqlServer(...args),
});

function moduleIn(folder: string): DuckDb | undefined {
  try {
    return createRequire(join(folder, 'index.js'))('@duckdb/node-api') as DuckDb;
  } catch {
    // Not installed, or without a binary for this machine.
    return undefined;
  }
}

const driverIn = (folder: string): Pick<Engines, 'connectSqlServer'> =>
  createRequire(join(folder, 'index.js'))('./sqlServer.cjs') as Pick<Engines, 'connectSqlServer'>;
