import type { SqlJsStatic } from 'sql.js';
import { comparisonsOf, isReadable } from '../src/filter/meaning/condition.ts';
import { withComputedColumns } from '../src/preview/computedColumns.ts';
import { type DataTable, readCsv } from '../src/preview/csv.ts';
import { type LoadedTable, loadTable } from '../src/preview/rows.ts';
import type { Translate } from '../src/problem/message.ts';
import type { AnalysedFilter } from '../src/service/analysis.ts';
import { withEmptyElements } from '../src/service/emptyElements.ts';
import type { FilterReference, RowsResult } from '../src/service/protocol.ts';
import { sqlScheme } from '../src/service/protocol.ts';
import type { Workspace } from '../src/service/workspace.ts';
import type { Files } from '../src/workspace/files.ts';
import { holdsRowsOf } from '../src/workspace/kinds.ts';
import { textOf } from '../src/workspace/load.ts';

/** The address of a generated statement names the filter it belongs to; the path is what a tab shows. */
export const sqlUriOf = ({ uri, index }: FilterReference, name: string): string =>
  `${sqlScheme}:/${encodeURIComponent(name)}.sql?${encodeURIComponent(JSON.stringify({ uri, index }))}`;

export function filterOfSqlUri(sqlUri: string): FilterReference | undefined {
  const query = sqlUri.split('?')[1];
  if (query === undefined) return undefined;
  try {
    const { uri, index } = JSON.parse(decodeURIComponent(query)) as Partial<FilterReference>;
    return typeof uri === 'string' && typeof index === 'number' ? { uri, index } : undefined;
  } catch {
    // Somebody else's address under our scheme.
    return undefined;
  }
}

/** Rows per verdict that are sent to a view; the counts speak of all. */
const ROW_LIMIT = 500;

/** Judges the rows of entities, keeping the tables it loaded until their file changes. */
export interface RowPreview {
  readonly rowsOf: (
    filter: AnalysedFilter,
    title: string,
    rowFiles: readonly string[],
    workspace: Workspace,
    translate: Translate,
  ) => Promise<RowsResult>;
  readonly forget: (uri: string) => void;
}

type Loaded = { readonly table: LoadedTable } | { readonly reason: string };

interface Kept {
  /** Computed columns come from metadata, so other metadata means another table. */
  readonly workspace: Workspace;
  readonly loaded: Promise<Loaded>;
}

export function rowPreview(files: Files, sqlJs: () => Promise<SqlJsStatic>): RowPreview {
  const tables = new Map<string, Kept>();

  const load = async (
    uri: string,
    { resolution }: AnalysedFilter,
    { metadata }: Workspace,
    translate: Translate,
  ): Promise<Loaded> => {
    const text = await textOf(files, uri);
    if (text === undefined) return { reason: translate('rows.unreadable') };
    const read = readCsv(text);
    if ('problem' in read) {
      return {
        reason:
          read.problem.kind === 'empty'
            ? translate('rows.empty')
            : translate('rows.broken', { ...read.problem }),
      };
    }
    const table =
      resolution.kind === 'found'
        ? withComputedColumns(read.value, resolution.entity, metadata)
        : read.value;
    return tableOf(await sqlJs(), table);
  };

  const forget = (uri: string): void => {
    const kept = tables.get(uri);
    tables.delete(uri);
    void kept?.loaded.then((found) => 'table' in found && found.table.close());
  };

  return {
    async rowsOf(filter, title, rowFiles, workspace, translate) {
      const none = (reason: string): RowsResult => ({ kind: 'none', title, reason });
      if (filter.site.side === 'dataverse') return none(translate('rows.dataverse'));
      if (!isReadable(filter.meaning)) return none(translate('preview.unreadable'));
      const uri = rowFileOf(filter, rowFiles);
      if (uri === undefined) {
        return none(translate('rows.noFile', { name: `${namesOf(filter)[0] ?? ''}.csv` }));
      }
      if (tables.get(uri)?.workspace !== workspace) {
        forget(uri);
        tables.set(uri, { workspace, loaded: load(uri, filter, workspace, translate) });
      }
      const found = (await tables.get(uri)?.loaded) ?? { reason: translate('rows.unreadable') };
      if ('reason' in found) return none(found.reason);
      const judged = found.table.judge(withEmptyElements(filter, workspace), ROW_LIMIT);
      if ('problem' in judged) {
        return none(
          judged.problem.kind === 'missingColumns'
            ? translate('rows.missingColumns', { columns: judged.problem.columns.join(', ') })
            : translate('rows.refused', { reason: judged.problem.reason }),
        );
      }
      return {
        kind: 'rows',
        title,
        filter: filter.site.text.value,
        source: decodeURIComponent(uri.split('/').at(-1) ?? uri),
        sourceUri: uri,
        filterColumns: fieldsOf(filter),
        limit: ROW_LIMIT,
        ...judged.value,
      };
    },
    forget,
  };
}

function tableOf(sqlJs: SqlJsStatic, table: DataTable): Loaded {
  try {
    return { table: loadTable(sqlJs, table) };
  } catch (error) {
    // SQLite takes 2,000 columns and no more.
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The file with the rows of a filter's entity. */
export function rowFileOf(filter: AnalysedFilter, rowFiles: readonly string[]): string | undefined {
  const names = namesOf(filter);
  return rowFiles.find((file) => holdsRowsOf(file, names));
}

/** What a file with the entity's rows may be called; the first is what we propose. */
function namesOf({ resolution, site }: AnalysedFilter): readonly string[] {
  const label = site.leg?.sourceSchema ?? '';
  return resolution.kind === 'found' ? [resolution.entity.name, label] : [label];
}

const fieldsOf = ({ meaning }: AnalysedFilter): readonly string[] => [
  ...new Set(
    comparisonsOf(meaning)
      .flatMap(({ left, right }) => [left, right])
      .flatMap((operand) => (operand.kind === 'field' ? [operand.name.toUpperCase()] : [])),
  ),
];
