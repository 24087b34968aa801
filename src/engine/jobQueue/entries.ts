import type { Engine } from '../engine.ts';
import { idAt } from '../model/ids.ts';
import type { QueueEntry } from '../model/queue.ts';
import { saveEntry } from '../store/queue.ts';

/** What the standard setup gives every entry (`bc-sync.md` 2.15). */
const defaults = {
  priority: 1000,
  recurring: true,
  minutes: 30,
  inactivityMinutes: 720,
  mostAttempts: 10,
  rerunDelaySeconds: 30,
} as const;

/** Most attempts and longest delay that the table takes (`bc-sync.md` 1.6). */
const MOST_ATTEMPTS = 10;
const LONGEST_DELAY_SECONDS = 3600;

/** Mappings whose entries sleep a day, not half of one. */
const DAILY = new Set(['SALESPEOPLE', 'ITEM-PRODUCT', 'RESOURCE-PRODUCT']);

/** Adds an entry for a mapping, Ready now. */
export function addQueueEntry(
  engine: Engine,
  mapping: string,
  change: Partial<QueueEntry> = {},
): QueueEntry {
  const { prefix, first } = engine.ids.block(1);
  const now = engine.clock.BusinessCentral();
  const entry: QueueEntry = {
    ...defaults,
    inactivityMinutes: DAILY.has(mapping) ? 1440 : defaults.inactivityMinutes,
    id: idAt(prefix, first),
    mapping,
    status: 'Ready',
    attempts: 0,
    startsAt: now,
    scheduled: true,
    readyAt: now,
    ...change,
  };
  const limited = {
    ...entry,
    mostAttempts: Math.min(entry.mostAttempts, MOST_ATTEMPTS),
    rerunDelaySeconds: Math.min(entry.rerunDelaySeconds, LONGEST_DELAY_SECONDS),
  };
  engine.store.transaction(() => saveEntry(engine.store, limited));
  return limited;
}
