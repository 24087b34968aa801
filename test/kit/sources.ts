import { readdirSync, statSync } from 'node:fs';
import { pathInRepository, readInRepository } from './repository.ts';

/** What one source file imports. */
export interface Import {
  /** Path of the file in the repository. */
  readonly file: string;
  /** As written: a package, `node:…`, or a relative path. */
  readonly specifier: string;
  /** The file a relative import leads to; the specifier for all others. */
  readonly target: string;
  readonly isTypeOnly: boolean;
}

/** TypeScript files below a folder of the repository, generated and installed ones aside. */
export function sourcesIn(folder: string): readonly string[] {
  const path = pathInRepository(folder);
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => {
      if (name === 'node_modules' || name === 'dist') return [];
      const inner = `${folder}/${name}`;
      if (statSync(pathInRepository(inner)).isDirectory()) return sourcesIn(inner);
      return name.endsWith('.ts') ? [inner] : [];
    });
}

/** Folders of a folder, with their whole paths. */
export const foldersIn = (folder: string): readonly string[] =>
  readdirSync(pathInRepository(folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}/${name}`);

/** The shortest circle through each file that is in one, from itself to what imports it. */
export function circlesIn(targets: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...targets.keys()].flatMap((file) => {
    const ways = new Map<string, readonly string[]>([[file, [file]]]);
    for (const [reached, way] of ways) {
      for (const target of targets.get(reached) ?? []) {
        if (target === file) return [[...way, file].join(' > ')];
        if (!ways.has(target)) ways.set(target, [...way, target]);
      }
    }
    return [];
  });
}

const STATIC = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s*)?['"]([^'"]+)['"]/gmu;
const DYNAMIC = /\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]/gu;

export function importsOf(file: string): readonly Import[] {
  const source = readInRepository(file);
  const statics = [...source.matchAll(STATIC)].map(([, type, specifier = '']) => ({
    specifier,
    isTypeOnly: type !== undefined,
  }));
  const dynamics = [...source.matchAll(DYNAMIC)].map(([, specifier = '']) => ({
    specifier,
    isTypeOnly: false,
  }));
  return [...statics, ...dynamics].map(({ specifier, isTypeOnly }) => ({
    file,
    specifier,
    target: specifier.startsWith('.') ? resolved(file, specifier) : specifier,
    isTypeOnly,
  }));
}

const resolved = (file: string, specifier: string): string =>
  new URL(specifier, `file:///${file}`).pathname.slice(1);

/** Whether a path lies in a folder, or a package is a package or a part of it. */
export const isIn = (target: string, name: string): boolean =>
  target === name || target.startsWith(`${name}/`);
