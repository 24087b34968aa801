import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { pathInRepository } from '../../kit/repository.ts';
import { type SyncFolder, syncFolder } from '../../kit/syncFolder.ts';

const PROJECT = 'contoso.sync.json';

interface Listed {
  readonly mapping: string;
  readonly description: string;
  readonly coupledTo: string;
  readonly state: string;
  readonly error: { readonly text: string } | null;
}

/** Every kind of error that people meet: what it looks like, and what gets rid of it. */
const kinds: readonly {
  readonly id: string;
  readonly row: string;
  readonly state: string;
  readonly error: RegExp | undefined;
  readonly remedy: (folder: SyncFolder) => Promise<unknown>;
}[] = [
  {
    id: 'a conflict',
    row: 'CUSTOMER 20000',
    state: 'skipped',
    error: /bi-directional, and one or both values have changed/u,
    remedy: ({ sync }) => sync('resolve', PROJECT, 'synchronize', '20000', '--take', 'from'),
  },
  {
    id: 'deleted in Dataverse',
    row: 'CUSTOMER 30000',
    state: 'skipped',
    error: /coupled to a deleted record/u,
    remedy: ({ sync }) => sync('resolve', PROJECT, 'restore-records', '30000'),
  },
  {
    id: 'deleted in Business Central',
    row: 'CUSTOMER 50000',
    state: 'skipped',
    error: /coupled to a deleted record/u,
    remedy: ({ sync }) => sync('resolve', PROJECT, 'delete-records', '50000', '--yes'),
  },
  {
    id: 'a permission is missing',
    row: 'CUSTOMER 61000',
    state: 'skipped',
    error: /missing prvWriteAccount privilege/u,
    remedy: async (folder) => {
      folder.write(PROJECT, folder.read(PROJECT).replace('CONST(Praha)', 'CONST(Nowhere)'));
      return folder.sync('resolve', PROJECT, 'retry', '61000');
    },
  },
  {
    id: 'a field is too long',
    row: 'CUSTOMER 63000',
    state: 'skipped',
    error: /exceeded the maximum allowed length/u,
    remedy: async (folder) => {
      const file = 'business-central/Customer.csv';
      folder.write(file, folder.read(file).replace('SE1 0AA-LONDON', 'SE1 0AA'));
      return folder.sync('resolve', PROJECT, 'retry', '63000');
    },
  },
  {
    id: 'a one-way deletion',
    row: 'CURRENCY DKK',
    state: 'skipped',
    error: undefined,
    remedy: ({ sync }) =>
      sync('resolve', PROJECT, 'delete-couplings', 'DKK', '--mapping', 'CURRENCY', '--yes'),
  },
  {
    id: 'an exchange rate is missing',
    row: 'CURRENCY CZK',
    state: 'notCreated',
    error: /Exchange Rate must have a value/u,
    remedy: async (folder) => {
      const file = 'business-central/Currency.csv';
      folder.write(file, folder.read(file).replace('koruna,0,', 'koruna,0.035,'));
    },
  },
  {
    id: 'a lookup without a partner',
    row: 'CONTACT CT000003',
    state: 'notCreated',
    error: /Customer 65000 must be coupled/u,
    remedy: ({ sync }) =>
      sync('resolve', PROJECT, 'synchronize', '65000', '--mapping', 'CUSTOMER', '--take', 'to'),
  },
  {
    id: 'a request timed out',
    row: 'ITEM-PRODUCT 1920-S',
    state: 'failed',
    error: /timed out/u,
    remedy: async (folder) => {
      folder.write(PROJECT, folder.read(PROJECT).replace('CONST(Locked)', 'CONST(Never)'));
    },
  },
];

const rowOf = ({ mapping, description }: Listed): string => `${mapping} ${description}`;

const isListed = (value: unknown): value is { readonly rows: readonly Listed[] } =>
  typeof value === 'object' && value !== null && 'rows' in value;

async function listed({ json }: SyncFolder): Promise<readonly Listed[]> {
  const page = await json('errors', PROJECT);
  ok(isListed(page));
  return page.rows;
}

describe('the sample of sync projects', () => {
  let folder: SyncFolder;
  before(() => {
    folder = syncFolder(pathInRepository('samples/sync'));
  });
  after(() => folder.remove());

  it('has findings of the connection, and nothing else to check', async () => {
    const { exitCode, out } = await folder.sync('check', PROJECT);
    equal(exitCode, 1);
    match(out, /System Administrator/u);
    match(out, /CZK has no exchange rate in Business Central/u);
    match(out, /brings 1\.2\.0\.1/u);
    match(out, /3 problems found/u);
  });

  it('shows every kind of error after two runs', async () => {
    const first = await folder.sync('run', PROJECT);
    equal(first.exitCode, 1, first.error);
    await folder.sync('run', PROJECT);
    await folder.sync('resolve', PROJECT, 'find-for-deleted', '--yes');
    const rows = await listed(folder);
    deepEqual(rows.map(rowOf).toSorted(), kinds.map(({ row }) => row).toSorted());
    for (const { id, row, state, error } of kinds) {
      const found = rows.find((each) => rowOf(each) === row);
      equal(found?.state, state, id);
      if (error === undefined) equal(found.error, null, id);
      else match(found.error?.text ?? '', error, id);
    }
  });

  it('has shown, in its log, a number of a series that was taken', async () => {
    const { out } = await folder.sync('log', PROJECT);
    match(out, /VENDOR.*UNIQUE|VENDOR.*exists/u);
    match(out, /Another row has the same key already/u);
  });

  it('explains each error, with a next step, in three languages', async () => {
    for (const locale of ['en', 'cs', 'fr']) {
      const other = syncFolder(folder.path, locale);
      try {
        for (const { id, row } of kinds) {
          const [mapping = '', ...words] = row.split(/ (?=[^ ]+$)/u);
          const { exitCode, out, error } = await other.sync(
            'explain',
            PROJECT,
            words.join(' '),
            '--mapping',
            mapping,
          );
          equal(exitCode, 0, `${id} ${error}`);
          match(out, /^ {2}1\. \p{Lu}/mu, `${id}\n${out}`);
          ok(!/message\.|cli\.sync/u.test(out), out);
        }
      } finally {
        other.remove();
      }
    }
  });

  for (const { id, row, remedy } of kinds) {
    it(`has a way out of ${id}`, async () => {
      await remedy(folder);
      await folder.sync('run', PROJECT);
      const left = await listed(folder);
      ok(!left.map(rowOf).includes(row), JSON.stringify(left.find((each) => rowOf(each) === row)));
    });
  }

  it('has no error left in the end', async () => {
    const { exitCode, out } = await folder.sync('errors', PROJECT);
    equal(exitCode, 0, out);
  });
});
