import { cellAt, type ColumnTable } from '../../preview/columns.ts';
import { readRowFile, type RowReader } from '../../preview/rowFiles/readRowFile.ts';
import { type EngineMessage, message } from '../model/message.ts';
import type { SideName } from '../model/side.ts';
import type { InitialCoupling, ProjectFile, RowSource } from './file.ts';
import { type GivenRows, rowsOfList, rowsOfTable } from './rows.ts';

/** Rows of one table as the project or its file has them. */
export interface LoadedTable extends GivenRows {
  readonly side: SideName;
  readonly table: string;
}

export interface Loaded {
  /** Tables whose rows could not be read are left out: nobody deleted them. */
  readonly tables: readonly LoadedTable[];
  readonly couplings: readonly InitialCoupling[];
  readonly troubles: readonly EngineMessage[];
}

export interface Sources extends RowReader {
  /** The project file; files of rows are named relative to it. */
  readonly uri: string;
}

/** Reads every file that a project names. Never throws on what stands in them. */
export async function loadProject(project: ProjectFile, sources: Sources): Promise<Loaded> {
  const troubles: EngineMessage[] = [];
  const tables: LoadedTable[] = [];
  const sides = [
    ['BusinessCentral', project.businessCentral.tables],
    ['Dataverse', project.dataverse.tables],
  ] as const;
  for (const [side, definitions] of sides) {
    for (const { rows, ...definition } of definitions) {
      if (rows === undefined) continue;
      const given = isSource(rows)
        ? await tableFrom(rows, definition.name, sources)
        : rowsOfList(definition, rows);
      if ('code' in given) {
        troubles.push(given);
        continue;
      }
      const read =
        'columns' in given && isSource(rows) ? rowsOfTable(definition, given, rows) : given;
      if (!('rows' in read)) continue;
      troubles.push(...read.troubles);
      tables.push({ side, table: definition.name, ...read });
    }
  }
  const { couplings, troubles: more } = await couplingsFrom(project, sources);
  return { tables, couplings, troubles: [...troubles, ...more] };
}

const isSource = (rows: readonly unknown[] | RowSource): rows is RowSource => !Array.isArray(rows);

async function tableFrom(
  { file }: RowSource,
  name: string,
  sources: Sources,
): Promise<ColumnTable | EngineMessage> {
  const result = await readRowFile(besides(sources.uri, file), [name], sources);
  if ('value' in result) return result.value.table;
  const { problem } = result;
  switch (problem.kind) {
    case 'unreadable':
      return message('fileUnreadable', { file });
    case 'broken':
      return message('fileBroken', { file, line: problem.line, reason: problem.reason });
    // Not even a header.
    case 'empty':
      return message('fileEmpty', { file });
    default:
      return message('fileUnfit', { file });
  }
}

async function couplingsFrom(
  { couplings = [], optionMappings = [] }: ProjectFile,
  sources: Sources,
): Promise<Pick<Loaded, 'couplings' | 'troubles'>> {
  const options = optionMappings.map(({ mapping, record, option }) => ({
    mapping,
    record,
    integrationRecord: option,
    synchronized: true,
  }));
  if (!isSource(couplings)) return { couplings: [...couplings, ...options], troubles: [] };
  const table = await tableFrom(couplings, 'couplings', sources);
  if ('code' in table) return { couplings: options, troubles: [table] };
  const index = (name: string): number =>
    table.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  const [mapping, record, other, agreed, agreedAt] = [
    index('mapping'),
    index('record'),
    index('integrationRecord'),
    index('synchronized'),
    index('synchronizedAt'),
  ];
  const missing = [
    ['mapping', mapping],
    ['record', record],
    ['integrationRecord', other],
  ].flatMap(([name, place]) => (place === -1 ? [String(name)] : []));
  if (missing.length > 0) {
    const text = message('columnsMissing', { file: couplings.file, columns: missing.join(', ') });
    return { couplings: options, troubles: [text] };
  }
  const rows = Array.from({ length: table.rowCount }, (_, row): InitialCoupling => {
    const cell = (column: number): string =>
      column < 0 ? '' : (cellAt(table, column, row) ?? '').trim();
    const synchronizedAt = cell(agreedAt);
    return {
      mapping: cell(mapping),
      record: cell(record),
      integrationRecord: cell(other),
      synchronized: ['true', 'yes', '1'].includes(cell(agreed).toLowerCase()),
      ...(synchronizedAt === '' ? {} : { synchronizedAt }),
    };
  });
  return { couplings: [...rows, ...options], troubles: [] };
}

/** The URI of a file that a project names. */
const besides = (uri: string, file: string): string =>
  new URL(encodeURI(file.replaceAll('\\', '/')).replaceAll('#', '%23'), uri).href;
