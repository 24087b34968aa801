import type { Problem } from '../../../problem/problem.ts';
import type { XppExpression } from '../ast.ts';
import type { FieldComparison } from '../compared.ts';
import { comparedIn } from '../places.ts';
import { rewriting } from './check.ts';

const EMPTY = { datetime: '1900-01-01T00:00:00', date: String.raw`1\1\1900` } as const;

/** Columns that the kernel adds to tables; their type never changes. */
const SYSTEM_FIELDS: ReadonlySet<string> = new Set(['createddatetime', 'modifieddatetime']);

/**
 * No date is empty text: "nothing" is written out as the first day (`dualwrite.md` 2.3, L2). What type a field has
 * only its name or the other comparisons of it in the filter tell.
 */
export function checkEmptyDateTime(root: XppExpression): readonly Problem[] {
  const types = new Map<string, keyof typeof EMPTY>();
  const empties: FieldComparison[] = [];
  for (const { compared } of comparedIn(root)) {
    const { field, literal } = compared;
    if (literal.kind === 'datetime' || literal.kind === 'date') {
      types.set(field.name.toLowerCase(), literal.kind);
    } else if (literal.kind === 'string' && literal.value === '' && compared.relation !== 'like') {
      empties.push(compared);
    }
  }
  return empties.flatMap(({ field, literal }): readonly Problem[] => {
    const name = field.name.toLowerCase();
    const type = SYSTEM_FIELDS.has(name) ? 'datetime' : types.get(name);
    if (type === undefined) return [];
    const text = EMPTY[type];
    return [
      {
        code: 'empty-datetime',
        span: literal.span,
        args: { field: field.name, text },
        fixes: [rewriting('write-literal', literal.span, text, true)],
      },
    ];
  });
}
