import type { Problem } from '../../../problem/problem.ts';
import type { XppComparison, XppExpression, XppOperand } from '../ast.ts';
import { placesOf } from '../places.ts';

/** Last words of field names that are enums in all of Microsoft's shipped maps (`dualwrite.md` 5). */
const ENUM_WORDS = /(?:type|status|state|kind|mode|category)(?:code|id)?$/iu;

/**
 * A text beyond ASCII compared with a field that is an enum by its name: a translated label, where the
 * language-independent element name belongs (`dualwrite.md` 2.3, E1). An identifier of X++ has ASCII
 * letters alone, so such a text is never an element.
 */
export function checkLabelLiteral(expression: XppExpression): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { node } of placesOf(expression)) {
    if (node.kind !== 'comparison' || !['==', '!='].includes(node.relation)) continue;
    const { field, literal } = sidesOf(node);
    if (field?.kind !== 'field' || literal?.kind !== 'string') continue;
    if (!ENUM_WORDS.test(field.name) || /^[\u0020-\u007E]*$/u.test(literal.value)) continue;
    problems.push({
      code: 'label-literal',
      span: literal.span,
      args: { text: literal.value, field: field.name },
    });
  }
  return problems;
}

function sidesOf({ left, right }: XppComparison): {
  readonly field: XppOperand | undefined;
  readonly literal: XppOperand | undefined;
} {
  const sides = [left, right];
  return {
    field: sides.find((side) => side.kind === 'field'),
    literal: sides.find((side) => side.kind === 'string'),
  };
}
