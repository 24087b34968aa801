import manifest from '../package.json' with { type: 'json' };
import { type Translate, translator } from '../src/problem/message.ts';
import { readArguments } from './arguments.ts';
import { check, hasFindings } from './check.ts';
import { commands, EXIT, WrongUsage } from './commands.ts';
import { compare } from './compare.ts';
import { report } from './report.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs a command line and answers its exit code. */
export async function runCommandLine(
  words: readonly string[],
  around: Surroundings,
): Promise<number> {
  const translate = translator(around.locale);
  const [name = '', ...rest] = words;
  const wrong = (reason: string): number => {
    around.error(`dual-write: ${reason}\n\n${usageOf(name, translate)}\n`);
    return EXIT.usage;
  };
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined && !rest.includes('--help') && !rest.includes('-h')) {
    try {
      return await command(rest, around, translate);
    } catch (error) {
      if (isWrongUsage(error)) return wrong(error.message);
      throw error;
    }
  }
  const read = readArguments(words);
  switch (read.kind) {
    case 'help':
      around.out(`${translate('cli.usage')}\n`);
      return EXIT.clean;
    case 'version':
      around.out(`${manifest.version}\n`);
      return EXIT.clean;
    case 'wrong':
      return wrong(read.reason);
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

/** How a command is called; all that there is where it is none. The whole usage would push the reason out of sight. */
function usageOf(name: string, translate: Translate): string {
  const usage = translate('cli.usage');
  const [head = '', ...lines] = usage.split('\n');
  const own: string[] = [];
  let isOwn = false;
  for (const line of lines) {
    isOwn = line.startsWith(CONTINUED) ? isOwn : `${line} `.startsWith(`  dual-write ${name} `);
    if (isOwn) own.push(line);
  }
  return own.length === 0 ? usage : [head, ...own, '', translate('cli.usage.more')].join('\n');
}

/** A line of the usage that goes on with the one above. */
const CONTINUED = '      ';

/** Node's own complaints about options have codes of one family. */
const isWrongUsage = (error: unknown): error is Error =>
  error instanceof WrongUsage ||
  (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
