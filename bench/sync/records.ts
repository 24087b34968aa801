/** The fields of a record besides its id: text, codes, numbers and a date, as a customer has them. */
export const FIELDS = [
  'name',
  'address',
  'city',
  'country',
  'phone',
  'fax',
  'web',
  'group',
  'credit',
  'discount',
  'since',
] as const;

/** What an edit changes, and on which side; conflicts are changes of the same field on both. */
export const EDITED = 'phone';

export type Cell = string | number;

/** The fields of record `number` of a side; the same on every machine. */
export function record(side: 'a' | 'b', number: number): readonly Cell[] {
  return [
    `Customer ${side} ${number}`,
    `${number % 997} Main Street`,
    `City ${number % 211}`,
    ['CZ', 'FR', 'US', 'DE'][number % 4] ?? '',
    `+420 ${100_000 + number}`,
    `+420 ${900_000 + number}`,
    `https://example.com/${side}/${number}`,
    `GROUP${number % 17}`,
    (number * 37) % 10_000,
    number % 30,
    `2024-${String((number % 12) + 1).padStart(2, '0')}-15`,
  ];
}

/** The id of a record: a GUID, as both apps have them. */
export const guid = (side: 'a' | 'b', number: number): string =>
  `${side === 'a' ? 'aaaaaaaa' : 'bbbbbbbb'}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** Every hundredth record of those that a side had in the beginning, from the `offset`th. */
export const everyHundredth = (perSide: number, offset: number): readonly number[] =>
  Array.from({ length: Math.floor(perSide / 100) }, (_, index) => index * 100 + offset).filter(
    (number) => number < perSide,
  );

/** A record as an object of its fields. */
export const fieldsOf = (side: 'a' | 'b', number: number): Readonly<Record<string, Cell>> => {
  const cells = record(side, number);
  return Object.fromEntries(FIELDS.map((name, index) => [name, cells[index] ?? '']));
};
