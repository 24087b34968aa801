import { counterNames } from '../src/engine/model/job.ts';
import type { ActionResult } from '../src/engine/surface/views/actions.ts';
import type { JobView } from '../src/engine/surface/views/jobs.ts';
import type { Translate } from '../src/problem/message.ts';

/** Lines of a table with columns of equal width; the last one is as long as it is. */
export function tableText(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** `2026-01-05 08:00:00`, in UTC. */
export const timeText = (at: number | undefined): string =>
  at === undefined ? '' : new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** JSON as every verb prints it: what is undefined is null, so that each row has the same keys. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, (_, each: unknown) => (each === undefined ? null : each), 2)}\n`;

export function jobsText(jobs: readonly JobView[], translate: Translate): string {
  if (jobs.length === 0) return '';
  const head = [
    'No.',
    translate('cli.sync.mapping'),
    translate('cli.sync.direction'),
    translate('cli.sync.started'),
    translate('cli.sync.status'),
    translate('cli.sync.counters'),
  ];
  return tableText([
    head,
    ...jobs.map((job) => [
      String(job.no),
      job.mapping,
      translate(`cli.sync.direction.${job.direction ?? job.type}`),
      timeText(job.startedAt),
      translate(`cli.sync.status.${job.status.replaceAll(' ', '')}`),
      [
        ...counterNames
          .filter((name) => job.counters[name] > 0)
          .map((name) => `${translate(`cli.sync.counter.${name}`)} ${job.counters[name]}`),
        ...(job.message === undefined ? [] : [job.message.text]),
        ...(job.deviations > 0
          ? [translate('cli.sync.deviations', { count: job.deviations })]
          : []),
      ].join(', ') || '-',
    ]),
  ]);
}

/** All jobs in one table, then what else there is to say. */
export function resultsText(results: readonly ActionResult[], translate: Translate): string {
  const jobs = results.flatMap((result) => (result.kind === 'refused' ? [] : result.jobs));
  const said = results.flatMap((result) =>
    result.kind === 'refused' ? [result.reason] : result.notifications,
  );
  return `${jobsText(jobs, translate)}${said.map(({ text }) => `${text}\n`).join('')}`;
}

/** Whether a build should stop for it. */
export const hasFailed = (result: ActionResult): boolean =>
  result.kind === 'refused' ||
  result.jobs.some((job) => job.counters.failed > 0 || job.status === 'Error');
