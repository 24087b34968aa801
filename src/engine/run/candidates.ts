import { DATAVERSE_OVERLAP_MS } from '../constants.ts';
import type { Engine } from '../engine.ts';
import type { Cell, SqlStore } from '../store/database.ts';
import { lastOf } from '../store/counters.ts';
import type { Watermark } from '../store/mappings.ts';
import type { CompiledRun } from './compiled.ts';
import { sourceViewSql } from './newRow.ts';

export interface CandidateOptions {
  readonly watermark: Watermark;
  /** Versions above it are agreed on by both sides; undefined for none. */
  readonly agreedAbove: number | undefined;
  /** The job of the other direction, in the same run, whose conflicts are those of their partners too. */
  readonly toldBy: number | undefined;
  /** The run is manual, so the changes of the integration user count too. */
  readonly temporary: boolean;
  /** Only the rows that the table `selection` holds. */
  readonly selected: boolean;
}

/**
 * Collects the rows that a job examines: those whose last run in this direction failed, and those that changed since
 * the watermark and pass the filter of the mapping (`bc-sync.md` 2.1). Answers the watermark that the job reaches.
 */
export function collectCandidates(
  { store }: Engine,
  run: CompiledRun,
  { watermark, agreedAbove, toldBy, temporary, selected }: CandidateOptions,
): Watermark {
  store.run('DELETE FROM candidate');
  const passes = sourceViewSql(run, filterOf(run));
  const { rows } = run.source;
  if (selected) {
    store.run(
      `INSERT INTO candidate(rid) SELECT s.rid FROM selection k JOIN ${rows} s ON s.rid = k.rid WHERE s.alive ORDER BY s.rid`,
    );
    return watermark;
  }
  return run.facts.mode === 'faithful'
    ? collectByClock(store, run, watermark, passes, temporary)
    : collectByVersion(store, run, watermark, passes, { agreedAbove, toldBy });
}

export const filterOf = ({ mapping, direction }: CompiledRun): string | undefined =>
  direction === 'ToIntegrationTable' ? mapping.tableFilter : mapping.integrationTableFilter;

/** Rows to be tried again although nobody touched them (`bc-oracle.md` E20). */
const failedSql = ({ source, destination, own, direction }: CompiledRun): string => {
  const table = direction === 'ToIntegrationTable' ? source : destination;
  return `SELECT s.rid, ifnull(s.modified_at < c.${own.s}_synched, 0) FROM coupling c CROSS JOIN ${source.rows} s ON s.rid = c.${own.s}_rid WHERE c.tbl = ${table.no} AND c.${own.to}_result = 2 AND NOT c.skipped AND s.alive`;
};

function collectByClock(
  store: SqlStore,
  run: CompiledRun,
  watermark: Watermark,
  passes: string,
  temporary: boolean,
): Watermark {
  const { source, direction, own } = run;
  const overlap = direction === 'FromIntegrationTable' ? DATAVERSE_OVERLAP_MS : 0;
  const after = watermark.modifiedOn === undefined ? null : watermark.modifiedOn - overlap;
  const newer = after === null ? '' : ' AND s.modified_at > ?1';
  const parameters: readonly Cell[] = after === null ? [] : [after];
  // Nobody else reads by the clock, and every write pays for an index.
  store.run(`CREATE INDEX IF NOT EXISTS m.${source.rows}_at ON ${source.rows}(modified_at)`);
  store.run(
    `INSERT INTO candidate(rid, older) ${failedSql(run)} AND ${passes} ORDER BY s.modified_at, s.rid`,
  );
  const echo = hearsEcho(run, temporary) ? ` AND s.modified_by <> ?${parameters.length + 1}` : '';
  store.run(
    `INSERT INTO candidate(rid) SELECT s.rid FROM ${source.rows} s LEFT JOIN coupling c ON c.${own.s}_rid = s.rid
     WHERE s.alive${newer}${echo} AND ${passes} AND NOT (c.${own.to}_result IS 2 AND NOT c.skipped) ORDER BY s.modified_at, s.rid`,
    echo === '' ? parameters : [...parameters, run.settings.integrationUser],
  );
  // Ignored rows move the watermark as well (`bc-sync.md` 2.1.8).
  const latest = store.value(
    `SELECT max(s.modified_at) FROM candidate k JOIN ${source.rows} s ON s.rid = k.rid`,
  );
  return { modifiedOn: latest === null ? undefined : Number(latest), seq: watermark.seq };
}

/** `bc-sync.md` 2.1.5: a row that the integration wrote itself is no news, unless something only comes from it. */
const hearsEcho = ({ mapping, direction }: CompiledRun, temporary: boolean): boolean =>
  direction === 'FromIntegrationTable' &&
  mapping.direction === 'Bidirectional' &&
  !temporary &&
  !mapping.fields.some(
    (field) => field.status !== 'Disabled' && field.direction === 'FromIntegrationTable',
  );

function collectByVersion(
  store: SqlStore,
  run: CompiledRun,
  watermark: Watermark,
  passes: string,
  { agreedAbove, toldBy = 0 }: Pick<CandidateOptions, 'agreedAbove' | 'toldBy'>,
): Watermark {
  const { source, own, mapping, direction } = run;
  const seq = lastOf(store, 'seq');
  const parameters = [watermark.seq, agreedAbove ?? seq, toldBy];
  const isOpen = `c.${own.to}_job IS NOT ?3`;
  // A version that is agreed on already is the echo of our own write.
  store.run(
    `INSERT INTO candidate(rid, older) SELECT s.rid, ifnull(s.modified_at < c.${own.s}_synched, 0) FROM ${source.rows} s LEFT JOIN coupling c ON c.${own.s}_rid = s.rid
     WHERE s.seq > ?1 AND s.seq <= ?2 AND s.alive AND (c.${own.s}_seq IS NOT s.seq OR c.${own.to}_result IS 2) AND ${isOpen} AND ${passes} ORDER BY s.seq`,
    parameters,
  );
  store.run(
    `INSERT INTO candidate(rid, older) ${failedSql(run)} AND s.seq <= ?1 AND ${isOpen} AND ${passes} ORDER BY s.seq`,
    parameters,
  );
  store.run(
    `INSERT INTO candidate(rid) SELECT s.rid FROM pending p CROSS JOIN ${source.rows} s ON s.rid = p.rid LEFT JOIN coupling c ON c.${own.s}_rid = s.rid
     WHERE p.mapping = ?1 AND p.direction = ?2 AND s.alive AND s.seq <= ?3 AND c.bc_rid IS NULL AND ${passes} ORDER BY s.seq`,
    [mapping.parentName ?? mapping.name, direction, watermark.seq],
  );
  return { modifiedOn: watermark.modifiedOn, seq };
}
