import type { CompiledRun } from './compiled.ts';
import { caseOf } from './facts.ts';
import type { TransferField } from './transfer.ts';

/** Bits of an integer of SQLite that a mask may take. */
export const MASK_BITS = 62;

/**
 * What is asked of 62 fields of a pair at most, as integers with a bit for each field. Values are compared once; all
 * that follows from it is a few operations on integers: a condition for each fact and each field took twice the time.
 */
export interface PairMasks {
  /** Over the rows of a pair (`transfer.ts`), each with its name. */
  readonly columns: readonly string[];
  /** Over those columns. */
  readonly faithful: FieldMasks;
  readonly improved: FieldMasks;
}

export interface FieldMasks {
  /** The fields that a write changes: what only the destination changed is its own. */
  readonly written: string;
  /** Faithful: bidirectional and different. Improved: both sides changed it since the base, and not alike. */
  readonly conflicts: string;
  /** Changes that the destination keeps. */
  readonly merges: string;
}

/** The masks of a run, one for each 62 of its fields. */
export const pairMasks = (run: CompiledRun): readonly PairMasks[] =>
  Array.from({ length: Math.ceil(run.fields.length / MASK_BITS) }, (_, part) =>
    masksOf(run, run.fields.slice(part * MASK_BITS, (part + 1) * MASK_BITS), part),
  );

function masksOf(run: CompiledRun, fields: readonly TransferField[], part: number): PairMasks {
  const { facts, own } = run;
  const [differs, source, destination] = [`differs${part}`, `source${part}`, `destination${part}`];
  // A coupling whose partner is gone is compared with nothing.
  const ofPair = (mask: string, name: string): string =>
    `CASE WHEN d.alive THEN ${mask} ELSE 0 END AS ${name}`;
  const twoWay = bitsOf(fields.map(({ bidirectional }) => (bidirectional ? '1' : '0')));
  const columns = [
    ofPair(bitsOf(fields.map((field) => field.differs)), differs),
    ...(facts.mode === 'faithful'
      ? []
      : [
          ofPair(changedBits('s', own.s, variesOf(fields, 'sourceVaries')), source),
          ofPair(changedBits('d', own.d, variesOf(fields, 'destinationVaries')), destination),
        ]),
  ];
  const kept = `${destination} & ~${source}`;
  return {
    columns,
    faithful: { written: differs, conflicts: `(${differs} & (${twoWay}))`, merges: '0' },
    improved: {
      written: facts.forced ? differs : `(${differs} & ~(${kept}))`,
      conflicts: `(${differs} & ${source} & ${destination})`,
      merges: `(${differs} & ${kept})`,
    },
  };
}

const variesOf = (
  fields: readonly TransferField[],
  name: 'sourceVaries' | 'destinationVaries',
): readonly string[] => fields.map((field) => (field.bidirectional ? field[name] : '0'));

/** `sourceChanged` or `destinationChanged` of every field: where the row is the base itself, no value is looked at. */
function changedBits(row: 's' | 'd', side: string, varies: readonly string[]): string {
  const always = bitsOf(varies.map((condition) => (condition === '1' ? '1' : '0')));
  const atMost = bitsOf(varies.map((condition) => (condition === '0' ? '0' : '1')));
  return `CASE WHEN ${row}.seq IS c.${side}_seq THEN ${always} WHEN ${row}b.rid IS NULL THEN ${atMost} ELSE ${bitsOf(varies)} END`;
}

function bitsOf(conditions: readonly string[]): string {
  const bits = conditions.flatMap((condition, bit) =>
    condition === '0' ? [] : [`((${condition}) << ${bit})`],
  );
  return bits.length === 0 ? '0' : bits.join(' | ');
}

/** Whether any field has its bit. */
export const anyBit = (masks: readonly FieldMasks[], of: keyof FieldMasks): string =>
  `((${masks.map((mask) => mask[of]).join(' | ')}) <> 0)`;

/** The number, from 1, of the first field that has its bit; 0 for none. */
export const firstBit = (
  fields: readonly TransferField[],
  masks: readonly FieldMasks[],
  of: keyof FieldMasks,
): string =>
  caseOf(
    fields.map((_, index) => {
      const mask = masks[Math.floor(index / MASK_BITS)]?.[of] ?? '0';
      return `WHEN ${mask} >> ${index % MASK_BITS} & 1 THEN ${index + 1}`;
    }),
  );
