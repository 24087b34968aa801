import { type EngineMessage, message } from '../model/message.ts';

interface Dependent {
  readonly name: string;
  readonly dependencies: readonly string[];
}

/** Dependencies that name no line. */
export const missingDependencies = (lines: readonly Dependent[]): readonly EngineMessage[] => {
  const names = new Set(lines.map(({ name }) => name));
  return lines.flatMap(({ name, dependencies }) =>
    dependencies
      .filter((dependency) => !names.has(dependency))
      .map((dependency) => message('missingDependency', { mapping: name, dependency })),
  );
};

/** The first circle that dependencies make, as a path that ends where it began; undefined if there is none. */
export function cycleIn(lines: readonly Dependent[]): readonly string[] | undefined {
  const byName = new Map(lines.map((line) => [line.name, line]));
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (name: string): readonly string[] | undefined => {
    const before = path.indexOf(name);
    if (before >= 0) return [...path.slice(before), name];
    if (done.has(name)) return undefined;
    path.push(name);
    for (const dependency of byName.get(name)?.dependencies ?? []) {
      const cycle = visit(dependency);
      if (cycle !== undefined) return cycle;
    }
    path.pop();
    done.add(name);
    return undefined;
  };
  for (const { name } of lines) {
    const cycle = visit(name);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
