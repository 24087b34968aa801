import type { CompiledRun } from './compiled.ts';
import { caseOf } from './facts.ts';
import type { TransferField } from './transfer.ts';

/** Fields of one mask: it has three bits for each of them, and an integer of SQLite has 63 to give. */
const MASK_FIELDS = 20;

/** Fields of a run whose bit `written` has. */
export const WRITTEN_BITS = 3 * MASK_FIELDS;

/**
 * What is asked of 20 fields of a pair at most: an integer with a bit for each field that differs, one where the source
 * changed such a field and one where the destination did. Most fields are alike, and of those nothing more is asked;
 * what follows from the mask is a few operations on integers. A condition for each fact and each field took twice the
 * time.
 */
export interface PairMask {
  readonly name: string;
  /** Over the rows of a pair (`transfer.ts`). */
  readonly value: string;
  /** Over a column of its name. */
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

/** The masks of a run, one for each 20 of its fields. */
export const pairMasks = (run: CompiledRun): readonly PairMask[] =>
  Array.from({ length: Math.ceil(run.fields.length / MASK_FIELDS) }, (_, part) =>
    maskOf(run, run.fields.slice(part * MASK_FIELDS, (part + 1) * MASK_FIELDS), part),
  );

function maskOf({ facts }: CompiledRun, fields: readonly TransferField[], part: number): PairMask {
  const mask = `mask${part}`;
  const isImproved = facts.mode === 'improved';
  const bits = fields.map((field, bit) => {
    const changes =
      isImproved && field.bidirectional
        ? ` | (${field.sourceChanged} << ${bit + MASK_FIELDS}) | (${field.destinationChanged} << ${bit + 2 * MASK_FIELDS})`
        : '';
    return `CASE WHEN ${field.differs} THEN ${2 ** bit}${changes} ELSE 0 END`;
  });
  const twoWay = fields.reduce(
    (sum, { bidirectional }, bit) => sum + Number(bidirectional) * 2 ** bit,
    0,
  );
  const differs = `(${mask} & ${2 ** MASK_FIELDS - 1})`;
  const source = `(${mask} >> ${MASK_FIELDS})`;
  const destination = `(${mask} >> ${2 * MASK_FIELDS})`;
  const kept = `(${mask} & ${destination} & ~${source})`;
  return {
    name: mask,
    // A coupling whose partner is gone is compared with nothing.
    value: `CASE WHEN d.alive THEN ${bits.join(' | ')} ELSE 0 END`,
    faithful: { written: differs, conflicts: `(${mask} & ${twoWay})`, merges: '0' },
    improved: {
      written: facts.forced ? differs : `(${differs} & ~${kept})`,
      conflicts: `(${mask} & ${source} & ${destination})`,
      merges: kept,
    },
  };
}

/** The fields that a write changes, a bit for each of the first `WRITTEN_BITS`. */
export const writtenBits = (masks: readonly FieldMasks[]): string =>
  masks
    .slice(0, WRITTEN_BITS / MASK_FIELDS)
    .map(({ written }, part) => `(${written} << ${part * MASK_FIELDS})`)
    .join(' | ');

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
      const mask = masks[Math.floor(index / MASK_FIELDS)]?.[of] ?? '0';
      return `WHEN ${mask} & ${2 ** (index % MASK_FIELDS)} THEN ${index + 1}`;
    }),
  );
