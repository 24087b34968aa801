import { isBroken } from '../../../problem/catalogue.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { XppExpression } from '../ast.ts';
import { placesOf } from '../places.ts';
import { checkBareComparison } from './bareComparison.ts';
import { checkChains } from './chainLogic.ts';
import type { Check, CheckContext, WholeCheck } from './check.ts';
import { checkConstantComparison } from './constantComparison.ts';
import { checkEmptyDateTime } from './emptyDateTime.ts';
import { checkLike } from './like.ts';
import { checkMisplacedWord } from './misplacedWord.ts';
import { checkMixedConnectors } from './mixedConnectors.ts';
import { checkOuterParentheses } from './outerParentheses.ts';
import { checkSingleEquals } from './singleEquals.ts';
import { checkTexts } from './texts.ts';
import { checkTypeMismatch } from './typeMismatch.ts';
import { checkWildcard } from './wildcard.ts';

const VALUES: readonly Check[] = [
  checkSingleEquals,
  checkMisplacedWord,
  checkTexts,
  checkWildcard,
  checkLike,
];
const WHOLE_VALUES: readonly WholeCheck[] = [checkEmptyDateTime, checkTypeMismatch];

const STRUCTURE: readonly Check[] = [
  checkBareComparison,
  checkMixedConnectors,
  checkConstantComparison,
];
const WHOLE_STRUCTURE: readonly WholeCheck[] = [checkOuterParentheses, checkChains];

const NONE: readonly Problem[] = [];

/**
 * What a filter that X++ accepts says otherwise than it seems to, or in a form that may fail (`dualwrite.md`
 * section 6). Told from the text alone. While the text does not parse, nothing is said about its structure: it was
 * guessed, and one mistake is to give one problem.
 */
export function checkXpp(
  expression: XppExpression,
  context: CheckContext,
  known: readonly Problem[],
): readonly Problem[] {
  const wasGuessed = isBroken(known);
  const checks = wasGuessed ? VALUES : [...VALUES, ...STRUCTURE];
  const wholes = wasGuessed ? WHOLE_VALUES : [...WHOLE_STRUCTURE, ...WHOLE_VALUES];
  const problems = placesOf(expression).flatMap((place) =>
    // No check asks anything of the rest, which is most of a filter.
    place.node.kind === 'comparison' || place.node.kind === 'chain'
      ? checks.flatMap((check) => check(place, context))
      : NONE,
  );
  return [...problems, ...wholes.flatMap((check) => check(expression, context))];
}
