import type { Translate } from '../src/problem/message.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Exit codes, one rule for all commands: what the words alone show to be wrong is `usage`; what is found in files is
 * `findings`, that they are missing or can't be read included; everything else is `clean`.
 */
export const EXIT = { clean: 0, findings: 1, usage: 2 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * A command reads the words behind its own name, prints, and answers the exit code. What it can't read it throws as
 * `WrongUsage` (words.ts), to which the caller adds the usage; what keeps it from its work, as `Refused`.
 */
export type Command = (
  words: readonly string[],
  around: Surroundings,
  translate: Translate,
) => Promise<ExitCode>;

/** What keeps a command that was called rightly from its work, as a sentence: a missing file, or one in use. */
export class Refused extends Error {}
