import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { openCoupledErrors } from '../../../../src/engine/actions/coupledErrors.ts';
import { runFullSynchronization } from '../../../../src/engine/actions/mappingRuns.ts';
import {
  canStart,
  generateLines,
  runLine,
  startableLines,
  startFullSynch,
} from '../../../../src/engine/fullSynch/review.ts';
import { addQueueEntry } from '../../../../src/engine/jobQueue/entries.ts';
import {
  beginEntry,
  dueEntries,
  finishEntry,
  recoverInterrupted,
  runEntry,
} from '../../../../src/engine/jobQueue/run.ts';
import { failedJobs, resetCue } from '../../../../src/engine/log/cue.ts';
import { deleteEntries } from '../../../../src/engine/log/retention.ts';
import { statusOf } from '../../../../src/engine/model/job.ts';
import { EngineRefusal, message } from '../../../../src/engine/model/message.ts';
import type { IntegrationTableMapping } from '../../../../src/engine/model/mapping.ts';
import { finish, runMapping } from '../../../../src/engine/run/runMapping.ts';
import { editRow } from '../../../../src/engine/sides/people.ts';
import { addError, errorsOf } from '../../../../src/engine/store/errors.ts';
import { fullLines, saveLine } from '../../../../src/engine/store/fullLines.ts';
import { jobsOf } from '../../../../src/engine/store/jobs.ts';
import { listedMappings, watermarkOf } from '../../../../src/engine/store/mappings.ts';
import { entryWithId, saveEntry } from '../../../../src/engine/store/queue.ts';
import type { ProjectChange, Scenario, Scene, Step } from './scenario.ts';

type Engine = Scene['engine'];

const mappingNamed = (name: string, dependencyFilter?: string): IntegrationTableMapping => ({
  name,
  table: 'Thing',
  integrationTable: 'thing',
  direction: 'Bidirectional',
  fields: [{ field: 'Name', integrationField: 'name', direction: 'Bidirectional' }],
  ...(dependencyFilter === undefined ? {} : { dependencyFilter }),
});
const things = (...mappings: readonly IntegrationTableMapping[]): ProjectChange => ({
  tables: [{ name: 'Thing', fields: [{ name: 'Name', type: 'text' }] }],
  integrationTables: [{ name: 'thing', fields: [{ name: 'name', type: 'text' }] }],
  mappings,
});
const standardNames = [
  'CUSTOMER',
  'VENDOR',
  'CONTACT',
  'CURRENCY',
  'SALESPEOPLE',
  'UNIT OF MEASURE',
  'ITEM-PRODUCT',
  'RESOURCE-PRODUCT',
  'OPPORTUNITY',
  'POSTEDSALESINV-INV',
  'CUSTPRCGRP-PRICE',
];
const standard = things(...standardNames.map((name) => mappingNamed(name)));
const check = (title: string, holds: (scene: Scene) => void): Step => ({ check: title, holds });
const line = (engine: Engine, name: string) => {
  const found = fullLines(engine.store).find((each) => each.name === name);
  ok(found, `no line ${name}`);
  return found;
};
const addThings: readonly Step[] = [
  { add: 'bc:Thing/R', values: { Name: 'R' } },
  { add: 'dv:thing/S', values: { name: 'S' } },
];

