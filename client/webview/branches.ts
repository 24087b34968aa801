import type { ExplainedPart } from '../../src/service/explain/explainRow.ts';

/** Parts within a part that are drawn; a filter may list thousands of values. */
export const MOST_PARTS = 200;

/** What decided first; the others as they are written. */
export const branches = ({ parts }: ExplainedPart): readonly ExplainedPart[] => [
  ...parts.filter(({ decides }) => decides),
  ...parts.filter(({ decides }) => !decides),
];

/** A filter of so many parts is seen as a whole. */
const SMALL = 25;

/** Whether a part is open at first: all of a small filter, else the way that decided. */
export const isOpenAtFirst = (part: ExplainedPart, root: ExplainedPart): boolean =>
  part.decides || countUpTo(root, SMALL + 1) <= SMALL;

function countUpTo({ parts }: ExplainedPart, limit: number): number {
  let count = 1;
  for (const part of parts) {
    if (count >= limit) break;
    count += countUpTo(part, limit - count);
  }
  return count;
}
