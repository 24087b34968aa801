import type { FilterOfRows } from './filterOfRows.ts';
import { type Condition, fieldsOf, isReadable } from '../../src/filter/meaning/condition.ts';
import { columnBuilder } from '../../src/preview/columns.ts';
import { computedColumnsOf } from '../../src/preview/computedColumns.ts';
import {
  countsIn,
  csvIn,
  numberedRow,
  type RowEngine,
  type RowSource,
} from '../../src/preview/rowEngine.ts';
import type { NullRule } from '../../src/preview/rowFiles/rowFile.ts';
import { rowStore } from '../../src/preview/rowStore.ts';
import { witness } from '../../src/preview/witness.ts';
import type { Translate } from '../../src/problem/message.ts';
import type { AnalysedFilter } from '../../src/service/analysed.ts';
import { legEntity } from '../../src/service/checks/legEntity.ts';
import { conditionOfRows } from '../../src/service/storedElements.ts';
import { fieldFactsOf } from '../../src/service/fieldFacts.ts';
import { sayEngineProblem } from '../../src/service/engineProblems.ts';
import { sayRowProblem } from '../../src/service/rowProblems.ts';
import type { RowsOrigin } from '../../src/service/protocol/rows.ts';
import type { Workspace } from '../../src/service/workspace.ts';
import type { Files } from '../../src/workspace/files.ts';
import { EngineTrouble, type ExternalSources, type ExternalTable } from './externalSources.ts';
import { type RowTable, rowTables, type UsedRows } from './rowTables.ts';

/** The rows of a filter, ready to be asked; made up where there are none, so that there always are some. */
export interface FilterRows {
  readonly condition: Condition;
  readonly origin: RowsOrigin;
  /** Who answers. */
  readonly engine: string;
  /** What is to be told with the rows. */
  readonly notice: string | undefined;
  readonly columns: readonly string[];
  readonly rowCount: number;
  readonly table: RowTable;
}

export interface RowPreview {
  /** Undefined where the filter can't be read, and without rows that are wanted. The rows stay as they are until `work` is done. */
  readonly withRows: <T>(
    asked: FilterOfRows,
    work: (rows: FilterRows) => Promise<T>,
  ) => Promise<T | undefined>;
  /** A row file is another one now. Answers whether its rows were asked for. */
  readonly fileChanged: (uri: string) => boolean;
  /** Answers whether rows that were asked for may be others now. */
  readonly setNullRule: (uri: string, rule: NullRule | null) => boolean;
  readonly stop: (uri: string) => void;
  readonly retry: (asked: FilterOfRows) => void;
}

