import { createRequire } from 'node:module';
import type { DuckDb } from '../../src/preview/engines/duckDb.ts';

/** DuckDB is optional: where its binary could not be installed, tests of it are counted as pending. */
export function installedDuckDb(): DuckDb | undefined {
  try {
    return createRequire(import.meta.url)('@duckdb/node-api') as DuckDb;
  } catch {
    return undefined;
  }
}
