/** The actions of Coupled Data Synchronization Errors. */
export const errorActions = [
  'Retry',
  'Retry All',
  'Synchronize',
  'Synchronization Log',
  'Set Up Coupling',
  'Uncoupling Log',
  'Delete Couplings',
  'Find for Deleted',
  'Restore Records',
  'Delete Records',
] as const;

export type ErrorAction = (typeof errorActions)[number];

/** What has to be there of the row that an action is for. */
export type RowNeed = 'nothing' | 'row' | 'record' | 'both' | 'one';

/** When the page offers an action (`bc-sync.md` 3.1). */
export const rowNeeds: Readonly<Record<ErrorAction, RowNeed>> = {
  Retry: 'both',
  'Retry All': 'nothing',
  Synchronize: 'both',
  'Synchronization Log': 'record',
  'Set Up Coupling': 'record',
  'Uncoupling Log': 'nothing',
  'Delete Couplings': 'row',
  'Find for Deleted': 'nothing',
  'Restore Records': 'one',
  'Delete Records': 'one',
};

/** Which records of a coupling are there. */
export interface RecordsThere {
  readonly recordExists: boolean;
  readonly coupledRecordExists: boolean;
}

/** @param row undefined is an empty page. */
export function meets(need: RowNeed, row: RecordsThere | undefined): boolean {
  if (need === 'nothing' || row === undefined) return need === 'nothing';
  const { recordExists, coupledRecordExists } = row;
  switch (need) {
    case 'row':
      return true;
    case 'record':
      return recordExists;
    case 'both':
      return recordExists && coupledRecordExists;
    case 'one':
      return recordExists !== coupledRecordExists;
  }
}

/** The actions that are enabled for the row at hand. */
export const enabledActions = (row: RecordsThere | undefined): readonly ErrorAction[] =>
  errorActions.filter((action) => meets(rowNeeds[action], row));
