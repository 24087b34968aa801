import * as fc from 'fast-check';

export const XPP_PIECES = [
  'A',
  'Field',
  'DS',
  '(',
  ')',
  '(',
  ')',
  '==',
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'like',
  '<>',
  'eq',
  'ne',
  '&&',
  '||',
  '&',
  '|',
  'and',
  'OR',
  '!',
  'not',
  '"x"',
  "'y'",
  '"',
  "'",
  '“z”',
  '1',
  '-2',
  '1.5',
  '..',
  '.',
  ',',
  '::',
  '[',
  ']',
  '[1]',
  String.raw`23\06\2021`,
  '2021-06-23',
  '2021-06-23T00:00:00',
  '6/23/2021',
  '%1',
  '{12345678-90ab-cdef-1234-567890abcdef}',
  '#',
  '\\',
  '組織',
  '😀',
  '\n',
  'f(',
  'NoYes::Yes',
] as const;

/** Sources made of the tokens of the language, of what people type instead, and of rubbish, in any order. */
export const anySource: fc.Arbitrary<string> = fc
  .tuple(fc.array(fc.constantFrom(...XPP_PIECES), { maxLength: 25 }), fc.constantFrom(' ', ''))
  .map(([pieces, gap]) => pieces.join(gap));

/** Sources that keep to the grammar of `dualwrite.md` 2.5, with every kind of operand. */
export const validSource: fc.Arbitrary<string> = fc.letrec<{ expression: string; term: string }>(
  (tie) => {
    const field = fc.constantFrom('A', 'Name', 'PartyType', 'DS.Field', 'Dimension[2]');
    const literal = fc.constantFrom(
      '"x"',
      "''",
      String.raw`"a\"b"`,
      '0',
      '-17',
      '2.5',
      '1.0e-3',
      String.raw`1\1\1900`,
      '2021-06-23T10:20:30',
      'NoYes::Yes',
      '{12345678-90AB-CDEF-1234-567890ABCDEF}',
      '%12',
      'f(1, A)',
      'C::m()',
    );
    const relation = fc.constantFrom('==', '=', '!=', '<', '<=', '>', '>=', ' like ');
    const comparison = fc
      .tuple(field, relation, fc.oneof(literal, field), fc.boolean())
      .map(([left, operator, right, mirrored]) =>
        mirrored ? `${right}${operator}${left}` : `${left} ${operator} ${right}`,
      );
    return {
      term: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        comparison,
        tie('expression').map((expression) => `(${expression})`),
        tie('term').map((term) => `!${term}`),
      ),
      expression: fc
        .tuple(
          tie('term'),
          fc.array(fc.tuple(fc.constantFrom('&&', ' || '), tie('term')), { maxLength: 3 }),
        )
        .map(([first, more]) => first + more.map(([connector, term]) => connector + term).join('')),
    };
  },
).expression;
