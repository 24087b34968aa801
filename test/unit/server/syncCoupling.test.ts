import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  syncCandidatesRequest,
  type SyncCandidatesResult,
  syncCouplingDialogRequest,
  type SyncCouplingDialogResult,
  syncCouplingsRequest,
  type SyncCouplingsResult,
  syncMatchDialogRequest,
  type SyncMatchDialogResult,
  syncReviewRequest,
  type SyncReviewResult,
  syncRunRequest,
  type SyncRunResult,
  syncUndoRequest,
} from '../../../src/service/protocol/sync.ts';
import { stopEditors } from '../../kit/protocol.ts';
import { couplings, modified, type SyncEditor, startSync } from '../../kit/syncEditor.ts';

afterEach(stopEditors);

const candidates = ({ ask }: SyncEditor, request: object): Promise<SyncCandidatesResult> =>
  ask(syncCandidatesRequest, { request: { mapping: 'CUSTOMER', ...request } });

describe('Set Up Coupling of a sync project', () => {
  it('offers records, refuses those that are coupled, and is undone', async () => {
    const started = await startSync();
    const { ask, run } = started;
    const [first, second] = await couplings(started);
    ok(first && second);
    await run('Delete Couplings', { rows: [first] });
    const row = { ...first, crmId: '' };
    const dialog = await ask<SyncCouplingDialogResult>(syncCouplingDialogRequest, { row });
    deepEqual(
      [dialog?.name, dialog?.partnerTable, dialog?.partner ?? null, dialog?.canCreate],
      ['Customer 1', 'account', null, true],
    );
    const page = await candidates(started, { side: 'Dataverse', partnerOf: first.integrationId });
    deepEqual(
      page?.rows.map(({ name, coupledTo, refusal }) => [
        name,
        coupledTo ?? null,
        refusal?.code ?? null,
      ]),
      [
        ['Account 1', null, null],
        ['Customer 2', 'Customer 2', 'alreadyCoupled'],
        ['Customer 3', 'Customer 3', 'alreadyCoupled'],
      ],
    );
    const refused = await run('Set Up Coupling', { rows: [row], partner: second.crmId });
    ok(refused.kind === 'refused');
    ok(refused.reason.text.includes('Customer 1'), refused.reason.text);
    equal(refused.undo, undefined, 'there is nothing to undo');
    const done = await run('Set Up Coupling', {
      rows: [row],
      partner: 'Account 1',
      choices: { '*': 'ToIntegrationTable' },
    });
    ok(done.kind === 'done' && done.undo !== undefined);
    equal((await ask<SyncCouplingsResult>(syncCouplingsRequest))?.total, 3);
    const undone = await ask<SyncRunResult>(syncUndoRequest, { action: done.undo });
    equal(undone.kind, 'done');
    const after = await candidates(started, { side: 'Dataverse', search: 'acc' });
    deepEqual(
      after?.rows.map(({ name }) => name),
      ['Account 1'],
      'its old name is back as well',
    );
  });

  it('answers null for what is not there, and speaks the language of the editor', async () => {
    const started = await startSync(undefined, { locale: 'cs' });
    const { ask } = started;
    const row = { mapping: 'CUSTOMER', integrationId: 'nobody', crmId: '' };
    equal(await ask(syncCouplingDialogRequest, { row }), null);
    equal(await ask(syncMatchDialogRequest, { mapping: 'NOPE' }), null);
    const [first] = await couplings(started);
    const page = await candidates(started, {
      side: 'Dataverse',
      partnerOf: first?.integrationId,
      search: 'Customer 2',
    });
    ok(/[ěščřžýáíéů]/u.test(page?.rows[0]?.refusal?.text ?? ''));
  });
});

describe('Match-Based Coupling of a sync project', () => {
  it('goes by the criteria that are chosen, and keeps them', async () => {
    const { ask, run } = await startSync();
    await run('Delete Couplings', modified);
    const dialog = await ask<SyncMatchDialogResult>(syncMatchDialogRequest, modified);
    deepEqual([dialog?.criteria, dialog?.fields.map(({ field }) => field)], [[], ['Name']]);
    const match = {
      criteria: [{ field: 'Name', caseSensitive: false, priority: 0 }],
      synchAfterCoupling: false,
      createNew: false,
    };
    const result = await run('Match-Based Coupling', { ...modified, match });
    ok(result.kind === 'done');
    equal(
      result.notifications[0]?.text,
      'Coupled: 2. Without a match: 1. With several matches: 0.',
    );
    const after = await ask<SyncMatchDialogResult>(syncMatchDialogRequest, modified);
    deepEqual(after?.criteria, match.criteria);
  });
});

describe('Full Synch. Review of a sync project', () => {
  it('is started, a line of it restarted, and reset', async () => {
    const { ask, run } = await startSync();
    const review = async () => {
      const found = await ask<SyncReviewResult>(syncReviewRequest);
      const [line] = found?.lines ?? [];
      return [found?.canStart, found?.canReset, line?.status, line?.canRestart];
    };
    deepEqual(await review(), [true, false, '', false]);
    equal((await run('Full Synch. Review')).kind, 'done');
    deepEqual(await review(), [false, true, 'Finished', true]);
    const again = await ask<SyncRunResult>(syncRunRequest, {
      request: { action: 'Full Synch. Review' },
    });
    equal(again.kind, 'refused');
    equal((await run('Restart Full Synchronization', modified)).kind, 'done');
    const reset = await run('Reset Full Synch. Review');
    ok(reset.kind === 'done' && reset.undo !== undefined);
    deepEqual(await review(), [true, false, '', false]);
    equal((await ask<SyncRunResult>(syncUndoRequest, { action: reset.undo })).kind, 'done');
    deepEqual(await review(), [false, true, 'Finished', true]);
  });
});
