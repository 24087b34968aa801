import type { Cell } from '../filter/meaning/values.ts';
import type { FieldMapping, Side } from '../map/model.ts';
import { key } from '../metadata/merge.ts';
import type { Metadata } from '../metadata/metadata.ts';
import { fieldIn, sourceOf } from '../tracking/fieldSource.ts';
import { type Knowledge, type LiveLeg, liveLegs, type NamedLeg } from './legs.ts';
import { type Change, type Row, type StepResult, type Transaction, UNTOLD } from './model.ts';
import { readRehearsal } from './read.ts';
import { rehearse } from './rehearse.ts';

/**
 * What becomes of a change of one mapped field, on each side that has it. Nothing is known of the row, so that the
 * answer ends where values would decide.
 */
export function explainField(
  named: NamedLeg,
  mapping: FieldMapping,
  knowledge: Omit<Knowledge, 'maps'>,
): readonly StepResult[] {
  return played(named, knowledge, (leg) => {
    const steps: Transaction[] = [];
    if (mapping.sourceField !== '') steps.push(updateInFo(leg, mapping, NO_CELLS, knowledge));
    if (mapping.destinationField !== '') steps.push(updateInDataverse(mapping, named, NO_CELLS));
    return steps;
  });
}

/** A row of an entity or of a table of Dataverse, as a file holds it after a change. */
export interface KnownRow {
  readonly side: Side;
  readonly cells: Row;
}

/** What becomes of a row that is inserted as it is. */
export const explainInsert = (
  named: NamedLeg,
  { side, cells }: KnownRow,
  knowledge: Omit<Knowledge, 'maps'>,
): StepResult | undefined =>
  played(named, knowledge, ({ entityName }) => {
    const table = side === 'fo' ? entityName : named.leg.destinationSchema;
    const change = { operation: 'insert', table, where: NO_CELLS, values: cells } as const;
    return [transactionOf(side, table, change, named.leg)];
  })[0];

/** What becomes of an update of one mapped field that makes a row what it is; what the field held before is not known. */
export const explainUpdate = (
  named: NamedLeg,
  mapping: FieldMapping,
  { side, cells }: KnownRow,
  knowledge: Omit<Knowledge, 'maps'>,
): StepResult | undefined =>
  played(named, knowledge, (leg) => [
    side === 'fo'
      ? updateInFo(leg, mapping, cells, knowledge)
      : updateInDataverse(mapping, named, cells),
  ])[0];

const NO_CELLS: Row = new Map();

/** Each step by itself: what one side writes is no change for the other. */
function played(
  named: NamedLeg,
  knowledge: Omit<Knowledge, 'maps'>,
  stepsFor: (leg: LiveLeg) => readonly Transaction[],
): readonly StepResult[] {
  const own: Knowledge = { ...knowledge, maps: [named] };
  const { value: nothing } = readRehearsal('{"steps": []}');
  const [leg] = liveLegs(own, nothing.environment);
  if (leg === undefined) return [];
  return stepsFor(leg).flatMap((step) => rehearse({ ...nothing, steps: [step] }, own));
}

interface FieldPlace {
  readonly table: string;
  readonly field: string;
  readonly through?: string;
}

/** The table and field that a field of the entity is stored in; the entity itself where that is not known. */
function placeInFo({ entity, entityName }: LiveLeg, name: string, metadata: Metadata): FieldPlace {
  const field = entity === undefined ? undefined : fieldIn(entity, name);
  if (entity === undefined || field?.kind !== 'mapped') return { table: entityName, field: name };
  const source = sourceOf(entity, field, metadata);
  return source.kind === 'table'
    ? { table: source.table, field: source.field, through: field.dataSource }
    : { table: entityName, field: name };
}

function updateInFo(
  leg: LiveLeg,
  mapping: FieldMapping,
  cells: Row,
  { metadata }: Omit<Knowledge, 'maps'>,
): Transaction {
  const own = key(mapping.sourceField);
  const { table, field, through } = placeInFo(leg, mapping.sourceField, metadata);
  return transactionOf(
    'fo',
    `${table}.${field}`,
    {
      operation: 'update',
      table,
      where: NO_CELLS,
      values: new Map([[key(field), heldIn(cells, own)]]),
      entityFields: without(cells, own),
      ...(through === undefined ? {} : { through }),
    },
    mapping,
    field,
  );
}

function updateInDataverse(
  mapping: FieldMapping,
  { leg: { destinationSchema: table } }: NamedLeg,
  cells: Row,
): Transaction {
  const field = mapping.destinationField;
  const [column = ''] = key(field).split('.');
  // A file may tell the cell behind a lookup by the name of the lookup itself.
  const own =
    [key(field), column, `_${column}_value`].find((name) => cells.has(name)) ?? key(field);
  return transactionOf(
    'dataverse',
    `${table}.${field}`,
    {
      operation: 'update',
      table,
      where: without(cells, own),
      values: new Map([[own, heldIn(cells, own)]]),
    },
    mapping,
    field,
  );
}

const heldIn = (cells: Row, name: string): Cell => {
  const cell = cells.get(name);
  return cell === undefined ? UNTOLD : cell;
};

const without = (cells: Row, own: string): Row =>
  new Map([...cells].filter(([name]) => name !== own));

function transactionOf(
  side: Side,
  name: string,
  change: Pick<Change, 'operation' | 'where' | 'values' | 'through'> &
    Partial<Pick<Change, 'entityFields'>> & { readonly table: string },
  { span }: Pick<FieldMapping, 'span'>,
  field?: string,
): Transaction {
  const whole: Change = {
    entityFields: NO_CELLS,
    names: field === undefined ? [] : [{ value: field, span }],
    writing: 'plain',
    skipsBusinessEvents: false,
    records: 1,
    span,
    ...change,
    table: { value: change.table, span },
  };
  return {
    kind: 'transaction',
    name,
    side,
    company: undefined,
    isOneScope: true,
    megabytes: undefined,
    seconds: undefined,
    changes: [whole],
    expected: undefined,
    span,
  };
}
