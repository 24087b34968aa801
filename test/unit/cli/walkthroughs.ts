/** A step of a walk-through: somebody edits a file of rows, time passes, or a command is run. */
export type Step =
  | {
      readonly file: 'customers' | 'accounts' | 'project';
      readonly change: (text: string) => string;
    }
  | { readonly wait: number }
  | {
      readonly sync: readonly string[];
      readonly exit?: number;
      readonly says?: RegExp;
      readonly error?: RegExp;
    }
  /** Rows of a page as `--format json` prints them, the named keys alone. */
  | {
      readonly shows: readonly string[];
      readonly rows: readonly Readonly<Record<string, unknown>>[];
    };

export interface Walkthrough {
  /** The row of `bc-oracle.md` Q. */
  readonly id: string;
  readonly title: string;
  readonly direction?: 'Bidirectional' | 'ToIntegrationTable';
  readonly mode?: 'improved' | 'faithful';
  readonly steps: readonly Step[];
}

export const files = {
  customers: 'customers.csv',
  accounts: 'accounts.csv',
  project: 'p.sync.json',
} as const;

export const P = 'p.sync.json';
const RUN = { sync: ['run', P] } as const;
const FAILS = { sync: ['run', P], exit: 1 } as const;
const WEEK = 8 * 24 * 3600 * 1000;

const change = (file: 'customers' | 'accounts' | 'project', from: string, to: string): Step => ({
  file,
  change: (text) => {
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    return text.replace(from, to);
  },
});

const errors = (...rows: readonly Readonly<Record<string, unknown>>[]): Step => ({
  shows: ['errors', P],
  rows,
});

