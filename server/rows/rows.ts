import { CodeLensRefreshRequest, type Connection } from 'vscode-languageserver';
import { type Condition, isReadable } from '../../src/filter/meaning/condition.ts';
import type { Cell } from '../../src/filter/meaning/values.ts';
import { key } from '../../src/metadata/merge.ts';
import type { AnalysedFilter } from '../../src/service/analysed.ts';
import { type FilterReference, rowsChangedNotification } from '../../src/service/protocol/maps.ts';
import {
  explainRowRequest,
  type ExplainRowParams,
  type ExplainRowResult,
  exportRowsRequest,
  type ExportRowsParams,
  type ExportRowsResult,
  MOST_ROWS_OF_PAGE,
  nullRuleRequest,
  type NullRuleParams,
  pinRowRequest,
  type PinRowParams,
  rowsAsSqlRequest,
  type RowsAsSqlResult,
  type RowsPageParams,
  rowsPageRequest,
  type RowsPageResult,
  type RowsParams,
  rowsProgressNotification,
  type RowsProgress,
  rowsRequest,
  type RowsResult,
  stopRowsRequest,
  type StopRowsParams,
  validationJobRequest,
  type ValidationJobResult,
} from '../../src/service/protocol/rows.ts';
import { validationJobOf } from '../../src/service/validationJob.ts';
import type { RowEngine } from '../../src/preview/rowEngine.ts';
import type { Files } from '../../src/workspace/files.ts';
import { isProjectFile, type RowFiles, rowFilesIn } from '../../src/workspace/kinds.ts';
import type { guarded } from '../guard.ts';
import { explainedRow } from './explainedRow.ts';
import { exportedRows } from './exportRows.ts';
import type { ExternalSources } from './externalSources.ts';
import { filterOf, titleOf } from '../filterReference.ts';
import { mapAt } from '../maps.ts';
import { type FilterRows, hasRowFile, rowPreview } from './preview.ts';
import type { FilterOfRows } from './filterOfRows.ts';
import { rowsResult } from './rowsResult.ts';
import type { OpenDocument, Session } from '../session.ts';
import type { ProjectFilter } from '../sync/filterRows.ts';

/** What other features ask of rows. */
export interface RowService {
  /** Rows and counts of a filter; null where there is no such filter. */
  readonly rowsOf: (asked: RowsParams) => Promise<RowsResult | null>;
  /** Tells of the filters of a document whether there is a file with their rows. */
  readonly hasRowFile: (
    uri: string,
  ) => Promise<(document: OpenDocument, filter: AnalysedFilter) => boolean>;
  /** Why the row that is pinned to a filter is kept or not, as lines of text; undefined where none is. */
  readonly pinnedRow: (filter: FilterReference) => Promise<string | undefined>;
  /** A row of a filter; null where there is none. */
  readonly rowNumbered: (filter: FilterReference, number: number) => Promise<RowOfFilter | null>;
  /** A file came, changed or went. Answers whether rows that were asked for may be others now. */
  readonly fileChanged: (uri: string) => boolean;
}

/** A row as its file holds it. */
export interface RowOfFilter extends Pick<FilterOfRows, 'filter' | 'workspace'> {
  /** What the filter means for the rows of the file. */
  readonly condition: Condition;
  /** By names in lower case. */
  readonly cells: ReadonlyMap<string, Cell>;
}

/** A filter of a sync project over its records; undefined where there is none, or the project is closed and not to be opened. */
export type FiltersOfProjects = (
  reference: FilterReference,
  opens: boolean,
) => Promise<ProjectFilter | undefined>;

/** What the rows of filters are answered from. */
export interface RowSurroundings {
  readonly connection: Connection;
  readonly session: Session;
  readonly handle: ReturnType<typeof guarded>;
  readonly engine: RowEngine;
  readonly external: ExternalSources;
  readonly files: Pick<Files, 'size'>;
  readonly projects: FiltersOfProjects;
  /** Whether the editor lets itself be told that code lenses show old counts. */
  readonly refreshes: () => boolean;
}

