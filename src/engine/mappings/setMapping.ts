import type { Engine } from '../engine.ts';
import { isEnabled, type IntegrationFieldMapping } from '../model/fieldMapping.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { EngineRefusal, message } from '../model/message.ts';
import { knownMapping } from '../coupling/couple.ts';
import { changeMapping } from '../store/mappings.ts';
import { fieldOf, type RowTable } from '../store/rowTables.ts';
import { tablesOf } from '../coupling/couple.ts';

/** Changes what a user set on a mapping. Throws an EngineRefusal on what the product's pages refuse. */
export function setMapping(
  engine: Engine,
  name: string,
  change: Partial<IntegrationTableMapping>,
): void {
  const before = knownMapping(engine, name);
  const after = { ...before, ...change };
  const refusal = refusalOf(before, after, tablesOf(engine, after).integrationTable);
  if (refusal !== undefined) throw new EngineRefusal(refusal);
  engine.store.transaction(() => changeMapping(engine.store, after));
}

function refusalOf(
  before: IntegrationTableMapping,
  after: IntegrationTableMapping,
  integrationTable: RowTable,
): ReturnType<typeof message> | undefined {
  const { direction, uidType, fields, name } = after;
  if (uidType === 'Option' && direction === 'Bidirectional') return message('optionDirection');
  const lacksFields =
    direction !== 'Bidirectional' &&
    direction !== before.direction &&
    !fields.some((field) => isEnabled(field) && field.direction === direction);
  if (lacksFields) return message('directionNeedsFields', { mapping: name, direction });
  for (const field of fields) {
    if (field.notNull !== true) continue;
    if (field.clearValueOnFailedSync === true) return message('notNullOrClear', namesOf(field));
    const type = fieldOf(integrationTable, field.integrationField ?? '')?.type;
    if (type !== undefined && type !== 'guid') return message('notNullForGuids', namesOf(field));
  }
  return undefined;
}

const namesOf = ({ field, integrationField }: IntegrationFieldMapping) => ({
  field: field ?? integrationField ?? '',
});
