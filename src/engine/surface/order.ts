interface Dependent {
  readonly name: string;
  readonly dependencies: readonly string[];
}

/** Mappings in an order in which each comes after those it depends on; those in a circle keep their places. */
export function runOrder(mappings: readonly Dependent[]): readonly string[] {
  const names = new Set(mappings.map(({ name }) => name));
  const done = new Set<string>();
  let left = mappings;
  while (left.length > 0) {
    const ready = left.filter(({ dependencies }) =>
      dependencies.every((name) => done.has(name) || !names.has(name)),
    );
    for (const { name } of ready.length > 0 ? ready : left) done.add(name);
    left = left.filter(({ name }) => !done.has(name));
  }
  return [...done];
}
