import type { SqlStore } from '../store/database.ts';
import type { BusinessRule } from '../model/table.ts';
import { columnOf } from '../store/rowTables.ts';
import { batchLines, type BatchLines } from './batchLines.ts';
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
import {
  anyBit,
  type FieldMasks,
  firstBit,
  pairMasks,
  WRITTEN_BITS,
  writtenBits,
} from './masks.ts';
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
export const planSql = (run: CompiledRun): PlanSql => ({
  isCoupled: `SELECT 1 FROM candidate k JOIN coupling c ON c.${run.own.s}_rid = k.rid WHERE k.n = ?`,
  uncoupled: uncoupledSql(run),
  coupled: coupledSql(run),
});

export interface PlanSql {
  /** 1 where the candidate with a number has a coupling. */
  readonly isCoupled: string;
  /** `line` is the one that all rows without a coupling take; undefined where some may fail. */
  readonly uncoupled: { readonly sql: string; readonly line: string | undefined };
  readonly coupled: string;
}

const WORK =
  'INSERT INTO work(n, s_rid, d_rid, line, deviates, faithful_line, kept, field, refused, written)';

/** They all take one line, whichever the mode, until something fails. */
function uncoupledSql(run: CompiledRun): PlanSql['uncoupled'] {
  const { source, facts, own } = run;
  const { columns, names } = failureColumns({
    ...failureSql(run),
    modifyRefused: '0',
    uncoupleRefused: '0',
  });
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
  const taken = decided?.line ?? '';
  const line = `'${taken}'`;
  // The coupling first: in a run that changes what is there, it leaves none of them. The row itself is not looked up
  // where nothing is asked of it: SQLite leaves out such a join.
  const rows = `FROM candidate k LEFT JOIN coupling c ON c.${own.s}_rid = k.rid LEFT JOIN ${source.rows} s ON s.rid = k.rid
  WHERE k.n BETWEEN ?1 AND ?2 AND c.bc_rid IS NULL`;
  const canFail = decided?.action === 'Insert' && columns.length > 0;
  if (!canFail) {
    const sql = `${WORK} SELECT k.n, k.rid, NULL, ${line}, 0, ${line}, 0, 0, 0, 0 ${rows}`;
    return { sql, line: taken };
  }
  const sql = `${WORK}
WITH fact AS MATERIALIZED (
  SELECT k.n, k.rid AS s_rid, ${line} AS line, ${columns.join(', ')} ${rows}
)
SELECT n, s_rid, NULL, ${failingLine(run, names)}, 0, ${line}, 0, ${names.unresolved}, ${names.insertRefused}, 0 FROM fact`;
  return { sql, line: undefined };
}

/**
 * Everything that is asked of the rows of a pair, in one join; then, of what was answered alone, the line of the
 * decision table. The offsets keep SQLite from working out an answer again wherever it is used, and unlike tables that
 * are materialized they hand on row by row.
 */
function coupledSql(run: CompiledRun): string {
  const { source, fields, facts, own } = run;
  const { columns: failures, names } = failureColumns(failureSql(run));
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
    ...masks.map(({ name, value }) => `${value} AS ${name}`),
    ...failures,
  ];
  const line = lineSql(facts, factColumn(told, sidesOfPair, names));
  const faithfulLine = isImproved
    ? lineSql({ ...facts, mode: 'faithful' }, factColumn(toldByClock, clockOfPair, names))
    : line;
  const asked = [...masks.map(({ name }) => name), ...Object.values(names)];
  const kept = asked.filter((name) => name !== '0').join(', ');
  return `${WORK}
WITH pair AS (
  SELECT k.n, s.rid AS s_rid, d.rid AS d_rid, ${columns.join(', ')}
  FROM candidate k CROSS JOIN ${source.rows} s ON s.rid = k.rid CROSS JOIN coupling c ON c.${own.s}_rid = s.rid ${partnersOfCouplingSql(run)}
  WHERE k.n BETWEEN ?1 AND ?2 LIMIT -1 OFFSET 0
), decided AS (
  SELECT n, s_rid, d_rid, ${kept}, ${line} AS line, ${faithfulLine} AS faithful_line FROM pair LIMIT -1 OFFSET 0
)
SELECT n, s_rid, d_rid, ${failingLine(run, names)}, line IS NOT faithful_line, faithful_line, ${anyBit(told, 'merges')},
  ${caseOf([`WHEN line = '13' THEN ${firstBit(fields, told, 'conflicts')}`, ...whenIn(names.unresolved, writingLines, names.unresolved)])},
  ${caseOf([...whenIn(names.insertRefused, insertLines, names.insertRefused), ...whenIn(names.modifyRefused, modifyLines, names.modifyRefused)])}, ${writtenBits(told)}
FROM decided`;
}

