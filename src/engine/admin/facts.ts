/** What is known of the connection to Dataverse, as an administrator can read it off. What is absent is unknown. */
export interface ConnectionFacts {
  readonly serverAddress?: string;
  readonly clientId?: string;
  readonly hasClientSecret?: boolean;
  readonly enabled?: boolean;
  readonly disabledReason?: string;
  /** The environment is in administration mode. */
  readonly adminOnlyMode?: boolean;
  readonly organizationId?: string;
  /** The organization that the connection was made for. */
  readonly expectedOrganizationId?: string;
  readonly integrationUser?: UserFacts;
  /** Whoever sets the connection up. */
  readonly setupUser?: UserFacts;
  /** How many users have the application id of the integration. */
  readonly usersWithApplicationId?: number;
  readonly requiredRoles?: readonly string[];
  readonly owningTeam?: TeamFacts;
  readonly requiredTeamRoles?: readonly string[];
  readonly businessUnit?: string;
  readonly solution?: SolutionFacts;
  /** LCY Code of General Ledger Setup. */
  readonly localCurrency?: string;
  readonly baseCurrency?: string;
  readonly currencies?: readonly CurrencyFacts[];
  /** Companies of Business Central that are connected to this environment. */
  readonly companies?: readonly string[];
}

export interface UserFacts {
  readonly name: string;
  readonly roles?: readonly string[];
  /** Privileges such as `prvCreateAccount`, where they are known. */
  readonly privileges?: readonly string[];
  readonly disabled?: boolean;
  readonly licensed?: boolean;
  readonly accessMode?: AccessMode;
  readonly mustChangePassword?: boolean;
}

export const accessModes = [
  'Read-Write',
  'Administrative',
  'Read',
  'Support User',
  'Non-Interactive',
  'Delegated Admin',
] as const;

export type AccessMode = (typeof accessModes)[number];

export interface TeamFacts {
  readonly name: string;
  readonly roles?: readonly string[];
  readonly businessUnit?: string;
}

export interface SolutionFacts {
  readonly installed: boolean;
  readonly version?: string;
  readonly latestVersion?: string;
}

export interface CurrencyFacts {
  readonly code: string;
  /** Exchange rate on the work date; absent where there is none. */
  readonly exchangeRate?: number;
  readonly dataverseExchangeRate?: number;
}
