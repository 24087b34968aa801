import type { EngineMessage } from '../model/message.ts';
import type { QueueEntry, QueueStatus } from '../model/queue.ts';
import type { Cell, SqlStore } from './database.ts';

const columns =
  'id, mapping, category, priority, recurring, minutes, inactivity, most_attempts, rerun_delay, status, attempts, starts_at, scheduled, ready_at, message';

export function saveEntry(store: SqlStore, entry: QueueEntry): void {
  const position =
    store.value('SELECT position FROM queue_entry WHERE id = ?', [entry.id]) ??
    store.value('SELECT count(*) FROM queue_entry');
  store.run(
    `INSERT OR REPLACE INTO queue_entry(position, ${columns}) VALUES(?${', ?'.repeat(15)})`,
    [
      position,
      entry.id,
      entry.mapping,
      entry.category ?? null,
      entry.priority,
      entry.recurring ? 1 : 0,
      entry.minutes,
      entry.inactivityMinutes,
      entry.mostAttempts,
      entry.rerunDelaySeconds,
      entry.status,
      entry.attempts,
      entry.startsAt,
      entry.scheduled ? 1 : 0,
      entry.readyAt,
      entry.message === undefined ? null : JSON.stringify(entry.message),
    ],
  );
}

export const deleteEntry = (store: SqlStore, id: string): number =>
  store.run('DELETE FROM queue_entry WHERE id = ?', [id]);

/** In the order they were added. */
export const queueEntries = (store: SqlStore): readonly QueueEntry[] =>
  store.rows(`SELECT ${columns} FROM queue_entry ORDER BY position`).map(entryFrom);

export const entryWithId = (store: SqlStore, id: string): QueueEntry | undefined =>
  store.rows(`SELECT ${columns} FROM queue_entry WHERE id = ?`, [id]).map(entryFrom)[0];

function entryFrom([
  id,
  mapping,
  category,
  priority,
  recurring,
  minutes,
  inactivity,
  mostAttempts,
  rerunDelay,
  status,
  attempts,
  startsAt,
  scheduled,
  readyAt,
  text,
]: readonly Cell[]): QueueEntry {
  return {
    id: String(id),
    mapping: String(mapping),
    ...(typeof category === 'string' ? { category } : {}),
    priority: Number(priority),
    recurring: recurring === 1,
    minutes: Number(minutes),
    inactivityMinutes: Number(inactivity),
    mostAttempts: Number(mostAttempts),
    rerunDelaySeconds: Number(rerunDelay),
    status: String(status) as QueueStatus,
    attempts: Number(attempts),
    startsAt: Number(startsAt),
    scheduled: scheduled === 1,
    readyAt: Number(readyAt),
    ...(typeof text === 'string' ? { message: JSON.parse(text) as EngineMessage } : {}),
  };
}
