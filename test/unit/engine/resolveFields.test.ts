import { deepEqual, equal, throws } from 'node:assert/strict';
import initSqlJs, { type SqlJsStatic } from 'sql.js';
import { resolveFields, versionsOf } from '../../../src/engine/actions/resolveFields.ts';
import { createEngine, type Engine } from '../../../src/engine/engine.ts';
import type { BusinessRule } from '../../../src/engine/model/table.ts';
import type { EngineMode } from '../../../src/engine/model/project.ts';
import { EngineRefusal } from '../../../src/engine/model/message.ts';
import { finish, runMapping } from '../../../src/engine/run/runMapping.ts';
import { addRow, editRow, rowNamed } from '../../../src/engine/sides/people.ts';
import { surfaceOf } from '../../../src/engine/surface/surface.ts';
import { couplingsOf } from '../../../src/engine/store/couplings.ts';
import { tablesOf, knownMapping } from '../../../src/engine/coupling/couple.ts';
import { propertyProject } from './properties/project.ts';

/** Field-by-field resolution of a conflict, in both modes. */
describe('Resolving a conflict field by field', () => {
  let sqlJs: SqlJsStatic;
  before(async () => {
    sqlJs = await initSqlJs();
  });

  /** A coupled pair whose three fields both sides have changed since. */
  function conflict(mode: EngineMode, rule?: BusinessRule) {
    let [now, next] = [1_000_000, 1];
    const tick = (): number => (now += 1000);
    const project = propertyProject(mode, false);
    const tables = project.tables.map((table) =>
      rule === undefined ? table : { ...table, rules: [rule] },
    );
    const engine = createEngine(
      { ...project, tables },
      {
        sqlJs,
        clock: { BusinessCentral: tick, Dataverse: tick },
        ids: {
          block(count) {
            const first = next;
            next += count;
            return { prefix: '00000000-0000-0000-0000-', first };
          },
        },
      },
    );
    const integrationId = addRow(engine, 'BusinessCentral', 'Customer', {
      Name: 'A. Datum',
      Fax: '1',
      Phone: '1',
    });
    finish(runMapping(engine, { mapping: 'CUSTOMER' }));
    const mapping = knownMapping(engine, 'CUSTOMER');
    const crmId = couplingsOf(engine.store, tablesOf(engine, mapping))[0]?.crmId ?? '';
    editRow(engine, 'BusinessCentral', 'Customer', integrationId, {
      Name: 'B',
      Fax: 'B',
      Phone: 'B',
    });
    editRow(engine, 'Dataverse', 'account', crmId, { name: 'D', fax: 'D', phone: 'D' });
    finish(runMapping(engine, { mapping: 'CUSTOMER' }));
    return { engine, coupling: { mapping: 'CUSTOMER', integrationId, crmId } };
  }

  const valuesOf = (
    engine: Engine,
    { integrationId, crmId }: { integrationId: string; crmId: string },
  ) => [
    rowNamed(engine, 'BusinessCentral', 'Customer', integrationId),
    rowNamed(engine, 'Dataverse', 'account', crmId),
  ];

  const winners = { Name: 'BusinessCentral', Fax: 'Dataverse', Phone: 'BusinessCentral' } as const;

  it('asks for every field that both sides changed', () => {
    const { engine, coupling } = conflict('improved');
    const asked = {
      action: 'Synchronize',
      rows: [coupling],
      fields: { Name: 'Dataverse' },
    } as const;
    const result = finish(surfaceOf(engine, 'en').run(asked));
    equal(result.kind === 'refused' && result.reason.code, 'fieldsUndecided');
    deepEqual(valuesOf(engine, coupling), [
      { Name: 'B', Fax: 'B', Phone: 'B' },
      { name: 'D', fax: 'D', phone: 'D' },
    ]);
  });

  it('writes all of it or nothing, where an app refuses its part', () => {
    const rule = { on: 'modify', error: 'No.' } as const;
    const { engine, coupling } = conflict('improved', rule);
    const seen = versionsOf(engine, coupling);
    throws(
      () => resolveFields(engine, { coupling, winners, seen }),
      (error) => error instanceof EngineRefusal,
    );
    deepEqual(valuesOf(engine, coupling), [
      { Name: 'B', Fax: 'B', Phone: 'B' },
      { name: 'D', fax: 'D', phone: 'D' },
    ]);
    deepEqual(versionsOf(engine, coupling), seen);
  });

  for (const mode of ['improved', 'faithful'] as const) {
    it(`gives each field the value of the app that wins it (${mode})`, () => {
      const { engine, coupling } = conflict(mode);
      resolveFields(engine, { coupling, winners, seen: versionsOf(engine, coupling) });
      deepEqual(valuesOf(engine, coupling), [
        { Name: 'B', Fax: 'D', Phone: 'B' },
        { name: 'B', fax: 'D', phone: 'B' },
      ]);
    });

    it(`agrees on what it wrote: the next run changes nothing (${mode})`, () => {
      const { engine, coupling } = conflict(mode);
      resolveFields(engine, { coupling, winners, seen: versionsOf(engine, coupling) });
      const { jobs } = finish(runMapping(engine, { mapping: 'CUSTOMER' }));
      equal(
        jobs.reduce((sum, { counters }) => sum + counters.modified + counters.failed, 0),
        0,
      );
    });

    it(`writes nothing where a record was changed since it was seen (${mode})`, () => {
      const { engine, coupling } = conflict(mode);
      const seen = versionsOf(engine, coupling);
      editRow(engine, 'Dataverse', 'account', coupling.crmId, { fax: 'later' });
      throws(
        () => resolveFields(engine, { coupling, winners, seen }),
        (error) => error instanceof EngineRefusal && error.reason.code === 'changedMeanwhile',
      );
      deepEqual(valuesOf(engine, coupling), [
        { Name: 'B', Fax: 'B', Phone: 'B' },
        { name: 'D', fax: 'later', phone: 'D' },
      ]);
    });
  }
});
