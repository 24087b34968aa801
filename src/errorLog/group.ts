import { recognise, type Recognised } from '../messages/recognize.ts';
import type { ErrorLogEntry } from './model.ts';

/** Entries of a log that have one cause. */
export interface ErrorGroup {
  /** Undefined where the text is not known: entries then have one text, numbers and keys aside. */
  readonly cause: Recognised | undefined;
  readonly entries: readonly ErrorLogEntry[];
}

/** So many texts are looked through between two pauses. */
const STEP = 200;

/**
 * The causes of a log, the most frequent first.
 *
 * @param pause awaited now and then; what it throws ends the work.
 */
export async function groupErrors(
  entries: readonly ErrorLogEntry[],
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<readonly ErrorGroup[]> {
  const groups = new Map<
    string,
    { readonly cause: Recognised | undefined; readonly entries: ErrorLogEntry[] }
  >();
  // Logs repeat themselves: each text is looked through once.
  const causes = new Map<string, Recognised | undefined>();
  for (const entry of entries) {
    if (!causes.has(entry.message)) {
      if (causes.size % STEP === STEP - 1) await pause();
      causes.set(entry.message, recognise(entry.message)[0]);
    }
    const cause = causes.get(entry.message);
    const key = cause === undefined ? `text:${withoutValues(entry.message)}` : cause.message.id;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { cause, entries: [entry] });
    else group.entries.push(entry);
  }
  return [...groups.values()].toSorted((a, b) => b.entries.length - a.entries.length);
}

/** A text without what differs from record to record: quoted values, GUIDs, numbers, points in time. */
export const withoutValues = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, '#')
    .replaceAll(/'[^']*'|"[^"]*"|\{[^{}]*\}/gu, '#')
    .replaceAll(/[\p{L}_-]*\d[\p{L}\d:._-]*/gu, '#')
    .replaceAll(/\s+/gu, ' ')
    .trim();
