import { equal, match } from 'node:assert/strict';
import { pathInRepository } from '../../kit/repository.ts';
import { type SyncFolder, syncFolder } from '../../kit/syncFolder.ts';

const PROJECT = 'contoso.sync.json';

describe('coupling on the command line', () => {
  let folder: SyncFolder;
  const resolve = (...words: readonly string[]) => folder.sync('resolve', PROJECT, ...words);
  before(() => {
    folder = syncFolder(pathInRepository('samples/sync'));
  });
  after(() => folder.remove());

  it('sets up a coupling by the name of the partner, and synchronizes one way', async () => {
    const uncoupled = await resolve('delete-couplings', '10000', '--mapping', 'CUSTOMER', '--yes');
    equal(uncoupled.exitCode, 0, uncoupled.out + uncoupled.error);
    const nobody = await resolve('set-up-coupling', '10000', '--mapping', 'CUSTOMER');
    equal(nobody.exitCode, 1);
    match(nobody.out, /Name the record to couple with/u);
    const unknown = await resolve('set-up-coupling', '10000', '--partner', 'Nobody Ltd.');
    equal(unknown.exitCode, 1);
    match(unknown.out, /Nobody Ltd\. does not exist in account/u);
    const taken = await resolve('set-up-coupling', '10000', '--partner', 'Maison Lefèvre');
    equal(taken.exitCode, 1);
    match(taken.out, /already coupled to Maison Lefèvre/u);
    const cannon = ['--partner', 'The Cannon', '--take', 'from'];
    const done = await resolve('set-up-coupling', '10000', ...cannon);
    equal(done.exitCode, 0, done.out + done.error);
    match(done.out, /1 record coupled/u);
    const { out } = await folder.sync('couplings', PROJECT, '--search', 'Cannon');
    match(out, /10000/u);
  });

  it('matches by the fields that are named, and keeps them for the next time', async () => {
    const all = ['--mapping', 'CUSTOMER'];
    // One account can't be written, and stays coupled.
    await resolve('delete-couplings', ...all, '--yes');
    const wrong = await resolve('match-based-coupling', ...all, '--by', 'Nothing');
    equal(wrong.exitCode, 1);
    match(wrong.out, /Nothing can't be a coupling criterion of CUSTOMER/u);
    const by = ['--by', 'Name', '--by', 'E-Mail', '--in-order'];
    const found = await resolve('match-based-coupling', ...all, ...by);
    match(found.out, /Coupled: [1-9]\d*\. Without a match: \d+\. With several matches: 0\./u);
    await resolve('delete-couplings', ...all, '--yes');
    const again = await resolve('match-based-coupling', ...all);
    const told = (text: string) => /Coupled: .*/u.exec(text)?.[0];
    equal(told(again.out), told(found.out));
  });

  it('recommends in the review what to couple first, until somebody knows better', async () => {
    const before = await folder.sync('review', PROJECT);
    equal(before.exitCode, 0, before.error);
    match(before.out, /^CUSTOMER +\d +Couple Records +- +-/mu);
    match(before.out, /^SALESPEOPLE +1 +Full Synchronization/mu);
    match(before.out, /In .*both sides have records without a partner.*match-based-coupling/u);
    const done = await resolve('recommend-full-synchronization', '--mapping', 'CUSTOMER');
    match(done.out, /Full synchronization is recommended for CUSTOMER/u);
    const after = await folder.sync('review', PROJECT);
    match(after.out, /^CUSTOMER +\d +Full Synchronization/mu);
    equal(/In .*CUSTOMER.*without a partner/u.test(after.out), false);
    const { exitCode, out } = await resolve(
      'recommend-full-synchronization',
      '--mapping',
      'CUSTOMER',
    );
    equal(exitCode, 1);
    match(out, /does not recommend coupling/u);
  });

  it('restarts and resets the full synchronization review', async () => {
    const early = await resolve('reset-full-synch-review');
    equal(early.exitCode, 1);
    match(early.out, /No mapping was started yet/u);
    const { error } = await folder.sync('run', PROJECT, '--review');
    match(error, /without a partner: full synchronization would create/u);
    match((await folder.sync('review', PROJECT)).out, /^SALESPEOPLE +1 +Finished +(?:Success|-)/mu);
    const twice = await folder.sync('run', PROJECT, '--review');
    match(twice.out, /Restart one of them, or reset the review/u);
    const restarted = await resolve('restart-full-synchronization', '--mapping', 'SALESPEOPLE');
    match(restarted.out, /SALESPEOPLE/u);
    const reset = await resolve('reset-full-synch-review');
    equal(reset.exitCode, 0);
    match(reset.out, /The review begins again/u);
  });
});
