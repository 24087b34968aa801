import { deepEqual, equal } from 'node:assert/strict';
import { finish, runMapping } from '../../../src/engine/run/runMapping.ts';
import { editRow } from '../../../src/engine/sides/people.ts';
import { surfaceOf } from '../../../src/engine/surface/surface.ts';
import { runScenario } from './oracle/runner.ts';
import type { Scenario, Step } from './oracle/scenario.ts';

const bothChanged: readonly Step[] = [
  { edit: 'bc:A', values: { 'Fax No.': '2' } },
  { edit: 'dv:A', values: { fax: '3' } },
];
const toldOnce: Step = { run: true, to: { F: 1 }, from: {}, errors: ['conflict'], lines: ['13'] };
const failed: Step = {
  couplings: { 'bc:A': { result: 'Failure', crmResult: 'Failure', skipped: false } },
};

const scenarios: readonly Scenario[] = [
  {
    id: 'once',
    title: 'is told once, has failed in both directions, and is Skipped the next time',
    steps: [
      ...bothChanged,
      toldOnce,
      failed,
      {
        check: 'the card of the record tells it',
        holds({ engine, couplingOf }) {
          const { mapping, integrationId } = couplingOf('bc:A');
          const [listed] = surfaceOf(engine, 'en').couplings({
            mapping,
            search: integrationId,
          }).rows;
          equal(listed?.notice?.code, 'conflict');
        },
      },
      { run: true, to: { S: 1 }, from: {}, errors: ['conflict'], lines: ['13'] },
      { listed: ['bc:A'] },
      { run: true, to: {}, from: {}, errors: [], lines: [] },
    ],
  },
  {
    id: 'strategy',
    title: 'follows a strategy of the other direction that is chosen afterwards',
    steps: [
      ...bothChanged,
      toldOnce,
      {
        mapping: true,
        set: { updateConflictResolution: 'Get data update from integration table' },
      },
      { run: true, to: { S: 1 }, from: { M: 1 }, errors: [], lines: ['15s', '15'] },
      { rows: { 'bc:A': { 'Fax No.': '3' } } },
      { couplings: { 'bc:A': { result: 'Success', crmResult: 'blank' } } },
    ],
  },
  {
    id: 'direction',
    title: 'is repeated where the other direction runs alone',
    steps: [
      ...bothChanged,
      toldOnce,
      { run: true, only: 'from', from: { S: 1 }, errors: ['conflict'], lines: ['13'] },
      { listed: ['bc:A'] },
    ],
  },
  {
    id: 'filter',
    title: 'is told in each direction where a filter may keep the partner from being read',
    steps: [
      { mapping: true, set: { integrationTableFilter: 'WHERE(name=FILTER(<>Z))' } },
      ...bothChanged,
      {
        run: true,
        to: { F: 1 },
        from: { F: 1 },
        errors: ['conflict', 'conflict'],
        lines: ['13', '13'],
      },
      failed,
    ],
  },
  {
    id: 'meanwhile',
    title: 'is looked at again where its partner changes between the directions',
    steps: [
      ...bothChanged,
      {
        check: 'the partner gives way while the job runs',
        holds({ engine, idOf }) {
          const steps = runMapping(engine, { mapping: 'CUSTOMER' });
          equal(steps.next().done, false);
          editRow(engine, 'Dataverse', 'account', idOf('dv:A'), { fax: '2' });
          const { jobs } = finish(steps);
          deepEqual(
            jobs.map(({ counters }) => [counters.failed, counters.unchanged]),
            [
              [1, 0],
              [0, 1],
            ],
          );
        },
      },
      { couplings: { 'bc:A': { result: 'Success', crmResult: 'blank' } } },
    ],
  },
];

describe('a conflict of a pair', () => {
  for (const scenario of scenarios) {
    it(scenario.title, () => runScenario(scenario, 'improved'));
  }

  it('is one of each direction in the faithful mode', () =>
    runScenario(
      {
        id: 'faithful',
        title: '',
        steps: [
          ...bothChanged,
          { run: true, to: { F: 1 }, from: { F: 1 }, errors: ['conflict', 'conflict'] },
          failed,
        ],
      },
      'faithful',
    ));
});
