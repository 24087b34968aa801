import { adviceOf, causeOf, titleOf } from '../messages/explain.ts';
import type { Translate } from '../problem/message.ts';
import { code, plain, table } from '../text/markdown.ts';
import type { ErrorGroup } from './group.ts';
import type { ErrorLogEntry } from './model.ts';

/** A log of errors as Markdown: what went wrong how often, and below it each cause with what to do. */
export function errorReport(name: string, groups: readonly ErrorGroup[], say: Translate): string {
  const count = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  const parts = [
    `# ${plain(say('errors.title', { name }))}`,
    groups.length === 0
      ? say('errors.none')
      : say('errors.summary', { count, causes: groups.length }),
  ];
  if (groups.length > 0) {
    parts.push(
      table(
        [say('errors.cause'), say('errors.count'), say('errors.entities'), say('errors.last')],
        groups.map((group) => [
          plain(headingOf(group)),
          String(group.entries.length),
          named(group, 'entity'),
          plain(lastOf(group.entries)),
        ]),
      ),
    );
  }
  parts.push(...groups.map((group) => groupDocs(group, say)));
  return `${parts.join('\n\n')}\n`;
}

/** Characters of a text that nobody knows. */
const LONGEST_HEADING = 100;
const LONGEST_EXAMPLE = 1000;

/** The text of the product, or where it is not known what the log says. */
export function headingOf({ cause, entries: [first] }: ErrorGroup): string {
  if (cause !== undefined) return titleOf(cause);
  return shortened((first?.message ?? '').replaceAll(/\s+/gu, ' ').trim(), LONGEST_HEADING);
}

function groupDocs(group: ErrorGroup, say: Translate): string {
  const { cause, entries } = group;
  const [entities, records] = [named(group, 'entity'), named(group, 'record')];
  const example = shortened(entries[0]?.message ?? '', LONGEST_EXAMPLE);
  return [
    `## ${plain(headingOf(group))} (${entries.length})`,
    ...(cause === undefined
      ? [say('errors.unknown')]
      : [causeOf(cause.message, say), ...adviceOf(cause.message, say)]),
    ...(entities === '' ? [] : [say('errors.ofEntities', { names: entities })]),
    ...(records === '' ? [] : [say('errors.ofRecords', { names: records })]),
    say('errors.example', { text: code(example) }),
  ].join('\n\n');
}

/** So many names tell enough. */
const MOST_NAMES = 10;

function named({ entries }: ErrorGroup, field: 'entity' | 'record'): string {
  const names = [...new Set(entries.map((entry) => entry[field]))].filter((name) => name !== '');
  const more = names.length > MOST_NAMES ? [`… (${names.length})`] : [];
  return [...names.slice(0, MOST_NAMES).map(code), ...more].join(', ');
}

/** Points in time are compared as they are written: an export writes all of them one way. */
const lastOf = (entries: readonly ErrorLogEntry[]): string =>
  entries
    .map(({ time }) => time)
    .toSorted()
    .at(-1) ?? '';

const shortened = (text: string, limit: number): string =>
  text.length > limit ? `${text.slice(0, limit)}…` : text;
