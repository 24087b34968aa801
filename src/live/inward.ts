import type { Cell } from '../filter/meaning/values.ts';
import { key } from '../metadata/merge.ts';
import type { LiveLeg } from './legs.ts';
import type { Change, Environment, Happening } from './model.ts';
import { changedNames, changedRows, namesIn, type Noticed } from './outward.ts';
import type { Rows } from './rows.ts';

/** What a change in Dataverse is for a leg: mapped columns alone start it, or any (`dualwrite.md` 7.1). */
export function noticeInDataverse(
  leg: LiveLeg,
  change: Change,
  rows: Rows,
  { dataverseTriggers }: Environment,
): readonly Noticed[] {
  const mapped = leg.leg.fieldMappings.filter(({ direction }) => direction !== 1);
  return changedRows(change, rows, 'dataverse').map((row) => {
    const happenings: Happening[] = [];
    const tell = (code: string, args: Happening['args'] = {}): void =>
      void happenings.push({ kind: 'field', code, args, map: leg.map });
    const noticed = (isTriggered: Noticed['isTriggered']): Noticed => ({
      happenings,
      isTriggered,
      rows:
        isTriggered === 'no'
          ? []
          : [{ operation: change.operation, before: row.before, after: row.after }],
    });
    if (mapped.length === 0) {
      tell('noneInward');
      return noticed('no');
    }
    if (change.operation !== 'update') return noticed('yes');
    const changed = changedNames(row).filter((name) => change.values.has(name));
    if (changed.length === 0) {
      tell('nothingChanged', { table: change.table.value });
      return noticed('no');
    }
    const hit = changed.filter((name) =>
      mapped.some(({ destinationField }) => columnOf(destinationField) === columnOf(name)),
    );
    const fields = namesIn(change, hit.length > 0 ? hit : changed).join(', ');
    if (hit.length > 0) {
      tell('changed', { fields });
      return noticed('yes');
    }
    if (dataverseTriggers === 'mappedColumns') {
      tell('unmappedInward', { fields });
      return noticed('no');
    }
    tell(dataverseTriggers === 'anyColumn' ? 'anyColumn' : 'maybeAnyColumn', { fields });
    return noticed(dataverseTriggers === 'anyColumn' ? 'yes' : 'maybe');
  });
}

/** A lookup by whatever name it is written: `a.b`, `a` or `_a_value`. */
const columnOf = (name: string): string => {
  const [first = ''] = key(name).split('.');
  return /^_(.+)_value$/u.exec(first)?.[1] ?? first;
};

/** Gives a new row the numbers of the sequences of its table. */
export function assignNumbers(
  change: Change,
  world: { readonly environment: Environment; readonly numbers: Map<string, number> },
): Change {
  if (change.operation !== 'insert') return change;
  const given: (readonly [string, Cell])[] = [];
  for (const { table, column, format, next } of world.environment.numberSequences) {
    if (key(table.value) !== key(change.table.value) || change.values.has(key(column))) continue;
    const place = `${key(table.value)} ${key(column)}`;
    const number = world.numbers.get(place) ?? next;
    world.numbers.set(place, number + 1);
    const text = format.replace(/#+/u, (signs) => String(number).padStart(signs.length, '0'));
    given.push([key(column), text]);
  }
  return given.length === 0 ? change : { ...change, values: new Map([...change.values, ...given]) };
}
