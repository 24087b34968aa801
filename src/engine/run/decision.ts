import type { DeletionConflictResolution, UpdateConflictResolution } from '../model/mapping.ts';
import type { EngineMode } from '../model/project.ts';
import type { SideName } from '../model/side.ts';

/** What is known of a row of a run before it is decided. Those of the first group hold for the whole run. */
export interface DecisionFacts {
  readonly mode: EngineMode;
  /** The side the row is read from. */
  readonly source: SideName;
  /** Manual runs force, but for Skipped rows. */
  readonly forced: boolean;
  readonly bidirectional: boolean;
  readonly onlyCoupled: boolean;
  readonly deletion: DeletionConflictResolution;
  readonly update: UpdateConflictResolution;

  readonly skipped: boolean;
  readonly coupled: boolean;
  /** A partner without a coupling that a subscriber found. */
  readonly matched: boolean;
  readonly destinationExists: boolean;
  readonly sourceChanged: boolean;
  readonly destinationChanged: boolean;
  /** Whether the transfer would change the destination. */
  readonly differs: boolean;
  /** Faithful: a bidirectional field differs. Improved: both sides changed one since the base, and not alike. */
  readonly conflicts: boolean;
  /** Improved: the destination has changes of its own that the source has not overwritten. */
  readonly merges: boolean;
}

export type DecisionAction =
  | 'Insert'
  | 'Modify'
  | 'Unchanged'
  /** Left alone and counted. */
  | 'Skip'
  /** Left alone and not even counted. */
  | 'Ignore'
  | 'Uncouple'
  | 'Fail';

export interface DecisionLine {
  /** The number in `bc-sync.md` 2.3; a letter tells lines of the same number apart. */
  readonly line: string;
  readonly when: Partial<DecisionFacts>;
  readonly action: DecisionAction;
  /** Couples the pair, moves its timestamps and sets the direction's result to Success. */
  readonly settles?: boolean;
  /** The code of the message; see l10n/engine.en.json. */
  readonly error?: string;
  /** The destination's stored timestamp is dated back, so that the other direction still runs. */
  readonly backdates?: boolean;
}

const SEND = 'Send data update to integration table';
const GET = 'Get data update from integration table';

const bothExist = { coupled: true, destinationExists: true } as const;
const partnerGone = { coupled: true, destinationExists: false } as const;
const clash = { ...bothExist, bidirectional: true, destinationChanged: true } as const;
const conflict = { ...bothExist, bidirectional: true, conflicts: true } as const;