export const sectionM: readonly Scenario[] = [
  {
    id: 'M01',
    title: 'three lines depend on nothing',
    empty: true,
    project: standard,
    steps: [
      check('their names', ({ engine }) =>
        deepEqual(
          generateLines(engine)
            .filter(({ dependencies }) => dependencies.length === 0)
            .map(({ name }) => name),
          ['SALESPEOPLE', 'CURRENCY', 'UNIT OF MEASURE'],
        ),
      ),
    ],
  },
  {
    id: 'M02',
    title: 'what the others depend on',
    empty: true,
    project: standard,
    steps: [
      check('dependencies', ({ engine }) => {
        generateLines(engine);
        deepEqual(line(engine, 'CUSTOMER').dependencies, ['SALESPEOPLE', 'CURRENCY']);
        deepEqual(line(engine, 'CONTACT').dependencies, ['CUSTOMER', 'VENDOR']);
        deepEqual(line(engine, 'OPPORTUNITY').dependencies, ['CONTACT']);
        deepEqual(line(engine, 'POSTEDSALESINV-INV').dependencies, [
          'ITEM-PRODUCT',
          'RESOURCE-PRODUCT',
          'OPPORTUNITY',
        ]);
        deepEqual(line(engine, 'ITEM-PRODUCT').dependencies, ['UNIT OF MEASURE']);
        deepEqual(line(engine, 'CUSTPRCGRP-PRICE').dependencies, ['CURRENCY', 'ITEM-PRODUCT']);
      }),
    ],
  },
  {
    id: 'M03',
    title: 'a line that was started is not generated again',
    empty: true,
    project: standard,
    steps: [
      check('SALESPEOPLE stays Ready', ({ engine }) => {
        generateLines(engine);
        saveLine(engine.store, { ...line(engine, 'SALESPEOPLE'), status: 'Ready' });
        generateLines(engine);
        equal(line(engine, 'SALESPEOPLE').status, 'Ready');
        ok(
          fullLines(engine.store)
            .filter(({ name }) => name !== 'SALESPEOPLE')
            .every(({ status }) => status === ''),
        );
      }),
    ],
  },
  {
    id: 'M04',
    title: 'a started line is in process, and its mapping is running',
    empty: true,
    project: things(mappingNamed('CURRENCY')),
    steps: [
      ...addThings,
      check('before its first batch', ({ engine }) => {
        generateLines(engine);
        runLine(engine, line(engine, 'CURRENCY'), 'session').next();
        equal(line(engine, 'CURRENCY').status, 'In Process');
        equal(
          engine.store.value("SELECT full_session FROM mapping WHERE name = 'CURRENCY'"),
          'session',
        );
      }),
    ],
  },
  {
    id: 'M05',
    title: 'a line starts when the one it depends on has finished',
    empty: true,
    project: things(mappingNamed('CUSTOMER', 'CURRENCY'), mappingNamed('CURRENCY')),
    steps: [
      ...addThings,
      check('one after the other', ({ engine }) => {
        generateLines(engine);
        deepEqual(
          startableLines(engine).map(({ name }) => name),
          ['CURRENCY'],
        );
        finish(runLine(engine, line(engine, 'CURRENCY'), 'session'));
        equal(line(engine, 'CURRENCY').status, 'Finished');
        deepEqual(
          startableLines(engine).map(({ name }) => name),
          ['CUSTOMER'],
        );
        equal(engine.store.value('SELECT count(*) FROM mapping'), 2);
      }),
    ],
  },
  {
    id: 'M06',
    title: 'new rows on both sides are created and coupled',
    empty: true,
    project: things(mappingNamed('CUSTOMER')),
    steps: [
      ...addThings,
      check('the jobs', ({ engine }) => {
        generateLines(engine);
        const { jobs } = finish(startFullSynch(engine, 'session'));
        deepEqual(jobs.map(statusOf), ['Success', 'Success']);
        const { status, toJob, fromJob, session } = line(engine, 'CUSTOMER');
        deepEqual([status, toJob, fromJob, session], ['Finished', 1, 2, undefined]);
      }),
      {
        couplings: { 'bc:Thing/R': {}, 'dv:thing/S': {} },
        count: { 'bc:Thing': 2, 'dv:thing': 2 },
      },
    ],
  },
  {
    id: 'M07',
    title: 'every record fails',
    empty: true,
    project: things(mappingNamed('CUSTOMER')),
    steps: [
      ...addThings,
      { rules: 'bc:Thing', are: [{ on: 'insert', error: 'no' }] },
      { rules: 'dv:thing', are: [{ on: 'insert', error: 'no' }] },
      check('finished, both jobs in error', ({ engine }) => {
        generateLines(engine);
        const { jobs } = finish(startFullSynch(engine, 'session'));
        deepEqual(jobs.map(statusOf), ['Error', 'Error']);
        deepEqual(
          [line(engine, 'CUSTOMER').status, line(engine, 'CUSTOMER').session],
          ['Finished', undefined],
        );
      }),
    ],
  },
  {
    id: 'M09',
    title: 'the clone keeps the filters and takes uncoupled rows too',
    empty: true,
    project: things({ ...mappingNamed('CUSTOMER'), tableFilter: 'WHERE(Name=CONST(R))' }),
    steps: [
      ...addThings,
      { add: 'bc:Thing/T', values: { Name: 'T' } },
      check('R is created, T is not', ({ engine }) => {
        generateLines(engine);
        const [to] = finish(startFullSynch(engine, 'session')).jobs;
        equal(to?.counters.inserted, 1);
      }),
    ],
  },
  {
    id: 'M10',
    title: 'the ordinary job waits meanwhile',
    empty: true,
    project: things(mappingNamed('CUSTOMER')),
    steps: [
      ...addThings,
      check('on hold, then as before', ({ engine }) => {
        const { id } = addQueueEntry(engine, 'CUSTOMER');
        generateLines(engine);
        const steps = runLine(engine, line(engine, 'CUSTOMER'), 'session');
        steps.next();
        equal(entryWithId(engine.store, id)?.status, 'On Hold');
        finish(steps);
        equal(entryWithId(engine.store, id)?.status, 'Ready');
      }),
    ],
  },
  {
    id: 'M11',
    title: 'one of two parents is not enough',
    empty: true,
    project: things(mappingNamed('C', 'A|B'), mappingNamed('A'), mappingNamed('B')),
    steps: [
      ...addThings,
      check('waits for both', ({ engine }) => {
        generateLines(engine);
        finish(runLine(engine, line(engine, 'A'), 'session'));
        deepEqual(
          startableLines(engine).map(({ name }) => name),
          ['B'],
        );
        finish(runLine(engine, line(engine, 'B'), 'session'));
        deepEqual(
          startableLines(engine).map(({ name }) => name),
          ['C'],
        );
      }),
    ],
  },
  {
    id: 'M12',
    title: 'not confirmed, nothing changes',
    empty: true,
    project: things(mappingNamed('A')),
    steps: [
      ...addThings,
      check('all blank', ({ engine }) => {
        generateLines(engine);
        deepEqual(
          fullLines(engine.store).map(({ status }) => status),
          [''],
        );
      }),
      { jobs: 0 },
    ],
  },
  {
    id: 'M13',
    title: 'a live session keeps Start off',
    empty: true,
    project: things(mappingNamed('A'), mappingNamed('B')),
    steps: [
      ...addThings,
      check('live, dead, a day old', ({ engine }) => {
        generateLines(engine);
        runLine(engine, line(engine, 'A'), 'session').next();
        equal(
          canStart(engine, () => true),
          false,
        );
        equal(
          canStart(engine, () => false),
          true,
        );
      }),
      { wait: 24 * 3600 * 1000 },
      check('a day later', ({ engine }) =>
        equal(
          canStart(engine, () => true),
          true,
        ),
      ),
    ],
  },
  {
    id: 'M14',
    title: 'nothing is left to start',
    empty: true,
    project: things(mappingNamed('A')),
    steps: [
      ...addThings,
      check('off', ({ engine }) => {
        generateLines(engine);
        equal(
          canStart(engine, () => true),
          true,
        );
        finish(startFullSynch(engine, 'session'));
        equal(
          canStart(engine, () => true),
          false,
        );
      }),
    ],
  },
  {
    id: 'M15',
    title: 'the mapping itself gets the watermarks',
    modes: ['faithful'],
    empty: true,
    project: things(mappingNamed('A')),
    steps: [
      ...addThings,
      check('of both sides', ({ engine, now }) => {
        generateLines(engine);
        finish(startFullSynch(engine, 'session'));
        const at = (direction: 'ToIntegrationTable' | 'FromIntegrationTable') =>
          watermarkOf(engine.store, 'A', direction).modifiedOn ?? 0;
        ok(at('ToIntegrationTable') > 0 && at('ToIntegrationTable') <= now());
        ok(at('FromIntegrationTable') > 0 && at('FromIntegrationTable') <= now());
      }),
    ],
  },
  {
    id: 'M17',
    title: 'a circle never starts',
    modes: ['faithful'],
    empty: true,
    project: things(mappingNamed('A', 'B'), mappingNamed('B', 'A')),
    steps: [
      ...addThings,
      check('no job, no message', ({ engine }) => {
        generateLines(engine);
        deepEqual(finish(startFullSynch(engine, 'session')).jobs, []);
        deepEqual(
          fullLines(engine.store).map(({ status }) => status),
          ['', ''],
        );
      }),
    ],
  },
  {
    id: 'M17',
    title: 'a circle is named',
    modes: ['improved'],
    empty: true,
    project: things(mappingNamed('A', 'B'), mappingNamed('B', 'A'), mappingNamed('C')),
    steps: [
      ...addThings,
      check('with its path', ({ engine }) => {
        generateLines(engine);
        throws(
          () => finish(startFullSynch(engine, 'session')),
          (error) =>
            error instanceof EngineRefusal && error.reason.args?.['path'] === 'A -> B -> A',
        );
      }),
    ],
  },
  {
    id: 'M18',
    title: 'a dependency that does not exist is reported and holds nobody up',
    empty: true,
    project: things(mappingNamed('A', 'GONE')),
    steps: [
      ...addThings,
      check('a warning', ({ engine }) => {
        generateLines(engine);
        const { jobs, warnings } = finish(startFullSynch(engine, 'session'));
        equal(jobs.length, 2);
        deepEqual(warnings, [message('missingDependency', { mapping: 'A', dependency: 'GONE' })]);
      }),
    ],
  },
  {
    id: 'M19',
    title: 'recommendations',
    steps: [
      { add: 'bc:Contact/K', values: { Name: 'K' } },
      check('both, none, one', ({ engine }) => {
        generateLines(engine);
        equal(line(engine, 'CUSTOMER').recommendation, 'Couple Records');
        equal(line(engine, 'CURRENCY').recommendation, 'No Records Found');
        equal(line(engine, 'CONTACT').recommendation, 'Full Synchronization');
      }),
    ],
  },
];

