import type { CouplingView } from '../src/engine/surface/views/couplings.ts';
import type { ErrorView } from '../src/engine/surface/views/errors.ts';
import type { Surface } from '../src/engine/surface/surface.ts';
import type { Translate } from '../src/problem/message.ts';
import { type Command, EXIT, type ExitCode, Refused } from './command.ts';
import { type SyncArguments, syncArguments } from './syncArguments.ts';
import { withProject } from './syncProject.ts';
import type { Surroundings } from './surroundings.ts';
import { jobsText, jsonText, tableText, timeText } from './syncText.ts';
import { oneOf } from './words.ts';

const page = {
  mapping: { type: 'string' },
  offset: { type: 'string' },
  limit: { type: 'string' },
} as const;

/** `dual-write sync errors`: Coupled Data Synchronization Errors. */
export const errors: Command = async (words, around, translate) => {
  const asked = syncArguments('errors', words, {
    ...page,
    by: { type: 'string' },
    group: { type: 'string' },
  });
  const groupBy = oneOf('--by', asked.text('by'), ['mapping', 'cause']) ?? 'mapping';
  const group = asked.text('group') ?? (groupBy === 'mapping' ? asked.text('mapping') : undefined);
  return showing(asked, around, translate, (surface) => {
    const found = surface.errors({
      groupBy,
      ...(group === undefined ? {} : { group }),
      offset: asked.number('offset', 0),
      limit: asked.number('limit', 100),
    });
    const groups = found.groups.map(({ title, count }) => `${title}: ${count}`).join(', ');
    const rows = tableText([
      [
        translate('cli.sync.mapping'),
        translate('cli.sync.record'),
        translate('cli.sync.partner'),
        translate('cli.sync.state'),
        translate('cli.sync.error'),
      ],
      ...found.rows.map((row) => errorCells(row, translate)),
    ]);
    return {
      value: found,
      text:
        found.total === 0
          ? `${translate('cli.sync.noErrors')}\n`
          : `${rows}${translate('cli.sync.total', { count: found.total, shown: found.rows.length })} (${groups})\n`,
      exit: found.total === 0 ? EXIT.clean : EXIT.findings,
    };
  });
};

const errorCells = (row: ErrorView, translate: Translate): readonly string[] => [
  row.mapping,
  named(row.description, row.integrationId, row.recordExists, translate),
  named(row.coupledTo, row.crmId, row.coupledRecordExists, translate),
  translate(`cli.sync.state.${row.state}`),
  row.error?.text ?? '-',
];

/** What a record is called; one that is gone says so. */
function named(description: string, id: string, exists: boolean, translate: Translate): string {
  if (id === '') return '-';
  const name = description === '' ? id : description;
  return exists ? name : `${name} (${translate('cli.sync.deleted')})`;
}

const states = ['synchronized', 'neverSynchronized', 'failed', 'skipped', 'broken'] as const;

/** `dual-write sync couplings`. */
export const couplings: Command = async (words, around, translate) => {
  const asked = syncArguments('couplings', words, {
    ...page,
    state: { type: 'string' },
    search: { type: 'string' },
  });
  const state = oneOf('--state', asked.text('state'), states);
  const [mapping, search] = [asked.text('mapping'), asked.text('search')];
  return showing(asked, around, translate, (surface) => {
    const found = surface.couplings({
      ...(mapping === undefined ? {} : { mapping }),
      ...(state === undefined ? {} : { state }),
      ...(search === undefined ? {} : { search }),
      offset: asked.number('offset', 0),
      limit: asked.number('limit', 100),
    });
    const rows = tableText([
      [
        translate('cli.sync.mapping'),
        translate('cli.sync.record'),
        translate('cli.sync.partner'),
        translate('cli.sync.state'),
        translate('cli.sync.lastSynch'),
      ],
      ...found.rows.map((row) => couplingCells(row, translate)),
    ]);
    const count = translate('cli.sync.total', { count: found.total, shown: found.rows.length });
    return { value: found, text: `${rows}${count}\n`, exit: EXIT.clean };
  });
};

const couplingCells = (row: CouplingView, translate: Translate): readonly string[] => [
  row.mapping,
  named(row.description, row.integrationId, row.recordExists, translate),
  named(row.coupledTo, row.crmId, row.coupledRecordExists, translate),
  translate(`cli.sync.state.${row.state}`),
  timeText(latest(row.lastSynchModifiedOn, row.lastSynchCrmModifiedOn)),
];

