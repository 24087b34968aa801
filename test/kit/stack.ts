import { ok } from 'node:assert/strict';

/** So many callers fewer until there is an answer, and then more each time: near its end the stack is looked at closely. */
const FIRST_STEP = 20;
const GROWTH = 1.25;

function below<T>(callers: number, answer: () => T): T {
  const value = callers === 0 ? answer() : below(callers - 1, answer);
  return value;
}

/** Undefined where the stack does not hold that many callers and the call. */
function answerBelow<T>(callers: number, answer: () => T): T | undefined {
  try {
    return below(callers, answer);
  } catch (error) {
    ok(error instanceof RangeError, String(error));
    return undefined;
  }
}

/**
 * What a function answers where its callers left nearly nothing of the stack, and then more and more of it.
 *
 * @param answer is given a number that differs from call to call.
 * @param isWhole whether an answer needed no more than was left, which ends the search.
 */
export function answersWithLittleStack<T>(
  answer: (call: number) => T,
  isWhole: (answered: T) => boolean,
): readonly T[] {
  let callers = 1_000;
  while (answerBelow(callers, () => true) === true) callers += 1_000;
  const answers: T[] = [];
  for (let step = FIRST_STEP; callers >= 0; callers -= Math.floor(step)) {
    const call = callers;
    const answered = answerBelow(call, () => ({ value: answer(call) }));
    if (answered === undefined) continue;
    answers.push(answered.value);
    if (isWhole(answered.value)) break;
    step *= GROWTH;
  }
  return answers;
}
