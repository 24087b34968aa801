import type { Problem } from '../../../problem/problem.ts';
import type { XppExpression } from '../ast.ts';
import { isEquality } from '../compared.ts';
import { comparedIn } from '../places.ts';

/** Last words of field names that are enums in all of Microsoft's shipped maps (`dualwrite.md` 5). */
const ENUM_WORDS = /(?:type|status|state|kind|mode|category)(?:code|id)?$/iu;

/**
 * A text beyond ASCII compared with a field that is an enum by its name: a translated label, where the
 * language-independent element name belongs (`dualwrite.md` 2.3, E1). An identifier of X++ has ASCII
 * letters alone, so such a text is never an element.
 */
export function checkLabelLiteral(expression: XppExpression): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { compared } of comparedIn(expression)) {
    const { field, relation, literal } = compared;
    if (literal.kind !== 'string' || !isEquality(relation)) continue;
    // Few texts are beyond ASCII, and those are seen at a glance.
    if (/^[\u0020-\u007E]*$/u.test(literal.value) || !ENUM_WORDS.test(field.name)) continue;
    problems.push({
      code: 'label-literal',
      span: literal.span,
      args: { text: literal.value, field: field.name },
    });
  }
  return problems;
}
