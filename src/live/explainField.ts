import type { FieldMapping, Side } from '../map/model.ts';
import { key } from '../metadata/merge.ts';
import type { Metadata } from '../metadata/metadata.ts';
import { fieldIn, sourceOf } from '../tracking/fieldSource.ts';
import { type Knowledge, type LiveLeg, liveLegs, type NamedLeg } from './legs.ts';
import { type Change, type StepResult, type Transaction, UNTOLD } from './model.ts';
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
  const own: Knowledge = { ...knowledge, maps: [named] };
  const { value: nothing } = readRehearsal('{"steps": []}');
  const [leg] = liveLegs(own, nothing.environment);
  if (leg === undefined) return [];
  const steps: Transaction[] = [];
  if (mapping.sourceField !== '') {
    const place = placeInFo(leg, mapping.sourceField, knowledge.metadata);
    steps.push(changeOf('fo', place, mapping));
  }
  if (mapping.destinationField !== '') {
    const table = named.leg.destinationSchema;
    steps.push(changeOf('dataverse', { table, field: mapping.destinationField }, mapping));
  }
  // Each by itself: what one side writes is no change for the other.
  return steps.flatMap((step) => rehearse({ ...nothing, steps: [step] }, own));
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

function changeOf(
  side: Side,
  { table, field, through }: FieldPlace,
  { span }: FieldMapping,
): Transaction {
  const change: Change = {
    operation: 'update',
    table: { value: table, span },
    where: new Map(),
    values: new Map([[key(field), UNTOLD]]),
    names: [{ value: field, span }],
    entityFields: new Map(),
    writing: 'plain',
    skipsBusinessEvents: false,
    records: 1,
    span,
    ...(through === undefined ? {} : { through }),
  };
  return {
    kind: 'transaction',
    name: `${table}.${field}`,
    side,
    company: undefined,
    isOneScope: true,
    megabytes: undefined,
    seconds: undefined,
    changes: [change],
    expected: undefined,
    span,
  };
}
