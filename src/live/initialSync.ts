import type { Side } from '../map/model.ts';
import { key } from '../metadata/merge.ts';
import { applyWrite, batchOf, keyCells, lookUp, partnerOf, type Write } from './batch.ts';
import { loggedOf } from './errorLog.ts';
import { answerOf } from './filters.ts';
import type { LiveLeg } from './legs.ts';
import type { Environment, Happening, InitialSync, Row } from './model.ts';
import { entityTable } from './outward.ts';
import { payloadOf } from './payload.ts';
import { productMessages } from './productMessages.ts';
import { type Rows, sameCell } from './rows.ts';

/** Entities that are imported by one thread (initial-sync-guidance). */
const SINGLE_THREADED = new Set([
  'msdyn_taxcodes',
  'accounts',
  'msdyn_vendors',
  'msdyn_warehouses',
  'msdyn_productcategories',
  'cdm_employments',
]);

const LIMITS = {
  rows: 500_000,
  singleThreadedRows: 70_000,
  legalEntities: 40,
  hours: 24,
  exportMinutes: 5,
  lookups: 10,
} as const;

/** No more errors are shown of one initial synchronization (initial-sync-guidance). */
const MOST_ERRORS = 5;

interface Synced {
  readonly happenings: readonly Happening[];
  readonly hasFailed: boolean;
}

/**
 * The initial synchronization of a map: always all rows of both sides; where both have a row and it differs, the master
 * wins (`dualwrite.md` 7.1). Writes into `rows`.
 */
export function initialSync(
  sync: InitialSync,
  leg: LiveLeg | undefined,
  rows: Rows,
  environment: Environment,
): Synced {
  const limits = limitsBroken(sync, leg);
  if (limits.length > 0) return { happenings: limits, hasFailed: true };
  if (leg === undefined) return { happenings: [], hasFailed: false };
  const happenings: Happening[] = [{ kind: 'sync', code: `master.${sync.master}`, args: {} }];
  const sides: readonly Side[] = sync.master === 'fo' ? ['fo', 'dataverse'] : ['dataverse', 'fo'];
  const done = new Set<string>();
  let errors = 0;
  for (const side of sides) {
    const sources =
      side === 'fo'
        ? rows.of('fo', entityTable(leg, rows))
        : rows.of('dataverse', leg.leg.destinationSchema);
    let written = 0;
    for (const row of sources) {
      const write = writeOf(leg, row, side);
      const cells = keyCells(write);
      const name =
        cells === undefined ? undefined : JSON.stringify([...cells.values()].map(folded));
      // What the master has written is not written back.
      if (write.payload.row.size === 0 || (name !== undefined && done.has(name))) continue;
      if (answerOf(leg.filters()[side], row).answer !== 'true') continue;
      if (name !== undefined) done.add(name);
      const partner = partnerOf(write, rows);
      if (partner !== undefined && differs(write.payload.row, partner)) {
        const args = { key: [...(cells?.values() ?? [])].join(', ') };
        happenings.push({ kind: 'sync', code: `conflict.${sync.master}`, args });
      }
      const { missing, happenings: lookups } = lookUp(write, NO_BATCH, rows, environment);
      const [first] = missing;
      if (first === undefined) {
        applyWrite(write, rows);
        written += 1;
        continue;
      }
      errors += 1;
      if (errors > MOST_ERRORS) continue;
      happenings.push({
        kind: 'sync',
        code: 'lookupMissing',
        args: { ...first },
        message: `Couldn't resolve the guid for the field: ${first.table}. The lookup was not found: ${first.value}`,
        logged: loggedOf(write, lookups),
      });
    }
    happenings.push({ kind: 'sync', code: `written.${side}`, args: { count: written } });
  }
  if (errors > MOST_ERRORS) {
    const args = { count: errors, shown: MOST_ERRORS };
    happenings.push({ kind: 'sync', code: 'moreErrors', args });
  }
  return { happenings, hasFailed: errors > 0 };
}

/** Each row is a write of its own. */
const NO_BATCH = batchOf([]);

const folded = (cell: string | null): string => key(cell ?? '');

function writeOf(leg: LiveLeg, row: Row, side: Side): Write {
  const payload = payloadOf(leg, row, side);
  return { leg, side, operation: 'insert', payload, change: 0, outcomes: ['synchronized'] };
}

const differs = (payload: Row, partner: Row): boolean =>
  [...payload].some(([name, cell]) => partner.has(name) && !sameCell(partner.get(name), cell));

function limitsBroken(
  { from, rows, legalEntities, hours, exportMinutes }: InitialSync,
  leg: LiveLeg | undefined,
): readonly Happening[] {
  const found: Happening[] = [];
  const tell = (code: string, most: number, count: number, message?: string): void =>
    void found.push({
      kind: 'sync',
      code,
      args: { count, most },
      logged: { entity: leg?.entityName ?? '', record: '', payload: '', filter: '', lookups: [] },
      ...(message === undefined ? {} : { message }),
    });
  const isOver = (value: number | undefined, most: number): value is number =>
    value !== undefined && value > most;
  const table = key(leg?.leg.destinationSchema ?? '');
  if (isOver(legalEntities, LIMITS.legalEntities)) {
    tell(
      'tooManyCompanies',
      LIMITS.legalEntities,
      legalEntities,
      productMessages.tooManyPartitions,
    );
  }
  if (isOver(rows, LIMITS.rows)) tell('tooManyRows', LIMITS.rows, rows);
  else if (
    from === 'dataverse' &&
    SINGLE_THREADED.has(table) &&
    isOver(rows, LIMITS.singleThreadedRows)
  ) {
    tell('singleThreaded', LIMITS.singleThreadedRows, rows);
  }
  if (from === 'dataverse' && isOver(hours, LIMITS.hours)) tell('tooLong', LIMITS.hours, hours);
  if (from === 'fo' && isOver(exportMinutes, LIMITS.exportMinutes)) {
    tell('exportTooLong', LIMITS.exportMinutes, exportMinutes);
  }
  const lookups = new Set(
    (leg?.leg.fieldMappings ?? [])
      .filter(({ destinationField }) => destinationField.includes('.'))
      .map(({ destinationField }) => key(destinationField.split('.')[0] ?? '')),
  ).size;
  if (from === 'dataverse' && lookups >= LIMITS.lookups) {
    tell('tooManyLookups', LIMITS.lookups, lookups, productMessages.tooManyLookups);
  }
  return found;
}
