import { URI } from 'vscode-uri';
import manifest from '../package.json' with { type: 'json' };
import { type Translate, translator } from '../src/problem/message.ts';
import { readArguments } from './arguments.ts';
import { check, hasFindings } from './check.ts';
import { EXIT, type ExitCode, Refused } from './command.ts';
import { commands } from './commands.ts';
import { compare } from './compare.ts';
import { report } from './report.ts';
import type { Surroundings } from './surroundings.ts';
import { WrongUsage } from './words.ts';

/** Runs a command line and answers its exit code. */
export async function runCommandLine(
  words: readonly string[],
  around: Surroundings,
): Promise<number> {
  const translate = translator(around.locale);
  try {
    return await answer(words, tellingWrites(around, translate), translate);
  } catch (error) {
    if (error instanceof Refused) {
      around.error(`${error.message}\n`);
      return EXIT.findings;
    }
    if (!(error instanceof WrongUsage)) throw error;
    const reason = translate(`cli.wrong.${error.reason}`, error.args);
    around.error(`dual-write: ${reason}\n\n${usageOf(words[0] ?? '', translate)}\n`);
    return EXIT.usage;
  }
}

/** A file that can't be written keeps a command from its work, like one that can't be read. */
const tellingWrites = (around: Surroundings, translate: Translate): Surroundings => ({
  ...around,
  async write(uri, content) {
    try {
      await around.write(uri, content);
    } catch (error) {
      const isNamed = error instanceof Error && 'code' in error;
      const code = isNamed ? String(error.code) : String(error);
      throw new Refused(`${URI.parse(uri).fsPath}: ${translate('rows.notWritten', { code })}`);
    }
  },
});

async function answer(
  words: readonly string[],
  around: Surroundings,
  translate: Translate,
): Promise<ExitCode> {
  const [name = '', ...rest] = words;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined && !rest.includes('--help') && !rest.includes('-h')) {
    return command(rest, around, translate);
  }
  const read = readArguments(words);
  switch (read.kind) {
    case 'help':
      around.out(`${translate('cli.usage')}\n`);
      return EXIT.clean;
    case 'version':
      around.out(`${manifest.version}\n`);
      return EXIT.clean;
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
