import type { Comparison, Condition } from './condition.ts';
import type { Truth } from './values.ts';

/**
 * Whether some row makes a condition true, where each comparison alone is known to answer one of a few truths.
 * Comparisons of one field are taken as independent of each other: "no" is certain, "yes" is not.
 */
export const canBeTrue = (
  condition: Condition,
  answersOf: (comparison: Comparison) => ReadonlySet<Truth>,
): boolean => answersFor(condition, answersOf).has(true);

/** What a comparison answers of which nothing is known. */
export const EVERY_ANSWER: ReadonlySet<Truth> = new Set<Truth>([true, false, undefined]);

function answersFor(
  condition: Condition,
  answersOf: (comparison: Comparison) => ReadonlySet<Truth>,
): ReadonlySet<Truth> {
  switch (condition.kind) {
    case 'comparison':
      return answersOf(condition);
    case 'not': {
      const answers = answersFor(condition.term, answersOf);
      return new Set([...answers].map((truth) => (truth === undefined ? truth : !truth)));
    }
    case 'and':
    case 'or': {
      const terms = condition.terms.map((term) => answersFor(term, answersOf));
      return joined(terms, condition.kind === 'or');
    }
    case 'always':
      return new Set([true]);
    case 'unreadable':
      return EVERY_ANSWER;
  }
}

/** @param deciding the truth of one term that decides for all: true for `or`, false for `and`. */
function joined(terms: readonly ReadonlySet<Truth>[], deciding: boolean): ReadonlySet<Truth> {
  const answers = new Set<Truth>();
  if (terms.some((term) => term.has(deciding))) answers.add(deciding);
  if (terms.every((term) => term.has(!deciding))) answers.add(!deciding);
  if (
    terms.some((term) => term.has(undefined)) &&
    terms.every((term) => term.has(undefined) || term.has(!deciding))
  ) {
    answers.add(undefined);
  }
  return answers;
}
