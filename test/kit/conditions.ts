import { deepEqual } from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Condition } from '../../src/filter/meaning/condition.ts';
import { meaningOfXpp } from '../../src/filter/xpp/meaning.ts';
import { parseXpp } from '../../src/filter/xpp/parse.ts';
import type { Cell } from '../../src/filter/meaning/values.ts';

/** The meaning of an X++ expression that must parse. */
export function conditionOf(source: string): Condition {
  const { value, problems } = parseXpp(source);
  deepEqual(problems, [], source);
  return meaningOfXpp(value);
}

export type RowCells = Readonly<Record<string, Cell>>;

/** A row by the names of its fields; one it lacks is NULL. */
export const rowOf =
  (cells: RowCells) =>
  (field: string): Cell =>
    cells[field] ?? null;

/** Fields by type, with literals and cells at the borders where databases and languages differ. */
const FIELDS = {
  Text: {
    literals: [
      '""',
      '"v"',
      '"V"',
      '"ž"',
      '"v "',
      '" "',
      '"vw"',
      '"10"',
      "'it\\'s'",
      '"*"',
      '"v*"',
      '"?"',
      '"%_"',
    ],
    cells: [
      '',
      ' ',
      '  ',
      'v',
      'V',
      'v ',
      ' v',
      'vw',
      'Ž',
      'ž',
      'ß',
      'v\t',
      'v%',
      '10',
      "it's",
      '😀',
    ],
  },
  Other: { literals: ['""', '"v"', '"w"'], cells: ['', 'v', 'V ', 'w'] },
  Number: {
    literals: ['0', '1', '-1', '1.5', '10', '5637144577'],
    cells: ['0', '00', '-0', '1', '1.0', '01', ' 1', '-1', '1.5', '10', '9', '5637144577', '', 'x'],
  },
  Day: {
    literals: [String.raw`1\1\1900`, String.raw`23\06\2021`, String.raw`31\12\2154`],
    cells: [
      '1900-01-01',
      '1900-01-02',
      '2021-06-22',
      '2021-06-23',
      '2021-06-23T23:59:59',
      '2021-06-23 00:00:00',
      '2154-12-31',
      '',
      'x',
    ],
  },
  Moment: {
    literals: ['1900-01-01T00:00:00', '2021-06-23T10:20:30'],
    cells: [
      '1900-01-01T00:00:00',
      '1900-01-01',
      '2021-06-23T10:20:29',
      '2021-06-23T10:20:30',
      '2021-06-23 10:20:31',
      '',
    ],
  },
  Flag: {
    literals: ['NoYes::Yes', 'NoYes::No', '"Yes"', '0'],
    cells: ['Yes', 'No', 'no', 'yes ', ''],
  },
  Kind: { literals: ['Kinds::None', 'Kinds::Some', '"Some"'], cells: ['None', 'Some', 'some', ''] },
  Id: {
    literals: ['{12345678-90ab-cdef-1234-567890abcdef}', '{00000000-0000-0000-0000-000000000000}'],
    cells: [
      '12345678-90AB-CDEF-1234-567890ABCDEF',
      '{12345678-90ab-cdef-1234-567890abcdef}',
      '00000000-0000-0000-0000-000000000000',
      '',
    ],
  },
} as const;

const names = Object.keys(FIELDS) as readonly (keyof typeof FIELDS)[];
const relation = fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'like');

/** A field and a literal, mostly of its type, either first. */
const fieldWithLiteral: fc.Arbitrary<string> = fc.constantFrom(...names).chain((name) =>
  fc
    .tuple(
      relation,
      fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(...FIELDS[name].literals) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(...names.flatMap((other) => FIELDS[other].literals)),
        },
      ),
      fc.boolean(),
    )
    .map(([operator, literal, isMirrored]) =>
      // The pattern of `like` stands on its right.
      isMirrored && operator !== 'like'
        ? `(${literal} ${operator} ${name})`
        : `(${name} ${operator} ${literal})`,
    ),
);

/** Two fields, two literals, or a field as the pattern of `like`. */
const unusualComparison: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(...names),
      fc.constantFrom('"v"', '1', '"1"', String.raw`1\1\1900`, '1900-01-01T00:00:00'),
    ),
    relation,
    fc.oneof(
      fc.constantFrom(...names),
      fc.constantFrom('"V"', '"01"', '1', '1900-01-01T00:00:00', 'NoYes::No'),
    ),
  )
  .map(([left, operator, right]) => `(${left} ${operator} ${right})`);

const sourceWith = (comparison: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.letrec<{ expression: string; term: string }>((tie) => ({
    term: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      comparison,
      tie('expression').map((expression) => `(${expression})`),
      tie('term').map((term) => `!${term}`),
    ),
    expression: fc
      .tuple(
        tie('term'),
        fc.array(fc.tuple(fc.constantFrom('&&', '||'), tie('term')), { maxLength: 3 }),
      )
      .map(
        ([first, more]) =>
          first + more.map(([connector, term]) => ` ${connector} ${term}`).join(''),
      ),
  })).expression;

/** Filters in which every comparison is of a field with a literal: those the null analysis speaks of. */
export const literalFilter: fc.Arbitrary<string> = sourceWith(fieldWithLiteral);

/** Filters with every kind of comparison. */
export const anyFilter: fc.Arbitrary<string> = sourceWith(
  fc.oneof({ weight: 3, arbitrary: fieldWithLiteral }, { weight: 1, arbitrary: unusualComparison }),
);

export const columnNames: readonly string[] = names;

/** Rows with NULL in about a third of their cells. */
export const anyRow: fc.Arbitrary<RowCells> = fc.record(
  Object.fromEntries(
    names.map((name) => [
      name,
      fc.oneof(
        { weight: 3, arbitrary: fc.constant(null) },
        { weight: 5, arbitrary: fc.constantFrom<Cell>(...FIELDS[name].cells) },
        {
          weight: 1,
          arbitrary: fc.constantFrom<Cell>(...names.flatMap((other) => FIELDS[other].cells)),
        },
      ),
    ]),
  ),
);
