import type { SqlStore } from '../store/database.ts';
import type { BusinessRule } from '../model/table.ts';
import { columnOf } from '../store/rowTables.ts';
import type { CompiledRun } from './compiled.ts';
import { failureLines, lineFor, lineSql, linesThat, type rowFacts } from './decision.ts';
import {
  caseOf,
  faithfulSides,
  firstOf,
  improvedSides,
  partnersOfCouplingSql,
  type SideFacts,
  writtenSql,
} from './facts.ts';
import { anyBit, type FieldMasks, firstBit, MASK_BITS, pairMasks } from './masks.ts';
import { insertedSql, sourceViewSql, templateNamed, templatesOf, templateSql } from './newRow.ts';
import { rulesOf } from './rules.ts';
import type { TransferField } from './transfer.ts';
import { sqlOfView } from './view.ts';

export const insertLines = linesThat(({ action }) => action === 'Insert');
export const modifyLines = linesThat(({ action }) => action === 'Modify');

/**
 * The statements that decide the candidates numbered ?1 to ?2. Rows without a coupling have nothing to be compared
 * with, and an initial run knows no others: they are decided at a third of the cost.
 */
export const planSql = (run: CompiledRun): readonly string[] => [
  uncoupledSql(run),
  coupledSql(run),
];

const WORK =
  'INSERT INTO work(n, s_rid, d_rid, line, deviates, faithful_line, kept, field, refused, written)';

/** They all take one line, whichever the mode, until something fails. */
function uncoupledSql(run: CompiledRun): string {
  const { source, facts, own } = run;
  const { unresolved, insertRefused } = failureSql(run);
  const decided = lineFor({
    ...facts,
    skipped: false,
    coupled: false,
    matched: false,
    destinationExists: false,
    sourceChanged: false,
    destinationChanged: false,
    differs: false,
    conflicts: false,
    merges: false,
  });
  const line = `'${decided?.line ?? ''}'`;
  // The coupling first: in a run that changes what is there, it leaves none of them.
  const rows = `FROM candidate k LEFT JOIN coupling c ON c.${own.s}_rid = k.rid CROSS JOIN ${source.rows} s ON s.rid = k.rid
  WHERE k.n BETWEEN ?1 AND ?2 AND c.bc_rid IS NULL`;
  if (decided?.action !== 'Insert') {
    return `${WORK} SELECT k.n, s.rid, NULL, ${line}, 0, ${line}, 0, 0, 0, 0 ${rows}`;
  }
  return `${WORK}
WITH fact AS MATERIALIZED (
  SELECT k.n, s.rid AS s_rid, ${line} AS line, ${unresolved} AS unresolved, ${insertRefused} AS insert_refused,
    0 AS modify_refused, 0 AS uncouple_refused ${rows}
)
SELECT n, s_rid, NULL, ${failingLine(run)}, 0, ${line}, 0, unresolved, insert_refused, 0 FROM fact`;
}

/**
 * Everything that is asked of the rows of a pair, in one join; then, of what was answered alone, the line of the
 * decision table.
 */
function coupledSql(run: CompiledRun): string {
  const { source, fields, facts, own } = run;
  const failures = failureSql(run);
  const masks = pairMasks(run);
  const told = masks.map((each) => each[facts.mode]);
  const toldByClock = masks.map(({ faithful }) => faithful);
  const isImproved = facts.mode === 'improved';
  const sides = isImproved ? improvedSides(run) : faithfulSides(run);
  const clock = faithfulSides(run);
  const columns = [
    'ifnull(c.skipped, 0) AS skipped',
    'ifnull(d.alive, 0) AS destinationExists',
    `${sides.sourceChanged} AS sourceChanged`,
    `${sides.destinationChanged} AS destinationChanged`,
    ...(isImproved
      ? [`${clock.sourceChanged} AS sourceNewer`, `${clock.destinationChanged} AS destinationNewer`]
      : []),
    ...masks.flatMap((each) => each.columns),
    `${failures.unresolved} AS unresolved`,
    `${failures.insertRefused} AS insert_refused`,
    `${failures.modifyRefused} AS modify_refused`,
    `${failures.uncoupleRefused} AS uncouple_refused`,
  ];
  const line = lineSql(facts, factColumn(told, sidesOfPair));
  const faithfulLine = isImproved
    ? lineSql({ ...facts, mode: 'faithful' }, factColumn(toldByClock, clockOfPair))
    : 'line';
  return `${WORK}
WITH pair AS MATERIALIZED (
  SELECT k.n, s.rid AS s_rid, d.rid AS d_rid, ${columns.join(', ')}
  FROM candidate k CROSS JOIN ${source.rows} s ON s.rid = k.rid CROSS JOIN coupling c ON c.${own.s}_rid = s.rid ${partnersOfCouplingSql(run)}
  WHERE k.n BETWEEN ?1 AND ?2
), decided AS MATERIALIZED (
  SELECT *, ${line} AS line FROM pair
)
SELECT n, s_rid, d_rid, ${failingLine(run)}, line IS NOT ${faithfulLine}, ${faithfulLine}, ${anyBit(told, 'merges')},
  CASE WHEN line IN (${quoted(['13'])}) THEN ${firstBit(fields, told, 'conflicts')} WHEN ${writes} THEN unresolved ELSE 0 END,
  CASE WHEN line IN (${quoted(insertLines)}) THEN insert_refused WHEN line IN (${quoted(modifyLines)}) THEN modify_refused ELSE 0 END, ${told[0]?.written ?? '0'}
FROM decided`;
}

const sidesOfPair = { sourceChanged: 'sourceChanged', destinationChanged: 'destinationChanged' };
const clockOfPair = { sourceChanged: 'sourceNewer', destinationChanged: 'destinationNewer' };

