import type { Engine } from '../engine.ts';
import {
  EngineRefusal,
  foreignText,
  type EngineMessage,
  message,
  signatureOf,
} from '../model/message.ts';
import type { BusinessRule } from '../model/table.ts';
import { addError } from '../store/errors.ts';
import type { Cell, SqlStore } from '../store/database.ts';
import { changeSettings, readSettings } from '../store/settings.ts';
import type { RowTable } from '../store/rowTables.ts';
import type { CompiledRun } from './compiled.ts';
import { decisionTable, failureLines } from './decision.ts';
import { coupledTables } from './lookups.ts';
import { templatesOf } from './newRow.ts';
import { inLines } from './plan.ts';
import { readSql } from './readSql.ts';

export interface FailedRow {
  readonly line: string;
  readonly sourceRid: number;
  readonly destinationRid: number | undefined;
  /** The number of the field, from 1, that the failure is about. */
  readonly field: number;
  /** The number of the rule, from 1; minus that of the missing template. */
  readonly refused: number;
}

const failingLines = [
  ...decisionTable.filter(({ action }) => action === 'Fail').map(({ line }) => line),
  ...Object.values(failureLines).map(({ line }) => line),
];

/**
 * Writes the error lines of a batch and marks the couplings. The same text twice in one direction makes a row Skipped
 * (`bc-sync.md` 2.7); the improved mode never skips what another try may cure.
 *
 * @returns how many rows failed and how many of them became Skipped.
 */
export function recordFailures(
  engine: Engine,
  run: CompiledRun,
  job: number,
): { readonly failed: number; readonly skipped: number } {
  const failed = { failed: 0, skipped: 0 };
  for (const row of failedRows(engine)) {
    const { text, isTransient } = describe(engine, run, row);
    failed[recordFailure(engine, run, job, { ...row, text, isTransient })] += 1;
  }
  return failed;
}

const failedRows = ({ store }: Engine): readonly FailedRow[] =>
  store
    .rows(`SELECT line, s_rid, d_rid, field, refused FROM work WHERE ${inLines(failingLines)}`)
    .map(([line, sourceRid, destinationRid, field, refused]) => ({
      line: String(line),
      sourceRid: Number(sourceRid),
      destinationRid: destinationRid === null ? undefined : Number(destinationRid),
      field: Number(field),
      refused: Number(refused),
    }));

export function recordFailure(
  { store, clock }: Engine,
  { own, source, facts, mapping, direction }: CompiledRun,
  job: number,
  failure: Pick<FailedRow, 'line' | 'sourceRid' | 'destinationRid'> & {
    readonly text: EngineMessage;
    readonly isTransient: boolean;
  },
): 'failed' | 'skipped' {
  const { line, sourceRid, destinationRid, text, isTransient } = failure;
  const now = clock.BusinessCentral();
  disableConnection(store, text);
  addError(store, {
    job,
    sourceRid,
    destinationRid,
    message: text,
    at: now,
    line,
    transient: isTransient,
  });
  const [coupling] = store.rows(
    `SELECT ${own.to}_result, ${own.to}_text FROM coupling WHERE ${own.s}_rid = ?`,
    [sourceRid],
  );
  if (coupling === undefined) {
    if (facts.mode === 'improved') {
      store.run(
        `INSERT INTO pending VALUES(?1, ?2, ?3, 1, ?4) ON CONFLICT DO UPDATE SET attempts = attempts + 1, not_before = ?4`,
        [mapping.parentName ?? mapping.name, direction, sourceRid, now],
      );
    }
    return 'failed';
  }
  // Document lines carry no marks at all (`bc-oracle.md` B22).
  if (source.definition.isChild === true) return 'failed';
  const signature = signatureOf(text);
  const isRepeated = coupling[0] === 2 && coupling[1] === signature;
  const isSkipped = isRepeated && !(isTransient && facts.mode === 'improved');
  store.run(
    `UPDATE coupling SET ${own.to}_result = 2, ${own.to}_job = ?, ${own.to}_text = ?, skipped = max(skipped, ?) WHERE ${own.s}_rid = ?`,
    [job, signature, isSkipped ? 1 : 0, sourceRid],
  );
  return isSkipped ? 'skipped' : 'failed';
}

/** A role that may not create rows makes every further try pointless (`bc-sync.md` 2.15). */
function disableConnection(store: SqlStore, text: EngineMessage): void {
  const signature = signatureOf(text);
  if (!signature.includes('CrmCreate') || !signature.includes('prvCreate')) return;
  const error = text.args?.['error'] ?? text;
  const reason = typeof error === 'object' ? error.args?.['text'] : error;
  changeSettings(store, {
    ...readSettings(store),
    connectionEnabled: false,
    connectionDisabledReason: typeof reason === 'object' ? reason.code : String(reason ?? ''),
  });
}

interface Described {
  readonly text: EngineMessage;
  readonly isTransient: boolean;
}

function describe(engine: Engine, run: CompiledRun, row: FailedRow): Described {
  const { source, destination } = run;
  const rule = destination.definition.rules?.[row.refused - 1];
  const isTransient = rule?.transient === true;
  const record = captionOf(destination);
  switch (row.line) {
    case '5':
      return { text: message('coupledToDeleted', { record: captionOf(source) }), isTransient };
    case '8':
      return {
        text: message('modifyingFailed', { record, error: message('recordNotFound', { record }) }),
        isTransient,
      };
    case '13':
      return { text: conflictText(run, row), isTransient };
    case failureLines.transfer.line:
      return {
        text: message('transferFailed', {
          error: rule === undefined ? lookupText(engine, run, row) : foreignText(rule.error),
        }),
        isTransient,
      };
    case failureLines.write.line:
      return { text: message('modifyingFailed', { record, error: textOfRule(rule) }), isTransient };
    default:
      return { text: rule === undefined ? templateText(run, row) : textOfRule(rule), isTransient };
  }
}

export const captionOf = ({ definition }: RowTable): string =>
  definition.caption ?? definition.name;

const textOfRule = (rule: BusinessRule | undefined): EngineMessage =>
  foreignText(rule?.error ?? '');

/** Names both tables and the first bidirectional pair of fields that differs (`bc-oracle.md` C18). */
function conflictText({ source, destination, fields }: CompiledRun, row: FailedRow): EngineMessage {
  const field = fields[row.field - 1];
  return message('conflict', {
    source: captionOf(source),
    destination: captionOf(destination),
    field: field?.source?.name ?? '',
    destinationField: field?.destination.name ?? '',
  });
}

function templateText(run: CompiledRun, { refused }: FailedRow): EngineMessage {
  const code = templatesOf(run)[-refused - 1]?.code ?? '';
  return message('templateNotFound', { code });
}

function lookupText({ store }: Engine, run: CompiledRun, row: FailedRow): EngineMessage {
  const field = run.fields[row.field - 1];
  const origin = field?.source;
  if (field === undefined || origin === undefined) throw new EngineRefusal(message('text'));
  const names = {
    table: origin.relation?.table ?? '',
    field: origin.name,
  };
  if (coupledTables(origin, field.destination, run) === undefined) {
    return message('mustBeMapped', {
      ...names,
      otherTable: field.destination.relation?.table ?? '',
      otherField: field.destination.name,
    });
  }
  const value: Cell = store.value(
    `SELECT ${readSql(run.source, origin, 's', run.all)} FROM ${run.source.rows} s WHERE s.rid = ?`,
    [row.sourceRid],
  );
  return message('mustBeCoupled', { table: names.table, value: value ?? '' });
}
