import type { ErrorLogEntry } from '../errorLog/model.ts';
import { key } from '../metadata/merge.ts';
import type {
  Expectation,
  ExpectedEntry,
  Failure,
  Happening,
  Outcome,
  Row,
  Step,
} from './model.ts';
import type { Rows } from './rows.ts';
import type { Statuses } from './status.ts';

interface Happened {
  readonly happenings: readonly Happening[];
  readonly outcomes: readonly string[];
  readonly maps: readonly { readonly map: string; readonly outcomes: readonly Outcome[] }[];
  readonly log: readonly ErrorLogEntry[];
  readonly rows: Rows;
  readonly statuses: Statuses;
}

/** What of an expectation is not met. Where more than one outcome is possible, all of them have to be expected. */
export function failuresOf(step: Step, happened: Happened): readonly Failure[] {
  const { expected } = step;
  return expected === undefined ? [] : failuresIn(expected, step, happened);
}

function failuresIn(
  { result, maps, message, happens, log, rows, state }: Expectation,
  step: Step,
  { happenings, outcomes, maps: settled, log: entries, rows: after, statuses }: Happened,
): readonly Failure[] {
  const failures: Failure[] = [];
  if (result !== undefined && !areSame(result.value, outcomes)) {
    failures.push({
      span: result.span,
      code: 'result',
      args: { expected: listed(result.value), found: listed(outcomes) },
    });
  }
  for (const { map, value, span } of maps) {
    const found = settled.find((each) => key(each.map) === key(map))?.outcomes ?? ['notTriggered'];
    if (areSame(value, found)) continue;
    failures.push({
      span,
      code: 'map',
      args: { map, expected: listed(value), found: listed(found) },
    });
  }
  if (message !== undefined) {
    const said = happenings.flatMap((each) => each.message ?? []);
    if (!said.some((text) => text.toLowerCase().includes(message.value.toLowerCase()))) {
      const code = said.length === 0 ? 'noMessage' : 'message';
      const args = { expected: message.value, found: said.join(' | ') };
      failures.push({ span: message.span, code, args });
    }
  }
  for (const { value, span } of happens) {
    const isThere = happenings.some(({ kind, code }) =>
      key(`${kind}.${code}`).startsWith(key(value)),
    );
    if (!isThere) failures.push({ span, code: 'happens', args: { expected: value } });
  }
  for (const { value, span } of log) {
    if (entries.some((entry) => isEntry(entry, value))) continue;
    const code = entries.length === 0 ? 'noLog' : 'log';
    const args = {
      expected: Object.values(value).join(', '),
      found: entries.map(entryText).join(' | '),
    };
    failures.push({ span, code, args });
  }
  for (const { side, table, value, span } of rows) {
    const isThere = after.find(side, table, value).length > 0;
    if (!isThere) failures.push({ span, code: 'row', args: { table, row: rowText(value) } });
  }
  if (state !== undefined) {
    const map = state.map ?? (step.kind === 'action' ? step.map.value : '');
    const found = statuses.of(map).state;
    if (key(found) !== key(state.value)) {
      const args = { map, expected: state.value, found };
      failures.push({ span: state.span, code: 'state', args });
    }
  }
  return failures;
}

const areSame = (expected: readonly string[], found: readonly string[]): boolean =>
  expected.length === found.length &&
  expected.every((each) => found.some((other) => key(other) === key(each)));

const listed = (values: readonly string[]): string => values.join(' | ');

/** Each part of what is expected is a part of what the entry tells, in whatever case. */
const isEntry = (entry: ErrorLogEntry, expected: ExpectedEntry): boolean =>
  (['entity', 'record', 'message'] as const).every((name) =>
    entry[name].toLowerCase().includes((expected[name] ?? '').toLowerCase()),
  );

const entryText = ({ entity, record, message }: ErrorLogEntry): string =>
  [entity, record, message].filter((part) => part !== '').join(', ');

const rowText = (row: Row): string =>
  [...row].map(([name, cell]) => `${name} = ${cell ?? 'NULL'}`).join(', ');
