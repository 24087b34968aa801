import type { AccessMode, ConnectionFacts, UserFacts } from './facts.ts';
import type { Finding, Path } from './finding.ts';

/** What the integration user must not be (`bc-sync.md` 6, A3). */
const SYSTEM_ADMINISTRATOR = 'System Administrator';

const WORKING_MODES: ReadonlySet<AccessMode> = new Set(['Non-Interactive', 'Read-Write']);

type Rule = (facts: ConnectionFacts) => readonly Finding[];

/**
 * Every cause in the connection that stops a synchronization, in the order that the product checks: solution, user,
 * team, then the rest (`bc-sync.md` 6). An unknown fact is no finding.
 */
export const checkConnection: Rule = (facts) => rules.flatMap((rule) => rule(facts));

const at = (...path: Path): Path => ['connection', ...path];

const none: readonly Finding[] = [];

const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

const has = (all: readonly string[], wanted: string): boolean =>
  all.some((each) => same(each, wanted));

const connection: Rule = ({ enabled, disabledReason = '', adminOnlyMode }) => [
  ...(enabled === false
    ? [{ rule: 'disabled', path: at('enabled'), args: { reason: disabledReason } } as const]
    : none),
  ...(adminOnlyMode === true ? [{ rule: 'adminOnly', path: at('adminOnlyMode') } as const] : none),
];

const credentials: Rule = ({ serverAddress, clientId, hasClientSecret }) => [
  ...(serverAddress !== undefined && !/^https:/iu.test(serverAddress)
    ? [{ rule: 'notHttps', path: at('serverAddress') } as const]
    : none),
  ...(clientId?.trim() === ''
    ? [{ rule: 'noCredentials', path: at('clientId') } as const]
    : hasClientSecret === false
      ? [{ rule: 'noCredentials', path: at('hasClientSecret') } as const]
      : none),
];

const organization: Rule = ({ organizationId, expectedOrganizationId }) =>
  organizationId === undefined ||
  expectedOrganizationId === undefined ||
  same(organizationId, expectedOrganizationId)
    ? none
    : [{ rule: 'organization', path: at('organizationId') }];

const solution: Rule = ({ solution: known }) => {
  if (known === undefined) return none;
  const { installed, version, latestVersion } = known;
  if (!installed) return [{ rule: 'solutionMissing', path: at('solution', 'installed') }];
  return version !== undefined && latestVersion !== undefined && isOlder(version, latestVersion)
    ? [
        {
          rule: 'solutionOld',
          path: at('solution', 'version'),
          args: { version, latest: latestVersion },
        },
      ]
    : none;
};

