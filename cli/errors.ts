import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { groupErrors } from '../src/errorLog/group.ts';
import { readErrorLog } from '../src/errorLog/read.ts';
import { errorReport, headingOf } from '../src/errorLog/report.ts';
import { explanationsIn } from '../src/messages/texts.ts';
import { readRowFile } from '../src/preview/rowFiles/readRowFile.ts';
import { sayNoLog } from '../src/service/rowProblems.ts';
import { loadedSqlJs } from '../src/workspace/sqlJs.ts';
import { type Command, EXIT } from './command.ts';
import { formatIn, readWords, WrongUsage } from './words.ts';

/** `dual-write errors`: an exported DualWriteErrorLog grouped by cause, each cause explained. */
export const errors: Command = async (words, around, translate) => {
  const { values, positionals } = readWords(words, { format: { type: 'string' } });
  const format = formatIn(values.format, ['text', 'json']);
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0)
    throw new WrongUsage('onePath', { command: 'errors' });
  const say = explanationsIn(around.locale);
  const trouble = (sentence: string) => {
    around.error(`${path}: ${sentence}\n`);
    return EXIT.findings;
  };
  const uri = URI.file(resolve(around.folder, path)).toString();
  const read = await readRowFile(uri, ['DualWriteErrorLog'], {
    files: around.files,
    sqlJs: loadedSqlJs,
  });
  if ('problem' in read) return trouble(sayNoLog(read.problem, say, translate));
  const entries = readErrorLog(read.value.table);
  if (entries === undefined) return trouble(say('errors.noColumn'));
  const groups = await groupErrors(entries);
  const listed = groups.map((group) => ({
    message: group.cause?.message.id ?? null,
    text: headingOf(group),
    count: group.entries.length,
    entries: group.entries,
  }));
  around.out(
    format === 'json'
      ? `${JSON.stringify(listed, undefined, 2)}\n`
      : errorReport(path, groups, say),
  );
  return groups.length === 0 ? EXIT.clean : EXIT.findings;
};
