import type { Analysed } from '../problem/problem.ts';
import { nestsTooDeep } from './nesting.ts';

/** What `read` answers of a filter; where its caller left too little of the stack, that it nests too deep. */
export function withinStack<T>(
  source: string,
  read: () => Analysed<T | undefined>,
): Analysed<T | undefined> {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { value: undefined, problems: [nestsTooDeep({ start: 0, end: source.length })] };
  }
}
