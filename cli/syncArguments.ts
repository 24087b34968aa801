import type { ParseArgsConfig } from 'node:util';
import { formatIn, numberIn, readWords, WrongUsage } from './words.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

const common = { format: { type: 'string' } } as const;

export interface SyncArguments {
  readonly project: string;
  readonly rest: readonly string[];
  readonly isJson: boolean;
  /** Undefined where the option was not given. */
  readonly text: (name: string) => string | undefined;
  /** What an option says that may be given several times. */
  readonly texts: (name: string) => readonly string[];
  readonly flag: (name: string) => boolean;
  readonly number: (name: string, fallback: number) => number;
}

/** Reads `PROJECT [MORE…] [--options]`; every verb of `sync` has this form. */
export function syncArguments(
  verb: string,
  words: readonly string[],
  options: Options,
  most = 0,
): SyncArguments {
  const { values, positionals } = readWords(words, { ...common, ...options });
  const given: Readonly<Record<string, unknown>> = values;
  const command = `sync ${verb}`;
  const [project, ...rest] = positionals;
  if (project === undefined) throw new WrongUsage('noProject', { command });
  if (rest.length > most) throw new WrongUsage('surplus', { command, word: rest[most] ?? '' });
  const text = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    project,
    rest,
    isJson: formatIn(text('format'), ['text', 'json']) === 'json',
    text,
    texts(name) {
      const value = given[name];
      return Array.isArray(value) ? value.map(String) : [];
    },
    flag: (name) => given[name] === true,
    number: (name, fallback) => numberIn(`--${name}`, text(name), 0) ?? fallback,
  };
}
