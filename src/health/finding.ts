import type { MessageArguments } from '../problem/problem.ts';
import type { Place } from './configuration.ts';

/** What the check looks for, in the order of the report; the sentences are `health.RULE` of l10n/explanations.*.json. */
export const RULES = {
  'record-count': 'warning',
  'no-address': 'error',
  organization: 'error',
  'leftover-fields': 'warning',
  'leftover-runtime': 'warning',
  'runtime-twice': 'warning',
  'leftover-events': 'warning',
  'filter-differs': 'warning',
  'older-version': 'information',
  'untracked-table': 'warning',
  'unexplained-table': 'information',
  'tracked-by-many': 'information',
  'debug-mode': 'information',
} as const satisfies Readonly<Record<string, 'error' | 'warning' | 'information'>>;

export type Rule = keyof typeof RULES;

export interface Finding {
  readonly rule: Rule;
  readonly place: Place;
  readonly args: MessageArguments;
}

/** Names are compared as both sides compare them: case and blanks around aside. */
export const key = (name: string): string => name.trim().toLowerCase();

export const pairKey = (a: string, b: string): string => [key(a), key(b)].toSorted().join('\0');

/** In the order in which the keys come first. */
export function groupedBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
