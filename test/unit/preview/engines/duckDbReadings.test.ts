import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { readMoment } from '../../../../src/filter/meaning/moments.ts';
import { compareNumbers } from '../../../../src/filter/meaning/numbers.ts';
import { folded } from '../../../../src/filter/meaning/patterns.ts';
import type { DuckDb } from '../../../../src/preview/engines/duckDb.ts';
import {
  duckDbFunctions,
  numberKeyOf,
  openReadings,
  type Reading,
} from '../../../../src/preview/engines/duckDbReadings.ts';
import { installedDuckDb } from '../../../kit/duckDb.ts';

describe('cells read by DuckDB', () => {
  let connection: Awaited<ReturnType<InstanceType<DuckDb['DuckDBInstance']>['connect']>>;

  before(async function () {
    const found = installedDuckDb();
    if (found === undefined) {
      this.skip();
      return;
    }
    connection = await (await found.DuckDBInstance.create(':memory:')).connect();
    for (const statement of duckDbFunctions) await connection.run(statement);
  });

  const quoted = (cell: string): string => `'${cell.replaceAll("'", "''")}'`;

  const rowsOf = async (sql: string): Promise<readonly (readonly unknown[])[]> =>
    (await connection.runAndReadAll(sql)).getRows();

  /** What is read from a cell. */
  const readFrom = async (cell: string, reading: Reading): Promise<unknown> => {
    const readings = openReadings();
    const name = readings.of('c', reading);
    const [row] = await rowsOf(
      `SELECT ${name} FROM ${readings.over(`(SELECT ${quoted(cell)} AS c)`)}`,
    );
    return row?.[0];
  };

  it('fold every letter as we do', async () => {
    const codes = Array.from({ length: 0x2_0000 }, (_, code) => code).filter(
      (code) => code > 0 && !(code >= 0xd800 && code <= 0xdfff) && code < 0xfffe,
    );
    const texts = codes.map((code) => String.fromCodePoint(code));
    const reader = await connection.runAndReadAll(
      `SELECT dw_folded(chr(i::INT)) FROM (SELECT unnest([${codes.join(',')}]) AS i)`,
    );
    const others = reader.getColumns()[0]?.flatMap((text, index) => {
      const own = folded(texts[index] ?? '');
      // Letters that a newer Unicode has given a small form differ by the age of either side.
      return text === own || text === '' || isNewerLetter(texts[index] ?? '') ? [] : [texts[index]];
    });
    deepEqual(others, []);
  });

  it('read numbers as we do, however long', async () => {
    const number = fc.oneof(
      fc.constantFrom('0', '-0', '+1', ' 1 ', '1.', '.5', '1e3', '', ' ', 'x', '1 2', '--1', '1_0'),
      fc
        .tuple(fc.constantFrom('', '-', '+', '00'), fc.bigInt({ min: 0n, max: 10n ** 22n }))
        .map(([sign, digits]) => sign.replace('00', '00') + String(digits)),
      fc
        .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.nat(1000))
        .map(([whole, fraction]) => `${whole}.${fraction}0`),
    );
    const near = number.chain((text) =>
      fc.tuple(fc.constant(text), fc.oneof(number, fc.constantFrom(text, `${text}0`, `-${text}`))),
    );
    await fc.assert(
      fc.asyncProperty(near, async ([left, right]) => {
        const [cell, other] = [await readFrom(left, 'number'), await readFrom(right, 'number')];
        equal(typeof cell === 'number', compareNumbers(left, '0') !== undefined, left);
        const [key, otherKey] = [await readFrom(left, 'key'), await readFrom(right, 'key')];
        equal(key, numberKeyOf(left.trim()) ?? null, left);
        if (typeof key !== 'string' || typeof otherKey !== 'string') return;
        ok(typeof other === 'number');
        const exact = compareNumbers(left.padEnd(16), right.padEnd(16));
        equal(key < otherKey ? -1 : Number(key > otherKey), exact, `${left} ${right}`);
      }),
      { numRuns: 60 },
    );
  });

  it('read days and times as we do', async () => {
    const two = fc.constantFrom(
      '00',
      '01',
      '02',
      '12',
      '13',
      '23',
      '24',
      '28',
      '29',
      '30',
      '31',
      '60',
    );
    const moment = fc
      .tuple(
        fc.constantFrom('1900', '2000', '2021', '2024', '2154'),
        two,
        two,
        fc.constantFrom('T', ' ', 't'),
        two,
        two,
        fc.constantFrom('', ':00', ':59', ':60', ':30.123'),
        fc.constantFrom('', 'Z', 'z', '+02:00', '-11:30', '+2'),
        fc.boolean(),
      )
      .map(([year, month, day, sign, hour, minute, second, zone, isDay]) =>
        isDay
          ? `${year}-${month}-${day}`
          : `${year}-${month}-${day}${sign}${hour}:${minute}${second}${zone}`,
      );
    await fc.assert(
      fc.asyncProperty(moment, async (text) => {
        equal(await readFrom(text, 'moment'), readMoment(text) ?? null, text);
      }),
      { numRuns: 200 },
    );
  });
});

/** Cases that Unicode 16 brought, of which an older runtime or DuckDB knows nothing. */
function isNewerLetter(text: string): boolean {
  const code = text.codePointAt(0) ?? 0;
  return (
    code === 0x1c89 ||
    (code >= 0xa7cb && code <= 0xa7dc) ||
    (code >= 0x10d50 && code <= 0x10d65) ||
    (code >= 0x16ea0 && code <= 0x16eb8)
  );
}
