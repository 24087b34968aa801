import type { Translate } from '../src/problem/message.ts';
import { compareMaps } from './compareMaps.ts';
import { explain } from './explain.ts';
import { errors } from './errors.ts';
import { explainMessage } from './explainMessage.ts';
import { generate } from './generate.ts';
import { exportMaps } from './exportMaps.ts';
import { guide } from './guide.ts';
import { health } from './health.ts';
import { importMaps } from './importMaps.ts';
import { rehearse } from './rehearse.ts';
import type { Surroundings } from './surroundings.ts';
import { sync } from './sync.ts';

/** Exit codes as issue trackers and CI know them from other linters. */
export const EXIT = { clean: 0, findings: 1, usage: 2 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * A command reads the words behind its own name, prints, and answers the exit code. What it can't read it throws as
 * an error whose message says what was wrong; the caller adds the usage.
 */
export type Command = (
  words: readonly string[],
  around: Surroundings,
  translate: Translate,
) => Promise<ExitCode>;

/** Words that can't be understood; its message is shown above the usage. */
export class WrongUsage extends Error {}

export const commands: Readonly<Record<string, Command>> = {
  explain,
  'compare-maps': compareMaps,
  export: exportMaps,
  errors,
  'explain-message': explainMessage,
  generate,
  guide,
  health,
  import: importMaps,
  rehearse,
  sync,
};
