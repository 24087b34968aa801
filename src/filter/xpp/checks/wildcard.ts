import type { Fix, Problem } from '../../../problem/problem.ts';
import { textOf } from '../../../text/span.ts';
import { type FieldComparison, isEquality } from '../compared.ts';
import type { XppPlace } from '../places.ts';
import type { CheckContext } from './check.ts';

/**
 * `*` means something to `like` alone; `==` looks for the character (`dualwrite.md` section 6, C3). `?` is left out,
 * since it ends questions, and so is a `*` between digits or on its own, which may well be the text itself.
 */
export function checkWildcard(place: XppPlace, context: CheckContext): readonly Problem[] {
  const { compared } = place;
  if (compared === undefined || !isEquality(compared.relation)) return [];
  const { literal, field, relation } = compared;
  if (literal.kind !== 'string' || !isPattern(literal.value)) return [];
  // Where the operator is missing, nobody knows which one is.
  if (!/^(?:==?|!=|<>|eq|ne)$/iu.test(compared.comparison.operator.text)) return [];
  return [
    {
      code: 'wildcard',
      span: literal.span,
      args: { relation, field: field.name },
      fixes: [likeFix(compared, place, context)],
    },
  ];
}

const isPattern = (text: string): boolean =>
  text.includes('*') && /[^*\s]/u.test(text) && /^\*|\*$|\p{L}\*\p{L}/u.test(text);

function likeFix(
  { comparison, field, literal, relation, isMirrored }: FieldComparison,
  { above }: XppPlace,
  { source }: CheckContext,
): Fix {
  const { span, operator } = comparison;
  // In parentheses or below `!` nothing but the operator changes.
  if (relation === '==' && !isMirrored) {
    return { title: 'use-like', edits: [{ span: operator.span, text: 'like' }], preferred: true };
  }
  const like = `${textOf(source, field.span)} like ${literal.text}`;
  const isEnclosed = above?.node.kind === 'group' || above === undefined;
  const text = relation === '!=' ? (isEnclosed ? `!(${like})` : `(!(${like}))`) : like;
  return {
    title: relation === '!=' ? 'use-not-like' : 'use-like',
    edits: [{ span, text }],
    preferred: true,
  };
}
