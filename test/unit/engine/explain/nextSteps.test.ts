import { deepEqual, equal, ok } from 'node:assert/strict';
import type { EngineMode } from '../../../../src/engine/model/project.ts';
import { finish } from '../../../../src/engine/run/runMapping.ts';
import { editRow } from '../../../../src/engine/sides/people.ts';
import { setMapping } from '../../../../src/engine/mappings/setMapping.ts';
import { withCustomer, worldOf } from '../coupling/kit.ts';

/** A pair in which each side has changed fields since both were agreed on. */
function clash(
  mode: EngineMode,
  ours: Readonly<Record<string, string>>,
  theirs: Readonly<Record<string, string>>,
) {
  const world = worldOf(withCustomer({ synchOnlyCoupledRecords: false }), mode);
  const { engine, surface } = world;
  const run = (): unknown =>
    finish(surface.run({ action: 'Synchronize Modified Records', mapping: 'CUSTOMER' }));
  const id = world.record({ Name: 'Adatum', 'Fax No.': '1' });
  run();
  const crmId = surface.explain('CUSTOMER', id)?.crmId ?? '';
  const edit = (): void => {
    editRow(engine, 'BusinessCentral', 'Customer', id, ours);
    editRow(engine, 'Dataverse', 'account', crmId, theirs);
  };
  edit();
  run();
  const explained = () => {
    const record = surface.explain('CUSTOMER', id);
    ok(record);
    const { state, nextSteps, actions } = record;
    return { state, steps: nextSteps.map(({ code }) => code), action: actions[0] };
  };
  return { engine, surface, id, crmId, run, explained };
}

const BOTH = [{ Name: 'B' }, { name: 'D' }] as const;

describe('The next step after a conflict', () => {
  for (const mode of ['improved', 'faithful'] as const) {
    it(`is to choose a side, and nothing that helps no more (${mode})`, () => {
      const { explained, run } = clash(mode, ...BOTH);
      for (let runs = 1; runs <= 3; runs++) {
        const { state, steps, action } = explained();
        ok(state === 'skipped' || state === 'failed');
        deepEqual(steps, ['next.conflict']);
        equal(action, 'Synchronize');
        run();
      }
      equal(explained().state, 'skipped');
    });
  }

  it('is the same where Business Central sees a conflict in what two people changed apart', () => {
    const { explained } = clash('faithful', { Name: 'B' }, { fax: '2' });
    const { steps, action } = explained();
    deepEqual(steps, ['bothChanged']);
    equal(action, 'Synchronize');
  });

  it('is to retry where the mapping resolves conflicts by itself since', () => {
    const { engine, explained, run } = clash('improved', ...BOTH);
    run();
    run();
    setMapping(engine, 'CUSTOMER', {
      updateConflictResolution: 'Send data update to integration table',
    });
    const { state, steps } = explained();
    deepEqual([state, steps], ['skipped', ['next.conflict', 'next.retry']]);
  });

  it('is to retry where both sides have the same values by now', () => {
    const { engine, explained, run, crmId } = clash('improved', ...BOTH);
    run();
    run();
    editRow(engine, 'Dataverse', 'account', crmId, { name: 'B' });
    const { state, steps } = explained();
    deepEqual([state, steps], ['skipped', ['next.retry']]);
  });
});
