import type { Problem } from '../../../problem/problem.ts';
import type { XppField, XppOperand } from '../ast.ts';
import type { FieldComparison } from '../compared.ts';
import type { XppPlace } from '../places.ts';
import { type CheckContext, quoted, rewriting } from './check.ts';

/** Words for the two elements of NoYes; in an expression only numbers and `NoYes::Yes` work (E4). */
const ELEMENTS: Readonly<Record<string, { readonly number: string; readonly name: string }>> = {
  yes: { number: '1', name: 'Yes' },
  true: { number: '1', name: 'Yes' },
  no: { number: '0', name: 'No' },
  false: { number: '0', name: 'No' },
};

/** Words of X++ that no field is called. */
const KEYWORDS: ReadonlySet<string> = new Set(['true', 'false', 'null']);

/**
 * A bare word where a value belongs: `== Yes`, `== true`, `eq null`. A field can be called `No`, so a word that
 * is known as one, or that a literal is compared with, is left alone.
 */
export function checkMisplacedWord(
  { node }: XppPlace,
  { isField }: CheckContext,
): readonly Problem[] {
  if (node.kind !== 'comparison') return [];
  const problems: Problem[] = [];
  for (const word of [wordAt(node.left, node.right), wordAt(node.right, node.left)]) {
    if (word !== undefined && !isField(word.name)) problems.push(problemOf(word));
  }
  return problems;
}

function wordAt(operand: XppOperand, other: XppOperand): XppField | undefined {
  if (operand.kind !== 'field' || operand.dataSource !== undefined) return undefined;
  if (operand.element !== undefined) return undefined;
  const word = operand.name.toLowerCase();
  if (KEYWORDS.has(word)) return operand;
  const isWord =
    other.kind === 'field' && word in ELEMENTS && !(other.name.toLowerCase() in ELEMENTS);
  return isWord ? operand : undefined;
}

function problemOf({ name, span }: XppField): Problem {
  const element = ELEMENTS[name.toLowerCase()];
  if (element === undefined) {
    return {
      code: 'foreign-literal',
      variant: 'null',
      span,
      args: { written: name },
      fixes: [rewriting('write-literal', span, '""'), rewriting('write-literal', span, '0')],
    };
  }
  return {
    code: 'noyes-word',
    span,
    args: { written: name, number: element.number, element: element.name },
    // `OnHoldStatus == No` names an element of another enum.
    fixes: KEYWORDS.has(name.toLowerCase())
      ? noYesFixes(span, element)
      : [
          rewriting('write-literal', span, element.number),
          rewriting('write-literal', span, `NoYes::${element.name}`),
          rewriting('write-literal', span, quoted(element.name)),
        ],
  };
}

const noYesFixes = (
  span: XppField['span'],
  { number, name }: { readonly number: string; readonly name: string },
): readonly ReturnType<typeof rewriting>[] => [
  rewriting('write-literal', span, number, true),
  rewriting('write-literal', span, `NoYes::${name}`),
];

/** The text of a word compared with a field of NoYes: words are no values of it in an expression (E4). */
export function noYesText({ literal, field }: FieldComparison): Problem | undefined {
  const element = literal.kind === 'string' ? ELEMENTS[literal.value.toLowerCase()] : undefined;
  if (element === undefined) return undefined;
  return {
    code: 'noyes-word',
    span: literal.span,
    args: {
      written: literal.text,
      field: field.name,
      number: element.number,
      element: element.name,
    },
    fixes: noYesFixes(literal.span, element),
  };
}
