import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { loadProject } from '../src/engine/project/load.ts';
import { readProject } from '../src/engine/project/read.ts';
import { sayIn } from '../src/engine/surface/say.ts';
import { metadataDiagnostics } from '../src/service/diagnostics.ts';
import { everything } from '../src/service/diagnosticOptions.ts';
import { linesOf } from '../src/text/lines.ts';
import { loadedSqlJs } from '../src/workspace/sqlJs.ts';
import { type Command, EXIT, Refused } from './command.ts';
import { readDocument } from './files.ts';
import { placedLine } from './report.ts';
import { syncArguments } from './syncArguments.ts';
import { jsonText } from './syncText.ts';

/**
 * `dual-write sync check`: what is wrong with a project before any run: its file, the setup of the connection
 * (`bc-sync.md` 6), and its files of rows. Nothing is written.
 */
export const check: Command = async (words, around, translate) => {
  const { project, isJson } = syncArguments('check', words, {});
  const uri = URI.file(resolve(around.folder, project)).toString();
  const document = await readDocument(uri, around.files);
  if (typeof document === 'string') {
    const isThere = (await around.files.list(uri)).length > 0;
    const variant = isThere ? document : 'missing';
    throw new Refused(`${project}: ${translate(`problem.file-unreadable.${variant}`)}`);
  }
  const { text } = document;
  const { value, problems } = readProject(text);
  const lines = linesOf(text);
  const diagnostics = metadataDiagnostics(problems, everything, translate);
  const say = sayIn(around.locale);
  const loaded =
    value === undefined
      ? undefined
      : await loadProject(value, { uri, files: around.files, sqlJs: loadedSqlJs });
  const rows = (loaded?.troubles ?? []).map((trouble) => say(trouble));
  if (isJson) {
    const placed = diagnostics.map(({ span, severity, code, message, problem }) => ({
      file: project,
      range: lines.rangeOf(span),
      severity,
      code,
      rule: problem.variant ?? null,
      message,
    }));
    around.out(jsonText({ diagnostics: placed, rows }));
  } else {
    for (const each of diagnostics) around.out(`${placedLine(project, lines, each)}\n`);
    for (const { text: sentence } of rows) around.out(`${sentence}\n`);
    const count = diagnostics.length + rows.length;
    around.out(
      `${count === 0 ? translate('cli.sync.sound') : translate('cli.sync.found', { count })}\n`,
    );
  }
  return diagnostics.length + rows.length === 0 ? EXIT.clean : EXIT.findings;
};