/** The decision table of one record step, `bc-sync.md` 2.3. The first line that fits is taken. */
export const decisionTable: readonly DecisionLine[] = [
  { line: '1', when: { skipped: true }, action: 'Skip' },
  { line: '4', when: { coupled: false, matched: true }, action: 'Modify', settles: true },
  { line: '2', when: { coupled: false, onlyCoupled: true }, action: 'Ignore' },
  { line: '3', when: { coupled: false }, action: 'Insert', settles: true },

  { line: '8', when: { ...partnerGone, forced: true }, action: 'Fail', error: 'modifyingFailed' },
  {
    line: '6',
    when: { ...partnerGone, deletion: 'Restore Records' },
    action: 'Insert',
    settles: true,
  },
  { line: '7', when: { ...partnerGone, deletion: 'Remove Coupling' }, action: 'Uncouple' },
  { line: '5', when: partnerGone, action: 'Fail', error: 'coupledToDeleted' },

  { line: '16', when: { ...bothExist, forced: true }, action: 'Modify', settles: true },
  { line: '9', when: { ...bothExist, sourceChanged: false }, action: 'Unchanged' },

  // Improved: three versions per field decide (`bc-sync.md` 2.5), so a conflict is looked for first of all.
  {
    line: '14',
    when: { mode: 'improved', ...conflict, update: SEND, source: 'BusinessCentral' },
    action: 'Modify',
    settles: true,
  },
  {
    line: '14s',
    when: { mode: 'improved', ...conflict, update: SEND, source: 'Dataverse' },
    action: 'Skip',
  },
  {
    line: '15',
    when: { mode: 'improved', ...conflict, update: GET, source: 'Dataverse' },
    action: 'Modify',
    settles: true,
  },
  {
    line: '15s',
    when: { mode: 'improved', ...conflict, update: GET, source: 'BusinessCentral' },
    action: 'Skip',
  },
  { line: '13', when: { mode: 'improved', ...conflict }, action: 'Fail', error: 'conflict' },
  { line: '11', when: { ...bothExist, differs: false }, action: 'Unchanged', settles: true },
  {
    line: '12m',
    when: { mode: 'improved', ...bothExist, merges: true },
    action: 'Modify',
    settles: true,
  },
  { line: '10', when: { mode: 'improved', ...bothExist }, action: 'Modify', settles: true },

  {
    line: '10',
    when: { ...bothExist, destinationChanged: false },
    action: 'Modify',
    settles: true,
  },
  { line: '10', when: { ...bothExist, bidirectional: false }, action: 'Modify', settles: true },
  {
    line: '12',
    when: { ...clash, conflicts: false },
    action: 'Modify',
    settles: true,
    backdates: true,
  },
  {
    line: '14',
    when: { ...clash, update: SEND, source: 'BusinessCentral' },
    action: 'Modify',
    settles: true,
  },
  { line: '14s', when: { ...clash, update: SEND, source: 'Dataverse' }, action: 'Skip' },
  {
    line: '15',
    when: { ...clash, update: GET, source: 'Dataverse' },
    action: 'Modify',
    settles: true,
  },
  { line: '15s', when: { ...clash, update: GET, source: 'BusinessCentral' }, action: 'Skip' },
  { line: '13', when: clash, action: 'Fail', error: 'conflict' },
];

/** Lines that a planned write ends in if it fails; they come after the table. */
export const failureLines = {
  /** The values could not be read across: a lookup, a template, a validation. */
  transfer: { line: '17', action: 'Fail', error: 'transferFailed' },
  /** The destination refused. */
  write: { line: '18', action: 'Fail', error: 'modifyingFailed' },
  /** Something outside the table failed: a subscriber, a missing template (`bc-sync.md` 2.2). */
  unhandled: { line: '2.2', action: 'Fail', error: 'text' },
} as const;

/** The lines with an action, each once. */
export const linesThat = (fits: (line: DecisionLine) => boolean): readonly string[] => [
  ...new Set(decisionTable.filter(fits).map(({ line }) => line)),
];

/** The line that facts lead to: the same reading as the SQL of `lineSql`, which a test holds together. */
export const lineFor = (facts: DecisionFacts): DecisionLine | undefined =>
  decisionTable.find(({ when }) => matches(when, facts));

const matches = (when: Partial<DecisionFacts>, facts: Partial<DecisionFacts>): boolean =>
  Object.entries(when).every(
    ([name, wanted]) => !(name in facts) || facts[name as keyof DecisionFacts] === wanted,
  );

/** Facts of a single row, and the columns that `plan.ts` keeps them in. */
export const rowFacts = [
  'skipped',
  'coupled',
  'matched',
  'destinationExists',
  'sourceChanged',
  'destinationChanged',
  'differs',
  'conflicts',
  'merges',
] as const satisfies readonly (keyof DecisionFacts)[];

export type RunFacts = Omit<DecisionFacts, (typeof rowFacts)[number]>;

/** The table as SQL over the columns of the row facts, without the lines that a run can't reach. */
export function lineSql(
  run: RunFacts,
  column: (fact: (typeof rowFacts)[number]) => string,
): string {
  const cases = decisionTable
    .filter(({ when }) => matches(when, run))
    .map(({ line, when }) => {
      const conditions = rowFacts.flatMap((fact) => {
        const wanted = when[fact];
        return wanted === undefined ? [] : [`${wanted ? '' : 'NOT '}${column(fact)}`];
      });
      return `WHEN ${conditions.length === 0 ? '1' : conditions.join(' AND ')} THEN '${line}'`;
    });
  return `CASE ${cases.join(' ')} END`;
}
