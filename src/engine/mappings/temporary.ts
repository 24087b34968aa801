import type { Engine } from '../engine.ts';
import { idAt } from '../model/ids.ts';
import { knownMapping } from '../coupling/couple.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { addMapping, deleteMapping } from '../store/mappings.ts';

/** Makes the clone of a mapping that one manual run works with; it goes with the run (`bc-sync.md` 2.10). */
export function addTemporaryMapping(
  engine: Engine,
  parent: string,
  change: Partial<IntegrationTableMapping>,
): IntegrationTableMapping {
  const { prefix, first } = engine.ids.block(1);
  const temporary: IntegrationTableMapping = {
    ...knownMapping(engine, parent),
    synchOnlyCoupledRecords: false,
    ...change,
    name: idAt(prefix, first),
    parentName: parent,
  };
  engine.store.transaction(() => addMapping(engine.store, temporary));
  return temporary;
}

export function withTemporaryMapping<T>(
  engine: Engine,
  parent: string,
  change: Partial<IntegrationTableMapping>,
  work: (temporary: IntegrationTableMapping) => T,
): T {
  const temporary = addTemporaryMapping(engine, parent, change);
  try {
    return work(temporary);
  } finally {
    engine.store.transaction(() => deleteMapping(engine.store, temporary.name));
  }
}

const arrows = {
  Bidirectional: '<->',
  ToIntegrationTable: '->',
  FromIntegrationTable: '<-',
} as const;

/** `Customer <-> account`, as the description of a temporary mapping reads. */
export const describeMapping = ({
  table,
  integrationTable,
  direction,
}: IntegrationTableMapping): string => `${table} ${arrows[direction]} ${integrationTable}`;
