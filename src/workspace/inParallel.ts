import { breathe } from './breathe.ts';

/** As many files as a disk reads at once with gain; more only take memory. */
const AT_ONCE = 8;

/** Does something slow with every item, a few at a time. The results stand in the order of the items. */
export async function inParallel<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  // All workers take from one list.
  const left = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of left) {
      results[index] = await work(item);
      await breathe();
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  return results;
}
