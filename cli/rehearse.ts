import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { errorLogText } from '../src/errorLog/write.ts';
import type { NamedLeg } from '../src/live/legs.ts';
import { liveTexts } from '../src/live/texts.ts';
import { mayBeMap, readMapDocument } from '../src/map/read.ts';
import { messageOf } from '../src/problem/message.ts';
import { legsIn, notMet, rehearseText } from '../src/service/rehearsal/rehearsal.ts';
import {
  type NamedRehearsal,
  rehearsalJson,
  rehearsalsAsJunit,
  rehearsalText,
} from '../src/service/rehearsal/report.ts';
import { linesOf } from '../src/text/lines.ts';
import { isRehearsal, mayHoldMap } from '../src/workspace/kinds.ts';
import { textOf } from '../src/workspace/load.ts';
import { type Command, EXIT, Refused } from './command.ts';
import { type ListedFile, listPaths, readDocument } from './files.ts';
import { formatIn, readWords, WrongUsage } from './words.ts';
import { writeNew } from './write.ts';

/**
 * `dual-write rehearse`: what live synchronization makes of the transactions of some files. Exit code 1 where one comes
 * to something else than it expects, or can't be read.
 */
export const rehearse: Command = async (words, around, translate) => {
  const { values, positionals } = readWords(words, {
    maps: { type: 'string', multiple: true, default: [] },
    metadata: { type: 'string', multiple: true, default: [] },
    format: { type: 'string' },
    log: { type: 'string' },
    force: { type: 'boolean', default: false },
  });
  const { log } = values;
  if (positionals.length === 0) throw new WrongUsage('noPath', { command: 'rehearse' });
  const format = formatIn(values.format, ['text', 'json', 'junit']);
  if (log !== undefined && errorLogText([], log) === undefined) {
    throw new WrongUsage('ending', { option: '--log', known: '.csv, .json', given: log });
  }
  if (values.force && log === undefined) {
    throw new WrongUsage('needsOption', { option: '--force', needed: '--log' });
  }
  const paths = [...positionals, ...values.maps];
  const { listed, metadata } = await listPaths(paths, values.metadata, around);
  const missing = listed.find(({ isMissing }) => isMissing);
  if (missing !== undefined) {
    throw new Refused(`${missing.path}: ${translate('problem.file-unreadable.missing')}`);
  }
  const files = listed.flatMap((each) => each.files);
  // A file that is named is a rehearsal whatever it is called.
  const wanted = listed
    .slice(0, positionals.length)
    .flatMap((each) =>
      each.isFolder ? each.files.filter(({ uri }) => isRehearsal(uri)) : each.files,
    );
  const maps = async (): Promise<readonly NamedLeg[]> =>
    legsOf(
      files.filter((file) => !wanted.includes(file)),
      async (uri) => textOf(around.files, uri),
    );
  const say = liveTexts(around.locale);
  const voices = { say, translate };
  const rehearsed: NamedRehearsal[] = [];
  let isWhole = true;
  for (const { uri, name } of wanted) {
    const document = await readDocument(uri, around.files);
    if (typeof document === 'string') {
      around.error(`${name}: ${translate(`problem.file-unreadable.${document}`)}\n`);
      isWhole = false;
      continue;
    }
    const { text } = document;
    const played = await rehearseText(uri, text, {
      files: around.files,
      maps,
      metadata: async () => metadata,
      entityNames: {},
    });
    const lines = linesOf(text);
    const errors = played.problems
      .filter(({ code }) => code !== 'rehearsal-failed')
      .map((problem) => {
        const { line, character } = lines.placeOf(problem.span.start);
        return `${name}:${line + 1}:${character + 1} ${messageOf(problem, translate)}`;
      });
    rehearsed.push({ name, rehearsed: played, errors });
  }
  if (wanted.length === 0) throw new Refused(translate('cli.rehearse.none'));
  const failed = rehearsed.reduce((sum, each) => sum + notMet(each.rehearsed), 0);
  if (format === 'junit') around.out(rehearsalsAsJunit(rehearsed, voices));
  else if (format === 'json') {
    const told = rehearsed.map((each) => ({
      ...rehearsalJson(each.rehearsed, each.name, voices),
      problems: each.errors,
    }));
    around.out(`${JSON.stringify(told, undefined, 2)}\n`);
  } else {
    const told = rehearsed.map((each) => rehearsalText(each.rehearsed, each.name, voices));
    const steps = rehearsed.reduce((sum, each) => sum + each.rehearsed.results.length, 0);
    const summary = say('report.summary', { files: rehearsed.length, steps, failed });
    around.out(`${told.join('\n')}\n${summary}\n`);
  }
  if (format !== 'json') {
    for (const error of rehearsed.flatMap(({ errors }) => errors)) around.error(`${error}\n`);
  }
  let isWritten = true;
  if (log !== undefined) {
    const entries = rehearsed.flatMap((each) => each.rehearsed.results.flatMap((step) => step.log));
    const uri = URI.file(resolve(around.folder, log)).toString();
    const written = await writeNew(uri, errorLogText(entries, log) ?? '', values.force, around);
    isWritten = written !== 'exists';
    if (!isWritten) around.error(`${translate('cli.export.exists', { path: log })}\n`);
  }
  const isClean =
    isWhole && isWritten && failed === 0 && rehearsed.every(({ errors }) => errors.length === 0);
  return isClean ? EXIT.clean : EXIT.findings;
};

async function legsOf(
  files: readonly ListedFile[],
  read: (uri: string) => Promise<string | undefined>,
): Promise<readonly NamedLeg[]> {
  const found: NamedLeg[] = [];
  for (const { uri } of files) {
    if (!mayHoldMap(uri) || isRehearsal(uri)) continue;
    const text = await read(uri);
    if (text !== undefined && mayBeMap(text))
      found.push(...legsIn(readMapDocument(text).value, uri));
  }
  return found;
}
