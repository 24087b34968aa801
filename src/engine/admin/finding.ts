import type { MessageArguments } from '../../problem/problem.ts';

/** A way through the project file: keys and positions. */
export type Path = readonly (string | number)[];

/** Something in the setup that will stop a synchronization; its sentence is `problem.project-connection.RULE`. */
export interface Finding {
  readonly rule: RuleName;
  readonly args?: MessageArguments;
  /** Where the project says so. */
  readonly path: Path;
}

/** The rules by name, and their numbers in `bc-sync.md` 6. */
export const ruleNumbers = {
  administrator: 'A3',
  passwordChange: 'A4',
  userDisabled: 'A5',
  notLicensed: 'A6',
  accessMode: 'A7',
  noRoles: 'A8',
  missingRole: 'A8',
  missingTeamRole: 'A8',
  missingPrivilege: 'A1',
  sameApplication: 'A9',
  solutionMissing: 'A10',
  solutionOld: 'A10',
  setupUser: 'A11',
  noCredentials: 'A12',
  notHttps: 'A12',
  noLocalCurrency: 'A13',
  localCurrencyUnknown: 'A13',
  baseCurrencyUnknown: 'A13',
  noExchangeRate: 'A14',
  adminOnly: 'A18',
  organization: 'A21',
  companies: 'A23',
  businessUnit: 'A24',
  disabled: 'A25',
  notMapped: 'A16',
  order: 'A27',
  ambiguous: 'A28',
} as const;

export type RuleName = keyof typeof ruleNumbers;
