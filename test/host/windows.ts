import { note, noted } from './driver.ts';

/** What the suite says when a test closes its window: the next window begins with the same suite. */
export interface Left {
  /** The sync project that was left in the middle of a run. */
  readonly project: string;
  readonly passes: number;
}

const NAME = 'window';

/** What the window before this one left; undefined in the first. */
export async function leftBefore(): Promise<Left | undefined> {
  const text = await noted(NAME);
  return text === '' ? undefined : JSON.parse(text);
}

export const leave = (left: Left): Promise<boolean> => note(NAME, JSON.stringify(left));