const latest = (...times: readonly (number | undefined)[]): number | undefined => {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
};

/** `dual-write sync jobs`: Integration Synchronization Jobs, of one record if it is named. */
export const jobs: Command = async (words, around, translate) => {
  const asked = syncArguments('jobs', words, {
    ...page,
    type: { type: 'string' },
    record: { type: 'string' },
  });
  const type = oneOf('--type', asked.text('type'), ['Synchronization', 'Uncoupling', 'Coupling']);
  const [mapping, named] = [asked.text('mapping'), asked.text('record')];
  return showing(asked, around, translate, (surface) => {
    const record = named === undefined ? undefined : surface.explain(mapping, named);
    if (named !== undefined && record === undefined) throw unknownRecord(named, translate);
    const found = surface.jobs({
      ...(mapping === undefined ? {} : { mapping }),
      ...(type === undefined ? {} : { type }),
      ...(record === undefined ? {} : { record }),
      limit: asked.number('limit', 100),
    });
    const text =
      found.length === 0 ? `${translate('cli.sync.noJobs')}\n` : jobsText(found, translate);
    return { value: found, text, exit: EXIT.clean };
  });
};

/** `dual-write sync log`: Integration Synchronization Errors, with the cause in the setup where one is known. */
export const log: Command = async (words, around, translate) => {
  const asked = syncArguments('log', words, { job: { type: 'string' } });
  const job = asked.text('job') === undefined ? undefined : asked.number('job', 0);
  return showing(asked, around, translate, (surface) => {
    const { rows: found } = surface.jobErrors({
      ...(job === undefined ? {} : { job }),
      limit: Infinity,
    });
    const lines = found.flatMap((line) => [
      `${String(line.no)}  ${timeText(line.at)}  ${line.mapping}  ${line.message.text}\n`,
      ...(line.cause === undefined ? [] : [`    ${line.cause.text}\n`]),
    ]);
    return {
      value: found,
      text: found.length === 0 ? `${translate('cli.sync.noLog')}\n` : lines.join(''),
      exit: found.length === 0 ? EXIT.clean : EXIT.findings,
    };
  });
};

/** `dual-write sync mappings`: Integration Table Mappings. */
export const mappings: Command = async (words, around, translate) => {
  const asked = syncArguments('mappings', words, {});
  return showing(asked, around, translate, (surface) => {
    const found = surface.mappings();
    const rows = found.map((mapping) => [
      mapping.name,
      `${mapping.table} ${arrows[mapping.direction]} ${mapping.integrationTable}`,
      String(mapping.couplings),
      String(mapping.errors),
      String(mapping.notYetCreated),
      mapping.dependencies.join('|'),
    ]);
    const head = [
      translate('cli.sync.mapping'),
      translate('cli.sync.tables'),
      translate('cli.sync.couplings'),
      translate('cli.sync.errors'),
      translate('cli.sync.notYetCreated'),
      translate('cli.sync.dependencies'),
    ];
    const passed = found.filter(({ notYetCreated }) => notYetCreated > 0);
    const advice =
      passed.length === 0
        ? ''
        : `${translate('cli.sync.fullIsDue', { mappings: passed.map(({ name }) => name).join(', ') })}\n`;
    return { value: found, text: `${tableText([head, ...rows])}${advice}`, exit: EXIT.clean };
  });
};

const arrows = {
  Bidirectional: '<->',
  ToIntegrationTable: '->',
  FromIntegrationTable: '<-',
} as const;

export const unknownRecord = (named: string, translate: Translate): Refused =>
  new Refused(translate('cli.sync.noRecord', { record: named }));

interface Shown {
  readonly value: unknown;
  readonly text: string;
  readonly exit: ExitCode;
}

/** Opens the project and shows a page of it. */
export const showing = (
  { project, isJson }: SyncArguments,
  around: Surroundings,
  translate: Translate,
  show: (surface: Surface) => Shown,
): Promise<ExitCode> =>
  withProject(
    project,
    around,
    translate,
    ({ surface }) => {
      const { value, text, exit } = show(surface);
      around.out(isJson ? jsonText(value) : text);
      return exit;
    },
    { onlyReads: true },
  );