/** Compares versions part by part, as numbers: 1.10 is newer than 1.9. */
function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((each) => each.split('.').map(Number));
  const length = Math.max(left?.length ?? 0, right?.length ?? 0);
  for (let part = 0; part < length; part += 1) {
    const difference = (left?.[part] ?? 0) - (right?.[part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

const integrationUser: Rule = ({ integrationUser: user, requiredRoles = [] }) => {
  if (user === undefined) return none;
  const { name, roles, disabled, licensed, accessMode, mustChangePassword } = user;
  const there = (key: keyof UserFacts): Path => at('integrationUser', key);
  const found: Finding[] = [];
  if (disabled === true) {
    found.push({ rule: 'userDisabled', path: there('disabled'), args: { user: name } });
  }
  if (licensed === false && accessMode !== 'Non-Interactive') {
    found.push({ rule: 'notLicensed', path: there('licensed'), args: { user: name } });
  }
  if (accessMode !== undefined && !WORKING_MODES.has(accessMode)) {
    const args = { user: name, mode: accessMode };
    found.push({ rule: 'accessMode', path: there('accessMode'), args });
  }
  if (mustChangePassword === true) {
    found.push({ rule: 'passwordChange', path: there('mustChangePassword'), args: { user: name } });
  }
  if (roles === undefined) return found;
  if (has(roles, SYSTEM_ADMINISTRATOR)) {
    const args = { user: name, role: SYSTEM_ADMINISTRATOR };
    found.push({ rule: 'administrator', path: there('roles'), args });
  }
  if (roles.length === 0) {
    found.push({ rule: 'noRoles', path: there('roles'), args: { user: name } });
  } else {
    for (const role of requiredRoles.filter((each) => !has(roles, each))) {
      found.push({ rule: 'missingRole', path: there('roles'), args: { user: name, role } });
    }
  }
  return found;
};

const setupUser: Rule = ({ setupUser: user }) =>
  user?.roles === undefined || has(user.roles, SYSTEM_ADMINISTRATOR)
    ? none
    : [
        {
          rule: 'setupUser',
          path: at('setupUser', 'roles'),
          args: { user: user.name, role: SYSTEM_ADMINISTRATOR },
        },
      ];

const applicationUsers: Rule = ({ usersWithApplicationId: users = 1 }) =>
  users > 1
    ? [{ rule: 'sameApplication', path: at('usersWithApplicationId'), args: { count: users } }]
    : none;

const team: Rule = ({ owningTeam, requiredTeamRoles = [], businessUnit }) => {
  if (owningTeam === undefined) return none;
  const { name, roles, businessUnit: own } = owningTeam;
  const missing = roles === undefined ? [] : requiredTeamRoles.filter((each) => !has(roles, each));
  return [
    ...missing.map((role) => ({
      rule: 'missingTeamRole' as const,
      path: at('owningTeam', 'roles'),
      args: { team: name, role },
    })),
    ...(own !== undefined && businessUnit !== undefined && !same(own, businessUnit)
      ? [
          {
            rule: 'businessUnit' as const,
            path: at('owningTeam', 'businessUnit'),
            args: { team: name, actual: own, expected: businessUnit },
          },
        ]
      : none),
  ];
};

const currencies: Rule = ({ localCurrency, baseCurrency, currencies: known }) => {
  const found: Finding[] = [];
  if (localCurrency?.trim() === '') {
    found.push({ rule: 'noLocalCurrency', path: at('localCurrency') });
  }
  if (known === undefined) return found;
  const currencyNamed = (code: string) => known.find((each) => same(each.code, code));
  if (
    localCurrency !== undefined &&
    localCurrency.trim() !== '' &&
    !(baseCurrency !== undefined && same(localCurrency, baseCurrency)) &&
    currencyNamed(localCurrency)?.dataverseExchangeRate === undefined
  ) {
    const args = { currency: localCurrency };
    found.push({ rule: 'localCurrencyUnknown', path: at('localCurrency'), args });
  }
  if (
    baseCurrency !== undefined &&
    !(localCurrency !== undefined && same(localCurrency, baseCurrency)) &&
    currencyNamed(baseCurrency) === undefined
  ) {
    const args = { currency: baseCurrency };
    found.push({ rule: 'baseCurrencyUnknown', path: at('baseCurrency'), args });
  }
  for (const [index, { code, exchangeRate, dataverseExchangeRate }] of known.entries()) {
    const isLocal = localCurrency !== undefined && same(code, localCurrency);
    const isBase = baseCurrency !== undefined && same(code, baseCurrency);
    const path = at('currencies', index);
    if (!isLocal && !(exchangeRate ?? 0)) {
      const args = { currency: code, app: 'Business Central' };
      found.push({ rule: 'noExchangeRate', path, args });
    }
    if (!isBase && !(dataverseExchangeRate ?? 0)) {
      found.push({ rule: 'noExchangeRate', path, args: { currency: code, app: 'Dataverse' } });
    }
  }
  return found;
};

const rules: readonly Rule[] = [
  connection,
  credentials,
  organization,
  solution,
  integrationUser,
  applicationUsers,
  setupUser,
  team,
  currencies,
];
