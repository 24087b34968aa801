/** What is bundled to be measured: the product's rows in memory, and its SQL. */
export { meaningOfOData } from '../../src/filter/odata/meaning.ts';
export { parseOData } from '../../src/filter/odata/parse.ts';
export { columnBuilder, rowAt } from '../../src/preview/columns.ts';
export { openLargeFile } from '../../src/preview/engines/duckDb.ts';
export { rowStore } from '../../src/preview/rowStore.ts';
export { sqliteRows } from '../../src/preview/sqliteCounts.ts';
