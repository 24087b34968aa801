import { type Command, EXIT, WrongUsage } from './commands.ts';
import { resolve, run } from './syncActions.ts';
import { check } from './syncCheck.ts';
import { explain } from './syncExplain.ts';
import { importProject } from './syncImport.ts';
import { couplings, errors, jobs, log, mappings } from './syncPages.ts';
import { CannotOpen } from './syncProject.ts';

const verbs: Readonly<Record<string, Command>> = {
  run,
  errors,
  couplings,
  jobs,
  log,
  mappings,
  resolve,
  explain,
  check,
  import: importProject,
};

/** `dual-write sync VERB PROJECT …`: the embedded synchronization engine over a sync project. */
export const sync: Command = async (words, around, translate) => {
  const [verb = '', ...rest] = words;
  const command = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (command === undefined) {
    throw new WrongUsage(`sync takes ${Object.keys(verbs).join(', ')}, not ${verb || '(none)'}`);
  }
  try {
    return await command(rest, around, translate);
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    around.error(`${error.message}\n`);
    return EXIT.findings;
  }
};
