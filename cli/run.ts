import manifest from '../package.json' with { type: 'json' };
import { translator } from '../src/problem/message.ts';
import { readArguments } from './arguments.ts';
import { check, hasFindings } from './check.ts';
import { compare } from './compare.ts';
import { report } from './report.ts';
import type { Surroundings } from './surroundings.ts';

/** Exit codes as issue trackers and CI know them from other linters. */
const EXIT = { clean: 0, findings: 1, usage: 2 } as const;

/** Runs a command line and answers its exit code. */
export async function runCommandLine(
  words: readonly string[],
  around: Surroundings,
): Promise<number> {
  const translate = translator(around.locale);
  const read = readArguments(words);
  switch (read.kind) {
    case 'help':
      around.out(`${translate('cli.usage')}\n`);
      return EXIT.clean;
    case 'version':
      around.out(`${manifest.version}\n`);
      return EXIT.clean;
    case 'wrong':
      around.error(`dual-write: ${read.reason}\n\n${translate('cli.usage')}\n`);
      return EXIT.usage;
    case 'paths':
    case 'expression': {
      const checked = await check(read, around, translate);
      around.out(report(checked, read.format, translate));
      return checked.some(hasFindings) ? EXIT.findings : EXIT.clean;
    }
    case 'comparePaths':
    case 'compareTexts':
      return (await compare(read, around, translate)) ? EXIT.clean : EXIT.findings;
  }
}
