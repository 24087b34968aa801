import { basename, relative, resolve, dirname } from 'node:path';
import { URI } from 'vscode-uri';
import type { ExportedTable } from '../src/engine/project/exportedTable.ts';
import { importedProject } from '../src/engine/project/importProject.ts';
import { sayIn } from '../src/engine/surface/say.ts';
import { formatOf } from '../src/preview/rowFiles/rowFile.ts';
import { readRowFile } from '../src/preview/rowFiles/readRowFile.ts';
import { sayRowProblem } from '../src/service/rowProblems.ts';
import { loadedSqlJs } from '../src/workspace/sqlJs.ts';
import { type Command, EXIT } from './command.ts';
import { syncArguments } from './syncArguments.ts';
import { jsonText } from './syncText.ts';
import { writeNew } from './write.ts';

const DEFAULT_NAME = 'project.sync.json';

/**
 * `dual-write sync import PATH…`: a project of what people can export: Integration Table Mapping, Integration Field
 * Mapping and couplings as CSV or workbook, and rows of both sides. Folders are looked through.
 */
export const importProject: Command = async (words, around, translate) => {
  const asked = syncArguments(
    'import',
    words,
    { out: { type: 'string' }, force: { type: 'boolean', default: false } },
    Infinity,
  );
  const out = asked.text('out') ?? DEFAULT_NAME;
  const target = resolve(around.folder, out);
  const exported: ExportedTable[] = [];
  let isClean = true;
  const tell = (text: string): void => {
    isClean = false;
    around.error(`${text}\n`);
  };
  for (const path of [asked.project, ...asked.rest]) {
    const uri = URI.file(resolve(around.folder, path)).toString();
    const found = await around.files.list(uri);
    if (found.length === 0) tell(translate('import.trouble.missing', { path }));
    // What is no table at all is passed over in a folder, and told where it was named.
    for (const file of found.filter((each) => each === uri || formatOf(each) !== undefined)) {
      const read = await readRowFile(file, [], { files: around.files, sqlJs: loadedSqlJs });
      const place = URI.parse(file).fsPath;
      const name = relative(dirname(target), place).replaceAll('\\', '/');
      if ('value' in read) exported.push({ file: name, table: read.value.table });
      else if (file === uri) tell(`${path}: ${sayRowProblem(read.problem, translate)}`);
    }
  }
  const { project, troubles } = importedProject(exported);
  const say = sayIn(around.locale);
  for (const trouble of troubles) tell(say(trouble).text);
  if (exported.length === 0) {
    tell(translate('cli.sync.nothingToImport'));
    return EXIT.findings;
  }
  const written = await writeNew(
    URI.file(target).toString(),
    jsonText(project),
    asked.flag('force'),
    around,
  );
  if (written === 'exists') tell(translate('cli.export.exists', { path: out }));
  else {
    around.out(
      `${translate('cli.sync.imported', { path: basename(out), mappings: project.mappings?.length ?? 0, tables: project.businessCentral.tables.length + project.dataverse.tables.length })}\n`,
    );
  }
  return isClean ? EXIT.clean : EXIT.findings;
};
