import { deepEqual, equal } from 'node:assert/strict';
import { createEngine } from '../../../../src/engine/engine.ts';
import { message } from '../../../../src/engine/model/message.ts';
import { addError } from '../../../../src/engine/store/errors.ts';
import { surfaceOf } from '../../../../src/engine/surface/surface.ts';
import { sqlJs } from '../../../kit/sqlJs.ts';

/** Lines of two jobs; some at the same moment, and one that a clock set back has dated before the others. */
const times = [5, 1, 5, 7, 7, 2, 9];

const engine = createEngine(
  { tables: [], integrationTables: [], mappings: [] },
  {
    sqlJs,
    clock: { BusinessCentral: () => 0, Dataverse: () => 0 },
    ids: { block: () => ({ prefix: '00000000-0000-8000-8000-', first: 1 }) },
  },
);
engine.store.transaction(() => {
  for (const [index, at] of times.entries()) {
    addError(engine.store, {
      job: (index % 2) + 1,
      sourceRid: undefined,
      destinationRid: undefined,
      message: message('recordNotFound', { record: String(index) }),
      at,
    });
  }
});

describe('Integration Synchronization Errors, a page at a time', () => {
  const surface = surfaceOf(engine, 'en');
  const numbers = (request: Parameters<typeof surface.jobErrors>[0]): readonly number[] =>
    surface.jobErrors(request).rows.map(({ no }) => no);

  it('has the newest line first, of all jobs or of one', () => {
    deepEqual(numbers({}), [7, 5, 4, 3, 1, 6, 2]);
    deepEqual(numbers({ job: 2 }), [4, 6, 2]);
    deepEqual(surface.jobErrors({ job: 3 }), { total: 0, rows: [] });
  });

  for (const job of [undefined, 1, 2]) {
    it(`cuts the lines of ${job === undefined ? 'all jobs' : `job ${job}`} without losing any`, () => {
      const request = job === undefined ? {} : { job };
      const all = numbers({ ...request, limit: Infinity });
      for (const limit of [1, 2, 3]) {
        const pages = Array.from({ length: all.length }, (_, page) =>
          surface.jobErrors({ ...request, offset: page * limit, limit }),
        );
        deepEqual(
          pages.flatMap(({ rows }) => rows.map(({ no }) => no)),
          all,
        );
        for (const { total } of pages) equal(total, all.length);
      }
      equal(surface.jobErrors({ ...request, limit: 0 }).total, all.length);
    });
  }
});
