import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { fieldsOf, isReadable } from '../src/filter/meaning/condition.ts';
import type { Side } from '../src/map/model.ts';
import { type RowsAsSql, type SecondOpinion, secondOpinion } from '../src/preview/asSql.ts';
import { columnNamed, type ColumnTable, contentsOf, rowAt } from '../src/preview/columns.ts';
import { computedColumnsOf, withComputedColumns } from '../src/preview/computedColumns.ts';
import { readRowFile } from '../src/preview/rowFiles/readRowFile.ts';
import { type NullRule, nullRules } from '../src/preview/rowFiles/rowFile.ts';
import { type Counts, rowStore } from '../src/preview/rowStore.ts';
import type { Translate } from '../src/problem/message.ts';
import { analyse } from '../src/service/analysis.ts';
import type { AnalysedFilter } from '../src/service/analysed.ts';
import {
  explainedAsText,
  explainRow,
  type RowExplained,
} from '../src/service/explain/explainRow.ts';
import { inWords } from '../src/service/explain/inWords.ts';
import { sayRowProblem } from '../src/service/rowProblems.ts';
import { conditionOfRows } from '../src/service/storedElements.ts';
import { sqlPreviewOf } from '../src/service/sqlPreview.ts';
import { emptyWorkspace, type Workspace } from '../src/service/workspace.ts';
import { loadedSqlJs } from '../src/workspace/sqlJs.ts';
import { type Command, EXIT, Refused } from './command.ts';
import { listPaths, readDocument } from './files.ts';
import type { Surroundings } from './surroundings.ts';
import { formatIn, numberIn, oneOf, readWords, WrongUsage } from './words.ts';

/** Rows that are explained where none is named: the first ones that are lost to NULL. */
const FIRST_LOST = 3;

interface ExplainArguments {
  readonly path: string | undefined;
  readonly expression: { readonly side: Side; readonly text: string } | undefined;
  readonly metadata: readonly string[];
  /** Counted from one. */
  readonly filter: number | undefined;
  readonly rows: string | undefined;
  readonly nullRule: NullRule | undefined;
  /** Counted from one, the header left out. */
  readonly row: number | undefined;
  readonly format: 'text' | 'json';
}

/** What is told of one filter: data alone, as `--format json` prints it. */
interface FilterExplained {
  readonly filter: string;
  readonly side: Side;
  readonly words: string | undefined;
  readonly sql: string;
  readonly counts?: Counts;
  /** The same counts, run in SQLite; absent where it is not to be asked. */
  readonly asSql?: RowsAsSql;
  readonly rows?: readonly RowExplained[];
  readonly trouble?: string;
}

/** `dual-write explain`: what a filter keeps, in words and in SQL, and why a row is kept or not. */
export const explain: Command = async (words, around, translate) => {
  const asked = argumentsIn(words);
  const { filters, workspace } = await filtersOf(asked, around, translate);
  const table =
    asked.rows === undefined ? undefined : await tableAt(asked, filters, around, translate);
  const inSqlite = secondOpinion(loadedSqlJs);
  const explained: FilterExplained[] = [];
  for (const filter of filters) {
    explained.push(await explainFilter(filter, workspace, table, asked, inSqlite, translate));
  }
  around.out(
    asked.format === 'json'
      ? `${JSON.stringify(explained, undefined, 2)}\n`
      : explained.map((each) => asText(each, translate)).join('\n'),
  );
  return explained.some(
    ({ words: sentence, trouble }) => sentence === undefined || trouble !== undefined,
  )
    ? EXIT.findings
    : EXIT.clean;
};

function argumentsIn(words: readonly string[]): ExplainArguments {
  const { values, positionals } = readWords(words, {
    metadata: { type: 'string', multiple: true, default: [] },
    side: { type: 'string' },
    expression: { type: 'string' },
    filter: { type: 'string' },
    rows: { type: 'string' },
    'null-rule': { type: 'string' },
    row: { type: 'string' },
    format: { type: 'string' },
  });
  const { expression, metadata, rows } = values;
  const [path, ...others] = positionals;
  if (others.length > 0) throw new WrongUsage('onePath', { command: 'explain' });
  if ((path === undefined) === (expression === undefined)) {
    throw new WrongUsage('pathOrExpression', { command: 'explain' });
  }
  const format = formatIn(values.format, ['text', 'json']);
  const side = oneOf('--side', values.side, ['fo', 'dataverse']);
  if (expression !== undefined && side === undefined) {
    throw new WrongUsage('needsOption', { option: '--expression', needed: '--side' });
  }
  const row = numberIn('--row', values.row, 1);
  const nullRule = oneOf('--null-rule', values['null-rule'], nullRules);
  for (const option of ['row', 'null-rule'] as const) {
    if (values[option] === undefined || rows !== undefined) continue;
    throw new WrongUsage('needsOption', { option: `--${option}`, needed: '--rows' });
  }
  return {
    path,
    expression: expression === undefined ? undefined : { side: side ?? 'fo', text: expression },
    metadata,
    filter: numberIn('--filter', values.filter, 1),
    rows,
    nullRule,
    row,
    format,
  };
}

