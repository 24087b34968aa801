import type { Engine } from '../engine.ts';
import { EngineRefusal, message } from '../model/message.ts';
import { type IntegrationTableMapping } from '../model/mapping.ts';
import type { EngineMode } from '../model/project.ts';
import {
  type JobDirection,
  otherDirection,
  otherSide,
  type SideName,
  sourceOf,
} from '../model/side.ts';
import { tableOf } from '../sides/localSide.ts';
import { allMappings } from '../store/mappings.ts';
import type { Settings } from '../store/settings.ts';
import type { RunFacts } from './decision.ts';
import { type TransferField, transferFields } from './transfer.ts';
import type { TransferTables } from './transferTables.ts';

/** What a job does with every row, worked out once before the first. */
export interface CompiledRun extends TransferTables {
  readonly fields: readonly TransferField[];
  readonly facts: RunFacts;
  readonly settings: Settings;
  /** Whether the other direction follows in the same run and would read every partner. */
  readonly isFirstOfTwo: boolean;
  /** Columns of the coupling: of the source, of the destination, of this direction and of the other. */
  readonly own: Columns;
}

export interface Columns {
  readonly s: 'bc' | 'dv';
  readonly d: 'bc' | 'dv';
  readonly to: 'to' | 'from';
  readonly back: 'to' | 'from';
}

const columnsOf = (direction: JobDirection): Columns => ({
  s: prefixOfSide(sourceOf(direction)),
  d: prefixOfSide(otherSide(sourceOf(direction))),
  to: prefixOf(direction),
  back: prefixOf(otherDirection(direction)),
});

const prefixOfSide = (side: SideName): 'bc' | 'dv' => (side === 'BusinessCentral' ? 'bc' : 'dv');

const prefixOf = (direction: JobDirection): 'to' | 'from' =>
  direction === 'ToIntegrationTable' ? 'to' : 'from';

export interface RunOptions {
  readonly forced: boolean;
  /** Whether uncoupled rows are left alone. */
  readonly onlyCoupled: boolean;
  readonly mode?: EngineMode;
  readonly isFirstOfTwo?: boolean;
}

/** Throws an EngineRefusal where there is nothing to transfer (`bc-oracle.md` A01, A02). */
export function compileRun(
  engine: Engine,
  mapping: IntegrationTableMapping,
  direction: JobDirection,
  { forced, onlyCoupled, mode, isFirstOfTwo = false }: RunOptions,
): CompiledRun {
  const settings = engine.settings();
  const all = engine.tables();
  const table = tableOf(all, 'BusinessCentral', mapping.table);
  const integrationTable = tableOf(all, 'Dataverse', mapping.integrationTable);
  const isTo = direction === 'ToIntegrationTable';
  const [source, destination] = isTo ? [table, integrationTable] : [integrationTable, table];
  const mappings = allMappings(engine.store);
  const fields = transferFields({ mapping, direction, source, destination, all, mappings });
  if (fields.length === 0) {
    throw new EngineRefusal(
      message('noFieldMappings', {
        mapping: mapping.name,
        direction,
        table: 'Integration Field Mapping',
      }),
    );
  }
  const facts: RunFacts = {
    mode: mode ?? settings.mode,
    source: sourceOf(direction),
    forced,
    bidirectional: mapping.direction === 'Bidirectional',
    onlyCoupled,
    deletion: mapping.deletionConflictResolution ?? 'None',
    update: mapping.updateConflictResolution ?? 'None',
  };
  return {
    mapping,
    direction,
    source,
    destination,
    all,
    mappings,
    fields,
    facts,
    settings,
    isFirstOfTwo,
    own: columnsOf(direction),
  };
}
