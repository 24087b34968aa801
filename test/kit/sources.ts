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
