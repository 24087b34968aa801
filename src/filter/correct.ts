import type { Problem } from '../problem/problem.ts';
import type { Span } from '../text/span.ts';
import { behindBlanks, behindDigits } from './characters.ts';
import { DEEPEST_NESTING } from './nesting.ts';

/**
 * What the readers of correct filters share. Nearly every filter is correct, and reading it by hand takes a third of
 * the time that a grammar takes (`performance.md` 1). A reader gives up, with undefined, at the first thing that it
 * does not know: the grammar reads the filter then, and says what is wrong.
 */
export interface Reading {
  readonly text: string;
  /** How far it was read. */
  at: number;
  /** Brackets and prefixes around this place. */
  level: number;
}

/** A correct filter has none. */
export const NO_PROBLEMS: readonly Problem[] = [];

/** The next unit that is no blank, which it moves to; NaN at the end. */
export function skipBlanks(reading: Reading): number {
  const at = behindBlanks(reading.text, reading.at);
  reading.at = at;
  return reading.text.charCodeAt(at);
}

/** Whether another bracket or prefix may open; whoever opened it counts it off again. */
export function enters(reading: Reading): boolean {
  reading.level += 1;
  return reading.level <= DEEPEST_NESTING;
}

export const spanFrom = (start: number, { at }: Reading): Span => ({ start, end: at });

/** Whether a pattern, which is sticky, matches at this place; it moves behind the match. */
export function matches(reading: Reading, pattern: RegExp): boolean {
  pattern.lastIndex = reading.at;
  if (!pattern.test(reading.text)) return false;
  reading.at = pattern.lastIndex;
  return true;
}

/** More digits than a number holds exactly are left to the runtime. */
const EXACT_DIGITS = 15;

/** The value of the digits between two places; the runtime would make a text of them first. */
export function numberOf(text: string, start: number, end: number): number {
  if (end - start > EXACT_DIGITS || behindDigits(text, start) !== end) {
    return Number(text.slice(start, end));
  }
  let value = 0;
  for (let at = start; at < end; at += 1) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
}
