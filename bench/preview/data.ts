import { random } from '../random.ts';

/** Rows of 12 columns as a database has them; NULL in some of each column that the filter reads. */
export type DataRow = readonly (string | number | null)[];

export const COLUMNS: readonly (readonly [name: string, type: 'TEXT' | 'INTEGER' | 'REAL'])[] = [
  ['id', 'INTEGER'],
  ['accountnumber', 'TEXT'],
  ['name', 'TEXT'],
  ['city', 'TEXT'],
  ['country', 'TEXT'],
  ['revenue', 'REAL'],
  ['employees', 'INTEGER'],
  ['status', 'INTEGER'],
  ['modified', 'TEXT'],
  ['email', 'TEXT'],
  ['phone', 'TEXT'],
  ['description', 'TEXT'],
];

const CITIES = ['Seattle', 'Praha', 'Lyon', 'Redmond', 'Brno', 'Nantes', 'Oslo', 'Turku'] as const;
const COUNTRIES = ['US', 'CZ', 'FR', 'NO', 'FI'] as const;

export function dataRows(count: number): readonly DataRow[] {
  const { below, chance, pick } = random(100);
  const two = (number: number): string => String(number).padStart(2, '0');
  return Array.from({ length: count }, (_, index): DataRow => {
    const account = `C-${String(index).padStart(6, '0')}`;
    return [
      index + 1,
      account,
      chance(0.05) ? null : `Customer ${below(30_000)}`,
      chance(0.1) ? null : pick(CITIES),
      pick(COUNTRIES),
      chance(0.2) ? null : below(1_000_000) / 100,
      below(500),
      below(3),
      `202${below(4)}-${two(1 + below(12))}-${two(1 + below(28))}T${two(below(24))}:00:00`,
      `${account.toLowerCase()}@example.com`,
      chance(0.5) ? null : `+420 ${below(1_000_000_000)}`,
      `Made for the benchmark, row ${index}.`,
    ];
  });
}

/** A filter with NULL in each of its parts; every turn asks with other values, as somebody types. */
export const filterOf = (turn: number): string =>
  `name ne null and (revenue gt ${2500 + turn} or revenue eq null) and not (city eq 'Seattle') and ` +
  `modified ge 2021-${turn % 2 === 0 ? '06' : '07'}-01T00:00:00Z and status eq ${turn % 3}`;

/** The same for a database whose comparisons are its own. */
export const whereOf = (turn: number): string =>
  `name IS NOT NULL AND (revenue > ${2500 + turn} OR revenue IS NULL) AND NOT (city = 'Seattle') AND ` +
  `modified >= '2021-${turn % 2 === 0 ? '06' : '07'}-01T00:00:00' AND status = ${turn % 3}`;
