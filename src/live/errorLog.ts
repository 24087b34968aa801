import type { ErrorLogEntry } from '../errorLog/model.ts';
import { keyCells, type Write } from './batch.ts';
import type { Environment, Happening, Logged } from './model.ts';
import { liveTexts } from './texts.ts';

/** The log is in English, as the product is, whatever language is spoken around it: expectations name its words. */
const inEnglish = liveTexts('en');

/**
 * The rows that a step would leave in DualWriteErrorLog: one for each error. With `IsDebugMode` an entry also has what
 * was sent, the filter and the lookups. Which columns and words the table has is not published (`dualwrite.md` 1.6):
 * where the product's own message is not known, what the rehearsal says stands in its place.
 */
export const errorLogOf = (
  happenings: readonly Happening[],
  { isDebugMode }: Pick<Environment, 'isDebugMode'>,
): readonly ErrorLogEntry[] =>
  happenings.flatMap((happening) =>
    happening.logged === undefined ? [] : [entryOf(happening, happening.logged, isDebugMode)],
  );

function entryOf(happening: Happening, logged: Logged, isDebugMode: boolean): ErrorLogEntry {
  const { map = '', message } = happening;
  const details = isDebugMode ? detailsOf(logged) : [];
  return {
    message: [message ?? sentenceIn(happening), ...details].join('\n'),
    time: '',
    entity: logged.entity === '' ? map : logged.entity,
    record: logged.record,
  };
}

const sentenceIn = ({ kind, code, args }: Pick<Happening, 'kind' | 'code' | 'args'>): string =>
  inEnglish(`${kind}.${code}`, args);

const detailsOf = ({ payload, filter, lookups }: Logged): readonly string[] => [
  ...(payload === '' ? [] : [`Payload: ${payload}`]),
  ...(filter === '' ? [] : [`Filter: ${filter}`]),
  ...lookups.map((lookup) => `Lookup: ${sentenceIn(lookup)}`),
];

/** What the log tells of a write that fails. */
export function loggedOf(write: Write, lookups: readonly Happening[]): Logged {
  const { leg, side, payload } = write;
  return {
    entity: leg.entityName,
    record: recordText(keyCells(write)),
    payload: payload.shown,
    filter: leg.filterText(side),
    lookups,
  };
}

const recordText = (cells: ReturnType<typeof keyCells>): string =>
  [...(cells ?? [])].map(([name, cell]) => `${name} = ${cell ?? 'NULL'}`).join(', ');
