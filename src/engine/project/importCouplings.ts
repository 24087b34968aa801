import type { IntegrationTableMapping } from '../model/mapping.ts';
import {
  type ExportedTable,
  reader,
  rowNumbers,
  rowsName,
  sameName,
  tableName,
} from './exportedTable.ts';
import type { InitialCoupling } from './file.ts';
import { idColumn, idOf } from './rows.ts';

type Tables = Pick<IntegrationTableMapping, 'name' | 'table' | 'integrationTable'>;

export interface ImportedCouplings {
  readonly couplings: readonly InitialCoupling[];
  /** Couplings that no mapping can be told of. */
  readonly lost: number;
}

/**
 * Couplings of an exported CRM Integration Record. Where the Table ID says nothing, 0 as older versions left it or a
 * number whose table no mapping names, a coupling gets the table of its record, or else of its row of Dataverse, as
 * Rebuild Coupling Table of the product does (`bc-sync.md` 1.4, `bc-oracle.md` J09).
 *
 * @param rows the exported rows of both sides.
 */
export function importedCouplings(
  exported: readonly ExportedTable[],
  mappings: readonly Tables[],
  rows: readonly ExportedTable[],
): ImportedCouplings {
  // Tables of both sides may have one name.
  const ids = new Map<string, Set<string>>();
  for (const each of rows) {
    const name = rowsName(each).toLowerCase();
    const known = ids.get(name) ?? new Set();
    for (const id of idsIn(each)) known.add(id);
    ids.set(name, known);
  }
  const has = (table: string, id: string): boolean =>
    ids.get(table.toLowerCase())?.has(id) === true;

  const mappingOf = (written: string, { record, integrationRecord }: Pair): Tables | undefined => {
    const named = tableName(written);
    const found: readonly Tables[] =
      [
        mappings.filter(({ table }) => sameName(table, named)),
        mappings.filter(({ table }) => has(table, record)),
        mappings.filter(({ integrationTable }) => has(integrationTable, integrationRecord)),
        // Nobody can tell otherwise where the records of the table were not exported.
        /^\d*$/u.test(written) && mappings.length === 1
          ? mappings.filter(({ table }) => !ids.has(table.toLowerCase()))
          : [],
      ].find((each) => each.length > 0) ?? [];
    const fitting = found.filter(({ integrationTable }) =>
      has(integrationTable, integrationRecord),
    );
    const [first, ...others] = fitting.length > 0 ? fitting : found;
    // Of the mappings of one table the first is as good as any: a record has one partner in all.
    return others.every(({ table }) => table === first?.table) ? first : undefined;
  };

  const couplings: InitialCoupling[] = [];
  let lost = 0;
  for (const { table } of exported) {
    for (const row of rowNumbers(table)) {
      const cell = reader(table, row);
      const pair = {
        record: idOf(cell('integrationId')),
        integrationRecord: idOf(cell('crmId')),
      };
      if (pair.record === '' || pair.integrationRecord === '') continue;
      const mapping = mappingOf(cell('table'), pair);
      if (mapping === undefined) lost += 1;
      else couplings.push({ mapping: mapping.name, ...pair });
    }
  }
  return { couplings, lost };
}

type Pair = Pick<InitialCoupling, 'record' | 'integrationRecord'>;

const idsIn = (rows: ExportedTable): readonly string[] =>
  (idColumn(rows.table, rowsName(rows))?.cells ?? []).flatMap((cell) =>
    cell === null ? [] : [idOf(cell)],
  );
