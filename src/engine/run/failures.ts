import type { Engine } from '../engine.ts';
import {
  EngineRefusal,
  foreignText,
  type EngineMessage,
  message,
  signatureOf,
} from '../model/message.ts';
import type { BusinessRule } from '../model/table.ts';
import type { Cell, SqlStore } from '../store/database.ts';
import { changeSettings, readSettings } from '../store/settings.ts';
import { type RowTable, storedField, type StoredField } from '../store/rowTables.ts';
import { type BatchLines, rowsIn } from './batchLines.ts';
import type { CompiledRun } from './compiled.ts';
import { failureLines, linesThat } from './decision.ts';
import { coupledTables } from './lookups.ts';
import { insertedSql, templatesOf } from './newRow.ts';
import { inLines } from './plan.ts';
import { readSql } from './readSql.ts';

/** Rows of a batch that fail alike: nothing but a value of the row itself could make their texts differ. */
interface Failures {
  readonly line: string;
  /** The number of the field, from 1, that the failure is about. */
  readonly field: number;
  /** The number of the rule, from 1; minus that of the missing template. */
  readonly refused: number;
  /** The row, where its text is about a value of its own. */
  readonly row: number | undefined;
}

const failingLines = [
  ...linesThat(({ action }) => action === 'Fail'),
  ...Object.values(failureLines).map(({ line }) => line),
];

/** Lines that only rows with a coupling fail with. */
const pairLines = linesThat(({ action, when }) => action === 'Fail' && when.coupled === true);

const conflictLine = '13';

/** Lines whose text may name a value of the row: a lookup without a partner, a key that is taken. */
const ownTextLines = [failureLines.transfer.line, failureLines.write.line];

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
  lines: BatchLines,
): { readonly failed: number; readonly skipped: number } {
  const { store } = engine;
  const rows = rowsIn(lines, failingLines);
  if (rows === 0) return { failed: 0, skipped: 0 };
  const before = skippedCouplings(store);
  const alike = store.rows(
    `SELECT line, field, refused, CASE WHEN ${inLines(ownTextLines)} AND refused = 0 THEN n END AS own FROM work WHERE ${inLines(failingLines)} GROUP BY 1, 2, 3, 4 ORDER BY min(n)`,
  );
  for (const [line, field, refused, row] of alike) {
    recordAlike(engine, run, job, {
      line: String(line),
      field: Number(field),
      refused: Number(refused),
      row: typeof row === 'number' ? row : undefined,
    });
  }
  // No row that was Skipped before is examined (line 1), so that there is none among those that failed.
  const skipped = skippedCouplings(store) - before;
  return { failed: rows - skipped, skipped };
}

/** They are few, and have an index of their own. */
const skippedCouplings = (store: SqlStore): number =>
  Number(store.value('SELECT count(*) FROM coupling WHERE skipped = 1'));

