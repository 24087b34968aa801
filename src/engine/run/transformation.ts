import type { TransformationRule } from '../model/fieldMapping.ts';
import type { Cell, SqlStore } from '../store/database.ts';

/** Registers what SQLite has no function for under the names that `transfer.ts` calls. */
export function registerTransformations(store: SqlStore): void {
  store.register('as_code', (value) =>
    typeof value === 'string' ? asCode(value) : (value ?? null),
  );
  store.register('as_utc', (value) => (typeof value === 'string' ? asUtc(value) : (value ?? null)));
  store.register('folded', (value) =>
    typeof value === 'string' ? value.toLowerCase() : (value ?? null),
  );
  const rules = new Map<string, TransformationRule>();
  store.register('transformed', (value, rule) => {
    if (typeof value !== 'string' || typeof rule !== 'string') return value ?? null;
    const known = rules.get(rule) ?? (JSON.parse(rule) as TransformationRule);
    rules.set(rule, known);
    return transformed(value, known);
  });
}

/** A code of Business Central: capitals, no blanks around it. */
const asCode = (text: string): string => text.trim().toUpperCase();

/** The moment without the zone it was written in; text that is none stays. */
function asUtc(text: string): Cell {
  const moment = /[Zz]|[+-]\d\d:\d\d$/u.test(text) ? Date.parse(text) : Date.parse(`${text}Z`);
  return Number.isNaN(moment) ? text : moment;
}

function transformed(text: string, rule: TransformationRule): string {
  switch (rule.kind) {
    case 'uppercase':
      return text.toUpperCase();
    case 'lowercase':
      return text.toLowerCase();
    case 'titlecase':
      return text
        .toLowerCase()
        .replaceAll(/(?<![\p{L}\p{N}])\p{L}/gu, (found) => found.toUpperCase());
    case 'trim':
      return text.trim();
    case 'replace':
      return text.replaceAll(rule.find, () => rule.with);
    case 'substring':
      return text.slice(
        rule.start - 1,
        rule.length === undefined ? undefined : rule.start - 1 + rule.length,
      );
  }
}