async function filtersOf(
  { path, expression, metadata, filter }: ExplainArguments,
  around: Surroundings,
  translate: Translate,
): Promise<{ readonly filters: readonly AnalysedFilter[]; readonly workspace: Workspace }> {
  if (expression !== undefined) {
    const { text, side } = expression;
    const { filters } = analyse({ uri: '', text, side }, emptyWorkspace);
    return { filters, workspace: emptyWorkspace };
  }
  const named = path ?? '';
  const listed = await listPaths([named], metadata, around);
  const workspace: Workspace = { ...emptyWorkspace, metadata: listed.metadata };
  const [at] = listed.listed;
  if (at === undefined || at.isMissing) {
    throw new Refused(`${named}: ${translate('problem.file-unreadable.missing')}`);
  }
  const filters: AnalysedFilter[] = [];
  for (const { uri, name, below } of at.files) {
    const document = await readDocument(uri, around.files);
    if (typeof document === 'string') {
      if (below !== '') continue;
      throw new Refused(`${name}: ${translate(`problem.file-unreadable.${document}`)}`);
    }
    filters.push(...analyse(document, workspace).filters);
  }
  const number = filter ?? 1;
  const chosen = filters[number - 1];
  // Nothing to explain is told too, where none is asked for by number.
  if (chosen === undefined) {
    throw new Refused(
      translate('explain.noFilter', { path: named, filter: number, count: filters.length }),
    );
  }
  return { filters: filter === undefined ? filters : [chosen], workspace };
}

async function tableAt(
  { rows: path = '', nullRule }: ExplainArguments,
  filters: readonly AnalysedFilter[],
  { files, folder }: Surroundings,
  translate: Translate,
): Promise<ColumnTable> {
  const uri = URI.file(resolve(folder, path)).toString();
  const names = filters.flatMap(({ resolution, site: { leg } }) => [
    ...(resolution.kind === 'found' ? [resolution.entity.name] : []),
    ...(leg === undefined ? [] : [leg.sourceSchema, leg.destinationSchema]),
  ]);
  const reader = { files, sqlJs: loadedSqlJs };
  const read = await readRowFile(uri, names, reader, nullRule === undefined ? {} : { nullRule });
  if ('value' in read) return read.value.table;
  throw new Refused(`${path}: ${sayRowProblem(read.problem, translate)}`);
}

async function explainFilter(
  filter: AnalysedFilter,
  workspace: Workspace,
  rows: ColumnTable | undefined,
  { row }: ExplainArguments,
  inSqlite: SecondOpinion,
  translate: Translate,
): Promise<FilterExplained> {
  const { site, meaning, resolution } = filter;
  const told = {
    filter: site.text.value,
    side: site.side,
    words: inWords(meaning, translate),
    sql: sqlPreviewOf(filter, workspace, translate).text,
  };
  if (rows === undefined || !isReadable(meaning)) return told;
  const table =
    site.side === 'fo' && resolution.kind === 'found'
      ? withComputedColumns(rows, computedColumnsOf(resolution.entity, workspace.metadata))
      : rows;
  const missing = fieldsOf(meaning).filter((field) => columnNamed(table, field) === undefined);
  if (missing.length > 0) {
    return { ...told, trouble: translate('rows.missingColumns', { columns: missing.join(', ') }) };
  }
  const condition = conditionOfRows(filter, workspace, (field) => {
    const column = columnNamed(table, field);
    return column && contentsOf(column);
  });
  const places = new Map(table.columns.map(({ name }, index) => [name.toLowerCase(), index]));
  const explained = (number: number): RowExplained => {
    const cells = rowAt(table, number - 1);
    const cellOf = (field: string) => cells[places.get(field.toLowerCase()) ?? -1] ?? null;
    return explainRow(condition, site.text.value, cellOf, number, translate);
  };
  if (row !== undefined) {
    return row > table.rowCount
      ? { ...told, trouble: translate('explain.noRow', { row, count: table.rowCount }) }
      : { ...told, rows: [explained(row)] };
  }
  const store = rowStore(table);
  const asSql = await inSqlite.of(store, condition, () => true);
  const lost = store.page(condition, { verdicts: ['lostToNull'] }, 0, FIRST_LOST);
  return {
    ...told,
    counts: store.counts(condition),
    ...(asSql === undefined ? {} : { asSql }),
    rows: lost.rows.map(({ number }) => explained(number)),
  };
}

function asText(
  { sql, counts, asSql, rows, trouble }: FilterExplained,
  translate: Translate,
): string {
  return [
    sql,
    ...(counts === undefined ? [] : [`${translate('explain.counts', { ...counts })}\n`]),
    ...(asSql === undefined ? [] : [`${sayAsSql(asSql, translate)}\n`]),
    ...(rows ?? []).map((row) => explainedAsText(row, translate)),
    ...(trouble === undefined ? [] : [`${trouble}\n`]),
  ].join('\n');
}

const sayAsSql = ({ counts, isSame }: RowsAsSql, translate: Translate): string =>
  isSame
    ? translate('explain.asSqlSame')
    : translate('explain.asSqlOther', { counts: translate('explain.counts', { ...counts }) });
