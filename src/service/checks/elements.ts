import { nearest } from '../../filter/odata/nearest.ts';
import { quoted, rewriting } from '../../filter/xpp/checks/check.ts';
import { type FieldComparison, isEquality } from '../../filter/xpp/compared.ts';
import { noYesText } from '../../filter/xpp/checks/misplacedWord.ts';
import { numberForText } from '../../filter/xpp/checks/typeMismatch.ts';
import type { XppExpression } from '../../filter/xpp/ast.ts';
import { comparedIn } from '../../filter/xpp/places.ts';
import type { Fix, Problem } from '../../problem/problem.ts';
import type { FieldFacts, LegFacts } from './legFacts.ts';

/** Literals against what the value maps and lookups of their fields show (`dualwrite.md` section 6, E2, E4, E5, C4). */
export function checkElements(
  root: XppExpression,
  facts: LegFacts,
  isTyped: (field: string) => boolean,
): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { compared } of comparedIn(root)) {
    if (!isEquality(compared.relation) || compared.field.dataSource !== undefined) continue;
    const field = facts.field(compared.field.name);
    if (field === undefined) continue;
    const problem = problemOf(compared, field, problems.length < MOST_GUESSES);
    // What metadata knows, it knows better than the names that a map happens to hold.
    const isGuess = problem?.code === 'enum-number' || problem?.code === 'unknown-element';
    if (isGuess && isTyped(compared.field.name)) continue;
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

function problemOf(
  compared: FieldComparison,
  field: FieldFacts,
  guesses: boolean,
): Problem | undefined {
  const { literal } = compared;
  switch (literal.kind) {
    case 'integer':
      return checkNumber(compared, field);
    case 'string':
      return isNoYes(field.keys)
        ? noYesText(compared)
        : checkElement(compared, literal.value, field, guesses);
    case 'enum':
      return checkElement(compared, literal.element, field, guesses);
    default:
      return undefined;
  }
}

const isNoYes = (keys: readonly string[]): boolean =>
  keys.length > 0 && keys.every((key) => /^(?:no|yes)$/iu.test(key.trim()));

const isNumber = (text: string): boolean => /^-?\d+(?:\.\d+)?$/u.test(text);

/** Kept short: a menu of forty languages helps nobody. */
const MOST_FIXES = 8;

/** Behind so many wrong names, likeness is not worth the time it takes. */
const MOST_GUESSES = 100;

function checkNumber(compared: FieldComparison, field: FieldFacts): Problem | undefined {
  const { literal, field: written } = compared;
  const { span, text } = literal;
  const args = { field: written.name, text };
  if (isNoYes(field.keys)) return undefined;
  const names = [...field.keys, ...field.defaults].filter((name) => name.trim() !== '');
  if (names.length > 0) {
    // A number among the names is no element of an enum.
    if (names.some(isNumber)) return undefined;
    const shown = names.slice(0, MOST_FIXES);
    return {
      code: 'enum-number',
      span,
      args: { ...args, names: shown.map(pascal).join(', ') },
      fixes: shown.map((name) => rewriting('write-literal', span, quoted(pascal(name)))),
    };
  }
  return isTextKey(field) ? numberForText(span, args, 'lookup') : undefined;
}

/** A lookup by a code, a number of an account, a name: texts on both sides, though they may look like numbers. */
const isTextKey = ({ mappings }: FieldFacts): boolean =>
  mappings.some(({ destinationField }) =>
    /\.(?:\w*_)?(?:isocurrencycode|accountnumber|name|(?<!type|state|status)code)$/iu.test(
      destinationField,
    ),
  );

/** Value maps need not name every value of a field, so this is a hint (E5). */
function checkElement(
  { literal, field }: FieldComparison,
  written: string,
  { keys }: FieldFacts,
  guesses: boolean,
): Problem | undefined {
  const wanted = written.trim().toLowerCase();
  const names = keys.filter((key) => key.trim() !== '');
  // Wildcards have a problem of their own, and a label beyond ASCII, too.
  if (wanted === '' || names.length === 0 || /[*?]|[^\u0020-\u007E]/u.test(written))
    return undefined;
  if (names.some((key) => key.trim().toLowerCase() === wanted)) return undefined;
  const near = guesses
    ? nearest(
        wanted,
        names.map((key) => key.toLowerCase()),
      )
    : undefined;
  const ordered = names.toSorted(
    (a, b) => Number(b.toLowerCase() === near) - Number(a.toLowerCase() === near),
  );
  return {
    code: 'unknown-element',
    span: literal.span,
    args: { text: written, field: field.name },
    fixes: ordered.slice(0, MOST_FIXES).map((name): Fix => {
      const text = /^[a-z]/u.test(written) ? name : pascal(name);
      return rewriting(
        'write-literal',
        literal.span,
        literal.kind === 'enum' && /^\w+$/u.test(text)
          ? `${literal.enumName}::${text}`
          : quoted(text, literal.text),
        name.toLowerCase() === near,
      );
    }),
  };
}

/** Value maps write elements with a small first letter, filters with a capital one (`dualwrite.md` section 6, E5). */
const pascal = (name: string): string =>
  /^[a-z]\w*$/u.test(name) ? name.slice(0, 1).toUpperCase() + name.slice(1) : name;
