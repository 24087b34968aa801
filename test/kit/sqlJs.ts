import initSqlJs from 'sql.js';

/** sql.js starts once for all tests. */
export const sqlJs = await initSqlJs();
