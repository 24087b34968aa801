import { type EngineMessage, message, signatureOf } from '../model/message.ts';

interface Cause {
  /** Its number in `bc-sync.md` 6. */
  readonly rule: string;
  readonly pattern: RegExp;
  readonly cause: (groups: Readonly<Record<string, string>>) => EngineMessage;
}

/**
 * Texts of the apps whose cause lies in the setup, so that no retry helps until an administrator has resolved it
 * (`bc-sync.md` 6). The first that fits is taken.
 */
const causes: readonly Cause[] = [
  {
    rule: 'A1',
    pattern: /missing (?<privilege>prv\w+) privilege/iu,
    cause: ({ privilege = '' }) => message('cause.privilege', { privilege }),
  },
  {
    rule: 'A2',
    pattern: /[\s"'(](?<privilege>prv[A-Z]\w+)/u,
    cause: ({ privilege = '' }) => message('cause.privilege', { privilege }),
  },
  {
    rule: 'A3',
    pattern: /choose a user that does not have the .* role/iu,
    cause: () => message('cause.administrator'),
  },
  {
    rule: 'A4',
    pattern: /AADSTS(?:50055|50144)|password (?:is|has) expired|change (?:your|the) password/iu,
    cause: () => message('cause.password'),
  },
  { rule: 'A5', pattern: /user .* is disabled/iu, cause: () => message('cause.userDisabled') },
  {
    rule: 'A6',
    pattern: /is not licensed|does not have a licen[cs]e/iu,
    cause: () => message('cause.licence'),
  },
  {
    rule: 'A8',
    pattern: /has no user roles|no roles? (?:is|are) assigned/iu,
    cause: () => message('cause.roles'),
  },
  {
    rule: 'A12',
    pattern: /access token|client (?:id|secret)/iu,
    cause: () => message('cause.credentials'),
  },
  {
    rule: 'A14',
    pattern: /exchange rate must have a value/iu,
    cause: () => message('cause.exchangeRate'),
  },
  {
    rule: 'A17',
    pattern: /table connection for table type CRM must be registered/iu,
    cause: () => message('cause.session'),
  },
  {
    rule: 'A18',
    pattern: /admin(?:istration)?[- ]only mode/iu,
    cause: () => message('cause.adminOnly'),
  },
  {
    rule: 'A19',
    pattern: /not a member of the organization|0x80072560/iu,
    cause: () => message('cause.notMember'),
  },
  {
    rule: 'A22',
    pattern: /0x80040265|duplicate key|UNIQUE constraint failed/iu,
    cause: () => message('cause.duplicateKey'),
  },
  {
    rule: 'A23',
    pattern: /multiple Business Central companies/iu,
    cause: () => message('cause.companies'),
  },
  {
    rule: 'A24',
    pattern: /business unit .* does not match|owner .* differs/iu,
    cause: () => message('cause.businessUnit'),
  },
  {
    rule: 'A26',
    pattern: /Entity SystemUser With Id = .* Does Not Exist/iu,
    cause: () => message('cause.orphanUser'),
  },
];

/** The cause in the setup behind an error, if there is one that is known, and what to do about it. */
export function causeOf(error: EngineMessage): EngineMessage | undefined {
  if (mentions(error, 'mustBeCoupled')) return message('cause.dependency', argsOf(error));
  if (mentions(error, 'mustBeMapped')) return message('cause.notMapped');
  if (mentions(error, 'recordExists')) return message('cause.duplicateKey');
  const text = signatureOf(error);
  for (const { pattern, cause } of causes) {
    const found = pattern.exec(text);
    if (found !== null) return cause(found.groups ?? {});
  }
  return undefined;
}

const mentions = ({ code, args = {} }: EngineMessage, wanted: string): boolean =>
  code === wanted ||
  Object.values(args).some((value) => typeof value === 'object' && mentions(value, wanted));

/** Table and value of the lookup that an error is about, however deep it stands. */
function argsOf({ code, args = {} }: EngineMessage): Readonly<Record<string, string | number>> {
  if (code === 'mustBeCoupled') {
    const [table, value] = [args['table'], args['value']];
    return {
      table: typeof table === 'string' ? table : '',
      value: typeof value === 'object' ? '' : (value ?? ''),
    };
  }
  const inner = Object.values(args).find((value) => typeof value === 'object');
  return inner === undefined ? {} : argsOf(inner);
}
