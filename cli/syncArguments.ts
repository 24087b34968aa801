import { parseArgs, type ParseArgsConfig } from 'node:util';
import { WrongUsage } from './commands.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

const common = { format: { type: 'string', default: 'text' } } as const;

export interface SyncArguments {
  readonly project: string;
  readonly rest: readonly string[];
  readonly isJson: boolean;
  /** Undefined where the option was not given. */
  readonly text: (name: string) => string | undefined;
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
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { ...common, ...options },
  });
  const given: Readonly<Record<string, unknown>> = values;
  const [project, ...rest] = positionals;
  if (project === undefined) throw new WrongUsage(`sync ${verb} needs a project`);
  if (rest.length > most) throw new WrongUsage(`sync ${verb}: what is ${rest[most] ?? ''}?`);
  const format = given['format'];
  if (format !== 'text' && format !== 'json') {
    throw new WrongUsage(`--format of sync takes text or json, not ${String(format)}`);
  }
  const text = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    project,
    rest,
    isJson: format === 'json',
    text,
    flag: (name) => given[name] === true,
    number(name, fallback) {
      const written = text(name);
      if (written === undefined) return fallback;
      const number = Number(written);
      if (Number.isSafeInteger(number) && number >= 0) return number;
      throw new WrongUsage(`--${name} takes a number, not ${written}`);
    },
  };
}

/** One of a few words. */
export function oneOf<const T extends string>(
  option: string,
  written: string | undefined,
  known: readonly T[],
): T | undefined {
  if (written === undefined) return undefined;
  const found = known.find((each) => each.toLowerCase() === written.toLowerCase());
  if (found === undefined) {
    throw new WrongUsage(`--${option} takes ${known.join(', ')}, not ${written}`);
  }
  return found;
}
