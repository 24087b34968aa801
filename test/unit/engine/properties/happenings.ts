import type {
  DeletionConflictResolution,
  UpdateConflictResolution,
} from '../../../../src/engine/model/mapping.ts';
import { otherSide, type SideName } from '../../../../src/engine/model/side.ts';

/** What may happen between two runs, and the runs themselves; plain data, so that a sequence can be played again. */
export type Happening =
  | { readonly kind: 'add'; readonly side: SideName; readonly slot: number; readonly name: string }
  | {
      readonly kind: 'edit';
      readonly side: SideName;
      readonly slot: number;
      readonly field: FieldNumber;
      readonly value: string;
    }
  /** Two people at once: each changes a field of one row of a pair. */
  | {
      readonly kind: 'edit both';
      readonly slot: number;
      /** The field in Business Central, the field in Dataverse. */
      readonly fields: readonly [FieldNumber, FieldNumber];
      readonly values: readonly [string, string];
    }
  | { readonly kind: 'touch'; readonly side: SideName; readonly slot: number }
  | { readonly kind: 'delete'; readonly side: SideName; readonly slot: number }
  | { readonly kind: 'revive'; readonly side: SideName; readonly slot: number }
  | { readonly kind: 'wait'; readonly milliseconds: number }
  /** The clock of a side jumps. */
  | { readonly kind: 'clock'; readonly side: SideName; readonly milliseconds: number }
  /** An app refuses the rows whose name begins so, or nothing. */
  | {
      readonly kind: 'refuse';
      readonly side: SideName;
      readonly letter: string | undefined;
      readonly transient: boolean;
    }
  | { readonly kind: 'update'; readonly resolution: UpdateConflictResolution }
  | { readonly kind: 'deletion'; readonly resolution: DeletionConflictResolution }
  | { readonly kind: 'onlyCoupled'; readonly value: boolean }
  | { readonly kind: 'run'; readonly direction: RunDirection; readonly batch: number }
  /** Both directions, and between two batches somebody edits a row. */
  | {
      readonly kind: 'busy run';
      readonly side: SideName;
      readonly slot: number;
      readonly field: FieldNumber;
      readonly value: string;
    }
  | { readonly kind: 'full run' }
  /** Somebody synchronises one record by hand, from this side to the other. */
  | { readonly kind: 'force'; readonly side: SideName; readonly slot: number }
  | { readonly kind: 'uncouple'; readonly slot: number }
  | { readonly kind: 'restore records' }
  | { readonly kind: 'retry all' }
  /** The store is saved and opened again. */
  | { readonly kind: 'restart' }
  /** The power fails at a statement of what is done, and the store is opened again. */
  | {
      readonly kind: 'crash';
      readonly statement: number;
      readonly at: 'run' | 'restore records';
      readonly batch: number;
    };

export type FieldNumber = 0 | 1 | 2;
export type RunDirection = 'to' | 'from' | 'both';

/** Places for a row and its partner; few, so that what happens meets. */
export const SLOTS = 3;

/** The same with the two sides swapped. */
export function mirrored(happening: Happening): Happening {
  switch (happening.kind) {
    case 'run': {
      const swapped = { to: 'from', from: 'to', both: 'both' } as const;
      return { ...happening, direction: swapped[happening.direction] };
    }
    case 'edit both': {
      const [fields, values] = [happening.fields, happening.values];
      return { ...happening, fields: [fields[1], fields[0]], values: [values[1], values[0]] };
    }
    case 'update': {
      const swapped = {
        None: 'None',
        'Send data update to integration table': 'Get data update from integration table',
        'Get data update from integration table': 'Send data update to integration table',
      } as const;
      return { ...happening, resolution: swapped[happening.resolution] };
    }
    default:
      return 'side' in happening ? { ...happening, side: otherSide(happening.side) } : happening;
  }
}