/** Answers what is asked about the rows of filters. */
export function rowService({
  connection,
  session,
  handle,
  engine,
  external,
  files,
  projects,
  refreshes,
}: RowSurroundings): RowService {
  const tellProgress = (uri: string, rows: number, isDone: boolean): void => {
    const progress: RowsProgress = { uri, rows, isDone };
    void connection.sendNotification(rowsProgressNotification, progress);
    // What was too large to be counted unasked can be counted now.
    if (isDone && refreshes()) void connection.sendRequest(CodeLensRefreshRequest.type);
  };
  const preview = rowPreview(engine, tellProgress, external, files);
  const pinned = new Map<string, number>();
  const rowFiles = rowFilesOf(session);

  const filterOfRows = async (reference: FilterReference): Promise<FilterOfRows | undefined> => {
    const document = await mapAt(session, reference.uri);
    const filter = filterOf(document, reference);
    return filter === undefined || document === undefined
      ? undefined
      : {
          filter,
          uri: reference.uri,
          workspace: document.workspace,
          rowFiles: await rowFiles(),
          translate: session.translate(),
        };
  };

  const withRowsOfMap = async <T>(
    reference: FilterReference,
    work: (rows: FilterRows, asked: FilterOfRows) => Promise<T>,
  ): Promise<T | null> => {
    const asked = await filterOfRows(reference);
    if (asked === undefined) return null;
    return (await preview.withRows(asked, (rows) => work(rows, asked))) ?? null;
  };

  /** Null where there is no such filter, or it can't be read. */
  const withRows = async <T>(
    reference: FilterReference,
    work: (rows: FilterRows, text: string) => Promise<T>,
  ): Promise<T | null> => {
    if (!isProjectFile(reference.uri)) {
      return withRowsOfMap(reference, (rows, { filter }) => work(rows, filter.site.text.value));
    }
    const found = await projects(reference, true);
    return found?.rows === undefined ? null : work(found.rows, found.view.filter);
  };

  const rowsOfProject = async (reference: RowsParams): Promise<RowsResult | null> => {
    // Whoever looks at a file wants no project opened.
    const found = await projects(reference, reference.ownRowsOnly !== true);
    if (found === undefined) return null;
    const { view, rows } = found;
    const translate = session.translate();
    const title = `${view.mapping} · ${view.table}`;
    if (rows === undefined) return { kind: 'none', title, reason: translate('preview.unreadable') };
    const told = view.filter.trim() === '' ? translate('rows.noFilter') : undefined;
    const asked = { title, text: view.filter, isXpp: false, meaning: view.meaning, translate };
    return rowsResult({ ...rows, notice: told }, asked);
  };

  const rowsOf = async (reference: RowsParams): Promise<RowsResult | null> => {
    if (isProjectFile(reference.uri)) return rowsOfProject(reference);
    const found = await filterOfRows(reference);
    if (found === undefined) return null;
    const asked = { ...found, ownRowsOnly: reference.ownRowsOnly === true };
    if (reference.isAnew === true) preview.retry(asked);
    const { filter, translate } = asked;
    const title = titleOf(filter);
    try {
      const { meaning, parsed, site } = filter;
      const isXpp = parsed.language === 'xpp';
      const text = site.text.value;
      const result = await preview.withRows(asked, (rows) =>
        rowsResult(rows, { title, text, isXpp, meaning, translate }),
      );
      if (result !== undefined) return result;
      const reason = isReadable(filter.meaning) ? 'rows.none' : 'preview.unreadable';
      return { kind: 'none', title, reason: translate(reason) };
    } catch (error) {
      // A mistake of ours: who waits for rows is answered, too.
      const reason = error instanceof Error ? error.message : String(error);
      connection.console.error(`${rowsRequest}: ${reason}`);
      return { kind: 'none', title, reason: translate('rows.failed', { reason }) };
    }
  };

  const explained = (reference: FilterReference, number: number) =>
    withRows(reference, (rows, text) => explainedRow(rows, text, number, session.translate()));

  /** What is shown of rows is to be asked for again. */
  const rowsChanged = (): void => {
    void connection.sendNotification(rowsChangedNotification);
    if (refreshes()) void connection.sendRequest(CodeLensRefreshRequest.type);
  };

  connection.onRequest<RowsResult | null, never>(
    rowsRequest,
    handle<RowsParams, RowsResult | null>(rowsRequest, null, rowsOf),
  );
  connection.onRequest<RowsPageResult | null, never>(
    rowsPageRequest,
    handle<RowsPageParams, RowsPageResult | null>(
      rowsPageRequest,
      null,
      ({ filter, query, offset, limit }) =>
        withRows(filter, ({ table, condition }) =>
          table.page(condition, query, Math.max(0, offset), Math.min(limit, MOST_ROWS_OF_PAGE)),
        ),
    ),
  );
  connection.onRequest<RowsAsSqlResult | null, never>(
    rowsAsSqlRequest,
    handle<FilterReference, RowsAsSqlResult | null>(rowsAsSqlRequest, null, (filter, token) =>
      withRows(
        filter,
        async ({ table, condition }) =>
          (await table.asSql?.(condition, () => !token.isCancellationRequested)) ?? null,
      ),
    ),
  );
  connection.onRequest<ExplainRowResult | null, never>(
    explainRowRequest,
    handle<ExplainRowParams, ExplainRowResult | null>(
      explainRowRequest,
      null,
      ({ filter, number }) => explained(filter, number),
    ),
  );
  connection.onRequest<null, never>(
    pinRowRequest,
    handle<PinRowParams, null>(pinRowRequest, null, ({ filter, number }) => {
      if (number === null) pinned.delete(nameOf(filter));
      else pinned.set(nameOf(filter), number);
      return null;
    }),
  );
  connection.onRequest<ExportRowsResult | null, never>(
    exportRowsRequest,
    handle<ExportRowsParams, ExportRowsResult | null>(exportRowsRequest, null, (params, token) =>
      withRows(params.filter, (rows) =>
        exportedRows(rows, params, token, session.translate(), connection),
      ),
    ),
  );
  connection.onRequest<null, never>(
    nullRuleRequest,
    handle<NullRuleParams, null>(nullRuleRequest, null, ({ uri, rule }) => {
      if (preview.setNullRule(uri, rule)) rowsChanged();
      return null;
    }),
  );
  connection.onRequest<null, never>(
    stopRowsRequest,
    handle<StopRowsParams, null>(stopRowsRequest, null, ({ uri }) => {
      preview.stop(uri);
      return null;
    }),
  );
  connection.onRequest<ValidationJobResult | null, never>(
    validationJobRequest,
    handle<FilterReference, ValidationJobResult | null>(
      validationJobRequest,
      null,
      async (reference) => {
        const found = await filterOfRows(reference);
        const text = found && validationJobOf(found.filter, found.workspace);
        return text === undefined ? null : { text };
      },
    ),
  );

  return {
    rowsOf,
    async hasRowFile(uri) {
      const files = await rowFiles();
      return ({ workspace }, filter) => hasRowFile({ filter, uri, workspace, rowFiles: files });
    },
    async pinnedRow(filter) {
      const number = pinned.get(nameOf(filter));
      if (number === undefined) return undefined;
      return (await explained(filter, number))?.text;
    },
    rowNumbered: (reference, number) =>
      withRowsOfMap(reference, async ({ table, condition, columns }, { filter, workspace }) => {
        const row = await table.row(number);
        if (row === undefined) return null;
        const cells = columns.map((name, index) => [key(name), row[index] ?? null] as const);
        return { filter, workspace, condition, cells: new Map(cells) };
      }),
    fileChanged: preview.fileChanged,
  };
}

const nameOf = ({ uri, index }: FilterReference): string => `${index} ${uri}`;

/** The row files of the workspace by name, as long as the same ones are listed. */
function rowFilesOf({ index }: Session): () => Promise<RowFiles> {
  let last: { readonly listed: readonly string[]; readonly files: RowFiles } | undefined;
  return async () => {
    const listed = await index.rowFiles();
    if (last?.listed !== listed) last = { listed, files: rowFilesIn(listed) };
    return last.files;
  };
}
