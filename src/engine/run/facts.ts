import { TOLERANCE_MS } from '../constants.ts';
import type { CompiledRun } from './compiled.ts';
import type { rowFacts } from './decision.ts';
import type { TransferField } from './transfer.ts';

/** What belongs to a source row `s`: its coupling, its partner, and the versions that were last agreed on. */
export const partnersSql = ({ source, destination, own }: CompiledRun): string =>
  `LEFT JOIN coupling c ON c.${own.s}_rid = s.rid
  LEFT JOIN ${destination.rows} d ON d.rid = c.${own.d}_rid
  LEFT JOIN ${source.history} sb ON sb.rid = s.rid AND sb.seq = c.${own.s}_seq
  LEFT JOIN ${destination.history} db ON db.rid = d.rid AND db.seq = c.${own.d}_seq`;

type RowFact = (typeof rowFacts)[number];

/** The facts that both modes read alike. */
export const sharedFacts: readonly (readonly [RowFact, string])[] = [
  ['skipped', 'ifnull(c.skipped, 0)'],
  ['coupled', '(c.bc_rid IS NOT NULL)'],
  ['matched', '0'],
  ['destinationExists', 'ifnull(d.alive, 0)'],
];

export type ModeFacts = Readonly<
  Record<'sourceChanged' | 'destinationChanged' | 'differs' | 'conflicts' | 'merges', string>
>;

/** `bc-sync.md` 2.4 and 2.5: each side's clock against what the coupling remembers of it. */
export function faithfulFacts({ own, fields }: CompiledRun): ModeFacts {
  const newer = (side: 's' | 'd', direction: string): string => {
    const synched = `c.${own[side]}_synched`;
    return `(c.${direction}_result IS 2 OR ${synched} IS NULL OR ${side}.modified_at - ${synched} >= ${TOLERANCE_MS})`;
  };
  return {
    sourceChanged: newer('s', own.to),
    destinationChanged: newer('d', own.back),
    differs: anyOf([...fields.map(({ differs }) => differs), ...unreadable(fields)]),
    conflicts: anyOf(fields.filter(isBidirectional).map(({ differs }) => differs)),
    merges: '0',
  };
}

/** Versions and contents: a touched row is no change, and a clock decides nothing (`bc-sync.md` 9.1). */
export function improvedFacts(run: CompiledRun): ModeFacts {
  const { own, fields } = run;
  const both = fields.filter(isBidirectional);
  return {
    sourceChanged: `(c.${own.to}_result IS 2 OR s.seq IS NOT c.${own.s}_seq)`,
    destinationChanged: `(d.seq IS NOT c.${own.d}_seq)`,
    differs: anyOf([...fields.map((field) => writtenSql(run, field)), ...unreadable(fields)]),
    conflicts: anyOf(both.map((field) => conflictSql(run, field))),
    merges: anyOf(both.map((field) => `(${field.differs} AND ${ownChange(field)})`)),
  };
}

/** What can't be read across must not pass for equal. */
const unreadable = (fields: readonly TransferField[]): readonly string[] =>
  fields.flatMap(({ unresolved }) => unresolved ?? []);

const isBidirectional = ({ bidirectional }: TransferField): boolean => bidirectional;

/** The destination changed the field, and the source did not. */
const ownChange = ({ destinationChanged, sourceChanged }: TransferField): string =>
  `${destinationChanged} AND NOT ${sourceChanged}`;

export function conflictSql({ facts }: CompiledRun, field: TransferField): string {
  return facts.mode === 'faithful'
    ? field.differs
    : `(${field.differs} AND ${field.sourceChanged} AND ${field.destinationChanged})`;
}

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
