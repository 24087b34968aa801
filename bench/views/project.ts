import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const COUPLINGS = 100_000;
export const ERRORS = 10_000;

const AGREED = '2026-01-01T00:00:00Z';
const LATER = '2026-01-02T00:00:00Z';

const direction = 'Bidirectional';
const field = (name: string) => ({ name, type: 'text' });

/** Every tenth record was changed since; of these, every other one in both apps, and no app takes a change. */
const project = {
  businessCentral: {
    tables: [
      {
        name: 'Customer',
        number: 18,
        primaryKey: ['No.'],
        fields: ['No.', 'Name', 'City'].map(field),
        rows: { file: 'customers.csv' },
      },
    ],
  },
  dataverse: {
    tables: [
      {
        name: 'account',
        primaryKey: ['accountnumber'],
        fields: ['accountnumber', 'name', 'city'].map(field),
        rules: [{ on: 'modify', error: 'The principal is missing prvWriteAccount privilege' }],
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
      fields: [
        { field: 'No.', integrationField: 'accountnumber', direction },
        { field: 'Name', integrationField: 'name', direction },
        { field: 'City', integrationField: 'city', direction },
      ],
    },
  ],
  couplings: { file: 'couplings.csv' },
};

/** Writes the project without anything that an earlier run has kept; answers its file. */
export async function writeProject(folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const numbers = Array.from({ length: COUPLINGS }, (_, number) => number);
  const own = numbers.map((number) => rowOf('c', number, number % (COUPLINGS / ERRORS) === 0));
  const other = numbers.map((number) =>
    rowOf('d', number, number % (2 * (COUPLINGS / ERRORS)) === 0),
  );
  const pairs = numbers.map(
    (number) => `CUSTOMER,${idOf('c', number)},${idOf('d', number)},${AGREED}`,
  );
  const file = join(folder, 'views.sync.json');
  await Promise.all([
    write(folder, 'customers.csv', 'SystemId,No.,Name,City,SystemModifiedAt', own),
    write(folder, 'accounts.csv', 'id,accountnumber,name,city,modifiedon', other),
    write(folder, 'couplings.csv', 'mapping,record,integrationRecord,synchronizedAt', pairs),
    writeFile(file, JSON.stringify(project)),
  ]);
  return file;
}

const idOf = (side: 'c' | 'd', number: number): string =>
  `${side}0000000-0000-0000-0000-${String(number).padStart(12, '0')}`;

const rowOf = (side: 'c' | 'd', number: number, isChanged: boolean): string =>
  [
    idOf(side, number),
    `C${String(number).padStart(6, '0')}`,
    `Customer ${number}`,
    isChanged ? `City ${number} of ${side}` : `City ${number % 500}`,
    isChanged ? LATER : AGREED,
  ].join(',');

const write = (
  folder: string,
  name: string,
  head: string,
  lines: readonly string[],
): Promise<void> => writeFile(join(folder, name), `${head}\n${lines.join('\n')}\n`);
