import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathInRepository } from '../../kit/repository.ts';
import { type SyncFolder, syncFolder } from '../../kit/syncFolder.ts';

const PROJECT = 'contoso.sync.json';

describe('sync on the command line', () => {
  let folder: SyncFolder;
  before(() => {
    folder = syncFolder(pathInRepository('samples/sync'));
  });
  after(() => folder.remove());

  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no verb', [], /sync needs one of run, errors/u],
    ['an unknown verb', ['fly', PROJECT], /not fly/u],
    ['no project', ['run'], /sync run needs a project/u],
    ['an unknown option', ['run', PROJECT, '--nope'], /--nope/u],
    ['an unknown format', ['errors', PROJECT, '--format', 'xml'], /text, json, not xml/u],
    ['two ways at once', ['run', PROJECT, '--full', '--queue'], /exclude each other/u],
    [
      'an unknown action',
      ['resolve', PROJECT, 'fly'],
      /sync resolve takes one of retry, retry-all/u,
    ],
    [
      'an unknown side',
      ['resolve', PROJECT, 'synchronize', '--take', 'up'],
      /--take takes one of to, from, merge/u,
    ],
    ['no record', ['explain', PROJECT], /needs a record/u],
    [
      'an unknown state',
      ['couplings', PROJECT, '--state', 'x'],
      /--state takes one of synchronized/u,
    ],
    ['a limit that is no number', ['errors', PROJECT, '--limit', '-1'], /--limit|'-1'/u],
    ['too much', ['errors', PROJECT, 'more'], /no use for more/u],
  ];
  for (const [id, words, error] of wrong) {
    it(`is wrong usage: ${id}`, async () => {
      const outcome = await folder.sync(...words);
      equal(outcome.exitCode, 2, outcome.out + outcome.error);
      match(outcome.error, error);
    });
  }

  const notThere: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['mapping', ['run', PROJECT, 'NOPE'], /no mapping NOPE: CURRENCY, PAYMENT TERMS/u],
    ['record', ['explain', PROJECT, '4711'], /No mapping knows a record 4711/u],
    ['project to check', ['check', 'nope.sync.json'], /nope\.sync\.json: There is no such file/u],
  ];
  for (const [id, words, error] of notThere) {
    it(`finds no such ${id}`, async () => {
      const outcome = await folder.sync(...words);
      equal(outcome.exitCode, 1, outcome.out + outcome.error);
      match(outcome.error, error);
      equal(outcome.error.includes('Usage:'), false);
    });
  }

  it('says what keeps a project from being opened, and writes nothing', async () => {
    folder.write('broken.sync.json', '{ "businessCentral": 1 }');
    for (const [project, error] of [
      ['broken.sync.json', /broken\.sync\.json:1:22 error project-shape/u],
      ['absent.sync.json', /absent/u],
    ] as const) {
      const outcome = await folder.sync('run', project);
      equal(outcome.exitCode, 1);
      match(outcome.error, error);
    }
    ok(!existsSync(join(folder.path, 'broken.sync.store')));
  });

  it('tells of a file of rows that is gone, and deletes none of its rows', async () => {
    await folder.sync('run', PROJECT, 'SALESPEOPLE');
    const text = folder.read(PROJECT);
    folder.write(PROJECT, text.replace('dataverse/systemuser.csv', 'dataverse/gone.csv'));
    const { error } = await folder.sync('mappings', PROJECT);
    match(error, /dataverse\/gone\.csv cannot be read/u);
    folder.write(PROJECT, text);
    const { out } = await folder.sync('couplings', PROJECT, '--mapping', 'SALESPEOPLE');
    match(out, /2 of 2/u);
    ok(!out.includes('deleted'));
  });

  it('refuses other columns than those of the store, and starts anew when told to', async () => {
    const text = folder.read(PROJECT);
    folder.write(
      PROJECT,
      text.replace('"name": "telephone1", "type": "text"', '"name": "telephone1", "type": "code"'),
    );
    const refused = await folder.sync('run', PROJECT);
    equal(refused.exitCode, 1);
    match(refused.error, /--reset/u);
    const anew = await folder.sync('run', PROJECT, 'SALESPEOPLE', '--reset');
    equal(anew.exitCode, 0, anew.error);
    folder.write(PROJECT, text);
    await folder.sync('run', PROJECT, 'SALESPEOPLE', '--reset');
  });

  it('pages and searches couplings', async () => {
    const { out } = await folder.sync('couplings', PROJECT, '--search', 'RETAIL', '--limit', '1');
    match(out, /61000/u);
    match(out, /1 of 2/u);
    const second = await folder.sync('couplings', PROJECT, '--offset', '3', '--limit', '2');
    match(second.out, /2 of \d+/u);
  });

  it('runs the full synchronization review in waves, and the job queue', async () => {
    const review = await folder.sync('run', PROJECT, '--review');
    match(review.out, /CUSTOMER/u);
    const queue = await folder.sync('run', PROJECT, '--queue');
    match(queue.out, /CUSTOMER[^]*CONTACT/u);
    const again = await folder.sync('run', PROJECT, '--queue');
    match(again.out, /No job queue entry is due/u);
  });

  it('has the same keys in every row of JSON', async () => {
    const page: unknown = await folder.json('couplings', PROJECT);
    const rows: unknown =
      typeof page === 'object' && page !== null ? Reflect.get(page, 'rows') : [];
    ok(Array.isArray(rows) && rows.length > 5);
    const keys = rows.map((row: object) => Object.keys(row).join(' '));
    deepEqual(new Set(keys).size, 1);
  });

  it('makes a project of what Business Central exports', async () => {
    folder.write(
      'x/mappings.csv',
      'Name;Table Name;Integration Table Name;Direction;Table Filter;Synch. Only Coupled Records;Resolve Deletion Conflicts\nCUSTOMER;Customer;account;Bidirectional;;Yes;Restore Records\nITEM;27;product;To Integration Table;;No;None\n',
    );
    folder.write(
      'x/fields.csv',
      'Integration Table Mapping Name,Field Name,Integration Table Field Name,Direction,Status,Constant Value\nCUSTOMER,Name,name,Bidirectional,Enabled,\nCUSTOMER,Phone No.,telephone1,To Integration Table,Disabled,\nITEM,3,name,To Integration Table,Enabled,\nITEM,0,statecode,To Integration Table,Enabled,1\n',
    );
    folder.write(
      'x/couplings.csv',
      'CRM ID,Integration ID,Table ID\n{A0000000-0000-4000-8000-000000000001},{B0000000-0000-4000-8000-000000000001},18\n',
    );
    folder.write(
      'x/Customer.csv',
      'SystemId,Name,Credit\nb0000000-0000-4000-8000-000000000001,Cannon,1.50\n',
    );
    folder.write('x/account.csv', 'accountid,name\na0000000-0000-4000-8000-000000000001,Cannon\n');
    folder.write('x/unused.csv', 'a,b\n1,2\n');
    const outcome = await folder.sync('import', 'x', '--out', 'imported.sync.json');
    equal(outcome.exitCode, 1);
    match(outcome.error, /No mapping names the table unused/u);
    match(outcome.out, /mappings 2, tables 4/u);
    const { mappings, couplings, businessCentral } = JSON.parse(folder.read('imported.sync.json'));
    deepEqual(mappings[0].deletionConflictResolution, 'Restore Records');
    deepEqual(mappings[1].fields, [
      { field: 'Field 3', integrationField: 'name', direction: 'ToIntegrationTable' },
      { integrationField: 'statecode', direction: 'ToIntegrationTable', constantValue: '1' },
    ]);
    equal(businessCentral.tables[1].fields[0].number, 3);
    equal(couplings[0].record, 'b0000000-0000-4000-8000-000000000001');
    const checked = await folder.sync('check', 'imported.sync.json');
    equal(checked.exitCode, 0, checked.out);
    const ran = await folder.sync('run', 'imported.sync.json', 'CUSTOMER');
    equal(ran.exitCode, 0, ran.out + ran.error);
    const twice = await folder.sync('import', 'x', '--out', PROJECT);
    match(twice.error, /--force/u);
  });
});
