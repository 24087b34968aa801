import { keepsClosed, readProject } from '../src/engine/project/read.ts';
import type { Translate } from '../src/problem/message.ts';
import { everything } from '../src/service/diagnosticOptions.ts';
import { metadataDiagnostics } from '../src/service/diagnostics.ts';
import { linesOf } from '../src/text/lines.ts';
import { placedLine } from './report.ts';

/** Why a project can't be opened whose file has problems: each of them, at its place, as `sync check` tells it. */
export function faultyProject(path: string, text: string, translate: Translate): string {
  const problems = readProject(text).problems.filter(keepsClosed);
  const lines = linesOf(text);
  const told = metadataDiagnostics(problems, everything, translate);
  return [
    `${path}: ${translate('cli.sync.faulty', { count: told.length })}`,
    ...told.map((diagnostic) => placedLine(path, lines, diagnostic)),
  ].join('\n');
}
