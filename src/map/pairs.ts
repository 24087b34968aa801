/** Two things that are the same in two documents, or one that only one of them has. */
export type Pair<T> =
  | { readonly first: T; readonly second: T | undefined }
  | { readonly first: undefined; readonly second: T };

/**
 * Puts the things of two lists side by side, in the order of the first list; each is in one pair.
 *
 * @param keysOf what a thing is known again by, from the surest sign to the least one. An empty key is no sign.
 */
export function pairsOf<T>(
  first: readonly T[],
  second: readonly T[],
  keysOf: (item: T) => readonly string[],
): readonly Pair<T>[] {
  const partners = new Map<T, T>();
  const taken = new Set<T>();
  const ranks = [...first, ...second].reduce(
    (most, item) => Math.max(most, keysOf(item).length),
    0,
  );
  for (let rank = 0; rank < ranks; rank += 1) {
    const free = new Map<string, T[]>();
    for (const item of second) {
      const key = keysOf(item)[rank] ?? '';
      if (key === '' || taken.has(item)) continue;
      const others = free.get(key);
      if (others === undefined) free.set(key, [item]);
      else others.push(item);
    }
    for (const list of free.values()) list.reverse();
    for (const item of first) {
      const partner = partners.has(item) ? undefined : free.get(keysOf(item)[rank] ?? '')?.pop();
      if (partner === undefined) continue;
      partners.set(item, partner);
      taken.add(partner);
    }
  }
  return [
    ...first.map((item) => ({ first: item, second: partners.get(item) })),
    ...second
      .filter((item) => !taken.has(item))
      .map((item) => ({ first: undefined, second: item }) as const),
  ];
}