function recordAlike(engine: Engine, run: CompiledRun, job: number, failures: Failures): void {
  const { store, clock } = engine;
  const { own, source, facts, mapping, direction } = run;
  const { text, isTransient } = describe(engine, run, failures);
  disableConnection(store, text);
  const { line, field, refused, row } = failures;
  const [which, key]: readonly [string, readonly Cell[]] =
    row === undefined
      ? ['w.line = ?1 AND w.field = ?2 AND w.refused = ?3', [line, field, refused]]
      : ['w.n = ?1 AND ?2 IS NOT ?3', [row, 0, 1]];
  const now = clock.BusinessCentral();
  store.run(
    `INSERT INTO synch_error(job, source_rid, destination_rid, message, at, line, transient) SELECT ?4, w.s_rid, w.d_rid, ?5, ?6, w.line, ?7 FROM work w WHERE ${which} ORDER BY w.n`,
    [...key, job, JSON.stringify(text), now, isTransient ? 1 : 0],
  );
  if (facts.mode === 'improved' && !pairLines.includes(line)) {
    store.run(
      `INSERT INTO pending SELECT ?4, ?5, w.s_rid, 1, ?6 FROM work w LEFT JOIN coupling c ON c.${own.s}_rid = w.s_rid WHERE ${which} AND w.d_rid IS NULL AND c.bc_rid IS NULL ON CONFLICT DO UPDATE SET attempts = attempts + 1, not_before = ?6`,
      [...key, mapping.parentName ?? mapping.name, direction, now],
    );
  }
  // Document lines carry no marks at all (`bc-oracle.md` B22).
  if (source.definition.isChild === true) return;
  const signature = signatureOf(text);
  const isOfBoth = run.isFirstOfTwo && line === conflictLine;
  const told = [
    { to: own.to, text: signature },
    ...(isOfBoth ? [{ to: own.back, text: signatureOf(seenFromPartner(text)) }] : []),
  ].map((each, index) => ({ ...each, given: `?${index + 5}` }));
  const mayBeCured = isTransient && facts.mode === 'improved';
  const repeated = told.map(({ to, given }) => `c.${to}_result IS 2 AND c.${to}_text IS ${given}`);
  const results = told.map(
    ({ to, given }) => `${to}_result = 2, ${to}_job = ?4, ${to}_text = ${given}`,
  );
  store.run(
    `UPDATE coupling AS c SET skipped = max(c.skipped, ${mayBeCured ? '0' : repeated.join(' OR ')}), ${results.join(', ')} WHERE c.${own.s}_rid IN (SELECT w.s_rid FROM work w WHERE ${which})`,
    [...key, job, ...told.map(({ text }) => text)],
  );
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

function describe(engine: Engine, run: CompiledRun, row: Failures): Described {
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
    case conflictLine:
      return { text: conflictText(run, row), isTransient };
    case failureLines.transfer.line:
      return {
        text: message('transferFailed', {
          // A value that can't be read across comes before any rule of the other app.
          error:
            row.field > 0 || rule === undefined
              ? lookupText(engine, run, row)
              : foreignText(rule.error),
        }),
        isTransient,
      };
    case failureLines.write.line:
      return {
        text: message('modifyingFailed', {
          record,
          error: rule === undefined ? keyText(engine, run, row) : textOfRule(rule),
        }),
        isTransient,
      };
    default:
      return { text: rule === undefined ? templateText(run, row) : textOfRule(rule), isTransient };
  }
}

export const captionOf = ({ definition }: RowTable): string =>
  definition.caption ?? definition.name;

const textOfRule = (rule: BusinessRule | undefined): EngineMessage =>
  foreignText(rule?.error ?? '');

/** Names both tables and the first bidirectional pair of fields that differs (`bc-oracle.md` C18). */
function conflictText({ source, destination, fields }: CompiledRun, row: Failures): EngineMessage {
  const field = fields[row.field - 1];
  return message('conflict', {
    source: captionOf(source),
    destination: captionOf(destination),
    field: field?.source?.name ?? '',
    destinationField: field?.destination.name ?? '',
  });
}

/** The same as the other direction tells it. */
const seenFromPartner = ({ args, ...text }: EngineMessage): EngineMessage =>
  args === undefined
    ? text
    : {
        ...text,
        args: {
          source: args['destination'] ?? '',
          destination: args['source'] ?? '',
          field: args['destinationField'] ?? '',
          destinationField: args['field'] ?? '',
        },
      };

function templateText(run: CompiledRun, { refused }: Failures): EngineMessage {
  const code = templatesOf(run)[-refused - 1]?.code ?? '';
  return message('templateNotFound', { code });
}

function lookupText({ store }: Engine, run: CompiledRun, row: Failures): EngineMessage {
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
    `SELECT ${readSql(run.source, origin, 's', run.all)} FROM work w JOIN ${run.source.rows} s ON s.rid = w.s_rid WHERE w.n = ?`,
    [row.row ?? 0],
  );
  return message('mustBeCoupled', { table: names.table, value: value ?? '' });
}

/** The fields of the key that another record of the destination has, and their values (`bc-sync.md` 2.3 row 18). */
function keyText({ store }: Engine, run: CompiledRun, { row }: Failures): EngineMessage {
  const { destination, source } = run;
  const key = (destination.definition.primaryKey ?? []).flatMap((name) => {
    const stored = storedField(destination.columns, name);
    return stored === undefined ? [] : [stored];
  });
  const value = (stored: StoredField): string => {
    const field = run.fields.find(({ column }) => column === stored.column);
    return field === undefined
      ? `coalesce(d.${stored.column}, ${insertedSql(run, stored, '0')})`
      : field.value;
  };
  const [found] = store.rows(
    `SELECT ${['NULL', ...key.map(value)].join(', ')} FROM work w JOIN ${source.rows} s ON s.rid = w.s_rid LEFT JOIN ${destination.rows} d ON d.rid = w.d_rid WHERE w.n = ?`,
    [row ?? 0],
  );
  const fields = key.map(({ field }, index) => `${field.name}='${found?.[index + 1] ?? ''}'`);
  return message('recordExists', { record: captionOf(destination), key: fields.join(', ') });
}
