import type { Command } from './command.ts';
import { resolve, run } from './syncActions.ts';
import { check } from './syncCheck.ts';
import { explain } from './syncExplain.ts';
import { importProject } from './syncImport.ts';
import { couplings, errors, jobs, log, mappings } from './syncPages.ts';
import { review } from './syncReview.ts';
import { kindIn } from './words.ts';

const verbs = {
  run,
  errors,
  couplings,
  jobs,
  log,
  mappings,
  review,
  resolve,
  explain,
  check,
  import: importProject,
} satisfies Readonly<Record<string, Command>>;

const verbNames = Object.keys(verbs).filter((name): name is keyof typeof verbs => name in verbs);

/** `dual-write sync VERB PROJECT …`: the embedded synchronization engine over a sync project. */
export const sync: Command = async ([verb, ...rest], around, translate) =>
  verbs[kindIn('sync', verb, verbNames)](rest, around, translate);
