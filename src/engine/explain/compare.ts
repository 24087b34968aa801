import type { CouplingName } from '../actions/coupledErrors.ts';
import { knownMapping, tablesOf } from '../coupling/couple.ts';
import type { Engine } from '../engine.ts';
import { EngineRefusal } from '../model/message.ts';
import { isEnabled } from '../model/fieldMapping.ts';
import { type JobDirection, runsIn } from '../model/side.ts';
import type { FieldValue } from '../model/table.ts';
import { compileRun } from '../run/compiled.ts';
import { partnersSql } from '../run/facts.ts';
import type { Cell } from '../store/database.ts';
import { columnOf, fieldOf, type RowTable, valueOf } from '../store/rowTables.ts';
import type { ComparedField } from '../surface/views/explained.ts';

/**
 * The mapped fields of a pair: what both sides hold, what was last agreed on, and who changed what since; read as a run
 * reads them (`run/transfer.ts`).
 */
export function comparedFields(
  engine: Engine,
  { mapping: name, integrationId, crmId }: CouplingName,
): readonly ComparedField[] {
  const mapping = knownMapping(engine, name);
  const tables = tablesOf(engine, mapping);
  const facts = new Map<number, Facts>();
  for (const direction of ['ToIntegrationTable', 'FromIntegrationTable'] as const) {
    if (!runsIn(mapping.direction, direction)) continue;
    const id = direction === 'ToIntegrationTable' ? integrationId : crmId;
    for (const [index, found] of factsOf(engine, name, direction, id)) {
      facts.set(index, { ...found, ...facts.get(index) });
    }
  }
  const own = valuesOf(engine, tables.table, 'bc', integrationId);
  const other = valuesOf(engine, tables.integrationTable, 'dv', crmId);
  return mapping.fields.flatMap((field, index) => {
    if (!isEnabled(field)) return [];
    const found = facts.get(index);
    const { changed = false, integrationChanged = false, differs = false } = found ?? {};
    // A side that has no field of its own has the constant that the other one gets.
    const of = (read: typeof own, side: string | undefined, version: Version) =>
      side === undefined ? field.constantValue : read(side, version);
    const value = of(own, field.field, 'now');
    const integrationValue = of(other, field.integrationField, 'now');
    return [
      {
        field: field.field,
        integrationField: field.integrationField,
        direction: field.direction,
        value,
        integrationValue,
        integrationRead:
          found === undefined ? integrationValue : readAcross(found, value, integrationValue),
        base: of(own, field.field, 'base'),
        integrationBase: of(other, field.integrationField, 'base'),
        changed,
        integrationChanged,
        differs,
        conflicts:
          changed &&
          integrationChanged &&
          differs &&
          field.direction === 'Bidirectional' &&
          mapping.direction === 'Bidirectional',
      },
    ];
  });
}

interface Facts {
  readonly changed: boolean;
  readonly integrationChanged: boolean;
  readonly differs: boolean;
  readonly isLookup: boolean;
  /** What a lookup of Dataverse leads to in Business Central; absent where nothing goes there. */
  readonly lookedUp?: FieldValue;
}

/** Nothing on one side alone is told as it stands, except by a lookup: the local currency is none in Dataverse. */
function readAcross(
  { differs, isLookup, lookedUp }: Facts,
  value: FieldValue | undefined,
  integrationValue: FieldValue | undefined,
): FieldValue | undefined {
  const isOneSided = isBlank(value) !== isBlank(integrationValue);
  if (!differs && (isLookup || !isOneSided)) return value;
  return isBlank(lookedUp) ? integrationValue : lookedUp;
}

const isBlank = (value: FieldValue | undefined): boolean =>
  value === undefined || value === null || value === '';

/** By the number of the field mapping. */
function factsOf(
  engine: Engine,
  name: string,
  direction: JobDirection,
  id: string,
): readonly (readonly [number, Facts])[] {
  const mapping = knownMapping(engine, name);
  try {
    const run = compileRun(engine, mapping, direction, { forced: false, onlyCoupled: true });
    const columns = run.fields.flatMap(
      ({ differs, sourceChanged, destinationChanged, inserted }) => [
        differs,
        sourceChanged,
        destinationChanged,
        inserted,
      ],
    );
    const [row] = engine.store.rows(
      `SELECT d.rid IS NULL, ${columns.join(', ')} FROM ${run.source.rows} s ${partnersSql(run)} WHERE s.id = ?`,
      [id],
    );
    if (row === undefined || row[0] === 1) return [];
    const isTo = direction === 'ToIntegrationTable';
    return run.fields.map((field, index) => {
      const [differs, source, destination, inserted = null] = row.slice(1 + 4 * index);
      const isLookup =
        field.source?.relation !== undefined && field.destination.relation !== undefined;
      return [
        mapping.fields.indexOf(
          mapping.fields.find((each) => JSON.stringify(each) === JSON.stringify(field.mapping)) ??
            field.mapping,
        ),
        {
          differs: differs === 1,
          changed: (isTo ? source : destination) === 1,
          integrationChanged: (isTo ? destination : source) === 1,
          isLookup,
          ...(isTo || !isLookup ? {} : { lookedUp: valueOf(inserted, field.destination) }),
        },
      ];
    });
  } catch (error) {
    // A mapping that can't run compares nothing; its own error says why.
    if (error instanceof EngineRefusal) return [];
    throw error;
  }
}

type Version = 'now' | 'base';

/** Reads the fields of a row as they are, and as they were when the pair was last agreed on. */
function valuesOf(
  { store }: Engine,
  table: RowTable,
  prefix: 'bc' | 'dv',
  id: string,
): (field: string | undefined, version: Version) => FieldValue | undefined {
  const columns = table.columns.map(({ column }) => column);
  const [row] = store.rows(
    `SELECT r.alive, c.${prefix}_seq IS NULL OR (r.seq <> c.${prefix}_seq AND h.rid IS NULL)${columns.map((column) => `, r.${column}, CASE WHEN r.seq = c.${prefix}_seq THEN r.${column} ELSE h.${column} END`).join('')}
     FROM ${table.rows} r LEFT JOIN coupling c ON c.${prefix}_rid = r.rid LEFT JOIN ${table.history} h ON h.rid = r.rid AND h.seq = c.${prefix}_seq WHERE r.id = ?`,
    [id],
  );
  return (name, version) => {
    const column = name === undefined ? undefined : columnOf(table, name);
    const field = name === undefined ? undefined : fieldOf(table, name);
    if (row === undefined || column === undefined || field === undefined) return undefined;
    const [alive, isBaseUnknown, ...cells] = row;
    if (version === 'now' && alive !== 1) return undefined;
    if (version === 'base' && isBaseUnknown === 1) return undefined;
    const cell: Cell = cells[2 * columns.indexOf(column) + (version === 'now' ? 0 : 1)] ?? null;
    return valueOf(cell, field);
  };
}
