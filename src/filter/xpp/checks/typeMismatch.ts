import type { Problem } from '../../../problem/problem.ts';
import type { XppExpression } from '../ast.ts';
import { type FieldComparison, isEquality } from '../compared.ts';
import { comparedIn } from '../places.ts';
import { quoted, rewriting } from './check.ts';

type FieldType = 'text' | 'number';

/**
 * A field that the filter treats as a text here and as a number there (`dualwrite.md` section 6, C4). An element of
 * an enum is written both ways, so a name is no evidence; `like`, a blank or a hyphen are, and an order or a
 * fraction are for a number. Where the evidence contradicts itself nothing is said.
 */
export function checkTypeMismatch(root: XppExpression): readonly Problem[] {
  const uses: FieldComparison[] = [];
  const types = new Map<string, FieldType | 'both'>();
  for (const { compared } of comparedIn(root)) {
    if (compared.field.dataSource !== undefined) continue;
    uses.push(compared);
    const shown = shownType(compared);
    if (shown === undefined) continue;
    const name = compared.field.name.toLowerCase();
    types.set(name, (types.get(name) ?? shown) === shown ? shown : 'both');
  }
  if (types.size === 0) return [];
  return uses.flatMap((use) => {
    const type = types.get(use.field.name.toLowerCase());
    return type === 'text' || type === 'number' ? mismatch(use, type) : [];
  });
}

function shownType({ literal, relation }: FieldComparison): FieldType | undefined {
  switch (literal.kind) {
    case 'real':
      return relation === 'like' ? undefined : 'number';
    case 'integer':
      return isEquality(relation) || relation === 'like' ? undefined : 'number';
    case 'string':
      return relation === 'like' || isText(literal.value) ? 'text' : undefined;
    default:
      return undefined;
  }
}

/** The plain ones first: a pattern for all the others takes its time to be made. */
const hasLetter = (value: string): boolean => /[A-Za-z]/u.test(value) || /\p{L}/u.test(value);

/** Neither a name of an element, nor a number or a date in quotes, nor nothing. */
const isText = (value: string): boolean =>
  // The question that costs most comes last.
  /\W|^\d/u.test(value) && !/^\d{4}-\d{2}-\d{2}/u.test(value) && hasLetter(value);

function mismatch(
  { field, relation, literal }: FieldComparison,
  type: FieldType,
): readonly Problem[] {
  if (relation === 'like') return [];
  const { span } = literal;
  const args = { field: field.name, text: literal.text };
  if (type === 'text') {
    if (literal.kind !== 'integer' && literal.kind !== 'real') return [];
    return [numberForText(span, args)];
  }
  if (literal.kind !== 'string' || !/^(?:-?\d+(?:\.\d+)?)?$/u.test(literal.value)) return [];
  const number = literal.value === '' ? '0' : literal.value;
  return [
    {
      code: 'type-mismatch',
      variant: 'number',
      span,
      args,
      fixes: [rewriting('write-literal', span, number, literal.value !== '')],
    },
  ];
}

export const numberForText = (
  span: Problem['span'],
  args: { readonly field: string; readonly text: string },
  variant = 'text',
): Problem => ({
  code: 'type-mismatch',
  variant,
  span,
  args,
  fixes: [rewriting('write-literal', span, quoted(args.text), true)],
});
