import type { CouplingName } from '../actions/coupledErrors.ts';
import type { Engine } from '../engine.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { type JobDirection, runsIn, type SideName, sourceOf } from '../model/side.ts';
import { partnerOf } from '../store/couplings.ts';
import { knownMapping, tablesOf } from './couple.ts';

/** Sync Action of Coupling Record Buffer (`bc-sync.md` 1.6). */
export type CouplingSyncAction = 'DoNotSynchronize' | JobDirection;

/** What Set Up Coupling offers for a record. */
export interface CouplingDialog {
  /** Whose record it is: an uncoupled row of Dataverse is coupled as well as a record of Business Central. */
  readonly side: SideName;
  readonly id: string;
  /** The id of its partner as it is. */
  readonly partner: string | undefined;
  /** The proposed one first. */
  readonly actions: readonly CouplingSyncAction[];
  /** The direction that Create New forces; undefined where the mapping does not go there (`bc-oracle.md` J11). */
  readonly createNew: JobDirection | undefined;
}

/** A record without a partner is sent by default; one that has one is left alone (`bc-oracle.md` J10). */
export function couplingDialog(
  engine: Engine,
  { mapping: name, integrationId, crmId }: CouplingName,
): CouplingDialog {
  const mapping = knownMapping(engine, name);
  const side = integrationId === '' ? 'Dataverse' : 'BusinessCentral';
  const id = integrationId === '' ? crmId : integrationId;
  const partner = partnerOf(engine.store, tablesOf(engine, mapping), side, id);
  const directions = engine.settings().connectionEnabled ? directionsOf(mapping, side) : [];
  return {
    side,
    id,
    partner,
    actions:
      partner === undefined
        ? [...directions.slice(0, 1), 'DoNotSynchronize', ...directions.slice(1)]
        : ['DoNotSynchronize', ...directions],
    createNew: directions.find((direction) => sourceOf(direction) === side),
  };
}

/** The directions of a mapping, the one that begins with a side first. */
const directionsOf = (
  { direction }: IntegrationTableMapping,
  side: SideName,
): readonly JobDirection[] =>
  (['ToIntegrationTable', 'FromIntegrationTable'] as const)
    .filter((each) => runsIn(direction, each))
    .toSorted((left, right) => Number(sourceOf(right) === side) - Number(sourceOf(left) === side));