/** The facts of a pair over the columns of `pair`. */
const factColumn =
  (masks: readonly FieldMasks[], sides: SideFacts) =>
  (fact: (typeof rowFacts)[number]): string =>
    ({
      skipped: 'skipped',
      coupled: '1',
      matched: '0',
      destinationExists: 'destinationExists',
      ...sides,
      // What can't be read across must not pass for equal.
      differs: `(${anyBit(masks, 'written')} OR unresolved > 0)`,
      conflicts: anyBit(masks, 'conflicts'),
      merges: anyBit(masks, 'merges'),
    })[fact];

interface FailureSql {
  /** The number of the first field that can't be read across. */
  readonly unresolved: string;
  /** The number of the rule that refuses; minus the number of the template that is missing. */
  readonly insertRefused: string;
  readonly modifyRefused: string;
  /** The survivor can't be taken out of its company (`bc-oracle.md` D17). */
  readonly uncoupleRefused: string;
}

function failureSql(run: CompiledRun): FailureSql {
  const { fields, destination, source } = run;
  const ownRefusals = rulesOf(source, 'modify').map(
    ({ when }, index) => `WHEN ${sourceViewSql(run, when)} THEN ${index + 1}`,
  );
  const rules = destination.definition.rules ?? [];
  const refusals = (on: 'insert' | 'modify'): readonly string[] =>
    rules.flatMap((rule, index) => {
      const condition = ruleSql(run, rule, on);
      return condition === undefined ? [] : [`WHEN ${condition} THEN ${index + 1}`];
    });
  const missing = templatesOf(run).flatMap(({ code }, index) =>
    templateNamed(run, code) === undefined
      ? [`WHEN ${templateSql(run)} = ${index + 1} THEN ${-index - 1}`]
      : [],
  );
  return {
    unresolved: firstOf(fields, ({ unresolved }) => unresolved),
    insertRefused: caseOf([...refusals('insert'), ...missing]),
    modifyRefused: caseOf(refusals('modify')),
    uncoupleRefused: source.definition.companyField === undefined ? '0' : caseOf(ownRefusals),
  };
}

function ruleSql(
  run: CompiledRun,
  rule: BusinessRule,
  on: 'insert' | 'modify',
): string | undefined {
  const { destination, fields } = run;
  const applies = rule.on === on || rule.on === 'find' || rule.on === 'validate';
  if (!applies) return undefined;
  const column = (name: string): string | undefined => {
    const stored = destination.columns.find(
      ({ field }) => field.name.toLowerCase() === name.toLowerCase(),
    );
    if (stored === undefined) return undefined;
    if (on === 'insert') return insertedSql(run, stored, '0');
    const field = fields.find((transfer) => transfer.column === stored.column);
    return field === undefined ? `d.${stored.column}` : modifiedSql(run, field);
  };
  const condition = sqlOfView(rule.when, destination, column);
  if (rule.on !== 'validate') return condition;
  const validated = fields.find(
    (field) => field.validates && field.column === columnOf(destination, rule.field ?? ''),
  );
  if (validated === undefined) return undefined;
  return on === 'insert' ? condition : `(${writtenSql(run, validated)} AND ${condition})`;
}

/** The same once the row is planned: what is written was kept as a bit. */
export function plannedSql(run: CompiledRun, field: TransferField): string {
  const bit = run.fields.indexOf(field);
  return bit < MASK_BITS
    ? `CASE WHEN w.written >> ${bit} & 1 THEN ${field.value} ELSE d.${field.column} END`
    : modifiedSql(run, field);
}

/** The value of a field of an existing destination after the write. */
export const modifiedSql = (run: CompiledRun, field: TransferField): string =>
  `CASE WHEN ${writtenSql(run, field)} THEN ${field.value} ELSE d.${field.column} END`;

/** A write that can't succeed ends in the line that says so (`bc-sync.md` 2.3 rows 17 and 18, 2.2). */
function failingLine({ destination }: CompiledRun): string {
  const rules = destination.definition.rules ?? [];
  const lineOfRule = rules.map(
    ({ on }, index) =>
      `WHEN ${index + 1} THEN '${on === 'find' ? failureLines.unhandled.line : on === 'validate' ? failureLines.transfer.line : failureLines.write.line}'`,
  );
  const refusal = (column: string): string =>
    `WHEN ${column} < 0 THEN '${failureLines.unhandled.line}' WHEN ${column} > 0 THEN CASE ${column} ${lineOfRule.join(' ')} END`;
  const has = lineOfRule.length > 0;
  const onInsert = has
    ? refusal('insert_refused')
    : `WHEN insert_refused < 0 THEN '${failureLines.unhandled.line}'`;
  const onModify = has ? refusal('modify_refused') : '';
  return `CASE WHEN ${writes} AND unresolved > 0 THEN '${failureLines.transfer.line}'
    WHEN line IN (${quoted(insertLines)}) THEN CASE ${onInsert} ELSE line END
    WHEN line IN (${quoted(modifyLines)}) THEN ${onModify === '' ? 'line' : `CASE ${onModify} ELSE line END`}
    WHEN line = '7' AND uncouple_refused > 0 THEN '5'
    ELSE line END`;
}

const quoted = (lines: readonly string[]): string => lines.map((line) => `'${line}'`).join(', ');

export const inLines = (lines: readonly string[]): string => `line IN (${quoted(lines)})`;

const writes = inLines([...insertLines, ...modifyLines]);

export function plan(
  store: SqlStore,
  statements: readonly string[],
  from: number,
  to: number,
): void {
  store.run('DELETE FROM work');
  let left = to - from + 1;
  for (const sql of statements) if (left > 0) left -= store.run(sql, [from, to]);
}
