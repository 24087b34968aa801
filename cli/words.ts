import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { MessageArguments } from '../src/problem/problem.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Words that can't be understood, whatever the files hold. The sentence is `cli.wrong.REASON` of l10n/messages.*.json,
 * and is shown above the usage.
 */
export class WrongUsage extends Error {
  readonly reason: string;
  readonly args: MessageArguments;
  constructor(reason: string, args: MessageArguments = {}) {
    super(reason);
    this.reason = reason;
    this.args = args;
  }
}

/** Options and the words beside them. Node's own complaints are in English alone: what it refuses is refused before. */
export function readWords<const T extends Options>(words: readonly string[], options: T) {
  const given = { args: [...words], allowPositionals: true, options } as const;
  const { tokens } = parseArgs({ ...given, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = token.rawName;
    const known = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (known === undefined) throw new WrongUsage('unknownOption', { option });
    if (known.type === 'boolean') {
      if (token.value !== undefined) throw new WrongUsage('noValue', { option });
    } else if (token.value === undefined || (!token.inlineValue && /^-./u.test(token.value))) {
      throw new WrongUsage('needsValue', { option });
    }
  }
  return parseArgs(given);
}

/** One of a few words, in whatever case; undefined where none is written. */
export function oneOf<const T extends string>(
  option: string,
  written: string | undefined,
  known: readonly T[],
): T | undefined {
  if (written === undefined) return undefined;
  const found = known.find((each) => each.toLowerCase() === written.toLowerCase());
  if (found === undefined) {
    throw new WrongUsage('oneOf', { option, known: known.join(', '), given: written });
  }
  return found;
}

/** What `--format` names; the first where it is not given. */
export const formatIn = <const T extends string>(
  written: string | undefined,
  known: readonly [T, ...T[]],
): T => oneOf('--format', written, known) ?? known[0];

/** A word that says what is to be done. */
export function kindIn<const T extends string>(
  command: string,
  written: string | undefined,
  known: readonly T[],
): T {
  const found = known.find((each) => each === written);
  if (found === undefined) throw notOneOf(command, written, known);
  return found;
}

/** That a word is none of those that a command knows. */
export function notOneOf(
  command: string,
  written: string | undefined,
  known: readonly string[],
): WrongUsage {
  const all = known.join(', ');
  return written === undefined
    ? new WrongUsage('needsOneOf', { command, known: all })
    : new WrongUsage('oneOf', { option: command, known: all, given: written });
}

/** A whole number of at least so much; undefined where none is written. */
export function numberIn(
  option: string,
  written: string | undefined,
  least: number,
): number | undefined {
  if (written === undefined) return undefined;
  const number = Number(written);
  if (written.trim() === '' || !Number.isSafeInteger(number) || number < least) {
    throw new WrongUsage('number', { option, least, given: written });
  }
  return number;
}
