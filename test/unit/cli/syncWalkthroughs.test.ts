import { deepEqual, equal, match } from 'node:assert/strict';
import { type SyncFolder, syncFolder } from '../../kit/syncFolder.ts';
import { files, P, type Step, walkthroughs } from './walkthroughs.ts';

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
