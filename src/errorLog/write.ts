import { csvOf } from '../preview/exportRows.ts';
import type { ErrorLogEntry } from './model.ts';

/** Forms that `readErrorLog` takes back, by the ending of a file's name; undefined for one that is not written. */
export function errorLogText(
  entries: readonly ErrorLogEntry[],
  fileName: string,
): string | undefined {
  const rows = entries.map(({ entity, record, message }) => [entity, record, message] as const);
  if (/\.csv$/iu.test(fileName)) return csvOf(COLUMNS, rows);
  if (!/\.json$/iu.test(fileName)) return undefined;
  const records = rows.map((row) => Object.fromEntries(COLUMNS.map((name, i) => [name, row[i]])));
  return `${JSON.stringify(records, undefined, 2)}\n`;
}

/** The real names are not published (`dualwrite.md` 1.6); these say what the columns hold. */
const COLUMNS = ['ENTITYNAME', 'RECORDKEY', 'ERRORMESSAGE'];