/** @param onProgress see `rowTables`. */
export function rowPreview(
  engine: RowEngine,
  onProgress: (uri: string, rows: number, isDone: boolean) => void,
  external: ExternalSources,
  files: Pick<Files, 'size'>,
): RowPreview {
  const tables = rowTables(engine, onProgress);
  const nullRules = new Map<string, NullRule>();
  /** Made-up rows of the last filters: every page of them is asked for by itself. */
  const made = new WeakMap<
    AnalysedFilter,
    { readonly workspace: Workspace; readonly rows: MadeUp }
  >();

  const madeUp = (asked: FilterOfRows, condition: Condition, notice: string): FilterRows => {
    const before = made.get(asked.filter);
    const rows = before?.workspace === asked.workspace ? before.rows : madeUpRows(asked, condition);
    made.set(asked.filter, { workspace: asked.workspace, rows });
    return { ...rows, condition, origin: { kind: 'witness' }, engine: IN_MEMORY, notice };
  };

  const sourceOf = ({ filter, uri, workspace, rowFiles }: FilterOfRows): RowSource | undefined => {
    const names = namesOf(filter, uri, workspace);
    const file = rowFiles.of(names);
    if (file === undefined) return undefined;
    const { site, resolution } = filter;
    return {
      uri: file,
      tableNames: names,
      nullRule: nullRules.get(file) ?? null,
      computed:
        site.side === 'fo' && resolution.kind === 'found'
          ? computedColumnsOf(resolution.entity, workspace.metadata)
          : [],
    };
  };

  return {
    async withRows(asked, work) {
      const { filter, workspace, translate } = asked;
      if (!isReadable(filter.meaning)) return undefined;
      const condition = conditionOfRows(filter, workspace, () => undefined);
      const source = sourceOf(asked);
      const [name = ''] = namesOf(filter, asked.uri, workspace);
      const ownRows = translate('rows.noFile', { name: `${name}.csv` });
      const withMadeUp = async (notice: string) =>
        asked.ownRowsOnly === true ? undefined : work(madeUp(asked, condition, notice));
      // A lens that comes into view is no reason to ask a database, or to fill the memory: that is a preview.
      const isUnasked = asked.ownRowsOnly === true;
      try {
        const outside = isUnasked
          ? undefined
          : await external.use(asked, source, (rows) => {
              const missing = missingColumns(rows.columns, condition, translate);
              return missing === undefined
                ? work(externalRows(rows, source?.uri, condition, translate))
                : withMadeUp(`${missing} ${translate('rows.madeUp')}`);
            });
        if (outside !== undefined) return outside.value;
      } catch (error) {
        if (!(error instanceof EngineTrouble)) throw error;
        const trouble = sayTrouble(error, source?.uri, translate);
        return withMadeUp(`${trouble} ${translate('rows.madeUp')}`);
      }
      if (source === undefined) return withMadeUp(ownRows);
      if (isUnasked && !tables.isKept(source)) {
        const size = await files.size?.(source.uri).catch(() => undefined);
        if (size !== undefined && size > MOST_UNASKED) return undefined;
      }
      return tables.use(source, (used) => {
        // A map may be named like its entity; it has no rows.
        if (isOtherJson(source.uri, used)) return withMadeUp(ownRows);
        const trouble = troubleOf(used, condition, translate);
        if (trouble !== undefined || used.kind !== 'loaded') {
          return withMadeUp(`${trouble ?? ''} ${translate('rows.madeUp')}`);
        }
        const { columns, contents, rowCount, nullRule, longRows, table } = used;
        return work({
          condition: conditionOfRows(
            filter,
            workspace,
            (field) =>
              contents[columns.findIndex((name) => name.toLowerCase() === field.toLowerCase())],
          ),
          origin: {
            kind: 'file',
            name: fileName(source.uri),
            uri: source.uri,
            ...(nullRule === undefined ? {} : { nullRule }),
            longRows,
          },
          engine: IN_MEMORY,
          notice: undefined,
          columns,
          rowCount,
          table,
        });
      });
    },
    fileChanged(uri) {
      const isOutside = external.fileChanged(uri);
      return tables.changed(uri) || isOutside;
    },
    setNullRule(uri, rule) {
      if ((nullRules.get(uri) ?? null) === rule) return false;
      if (rule === null) nullRules.delete(uri);
      else nullRules.set(uri, rule);
      return tables.changed(uri);
    },
    stop: tables.stop,
    retry(asked) {
      const source = sourceOf(asked);
      if (source !== undefined) tables.retry(source.uri);
    },
  };
}

const IN_MEMORY = 'memory';

/** Bytes of a file whose rows are counted though nobody asked for a preview. */
const MOST_UNASKED = 20 * 1024 * 1024;

/** Rows that an engine outside judges where they lie. */
function externalRows(
  { engine, name, columns, rowCount, isLimited, nullRule, table }: ExternalTable,
  uri: string | undefined,
  condition: Condition,
  translate: Translate,
): FilterRows {
  return {
    condition,
    origin:
      uri === undefined
        ? { kind: 'engine', name: name ?? engine }
        : {
            kind: 'file',
            name: fileName(uri),
            uri,
            ...(nullRule === undefined ? {} : { nullRule }),
            longRows: 0,
          },
    engine,
    notice: isLimited ? translate('rows.engine.limited', { count: rowCount }) : undefined,
    columns,
    rowCount,
    table,
  };
}

