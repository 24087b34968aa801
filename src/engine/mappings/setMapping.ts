import { knownMapping, tablesOf } from '../coupling/couple.ts';
import type { Engine } from '../engine.ts';
import { nameOfField } from '../model/fieldMapping.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { EngineRefusal, message } from '../model/message.ts';
import { changeMapping } from '../store/mappings.ts';
import { fieldOf, type RowTable } from '../store/rowTables.ts';
import { enabledFields, isOptionBothWays, notNullRefusal } from './fieldRules.ts';

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
  const { direction, fields, name } = after;
  if (isOptionBothWays(after)) return message('optionDirection');
  const lacksFields =
    direction !== 'Bidirectional' &&
    direction !== before.direction &&
    !enabledFields(after).some((field) => field.direction === direction);
  if (lacksFields) return message('directionNeedsFields', { mapping: name, direction });
  for (const field of fields) {
    const type = fieldOf(integrationTable, field.integrationField ?? '')?.type;
    const refusal = notNullRefusal(field, type);
    if (refusal !== undefined) return message(refusal, { field: nameOfField(field) });
  }
  return undefined;
}
