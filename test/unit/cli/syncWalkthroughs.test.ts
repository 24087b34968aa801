import { deepEqual, equal, match } from 'node:assert/strict';
import { type SyncFolder, syncFolder } from '../../kit/syncFolder.ts';

/** A step of a walk-through: somebody edits a file of rows, time passes, or a command is run. */
type Step =
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

interface Walkthrough {
  /** The row of `bc-oracle.md` Q. */
  readonly id: string;
  readonly title: string;
  readonly direction?: 'Bidirectional' | 'ToIntegrationTable';
  readonly mode?: 'improved' | 'faithful';
  readonly steps: readonly Step[];
}

const files = {
  customers: 'customers.csv',
  accounts: 'accounts.csv',
  project: 'p.sync.json',
} as const;

const P = 'p.sync.json';
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

const walkthroughs: readonly Walkthrough[] = [
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

function projectText(direction: string, mode: string): string {
  const field = (own: string, other: string, match = false): object => ({
    field: own,
    integrationField: other,
    direction,
    ...(match ? { useForMatchBasedCoupling: true } : {}),
  });
  return JSON.stringify(
    {
      settings: { mode },
      businessCentral: {
        tables: [
          {
            name: 'Customer',
            number: 18,
            primaryKey: ['No.'],
            fields: [
              { name: 'No.', type: 'code', length: 20 },
              { name: 'Name', type: 'text', length: 100 },
              { name: 'Phone', type: 'text', length: 30 },
            ],
            rows: { file: 'customers.csv' },
          },
        ],
      },
      dataverse: {
        tables: [
          {
            name: 'account',
            companyField: 'companyid',
            fields: [
              { name: 'name', type: 'text' },
              { name: 'telephone1', type: 'text' },
              { name: 'companyid', type: 'text' },
            ],
            rules: [],
            rows: { file: 'accounts.csv' },
          },
        ],
      },
      mappings: [
        {
          name: 'CUSTOMER',
          table: 'Customer',
          integrationTable: 'account',
          direction,
          fields: [field('Name', 'name', true), field('Phone', 'telephone1')],
        },
      ],
      couplings: [
        { mapping: 'CUSTOMER', record: '10000', integrationRecord: 'Cannon' },
        { mapping: 'CUSTOMER', record: '20000', integrationRecord: 'Selangorian' },
      ],
      connection: { integrationUser: { name: 'integration', roles: ['Integration User'] } },
    },
    undefined,
    1,
  )
    .replace('"rules": []', '"rules": []')
    .replaceAll(/\[\n\s*"([^"]*)"\n\s*\]/gu, '["$1"]');
}

const CUSTOMERS = 'No.,Name,Phone\n10000,Cannon,0121 1\n20000,Selangorian,024 1\n';
const ACCOUNTS =
  'name,accountid,telephone1\nCannon,a0000000-0000-4000-8000-000000000001,0121 1\nSelangorian,a0000000-0000-4000-8000-000000000002,024 1\n';

/** `counters.modified` of an object. */
function valueAt(value: unknown, path: string): unknown {
  if (typeof value === 'object' && value !== null && path in value) return Reflect.get(value, path);
  const [first = '', ...rest] = path.split('.');
  if (typeof value !== 'object' || value === null || rest.length === 0) return undefined;
  return valueAt(Reflect.get(value, first), rest.join('.'));
}

const rowsIn = (value: unknown): readonly unknown[] => {
  const rows: unknown = Array.isArray(value) ? value : valueAt(value, 'rows');
  return Array.isArray(rows) ? rows : [];
};

async function take(folder: SyncFolder, step: Step): Promise<void> {
  if ('file' in step) {
    const name = files[step.file];
    folder.write(name, step.change(folder.read(name)));
  } else if ('wait' in step) folder.wait(step.wait);
  else if ('sync' in step) {
    const { exitCode, out, error } = await folder.sync(...step.sync);
    const told = `${step.sync.join(' ')}\n${out}${error}`;
    equal(exitCode, step.exit ?? 0, told);
    if (step.says !== undefined) match(out, step.says, told);
    if (step.error !== undefined) match(error, step.error, told);
  } else {
    const rows = rowsIn(await folder.json(...step.shows));
    const keys = Object.keys(step.rows[0] ?? {});
    deepEqual(
      rows.map((row) => Object.fromEntries(keys.map((key) => [key, valueAt(row, key)]))),
      step.rows,
      `${step.shows.join(' ')}\n${JSON.stringify(rows, undefined, 1)}`,
    );
  }
}

describe('walk-throughs on the command line', () => {
  for (const { id, title, direction = 'Bidirectional', steps } of walkthroughs) {
    for (const mode of ['improved', 'faithful']) {
      it(`${id} ${mode}: ${title}`, async () => {
        const folder = syncFolder();
        try {
          folder.write(P, projectText(direction, mode));
          folder.write('customers.csv', CUSTOMERS);
          folder.write('accounts.csv', ACCOUNTS);
          for (const step of steps) await take(folder, step);
        } finally {
          folder.remove();
        }
      });
    }
  }
});
