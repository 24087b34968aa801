import type { CoupledError } from './coupledErrors.ts';

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

type Rule = (row: CoupledError | undefined) => boolean;

const always: Rule = () => true;
const selected: Rule = (row) => row !== undefined;
const recordExists: Rule = (row) => row?.recordExists === true;
const bothExist: Rule = (row) => row?.recordExists === true && row.coupledRecordExists;
const oneExists: Rule = (row) => row !== undefined && row.recordExists !== row.coupledRecordExists;

/** When the page offers an action (`bc-sync.md` 3.1). */
const rules: Readonly<Record<ErrorAction, Rule>> = {
  Retry: bothExist,
  'Retry All': always,
  Synchronize: bothExist,
  'Synchronization Log': recordExists,
  'Set Up Coupling': recordExists,
  'Uncoupling Log': always,
  'Delete Couplings': selected,
  'Find for Deleted': always,
  'Restore Records': oneExists,
  'Delete Records': oneExists,
};

/** The actions that are enabled for the row at hand; undefined is an empty page. */
export const enabledActions = (row: CoupledError | undefined): readonly ErrorAction[] =>
  errorActions.filter((action) => rules[action](row));
