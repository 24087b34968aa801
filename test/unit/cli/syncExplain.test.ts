import { equal, match, ok } from 'node:assert/strict';
import { pathInRepository } from '../../kit/repository.ts';
import { type SyncFolder, syncFolder } from '../../kit/syncFolder.ts';

const PROJECT = 'contoso.sync.json';
const EURO = 'd0000000-0000-4000-8000-000000000002';

/** The cells of a field in what `sync explain` prints: field, ours, theirs, last agreed on, change. */
const cellsOf = (out: string, field: string): readonly string[] =>
  out
    .split('\n')
    .find((line) => line.startsWith(field))
    ?.split(/ {2,}/u) ?? [];

describe('sync explain', () => {
  let folder: SyncFolder;
  before(async () => {
    folder = syncFolder(pathInRepository('samples/sync'));
    const project = folder.read(PROJECT);
    const currency = /("transactioncurrencyid", "direction": )"ToIntegrationTable"/u;
    match(project, currency);
    folder.write(PROJECT, project.replace(currency, '$1"Bidirectional"'));
    await folder.sync('run', PROJECT);
  });
  after(() => folder.remove());

  const explained = async (record: string): Promise<string> => {
    const { exitCode, out, error } = await folder.sync('explain', PROJECT, record);
    equal(exitCode, 0, error);
    return out;
  };

  it('tells a lookup of Dataverse as the key of the record that it leads to', async () => {
    const accounts = folder.read('dataverse/account.csv');
    const [, , line = ''] = accounts.split('\n');
    ok(line.includes('purchasing@selangorian.example,,,'));
    folder.write(
      'dataverse/account.csv',
      accounts.replace(
        'purchasing@selangorian.example,,,',
        `purchasing@selangorian.example,${EURO},,`,
      ),
    );
    const out = await explained('20000');
    const [, ours, theirs] = cellsOf(out, 'Currency Code');
    equal(ours, '"GBP"');
    equal(theirs, '"EUR"');
    ok(!out.includes(EURO), out);
    // What a run would set right is told as it stands.
    match(out, /Name \/ name +"Selangorian Ltd\." +"Selangorian Limited"/u);
  });

  it('tells what a run takes for the same as the same', async () => {
    // The local currency is none in Dataverse.
    const [, ours, theirs, , change] = cellsOf(await explained('10000'), 'Currency Code');
    equal(ours, '"GBP"');
    equal(theirs, '"GBP"');
    equal(change, '-');
  });

  it('gives both readings as JSON', async () => {
    const [record] = Object.values((await folder.json('explain', PROJECT, '20000')) ?? {});
    const field: unknown = record.fields.find(
      (each: { readonly field: string }) => each.field === 'Currency Code',
    );
    ok(typeof field === 'object' && field !== null);
    equal(Reflect.get(field, 'integrationValue'), EURO);
    equal(Reflect.get(field, 'integrationRead'), 'EUR');
  });
});