const MINUTE = 60_000;
const entry = (engine: Engine, remember: Map<string, unknown>) => {
  const found = entryWithId(engine.store, String(remember.get('entry')));
  ok(found);
  return found;
};
const add = (change: Parameters<typeof addQueueEntry>[2] = {}): Step =>
  check('an entry', ({ engine, remember }) =>
    remember.set('entry', addQueueEntry(engine, 'CUSTOMER', change).id),
  );
const runIt: Step = check('its run', ({ engine, remember }) => {
  finish(runEntry(engine, String(remember.get('entry'))));
});
const is = (holds: (found: ReturnType<typeof entry>, now: number) => void): Step =>
  check('the entry', ({ engine, remember, now }) => holds(entry(engine, remember), now()));
const edit: Step = { edit: 'bc:A', values: { 'Fax No.': '2' } };

export const sectionN: readonly Scenario[] = [
  {
    id: 'N01',
    title: 'an idle job sleeps until its timeout',
    steps: [
      add({ inactivityMinutes: 720 }),
      { run: true },
      runIt,
      is(({ status, scheduled }) =>
        deepEqual([status, scheduled], ['On Hold with Inactivity Timeout', true]),
      ),
      check('due after the period', ({ engine }) => equal(dueEntries(engine).length, 0)),
      { wait: 721 * MINUTE },
      check('and not before', ({ engine }) => equal(dueEntries(engine).length, 1)),
    ],
  },
  {
    id: 'N02',
    title: 'without a timeout it is not scheduled at all',
    steps: [
      add({ inactivityMinutes: 0 }),
      { run: true },
      runIt,
      is(({ status, scheduled }) =>
        deepEqual([status, scheduled], ['On Hold with Inactivity Timeout', false]),
      ),
      { wait: 10_000 * MINUTE },
      check('never due', ({ engine }) => equal(dueEntries(engine).length, 0)),
      edit,
      is(({ status }) => equal(status, 'On Hold with Inactivity Timeout')),
    ],
  },
  {
    id: 'N03',
    title: 'a change keeps it Ready',
    steps: [
      add(),
      edit,
      runIt,
      is(({ status, startsAt }, now) => deepEqual([status, startsAt > now], ['Ready', true])),
    ],
  },
  {
    id: 'N04',
    title: 'an edit wakes the job of its table',
    steps: [
      add(),
      runIt,
      runIt,
      check('another one', ({ engine, remember }) =>
        remember.set(
          'other',
          addQueueEntry(engine, 'CONTACT', {
            status: 'On Hold with Inactivity Timeout',
            startsAt: 9e15,
          }).id,
        ),
      ),
      edit,
      is(({ status, startsAt }, now) =>
        deepEqual([status, startsAt <= now + 30_000], ['Ready', true]),
      ),
      check('the other sleeps', ({ engine, remember }) =>
        equal(
          entryWithId(engine.store, String(remember.get('other')))?.status,
          'On Hold with Inactivity Timeout',
        ),
      ),
    ],
  },
  {
    id: 'N05',
    title: 'an edit in Dataverse wakes nothing',
    steps: [
      add({ status: 'On Hold with Inactivity Timeout', startsAt: 9e15 }),
      { edit: 'dv:A', values: { fax: '2' } },
      is(({ status }) => equal(status, 'On Hold with Inactivity Timeout')),
    ],
  },
  {
    id: 'N06',
    title: 'waking can be switched off',
    steps: [
      { mapping: true, set: { disableEventJobRescheduling: true } },
      add({ status: 'On Hold with Inactivity Timeout', startsAt: 9e15 }),
      edit,
      is(({ status }) => equal(status, 'On Hold with Inactivity Timeout')),
    ],
  },
  {
    id: 'N08',
    title: 'one failure is enough to stay Ready',
    steps: [
      add(),
      { rules: 'dv:account', are: [{ on: 'modify', error: 'no' }] },
      edit,
      runIt,
      is(({ status }) => equal(status, 'Ready')),
      check('a run without a job is not idle', ({ engine, remember }) =>
        finishEntry(engine, String(remember.get('entry')), { jobs: [] }),
      ),
      is(({ status }) => equal(status, 'Ready')),
    ],
  },
  {
    id: 'N09',
    title: 'a broken connection is no failure',
    steps: [
      add({ attempts: 5 }),
      { settings: { connectionEnabled: false } },
      runIt,
      is(({ status, attempts, message: text }) =>
        deepEqual([status, attempts, text?.code], ['Ready', 1, 'connectionNotEnabled']),
      ),
    ],
  },
  {
    id: 'N11',
    title: 'the last attempt is an error, and success resets them',
    steps: [
      add({ mostAttempts: 3 }),
      { mapping: true, set: { fields: [] } },
      runIt,
      is(({ status, attempts, startsAt }, now) =>
        deepEqual([status, attempts, startsAt - now], ['Ready', 1, 30_010 - 0 - MINUTE]),
      ),
      runIt,
      runIt,
      is(({ status, attempts, scheduled }) =>
        deepEqual([status, attempts, scheduled], ['Error', 3, false]),
      ),
      {
        mapping: true,
        set: {
          fields: [{ field: 'Fax No.', integrationField: 'fax', direction: 'Bidirectional' }],
        },
      },
      runIt,
      is(({ attempts }) => equal(attempts, 0)),
    ],
  },
  {
    id: 'N12',
    title: 'a category runs one at a time',
    steps: [
      check('three entries', ({ engine, remember }) => {
        for (const [name, priority] of [
          ['first', 1],
          ['slow', 3],
          ['urgent', 2],
        ] as const) {
          remember.set(name, addQueueEntry(engine, 'CUSTOMER', { category: 'SYNC', priority }).id);
        }
        const id = (name: string): string => String(remember.get(name));
        const status = (name: string): string | undefined =>
          entryWithId(engine.store, id(name))?.status;
        equal(beginEntry(engine, id('first')), true);
        equal(beginEntry(engine, id('slow')), false);
        equal(beginEntry(engine, id('urgent')), false);
        deepEqual([status('slow'), status('urgent')], ['Waiting', 'Waiting']);
        finishEntry(engine, id('first'), { jobs: [] });
        deepEqual([status('slow'), status('urgent')], ['Waiting', 'Ready']);
      }),
    ],
  },
  {
    id: 'N13',
    title: 'a missing privilege to create disables the connection',
    steps: [
      { mapping: true, set: { synchOnlyCoupledRecords: false } },
      {
        rules: 'dv:account',
        are: [{ on: 'insert', error: 'CrmCreate: missing prvCreateAccount privilege' }],
      },
      { add: 'bc:B', values: { Name: 'B' } },
      { run: true, only: 'to', errors: ['modifyingFailed'] },
      check('with the reason', ({ engine }) => {
        const { connectionEnabled, connectionDisabledReason } = engine.settings();
        deepEqual(
          [connectionEnabled, connectionDisabledReason],
          [false, 'CrmCreate: missing prvCreateAccount privilege'],
        );
      }),
      { run: true, refused: 'connectionNotEnabled' },
    ],
  },
  {
    id: 'N14',
    title: 'a job that the host took along is resumed',
    empty: true,
    steps: [
      { mapping: true, set: { synchOnlyCoupledRecords: false } },
      { add: 'bc:B', values: { Name: 'B' } },
      { add: 'bc:C', values: { Name: 'C' } },
      add(),
      check('one of two records is done', ({ engine, remember }) => {
        beginEntry(engine, String(remember.get('entry')));
        runMapping(engine, { mapping: 'CUSTOMER', batch: 1 }).next();
      }),
      { reopen: true },
      check('the job says so', ({ engine }) => {
        equal(recoverInterrupted(engine), 1);
        equal(jobsOf(engine.store)[0]?.message?.code, 'interrupted');
      }),
      is(({ status }) => equal(status, 'Ready')),
      runIt,
      { count: { 'dv:account': 2 }, couplings: { 'bc:B': {}, 'bc:C': {} } },
      { run: true, errors: [] },
      { count: { 'dv:account': 2, 'bc:Customer': 2 } },
    ],
  },
];

