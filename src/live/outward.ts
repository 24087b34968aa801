import { key } from '../metadata/merge.ts';
import type { Verdict } from '../tracking/model.ts';
import type { LiveLeg } from './legs.ts';
import type { Change, Happening, Operation, Row } from './model.ts';
import { type Rows, sameCell } from './rows.ts';
import type { Way } from './ways.ts';

/** A row of an entity before and after a change; undefined where there is none. */
export interface EntityChange {
  readonly operation: Operation;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

/** What a change in Finance and Operations is for one leg. */
export interface Noticed {
  readonly happenings: readonly Happening[];
  /** Whether a business event is raised; `maybe` where nobody can tell. */
  readonly isTriggered: 'yes' | 'no' | 'maybe';
  readonly rows: readonly EntityChange[];
}

/** Rows of the table before and after a change, where somebody told of them. */
export interface ChangedRow {
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

/** The rows that a change meets; one that nobody told of is made from the change itself. */
export function changedRows(
  { operation, table, where, values }: Change,
  rows: Rows,
  side: 'fo' | 'dataverse',
): readonly ChangedRow[] {
  if (operation === 'insert') return [{ before: undefined, after: values }];
  const met = rows.find(side, table.value, where);
  const known = met.length > 0 ? met : [where];
  return known.map((before) => ({
    before,
    after: operation === 'delete' ? undefined : new Map([...before, ...values]),
  }));
}

/** Writes a change into the rows of its own table. */
export function applyChange(change: Change, rows: Rows, side: 'fo' | 'dataverse'): void {
  const { operation, table, where, values } = change;
  if (!rows.has(side, table.value)) return;
  if (operation === 'insert') rows.replace(side, table.value, undefined, values);
  else {
    for (const before of rows.find(side, table.value, where)) {
      const after = operation === 'delete' ? undefined : new Map([...before, ...values]);
      rows.replace(side, table.value, before, after);
    }
  }
}

/** Names of cells that a row gets another value in; a cell that was not known counts as changed. */
export const changedNames = ({ before, after }: ChangedRow): readonly string[] =>
  [...(after ?? [])]
    .filter(([name, cell]) => before === undefined || !sameCell(before.get(name), cell))
    .map(([name]) => name);

export const isEntityItself = ({ entity, leg }: LiveLeg, table: string): boolean =>
  [entity?.name, entity?.publicName, leg.sourceSchema].some(
    (name) => name !== undefined && name !== '' && key(name) === key(table),
  );

/** What a change of the table of a way, or of the entity itself, is for a leg. */
export function notice(
  leg: LiveLeg,
  way: Way | undefined,
  change: Change,
  rows: Rows,
): readonly Noticed[] {
  return changedRows(change, rows, 'fo').map((row) => noticeRow(leg, way, change, row, rows));
}

function noticeRow(
  leg: LiveLeg,
  way: Way | undefined,
  change: Change,
  row: ChangedRow,
  rows: Rows,
): Noticed {
  const happenings: Happening[] = [];
  const tell = (kind: string, code: string, args: Happening['args']): void =>
    void happenings.push({ kind, code, args, map: leg.map });
  if (way !== undefined) tell(...entityHit(leg, way));
  const isNew = change.operation !== 'update';
  const changed = isNew ? undefined : changedNames(row).filter((name) => change.values.has(name));
  const fields = fieldsHit(leg, way, changed);
  const verdict = way === undefined ? undefined : verdictOfWay(leg, way);
  const method = leg.tracker().method;
  const entry = method?.entries.find(({ table }) => key(table) === key(way?.table ?? ''));
  if (entry !== undefined && leg.entity !== undefined && !hasField(leg, entry.field)) {
    tell('entity', 'entryWithoutField', { field: entry.field, entity: leg.entityName });
  }
  let isTriggered: Noticed['isTriggered'] = 'yes';
  if (changed !== undefined) {
    if (changed.length === 0) {
      tell('field', 'nothingChanged', { table: change.table.value });
      return { happenings, isTriggered: 'no', rows: [] };
    }
    if (fields.outward.length === 0) {
      const names = namesIn(change, changed).join(', ');
      const isComputed = entry !== undefined && hasComputed(leg);
      if (isComputed) {
        tell('field', 'maybeComputed', { fields: names, entity: leg.entityName });
        isTriggered = 'maybe';
      } else {
        tell('field', fields.inward.length > 0 ? 'otherWay' : 'unmapped', { fields: names });
        return { happenings, isTriggered: 'no', rows: [] };
      }
    } else tell('field', 'changed', { fields: fields.outward.join(', ') });
  }
  const verdicts =
    verdict === undefined
      ? fields.outward.map((name) => leg.tracker().field(name).verdict)
      : [verdict];
  const judged =
    verdicts.find(({ kind }) => kind === 'tracked') ??
    verdicts.find(({ kind }) => kind === 'unknown') ??
    verdicts[0];
  if (judged !== undefined) {
    tell(...tracking(judged, leg, change));
    if (judged.kind === 'untracked') return { happenings, isTriggered: 'no', rows: [] };
    if (judged.kind === 'unknown') isTriggered = 'maybe';
  }
  return { happenings, isTriggered, rows: entityChanges(leg, way, change, row, rows) };
}

type Told = readonly [kind: string, code: string, args: Happening['args']];

function entityHit({ entityName }: LiveLeg, { table, dataSource, path }: Way): Told {
  const args = { table, entity: entityName, dataSource: dataSource.name };
  return path.length === 0
    ? ['entity', 'dataSource', args]
    : ['entity', 'nested', { ...args, path: path.join(' → ') }];
}

const hasField = ({ entity }: LiveLeg, name: string): boolean =>
  entity?.fields.some((field) => key(field.name) === key(name)) === true;

const hasComputed = ({ entity, leg }: LiveLeg): boolean =>
  leg.fieldMappings.some(
    ({ sourceField, direction }) =>
      direction !== 2 &&
      entity?.fields.some(
        (field) => field.kind === 'computed' && key(field.name) === key(sourceField),
      ) === true,
  );

/** The mapped fields of the entity that a change reaches; all of a new row. */
function fieldsHit(
  { leg }: LiveLeg,
  way: Way | undefined,
  changed: readonly string[] | undefined,
): { readonly outward: readonly string[]; readonly inward: readonly string[] } {
  const reached = new Set(
    way === undefined
      ? (changed ?? leg.fieldMappings.map(({ sourceField }) => key(sourceField)))
      : way.fields
          .filter(({ tableField }) => changed === undefined || changed.includes(tableField))
          .map(({ field }) => field),
  );
  const hit = leg.fieldMappings.filter(
    ({ sourceField }) => sourceField !== '' && reached.has(key(sourceField)),
  );
  const names = (isOutward: boolean): readonly string[] => [
    ...new Set(
      hit
        .filter(({ direction }) => (direction !== 2) === isOutward)
        .map(({ sourceField }) => sourceField),
    ),
  ];
  return { outward: names(true), inward: names(false) };
}

/** As `Tracker` judges, but for a table that other entities stand before. */
function verdictOfWay(leg: LiveLeg, { table, dataSource, path }: Way): Verdict {
  const tracker = leg.tracker();
  if (tracker.method?.entries.some((entry) => key(entry.table) === key(table)) === true) {
    return { kind: 'tracked', by: 'method', table, field: '' };
  }
  const own = tracker.dataSource(dataSource);
  if (path.length === 0 || own.kind === 'untracked') return own;
  const nested = { kind: 'nested', path, table } as const;
  // Through one entity dual-write usually finds the table; through two it does not (SEED, sample scenario).
  if (path.length === 1) return { kind: 'unknown', reason: nested };
  return tracker.method?.isWhole === false
    ? { kind: 'unknown', reason: { kind: 'method' } }
    : { kind: 'untracked', reason: nested };
}

function tracking(verdict: Verdict, { entityName }: LiveLeg, { table }: Change): Told {
  const args = { table: table.value, entity: entityName };
  switch (verdict.kind) {
    case 'tracked':
      return [
        'trigger',
        verdict.by === 'method' ? 'byMethod' : 'tracked',
        { ...args, table: verdict.table || table.value },
      ];
    case 'untracked':
      return ['trigger', `untracked.${verdict.reason.kind}`, { ...args, ...named(verdict.reason) }];
    case 'unknown':
      return ['trigger', `unknown.${verdict.reason.kind}`, { ...args, ...named(verdict.reason) }];
  }
}

/** The names in a reason or doubt; a list of them is a path. */
const named = (reason: object): Happening['args'] =>
  Object.fromEntries(
    Object.entries(reason).flatMap(([name, value]: readonly [string, unknown]) => {
      if (name === 'kind') return [];
      if (typeof value === 'string') return [[name, value]];
      return Array.isArray(value) ? [[name, value.join(' → ')]] : [];
    }),
  );

export const namesIn = ({ names }: Change, wanted: readonly string[]): readonly string[] => [
  ...new Set(wanted.map((name) => names.find(({ value }) => key(value) === name)?.value ?? name)),
];

/** The rows of the entity that a changed row of a table shows in. */
function entityChanges(
  leg: LiveLeg,
  way: Way | undefined,
  { operation, entityFields }: Change,
  { before, after }: ChangedRow,
  rows: Rows,
): readonly EntityChange[] {
  const shownIn = (row: Row | undefined): Row | undefined => {
    if (row === undefined) return undefined;
    if (way === undefined) return new Map([...row, ...entityFields]);
    const cells = way.fields.flatMap(({ field, tableField }) => {
      const cell = row.get(tableField);
      return cell === undefined ? [] : [[field, cell] as const];
    });
    return new Map([...cells, ...entityFields]);
  };
  const [old, now] = [shownIn(before), shownIn(after)];
  if (way === undefined) {
    return [{ operation, before: old, after: now }];
  }
  const isRoot = way.dataSource.parent === undefined && way.path.length === 0;
  const known = shownRows(leg, operation === 'insert' ? entityFields : (old ?? entityFields), rows);
  if (isRoot && operation === 'insert') return [{ operation, before: undefined, after: now }];
  if (isRoot && operation === 'delete') {
    const deleted = known.length > 0 ? known : [old];
    return deleted.map((row) => ({ operation, before: row, after: undefined }));
  }
  if (known.length === 0) return [{ operation: 'update', before: old, after: now ?? entityFields }];
  // What a joined row that is gone has shown is not known any more.
  const gone = new Set(operation === 'delete' ? way.fields.map(({ field }) => field) : []);
  return known.map((row) => ({
    operation: 'update',
    before: row,
    after: new Map([...[...row].filter(([name]) => !gone.has(name)), ...(now ?? [])]),
  }));
}

/** The rows of the entity that are meant: by their key where it is told, else by all cells that both have. */
function shownRows(leg: LiveLeg, cells: Row, rows: Rows): readonly Row[] {
  const table = entityTable(leg, rows);
  if (!rows.has('fo', table)) return [];
  const keys = (leg.entity?.keyFields ?? []).flatMap((name) => {
    const cell = cells.get(key(name));
    return cell === undefined ? [] : [[key(name), cell] as const];
  });
  if (keys.length > 0 && keys.length === leg.entity?.keyFields.length) {
    const found = rows.find('fo', table, new Map(keys));
    if (found.length > 0) return found;
  }
  return rows.of('fo', table).filter((row) => {
    const common = [...cells].filter(([name]) => row.has(name));
    return common.length > 0 && common.every(([name, cell]) => sameCell(row.get(name), cell));
  });
}

/** Shows a change of a table in the rows of the entities that it is a data source of. */
export function applyToEntities(change: Change, legs: readonly LiveLeg[], rows: Rows): void {
  const seen = new Set<string>();
  for (const leg of legs) {
    const name = key(leg.entityName);
    if (seen.has(name) || isEntityItself(leg, change.table.value)) continue;
    seen.add(name);
    for (const way of leg.waysFrom(change.table.value)) {
      const shown = changedRows(change, rows, 'fo').flatMap((row) =>
        entityChanges(leg, way, change, row, rows),
      );
      const table = entityTable(leg, rows);
      if (!rows.has('fo', table)) continue;
      for (const { before, after } of shown) {
        if (before === undefined || rows.holds('fo', table, before)) {
          rows.replace('fo', table, before, after);
        }
      }
    }
  }
}

/** The name under which the rows of the entity are told: its own, or its label. */
export const entityTable = ({ entityName, leg }: LiveLeg, rows: Rows): string =>
  !rows.has('fo', entityName) && rows.has('fo', leg.sourceSchema) ? leg.sourceSchema : entityName;