export const walkthroughs: readonly Walkthrough[] = [
  {
    id: 'Q01',
    title: 'two people change one field, and one of them is chosen',
    steps: [
      RUN,
      change('customers', '0121 1', '0121 2'),
      change('accounts', '0121 1', '0121 3'),
      FAILS,
      { sync: ['run', P] },
      errors({ description: '10000', state: 'skipped', cause: 'conflict' }),
      { sync: ['explain', P, '10000'], says: /conflict: changed in both/u },
      {
        sync: ['explain', P, '10000'],
        says: /card of the record in Business Central says: The record will be skipped/u,
      },
      { sync: ['resolve', P, 'synchronize', '10000', '--take', 'to'], says: /Modified 1/u },
      errors(),
      {
        shows: ['explain', P, '10000'],
        rows: [{ 'record.Phone': '0121 2', 'coupledRecord.telephone1': '0121 2' }],
      },
      {
        shows: ['jobs', P, '--record', '10000', '--limit', '1'],
        rows: [{ 'counters.modified': 1 }],
      },
    ],
  },
  {
    id: 'Q02 restored',
    title: 'a record is deleted in one app, and restored',
    steps: [
      RUN,
      { file: 'accounts', change: (text) => text.replace(/^Cannon.*\n/mu, '') },
      change('customers', '0121 1', '0121 2'),
      FAILS,
      { sync: ['run', P] },
      errors({ description: '10000', recordExists: true, coupledRecordExists: false }),
      { sync: ['resolve', P, 'delete-records', '10000'], exit: 1, error: /--yes/u },
      { sync: ['resolve', P, 'restore-records', '10000'], says: /Inserted 1/u },
      errors(),
      {
        shows: ['explain', P, '10000'],
        rows: [
          {
            state: 'synchronized',
            'coupledRecord.name': 'Cannon',
            'coupledRecord.telephone1': '0121 2',
          },
        ],
      },
    ],
  },
  {
    id: 'Q02 deleted',
    title: 'a record is deleted in one app, and then in the other',
    steps: [
      RUN,
      { file: 'accounts', change: (text) => text.replace(/^Cannon.*\n/mu, '') },
      change('customers', '0121 1', '0121 2'),
      FAILS,
      { sync: ['run', P] },
      { sync: ['resolve', P, 'delete-records', '10000', '--yes'], says: /1 record deleted/u },
      errors(),
      { shows: ['couplings', P], rows: [{ description: '20000' }] },
    ],
  },
  {
    id: 'Q03',
    title: 'a coupling is removed, nothing is synchronized until it is set up again',
    steps: [
      RUN,
      { sync: ['resolve', P, 'delete-couplings', '10000', '--yes'], says: /1 coupling deleted/u },
      change('customers', '0121 1', '0121 2'),
      RUN,
      { shows: ['explain', P, '10000'], rows: [{ state: 'uncoupled', coupledTo: '' }] },
      { shows: ['explain', P, 'Cannon'], rows: [{ 'coupledRecord.telephone1': '0121 1' }] },
      {
        sync: ['resolve', P, 'set-up-coupling', '10000', '--partner', 'Cannon'],
        says: /1 record coupled/u,
      },
      { sync: ['resolve', P, 'synchronize', '10000', '--take', 'to'], says: /Modified 1/u },
      { shows: ['explain', P, '10000'], rows: [{ 'coupledRecord.telephone1': '0121 2' }] },
      change('customers', '0121 2', '0121 4'),
      RUN,
      { shows: ['explain', P, '10000'], rows: [{ 'coupledRecord.telephone1': '0121 4' }] },
    ],
  },
  {
    id: 'Q04',
    title: 'a one-way mapping, a deletion in Business Central, Find for Deleted',
    direction: 'ToIntegrationTable',
    steps: [
      RUN,
      { file: 'customers', change: (text) => text.replace(/^10000.*\n/mu, '') },
      RUN,
      errors(),
      {
        sync: ['resolve', P, 'find-for-deleted', '--yes'],
        says: /1 coupling of a deleted record/u,
      },
      errors({ description: '10000', recordExists: false, coupledRecordExists: true }),
      { sync: ['resolve', P, 'retry', '10000'], exit: 1, says: /Both records must exist/u },
      { sync: ['resolve', P, 'delete-couplings', '--all', '--yes'], says: /1 coupling deleted/u },
      errors(),
    ],
  },
  {
    id: 'Q05',
    title:
      'every row is resolved, and the setup still stops them: an administrator finds the cause',
    steps: [
      RUN,
      {
        file: 'project',
        change: (text) =>
          text
            .replace(
              '"rules": []',
              '"rules": [{ "on": "modify", "error": "Principal user (Id=1, type=8) is missing prvWriteAccount privilege" }]',
            )
            .replace('"roles": ["Integration User"]', '"roles": ["System Administrator"]'),
      },
      change('customers', '0121 1', '0121 2'),
      FAILS,
      { sync: ['log', P], exit: 1, says: /role lacks the privilege prvWriteAccount/u },
      { sync: ['check', P], exit: 1, says: /has the role System Administrator/u },
      change('project', 'System Administrator', 'Integration User'),
      { file: 'project', change: (text) => text.replace(/"rules": \[\{[^\]]*\]/u, '"rules": []') },
      { sync: ['resolve', P, 'retry-all'] },
      RUN,
      errors(),
      { sync: ['check', P], says: /Nothing found/u },
    ],
  },
  {
    id: 'Q06',
    title: 'cleaning the log up hides no error that a row still needs',
    steps: [
      RUN,
      change('customers', '0121 1', '0121 2'),
      change('accounts', '0121 1', '0121 3'),
      FAILS,
      { sync: ['run', P] },
      { wait: WEEK },
      {
        sync: ['resolve', P, 'delete-entries-older-than-7-days', '--yes'],
        says: /jobs? deleted from the log/u,
      },
      errors({ description: '10000', 'error.code': 'conflict' }),
      { sync: ['resolve', P, 'delete-all-entries', '--yes'] },
      errors({ description: '10000', 'error.code': 'conflict' }),
    ],
  },
  {
    id: 'Q07',
    title: 'the log of a record that was synchronized by hand has exactly that run',
    steps: [
      { sync: ['resolve', P, 'synchronize', '10000', '--take', 'to'], says: /Modified 1/u },
      {
        shows: ['jobs', P, '--record', '10000'],
        rows: [{ 'counters.modified': 1, direction: 'ToIntegrationTable' }],
      },
      { shows: ['jobs', P, '--record', '20000'], rows: [] },
    ],
  },
  {
    id: 'Q08',
    title: 'all couplings of a mapping are removed, found again by match, and synchronized',
    steps: [
      RUN,
      {
        sync: ['resolve', P, 'delete-couplings', '--mapping', 'CUSTOMER'],
        exit: 1,
        error: /--yes/u,
      },
      {
        sync: ['resolve', P, 'delete-couplings', '--mapping', 'CUSTOMER', '--yes'],
        says: /2 couplings deleted/u,
      },
      { shows: ['couplings', P], rows: [] },
      { sync: ['resolve', P, 'match-based-coupling', '--mapping', 'CUSTOMER'], says: /Coupled 2/u },
      { shows: ['couplings', P], rows: [{ description: '10000' }, { description: '20000' }] },
      {
        sync: ['resolve', P, 'synchronize', '10000', '20000', '--take', 'to'],
        says: /Modified 2/u,
      },
      change('accounts', '0121 1', '0121 5'),
      RUN,
      {
        shows: ['explain', P, '10000'],
        rows: [{ 'record.Phone': '0121 5', state: 'synchronized' }],
      },
    ],
  },
];