export const sectionO: readonly Scenario[] = [
  {
    id: 'O01',
    title: 'an error line names what there is to name',
    steps: [
      check('both, one, the other, none', ({ engine, idOf }) => {
        const rid = (table: string, name: string): number =>
          Number(engine.store.value(`SELECT rid FROM ${table} WHERE id = ?`, [idOf(name)]));
        const [source, destination] = [rid('r1', 'bc:A'), rid('r4', 'dv:A')];
        for (const [sourceRid, destinationRid] of [
          [source, destination],
          [source, undefined],
          [undefined, destination],
          [undefined, undefined],
        ] as const) {
          addError(engine.store, {
            job: 1,
            sourceRid,
            destinationRid,
            message: message('text', { text: 'x' }),
            at: 0,
          });
        }
        deepEqual(
          errorsOf(engine.store, engine.tables()).map(({ sourceId, destinationId }) => [
            sourceId,
            destinationId,
          ]),
          [
            [undefined, undefined],
            [undefined, idOf('dv:A')],
            [idOf('bc:A'), undefined],
            [idOf('bc:A'), idOf('dv:A')],
          ],
        );
      }),
    ],
  },
  {
    id: 'O03',
    title: 'the job of a row on the error page is gone',
    steps: [
      { rules: 'dv:account', are: [{ on: 'modify', error: 'no' }] },
      edit,
      { run: true, only: 'to', to: { F: 1 }, errors: ['modifyingFailed'] },
      { run: true, only: 'to', to: { S: 1 }, errors: ['modifyingFailed'] },
      check('a blank message', ({ engine }) => {
        engine.store.run('DELETE FROM synch_error');
        engine.store.run('DELETE FROM synch_job');
        const { rows } = openCoupledErrors(engine);
        deepEqual(
          rows.map(({ error, failedOn }) => [error, failedOn]),
          [[undefined, undefined]],
        );
      }),
    ],
  },
  {
    id: 'O04',
    title: 'the log of a mapping, newest first',
    steps: [
      { run: 'CONTACT' },
      { run: true },
      check('only its own', ({ engine }) => {
        const jobs = jobsOf(engine.store, 'CUSTOMER');
        equal(jobs.length, 4);
        deepEqual(
          jobs.map(({ no }) => no),
          jobs.map(({ no }) => no).toSorted((left, right) => right - left),
        );
        ok(jobs.every(({ mapping }) => mapping === 'CUSTOMER'));
        equal(listedMappings(engine.store).length, 3);
      }),
    ],
  },
  {
    id: 'O05',
    title: 'the cue counts what failed since it was reset',
    steps: [
      check('none failed', ({ engine, now }) => equal(resetCue(engine), now())),
      add({ mostAttempts: 1 }),
      check('one failed', ({ engine, remember }) => {
        const found = entry(engine, remember);
        saveEntry(engine.store, { ...found, status: 'Error' });
        equal(failedJobs(engine), 1);
        equal(resetCue(engine), found.readyAt);
        equal(failedJobs(engine), 0);
      }),
    ],
  },
  {
    id: 'Q06',
    title: 'clean-up keeps what an unresolved row still needs',
    steps: [
      { rules: 'dv:account', are: [{ on: 'modify', error: 'no' }] },
      edit,
      { run: true, only: 'to', to: { F: 1 }, errors: ['modifyingFailed'] },
      { run: true, only: 'to', to: { S: 1 }, errors: ['modifyingFailed'] },
      { wait: 8 * 24 * 3600 * 1000 },
      { run: true },
      check('the old ones without failures go', ({ engine }) => {
        equal(deleteEntries(engine, 'older than 7 days'), 2);
        equal(openCoupledErrors(engine).rows[0]?.error?.code, 'modifyingFailed');
        equal(deleteEntries(engine, 'all'), 2);
        equal(openCoupledErrors(engine).rows[0]?.error?.code, 'modifyingFailed');
      }),
    ],
  },
  {
    id: 'I13',
    title: 'Run Full Synchronization merges what both sides changed',
    modes: ['improved'],
    steps: [
      edit,
      { edit: 'dv:A', values: { websiteurl: 'w' } },
      check('both directions', ({ engine }) => {
        const { jobs } = finish(runFullSynchronization(engine, 'CUSTOMER'));
        deepEqual(
          jobs.map(({ counters }) => counters.modified),
          [1, 1],
        );
      }),
      { rows: { 'bc:A': { 'Home Page': 'w' }, 'dv:A': { fax: '2' } } },
    ],
  },
  {
    id: 'O07',
    title: 'the counters of a job are the rows it decided',
    steps: [
      { add: 'bc:B', values: { Name: 'B' } },
      edit,
      check('over two batches', ({ engine, idOf }) => {
        editRow(engine, 'BusinessCentral', 'Customer', idOf('bc:B'), { 'Fax No.': '9' });
        const { jobs } = finish(runMapping(engine, { mapping: 'CUSTOMER', batch: 1 }));
        for (const job of jobs) {
          const counted = Object.values(job.counters).reduce((sum, each) => sum + each, 0);
          equal(
            counted,
            engine.store.value('SELECT count(*) FROM outcome WHERE job = ?', [job.no]),
          );
        }
      }),
    ],
  },
];
