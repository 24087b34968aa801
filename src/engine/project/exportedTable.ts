import { cellAt, type ColumnTable } from '../../preview/columns.ts';

/** A table that somebody exported: a configuration package, Edit in Excel, or the rows of one side. */
export interface ExportedTable {
  /** The path that the project will name it by. */
  readonly file: string;
  readonly table: ColumnTable;
}

/** Captions of the columns that are read, in the languages of the product where they are known (`bc-sync.md` 7). */
const captions = {
  name: ['Name', 'Název', 'Nom'],
  mapping: ['Integration Table Mapping Name', 'Integration Table Mapping'],
  table: ['Table Name', 'Table', 'Table ID', 'Tabulka', 'ID tabulky'],
  integrationTable: ['Integration Table Name', 'Integration Table', 'Integration Table ID'],
  direction: ['Direction', 'Směr', 'Sens'],
  tableFilter: ['Table Filter', 'Filtr tabulky', 'Filtre de table'],
  integrationTableFilter: [
    'Integration Table Filter',
    'Filtr tabulky integrace',
    'Filtre de table d’intégration',
    "Filtre de table d'intégration",
  ],
  onlyCoupled: [
    'Synch. Only Coupled Records',
    'Synchronizovat pouze spárované záznamy',
    'Synch. uniquement les enregistrements couplés',
  ],
  deletion: [
    'Deletion-Conflict Resolution',
    'Resolve Deletion Conflicts',
    'Résoudre les conflits de suppression',
  ],
  update: [
    'Update-Conflict Resolution',
    'Resolve Update Conflicts',
    'Résoudre les conflits de mise à jour',
  ],
  dependency: ['Dependency Filter'],
  field: ['Field Name', 'Field Caption', 'Field', 'Field No.'],
  integrationField: [
    'Integration Table Field Name',
    'Integration Field Name',
    'Integration Table Field',
    'Integration Table Field No.',
  ],
  constant: ['Constant Value'],
  validate: ['Validate Field'],
  validateOther: ['Validate Integration Table Fld', 'Validate Integration Table Field'],
  clear: ['Clear Value on Failed Sync'],
  notNull: ['Not Null'],
  status: ['Status'],
  match: ['Use For Match-Based Coupling'],
  crmId: ['CRM ID', 'Dataverse ID', 'CDS ID'],
  integrationId: ['Integration ID'],
} as const;

export type Caption = keyof typeof captions;

export function columnFor(table: ColumnTable, name: Caption): number | undefined {
  for (const caption of captions[name]) {
    const index = table.columns.findIndex((column) => sameName(column.name, caption));
    if (index >= 0) return index;
  }
  return undefined;
}

export const sameName = (left: string, right: string): boolean =>
  left.trim().toLowerCase() === right.toLowerCase();

/** Reads the cells of a row by caption; blank for a column that is not there. */
export const reader =
  (table: ColumnTable, row: number) =>
  (name: Caption): string => {
    const column = columnFor(table, name);
    return column === undefined ? '' : (cellAt(table, column, row) ?? '').trim();
  };

export const rowNumbers = ({ rowCount }: ColumnTable): readonly number[] =>
  Array.from({ length: rowCount }, (_, row) => row);

/** A number alone is the id of a table whose name the export does not tell. */
export const tableName = (written: string): string =>
  /^\d+$/u.test(written) ? `Table ${written}` : written;

/** The table that a file of rows is named like. */
export const rowsName = ({ file }: ExportedTable): string =>
  (file.split(/[\\/]/u).at(-1) ?? file).replace(/\.[^.]+$/u, '');
