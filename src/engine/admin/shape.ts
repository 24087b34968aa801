import {
  choice,
  flag,
  list,
  name,
  number,
  object,
  optional,
  required,
  type Shape,
  text,
} from '../project/shape.ts';
import {
  accessModes,
  type ConnectionFacts,
  type CurrencyFacts,
  type SolutionFacts,
  type TeamFacts,
  type UserFacts,
} from './facts.ts';

const roles = list(name('Name of a role.'), 'Security roles.');

const user = (doc: string): Shape<UserFacts> =>
  object<UserFacts>(
    {
      name: required(name('Name of the user.')),
      roles: optional(roles),
      privileges: optional(list(name('A privilege.'), 'Privileges such as `prvCreateAccount`.')),
      disabled: optional(flag('The user is disabled.')),
      licensed: optional(flag('The user has a licence.')),
      accessMode: optional(choice(accessModes, 'Access mode of the user.')),
      mustChangePassword: optional(flag('The password must be changed at the next sign-in.')),
    },
    doc,
  );

export const connectionShape: Shape<ConnectionFacts> = object<ConnectionFacts>(
  {
    serverAddress: optional(name('Environment URL.')),
    clientId: optional(text('Client ID.')),
    hasClientSecret: optional(flag('A client secret is set.')),
    enabled: optional(flag('The connection is enabled.')),
    disabledReason: optional(text('Why it was disabled.')),
    adminOnlyMode: optional(flag('The environment is in administration mode.')),
    organizationId: optional(name('Id of the organization.')),
    expectedOrganizationId: optional(name('The organization that the connection was made for.')),
    integrationUser: optional(user('Dataverse Integration User.')),
    setupUser: optional(user('Whoever sets the connection up.')),
    usersWithApplicationId: optional(number('How many users have the application id.')),
    requiredRoles: optional(roles),
    owningTeam: optional(
      object<TeamFacts>(
        {
          name: required(name('Name of the team.')),
          roles: optional(roles),
          businessUnit: optional(name('Its business unit.')),
        },
        'Dataverse Owning Team.',
      ),
    ),
    requiredTeamRoles: optional(roles),
    businessUnit: optional(name('The business unit that belongs to the company.')),
    solution: optional(
      object<SolutionFacts>(
        {
          installed: required(flag('The integration solution is there.')),
          version: optional(name('Its version.')),
          latestVersion: optional(name('The version that Business Central brings along.')),
        },
        'The integration solution.',
      ),
    ),
    localCurrency: optional(text('LCY Code of General Ledger Setup.')),
    baseCurrency: optional(name('Base currency of the environment.')),
    currencies: optional(
      list(
        object<CurrencyFacts>(
          {
            code: required(name('ISO code.')),
            exchangeRate: optional(number('Exchange rate in Business Central on the work date.')),
            dataverseExchangeRate: optional(number('Exchange rate in Dataverse.')),
          },
          'A currency.',
        ),
        'Currencies of both sides.',
      ),
    ),
    companies: optional(
      list(name('A company.'), 'Companies that are connected to the environment.'),
    ),
  },
  'What an administrator can read off the connection; what is absent is unknown, and nothing is said of it.',
);
