import type { Engine } from '../../../../src/engine/engine.ts';
import type { SideName } from '../../../../src/engine/model/side.ts';
import { rowNamed } from '../../../../src/engine/sides/people.ts';
import { tableOf } from '../../../../src/engine/sides/localSide.ts';
import { SLOTS } from './happenings.ts';
import { tables } from './project.ts';

/** Which row lives in which slot of a side. */
export interface Inhabitants {
  /** The row that lives there, or the last one that did. */
  readonly idOf: (side: SideName, slot: number) => string | undefined;
  readonly living: (side: SideName, slot: number) => string | undefined;
  readonly moveIn: (side: SideName, slot: number, id: string) => void;
  /** People find the rows that a run made: each takes the slot of its partner, if nobody lives there. */
  readonly meetPartners: () => void;
}

export function inhabitantsOf(engine: () => Engine): Inhabitants {
  const slots = new Map<string, string>();
  const idOf = (side: SideName, slot: number): string | undefined => slots.get(`${side} ${slot}`);
  const living = (side: SideName, slot: number): string | undefined => {
    const id = idOf(side, slot);
    const lives = id !== undefined && rowNamed(engine(), side, tables[side], id) !== undefined;
    return lives ? id : undefined;
  };
  const moveIn = (side: SideName, slot: number, id: string): void => {
    slots.set(`${side} ${slot}`, id);
  };
  return {
    idOf,
    living,
    moveIn,
    meetPartners() {
      const { store, tables: all } = engine();
      const [bc, dv] = (['BusinessCentral', 'Dataverse'] as const).map(
        (each) => tableOf(all(), each, tables[each]).rows,
      );
      const couplings = store.rows(
        `SELECT b.id, d.id FROM coupling c JOIN ${bc} b ON b.rid = c.bc_rid JOIN ${dv} d ON d.rid = c.dv_rid WHERE b.alive AND d.alive ORDER BY b.rid`,
      );
      for (const [record, partner] of couplings) {
        for (let slot = 0; slot < SLOTS; slot += 1) {
          const [here, there] = [idOf('BusinessCentral', slot), idOf('Dataverse', slot)];
          if (here === record && living('Dataverse', slot) === undefined) {
            moveIn('Dataverse', slot, String(partner));
          }
          if (there === partner && living('BusinessCentral', slot) === undefined) {
            moveIn('BusinessCentral', slot, String(record));
          }
        }
      }
    },
  };
}
