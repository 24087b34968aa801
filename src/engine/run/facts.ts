import { TOLERANCE_MS } from '../constants.ts';
import type { CompiledRun } from './compiled.ts';
import type { TransferField } from './transfer.ts';

/** What belongs to a source row `s`: its coupling, its partner, and the versions that were last agreed on. */
export const partnersSql = (run: CompiledRun): string =>
  `LEFT JOIN coupling c ON c.${run.own.s}_rid = s.rid ${partnersOfCouplingSql(run)}`;

/** The same where the coupling is there. */
export const partnersOfCouplingSql = ({ source, destination, own }: CompiledRun): string =>
  `LEFT JOIN ${destination.rows} d ON d.rid = c.${own.d}_rid
  LEFT JOIN ${source.history} sb ON sb.rid = s.rid AND sb.seq = c.${own.s}_seq
  LEFT JOIN ${destination.history} db ON db.rid = d.rid AND db.seq = c.${own.d}_seq`;

/** Which side changed since both were last agreed on; over the rows of a pair. */
export interface SideFacts {
  readonly sourceChanged: string;
  readonly destinationChanged: string;
}

/** `bc-sync.md` 2.4 and 2.5: each side's clock against what the coupling remembers of it. */
export function faithfulSides({ own }: CompiledRun): SideFacts {
  const newer = (side: 's' | 'd', direction: string): string => {
    const synched = `c.${own[side]}_synched`;
    return `(c.${direction}_result IS 2 OR ${synched} IS NULL OR ${side}.modified_at - ${synched} >= ${TOLERANCE_MS})`;
  };
  return { sourceChanged: newer('s', own.to), destinationChanged: newer('d', own.back) };
}

/** Versions and contents: a touched row is no change, and a clock decides nothing (`bc-sync.md` 9.1). */
export const improvedSides = ({ own }: CompiledRun): SideFacts => ({
  sourceChanged: `(c.${own.to}_result IS 2 OR s.seq IS NOT c.${own.s}_seq)`,
  destinationChanged: `(d.seq IS NOT c.${own.d}_seq)`,
});

/** The faithful mode's view of one pair. */
export const faithfulFacts = (run: CompiledRun): SideFacts & { readonly conflicts: string } => ({
  ...faithfulSides(run),
  conflicts: anyOf(run.fields.filter(isBidirectional).map(({ differs }) => differs)),
});

const isBidirectional = ({ bidirectional }: TransferField): boolean => bidirectional;

/** The destination changed the field, and the source did not. */
const ownChange = ({ destinationChanged, sourceChanged }: TransferField): string =>
  `${destinationChanged} AND NOT ${sourceChanged}`;

/** Whether a field of an existing destination is written: what only the destination changed is its own. */
export function writtenSql({ facts }: CompiledRun, field: TransferField): string {
  const keeps = facts.mode === 'improved' && !facts.forced && field.bidirectional;
  return keeps ? `(${field.differs} AND NOT (${ownChange(field)}))` : field.differs;
}

export const anyOf = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '0' : `(${conditions.join(' OR ')})`;

export const caseOf = (cases: readonly string[]): string =>
  cases.length === 0 ? '0' : `CASE ${cases.join(' ')} ELSE 0 END`;

/** The number, from 1, of the first field for which a condition holds; 0 for none. */
export const firstOf = (
  fields: readonly TransferField[],
  condition: (field: TransferField) => string | undefined,
): string =>
  caseOf(
    fields.flatMap((field, index) => {
      const sql = condition(field);
      return sql === undefined ? [] : [`WHEN ${sql} THEN ${index + 1}`];
    }),
  );
