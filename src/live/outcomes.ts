import type { Outcome } from './model.ts';

export const merged = (
  known: readonly Outcome[] | undefined,
  more: readonly Outcome[],
): Outcome[] => [...new Set([...(known ?? []), ...more])];

/** What happens if it happens, and that it may not: the other outcomes of a write but success. */
export const withDoubt = (
  first: readonly Outcome[],
  doubts: readonly Outcome[],
): readonly Outcome[] =>
  merged(
    first,
    doubts.filter((each) => each === 'notTriggered'),
  );

/** What becomes of several effects together: what fails makes all fail, and nothing happens only where all do nothing. */
export function outcomeOf(effects: readonly (readonly Outcome[])[]): readonly Outcome[] {
  if (effects.some((outcomes) => outcomes.every((each) => each === 'failed'))) return ['failed'];
  const may = (outcome: Outcome): boolean => effects.some((outcomes) => outcomes.includes(outcome));
  const found = (['synchronized', 'queued', 'failed'] as const).filter(may);
  const isNothingPossible = effects.every((outcomes) => outcomes.includes('notTriggered'));
  return found.length === 0 || isNothingPossible ? [...found, 'notTriggered'] : found;
}
