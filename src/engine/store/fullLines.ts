import type { FullSynchLine } from '../model/fullSynch.ts';
import type { Cell, SqlStore } from './database.ts';

const columns = 'name, dependencies, status, to_job, from_job, session, recommendation, held';

export function saveLine(store: SqlStore, line: FullSynchLine): void {
  const position =
    store.value('SELECT position FROM full_line WHERE name = ?', [line.name]) ??
    store.value('SELECT count(*) FROM full_line');
  store.run(
    `INSERT OR REPLACE INTO full_line(position, ${columns}) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      position,
      line.name,
      line.dependencies.join('|'),
      line.status,
      line.toJob ?? null,
      line.fromJob ?? null,
      line.session ?? null,
      line.recommendation,
      line.held === undefined ? null : JSON.stringify(line.held),
    ],
  );
}

export const fullLines = (store: SqlStore): readonly FullSynchLine[] =>
  store.rows(`SELECT ${columns} FROM full_line ORDER BY position`).map(lineFrom);

function lineFrom([
  name,
  dependencies,
  status,
  toJob,
  fromJob,
  session,
  recommendation,
  held,
]: readonly Cell[]): FullSynchLine {
  return {
    name: String(name),
    dependencies: String(dependencies)
      .split('|')
      .filter((dependency) => dependency !== ''),
    status: String(status) as FullSynchLine['status'],
    toJob: typeof toJob === 'number' ? toJob : undefined,
    fromJob: typeof fromJob === 'number' ? fromJob : undefined,
    session: typeof session === 'string' ? session : undefined,
    recommendation: String(recommendation) as FullSynchLine['recommendation'],
    held: typeof held === 'string' ? (JSON.parse(held) as FullSynchLine['held']) : undefined,
  };
}
