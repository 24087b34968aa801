/** `back` is the button of that name; undefined where somebody thought better of it. */
export type Answer<T> = T | 'back' | undefined;

/**
 * Walks through steps and back again. A step that has nothing to ask answers what it was given, and is passed over on the
 * way back, too.
 */
export async function walk<S>(
  start: S,
  steps: readonly ((state: S) => Promise<Answer<S>> | S)[],
): Promise<Answer<S>> {
  const states = [start];
  for (;;) {
    const state = states.at(-1);
    const step = steps[states.length - 1];
    if (state === undefined || step === undefined) return state;
    const next = await step(state);
    if (next === undefined) return undefined;
    if (next !== 'back') {
      states.push(next);
      continue;
    }
    let left = states.pop();
    while (states.length > 1 && left === states.at(-1)) left = states.pop();
    // No step before this one has asked anything.
    if (states.length === 0 || left === states.at(-1)) return 'back';
  }
}