function sayTrouble(
  { problem, engine }: EngineTrouble,
  uri: string | undefined,
  translate: Translate,
): string {
  switch (problem.kind) {
    case 'noDuckDb':
      return translate('rows.engine.noDuckDb', { name: fileName(uri ?? '') });
    case 'noSecret':
      return translate('rows.engine.noSecret');
    default:
      return sayEngineProblem(problem, engine, translate);
  }
}

type MadeUp = Pick<FilterRows, 'columns' | 'rowCount' | 'table'>;

/** The rows are few, so that they stay in this thread. */
function madeUpRows({ filter, workspace }: FilterOfRows, condition: Condition): MadeUp {
  const { site, resolution } = filter;
  const keys = site.side === 'fo' && resolution.kind === 'found' ? resolution.entity.keyFields : [];
  const { columns, rows } = witness(condition, fieldFactsOf(filter, workspace), keys);
  const builder = columnBuilder(columns);
  for (const row of rows) builder.add(row);
  const store = rowStore(builder.finish());
  return {
    columns,
    rowCount: rows.length,
    table: {
      counts: async (asked) => countsIn(store, asked),
      page: async (asked, query, offset, limit) => store.page(asked, query, offset, limit),
      row: async (number) => numberedRow(store, number),
      csv: async (asked, query) => csvIn(store, asked, query),
    },
  };
}

const isOtherJson = (uri: string, used: UsedRows): boolean =>
  /\.json$/iu.test(uri) &&
  used.kind === 'problem' &&
  (used.problem.kind === 'noTable' || used.problem.kind === 'noRecord');

/** Why a file has no rows for a filter, as a sentence. */
function troubleOf(used: UsedRows, condition: Condition, translate: Translate): string | undefined {
  switch (used.kind) {
    case 'problem':
      return sayRowProblem(used.problem, translate);
    case 'stopped':
      return translate('rows.stopped');
    case 'failed':
      return translate('rows.failed', { reason: used.reason });
    case 'loaded':
      return missingColumns(used.columns, condition, translate);
  }
}

function missingColumns(
  columns: readonly string[],
  condition: Condition,
  translate: Translate,
): string | undefined {
  const known = new Set(columns.map((column) => column.toLowerCase()));
  const missing = fieldsOf(condition).filter((field) => !known.has(field.toLowerCase()));
  return missing.length === 0
    ? undefined
    : translate('rows.missingColumns', { columns: missing.join(', ') });
}

/** Whether there is a file with the rows of a filter, small enough to be counted for every filter that is seen. */
export function hasRowFile({
  filter,
  uri,
  workspace,
  rowFiles,
}: Omit<FilterOfRows, 'translate'>): boolean {
  const file = rowFiles.of(namesOf(filter, uri, workspace));
  return file !== undefined && !/\.parquet$/iu.test(file);
}

/** What a file with the rows of a filter may be called; the first is what we propose. */
function namesOf(
  { resolution, site }: AnalysedFilter,
  uri: string,
  workspace: Workspace,
): readonly string[] {
  // A filter that is a file of its own has its rows beside it.
  if (site.leg === undefined) return [fileName(uri).replace(/\.[^.]*$/u, '')];
  if (site.side === 'dataverse') {
    const { table } = legEntity(site.leg, workspace);
    const { destinationSchema } = site.leg;
    return table === undefined
      ? [destinationSchema]
      : [destinationSchema, table.logicalName, table.entitySet];
  }
  const label = site.leg.sourceSchema;
  return resolution.kind === 'found' ? [resolution.entity.name, label] : [label];
}

const fileName = (uri: string): string => decodeURIComponent(uri.split('/').at(-1) ?? uri);