const sidesOfPair = { sourceChanged: 'sourceChanged', destinationChanged: 'destinationChanged' };
const clockOfPair = { sourceChanged: 'sourceNewer', destinationChanged: 'destinationNewer' };

/** The facts of a pair over the columns of `pair`. */
const factColumn =
  (masks: readonly FieldMasks[], sides: SideFacts, { unresolved }: FailureSql) =>
  (fact: (typeof rowFacts)[number]): string =>
    ({
      skipped: 'skipped',
      coupled: '1',
      matched: '0',
      destinationExists: 'destinationExists',
      ...sides,
      // What can't be read across must not pass for equal.
      differs: `(${anyBit(masks, 'written')} OR ${unresolved} > 0)`,
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

/** What may happen at all, each in a column of its name; the name of any other is 0. */
function failureColumns(failures: FailureSql): {
  readonly columns: readonly string[];
  readonly names: FailureSql;
} {
  const nameOf = (name: keyof FailureSql): string => (failures[name] === '0' ? '0' : name);
  const names: FailureSql = {
    unresolved: nameOf('unresolved'),
    insertRefused: nameOf('insertRefused'),
    modifyRefused: nameOf('modifyRefused'),
    uncoupleRefused: nameOf('uncoupleRefused'),
  };
  const columns = Object.entries(failures).flatMap(([name, sql]) =>
    sql === '0' ? [] : [`${sql} AS ${name}`],
  );
  return { columns, names };
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
  return bit < WRITTEN_BITS
    ? `CASE WHEN w.written >> ${bit} & 1 THEN ${field.value} ELSE d.${field.column} END`
    : modifiedSql(run, field);
}

/** The value of a field of an existing destination after the write. */
export const modifiedSql = (run: CompiledRun, field: TransferField): string =>
  `CASE WHEN ${writtenSql(run, field)} THEN ${field.value} ELSE d.${field.column} END`;

/** A write that can't succeed ends in the line that says so (`bc-sync.md` 2.3 rows 17 and 18, 2.2). */
function failingLine(
  { destination }: CompiledRun,
  { unresolved, insertRefused, modifyRefused, uncoupleRefused }: FailureSql,
): string {
  const rules = destination.definition.rules ?? [];
  const lineOfRule = rules.map(
    ({ on }, index) =>
      `WHEN ${index + 1} THEN '${on === 'find' ? failureLines.unhandled.line : on === 'validate' ? failureLines.transfer.line : failureLines.write.line}'`,
  );
  const { line: unhandled } = failureLines.unhandled;
  const refusal = (column: string): string =>
    rules.length === 0
      ? `'${unhandled}'`
      : `CASE ${column} ${lineOfRule.join(' ')} ELSE '${unhandled}' END`;
  const cases = [
    ...whenIn(unresolved, writingLines, `'${failureLines.transfer.line}'`),
    ...whenIn(insertRefused, insertLines, refusal(insertRefused)),
    ...whenIn(modifyRefused, modifyLines, refusal(modifyRefused)),
    ...whenIn(uncoupleRefused, ['7'], `'5'`),
  ];
  return cases.length === 0 ? 'line' : `CASE ${cases.join(' ')} ELSE line END`;
}

/** A case for rows of some lines where something fails, if it may. The number first: it is nearly always 0. */
const whenIn = (column: string, lines: readonly string[], result: string): readonly string[] =>
  column === '0' ? [] : [`WHEN ${column} <> 0 AND ${inLines(lines)} THEN ${result}`];

const quoted = (lines: readonly string[]): string => lines.map((line) => `'${line}'`).join(', ');

export const inLines = (lines: readonly string[]): string => `line IN (${quoted(lines)})`;

const writingLines = [...insertLines, ...modifyLines];

/** Decides the candidates numbered `from` to `to`. */
export function plan(
  store: SqlStore,
  { isCoupled, uncoupled, coupled }: PlanSql,
  from: number,
  to: number,
): BatchLines {
  store.run('DELETE FROM work');
  const size = to - from + 1;
  // Mostly all are of one kind: that of the first comes first, and the other is not looked for.
  if (store.value(isCoupled, [from]) === 1) {
    if (store.run(coupled, [from, to]) < size) store.run(uncoupled.sql, [from, to]);
    return batchLines(store);
  }
  const alone = store.run(uncoupled.sql, [from, to]);
  if (alone === size && uncoupled.line !== undefined) {
    return { rows: new Map([[uncoupled.line, size]]), deviations: 0, isKeeping: false };
  }
  if (alone < size) store.run(coupled, [from, to]);
  return batchLines(store);
}
