import { momentText } from '../../filter/meaning/sqlText.ts';
import type { Translate } from '../../problem/message.ts';

/** How the SQL of Finance and Operations writes an operator, as far as no published statement shows it. */
const SQL: Readonly<Record<string, string>> = {
  notEqual: '<>',
  like: 'LIKE',
  not: 'NOT',
  and: 'AND',
  or: 'OR',
};

/** Tells that the rendering of an operator is approximate (`dualwrite.md` 4.1); empty where it is shown publicly. */
export function approximateOperator(meaning: string, translate: Translate): string {
  const sql = SQL[meaning];
  return sql === undefined ? '' : translate('hover.sql', { sql });
}

/** The same of a date, whose notation no published statement shows either. */
export const approximateDate = (iso: string, translate: Translate): string =>
  translate('hover.sql', { sql: `{ts '${momentText(iso)}'}` });
