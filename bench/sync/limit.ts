import initSqlJs from 'sql.js';
import { EDITED, FIELDS, guid, record } from './records.ts';
import type { SyncPair } from './pair.ts';

/**
 * What SQLite in WebAssembly can do at best: the two tables, a link and an error log by set statements alone. Nothing
 * is decided, kept for later or explained; a conflict is a row in which both versions moved.
 */
export async function limit(perSide: number): Promise<SyncPair> {
  const database = new (await initSqlJs()).Database();
  const columns = FIELDS.map((_, index) => `c${index}`);
  const list = columns.join(', ');
  database.run(`PRAGMA temp_store = MEMORY; ATTACH ':memory:' AS m`);
  for (const side of ['a', 'b']) {
    database.run(
      `CREATE TABLE m.${side}(rid INTEGER PRIMARY KEY, id TEXT NOT NULL, seq INTEGER NOT NULL, ${list})`,
    );
    database.run(`CREATE UNIQUE INDEX m.${side}_id ON ${side}(id)`);
    database.run(`CREATE INDEX m.${side}_seq ON ${side}(seq)`);
  }
  database.run(
    'CREATE TABLE m.link(a_rid INTEGER PRIMARY KEY, b_rid INTEGER NOT NULL UNIQUE, a_seq INTEGER NOT NULL, b_seq INTEGER NOT NULL, state INTEGER NOT NULL)',
  );
  database.run('CREATE TABLE m.err(a_rid INTEGER, b_rid INTEGER, text TEXT)');
  let seq = 0;
  let watermark = 0;
  let nextRid = 0;
  database.run('BEGIN');
  for (const side of ['a', 'b'] as const) {
    const insert = database.prepare(
      `INSERT INTO ${side} VALUES(?, ?, ?${', ?'.repeat(FIELDS.length)})`,
    );
    for (let number = 0; number < perSide; number += 1) {
      nextRid += 1;
      seq += 1;
      insert.run([nextRid, guid(side, number), seq, ...record(side, number)]);
    }
    insert.free();
  }
  database.run('COMMIT');
  const scalar = (sql: string): number => Number(database.exec(sql)[0]?.values[0]?.[0] ?? 0);
  const phoneColumn = `c${FIELDS.indexOf(EDITED)}`;
  const assignments = columns.map((column) => `${column} = s.${column}`).join(', ');

  /** Inserts what has no link yet, then copies what changed on one side alone. */
  const oneWay = (from: 'a' | 'b', to: 'a' | 'b', since: number): void => {
    const fresh = `${from} s WHERE s.seq > ${since} AND NOT EXISTS (SELECT 1 FROM link WHERE ${from}_rid = s.rid)`;
    const before = { rid: nextRid, seq };
    const first = scalar(`SELECT count(*) FROM ${fresh}`);
    if (first > 0) {
      database.run(
        `CREATE TEMP TABLE fresh AS SELECT row_number() OVER (ORDER BY s.seq) AS n, s.rid AS s_rid FROM ${fresh}`,
      );
      database.run(
        `INSERT INTO ${to} SELECT ${before.rid} + n, printf('00000000-0000-8000-8000-%012x', ${before.rid} + n), ${before.seq} + n, ${columns.map((column) => `s.${column}`).join(', ')} FROM fresh JOIN ${from} s ON s.rid = s_rid ORDER BY n`,
      );
      database.run(
        `INSERT INTO link(${from}_rid, ${to}_rid, ${from}_seq, ${to}_seq, state) SELECT s.rid, ${before.rid} + n, s.seq, ${before.seq} + n, 0 FROM fresh JOIN ${from} s ON s.rid = s_rid ORDER BY n`,
      );
      database.run('DROP TABLE fresh');
      nextRid += first;
      seq += first;
    }
    database.run(
      `CREATE TEMP TABLE changed AS SELECT l.a_rid, s.rid AS s_rid, d.rid AS d_rid, s.seq AS s_seq, d.seq <> l.${to}_seq AS clash FROM ${from} s CROSS JOIN link l ON l.${from}_rid = s.rid CROSS JOIN ${to} d ON d.rid = l.${to}_rid WHERE s.seq > ${since} AND s.seq <> l.${from}_seq AND l.state = 0`,
    );
    database.run(
      `INSERT INTO err SELECT a_rid, CASE WHEN s_rid = a_rid THEN d_rid ELSE s_rid END, 'both changed' FROM changed WHERE clash`,
    );
    database.run(
      'UPDATE link SET state = 1 WHERE a_rid IN (SELECT a_rid FROM changed WHERE clash)',
    );
    seq += 1;
    database.run(
      `UPDATE ${to} SET seq = ${seq}, ${assignments} FROM changed w CROSS JOIN ${from} s ON s.rid = w.s_rid WHERE ${to}.rid = w.d_rid AND NOT w.clash`,
    );
    database.run(
      `UPDATE link SET ${from}_seq = w.s_seq, ${to}_seq = ${seq} FROM changed w WHERE link.a_rid = w.a_rid AND NOT w.clash`,
    );
    database.run('DROP TABLE changed');
  };

  return {
    sync() {
      const since = watermark;
      const until = seq;
      database.run('BEGIN');
      oneWay('a', 'b', since);
      oneWay('b', 'a', since);
      database.run('COMMIT');
      watermark = until;
    },
    conflicts: () => scalar('SELECT count(*) FROM err'),
    idOn(on, madeBy, number) {
      const id = guid(madeBy, number);
      if (on === madeBy) return id;
      const sql = `SELECT o.id FROM ${madeBy} m JOIN link l ON l.${madeBy}_rid = m.rid JOIN ${on} o ON o.rid = l.${on}_rid WHERE m.id = '${id}'`;
      return String(database.exec(sql)[0]?.values[0]?.[0]);
    },
    edit(on, ids, phone) {
      const update = database.prepare(`UPDATE ${on} SET seq = ?, ${phoneColumn} = ? WHERE id = ?`);
      database.run('BEGIN');
      for (const id of ids) {
        seq += 1;
        update.run([seq, phone, id]);
      }
      database.run('COMMIT');
      update.free();
    },
    count: (on) => scalar(`SELECT count(*) FROM ${on}`),
    phone: (on, id) =>
      database.exec(`SELECT ${phoneColumn} FROM ${on} WHERE id = '${id}'`)[0]?.values[0]?.[0],
  };
}
