import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { isCorrectNode, readCorrectJson } from '../../../src/text/correctJson.ts';
import { mutated } from '../../kit/mutations.ts';

/** A tree as data: what reads it asks for nothing else. */
const written = ({ type, offset, length, value, children, parent }: Node): unknown => ({
  type,
  offset,
  length,
  ...(children === undefined ? { value } : { children: children.map(written) }),
  parent: parent?.offset,
});

const byLibrary = (text: string): { readonly root: Node | undefined; readonly errors: number } => {
  const errors: ParseError[] = [];
  return { root: parseTree(text, errors, { disallowComments: false }), errors: errors.length };
};

function agrees(text: string): boolean {
  const root = readCorrectJson(text);
  const { root: expected, errors } = byLibrary(text);
  if (root === undefined) return false;
  equal(errors, 0, text);
  ok(expected);
  deepEqual(written(root), written(expected), text);
  return true;
}

const blank = fc.constantFrom('', ' ', '\n', '\r\n\t', '// ,"}\n', '/* ] */', ' /**/ ');
const spaced = (text: string, blanks: readonly string[]): string => {
  let index = 0;
  return text.replaceAll(/[{}[\],:]/gu, (sign) => sign + (blanks[index++ % blanks.length] ?? ''));
};
/** Texts without signs, so that blanks can be put behind these. */
const word = fc.oneof(
  fc.stringMatching(/^[a-c"\\/ ž😀]{0,4}$/u),
  fc.constantFrom('\u2028', '\u0000', '\t', '\uD800', '__proto__', 'constructor'),
);
const json = fc
  .tuple(
    fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        fc.oneof(word, fc.double({ noDefaultInfinity: true, noNaN: true }), fc.integer()),
        fc.constantFrom(true, false, null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(word, tie('value'), { maxKeys: 4 }),
      ),
    })).value,
    fc.array(blank, { minLength: 1, maxLength: 9 }),
  )
  .map(([value, blanks]) => spaced(JSON.stringify(value), blanks));

describe('correct JSON', () => {
  it('is read as the library reads it', () => {
    fc.assert(
      fc.property(json, blank, blank, (text, before, after) => {
        ok(agrees(before + text + after), text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is told from JSON with mistakes', () => {
    let read = 0;
    fc.assert(
      fc.property(
        mutated(json, ['{', '}', '[', ']', ',', ':', '"', '\\', '//', '/*', '0', 'null', '\n']),
        (text) => {
          read += agrees(text) ? 1 : 0;
        },
      ),
      { numRuns: 4_000 },
    );
    ok(read > 100, `only ${read} were read`);
  });

  const others = [
    '',
    ' ',
    '{',
    '[1,]',
    '{"a":1,}',
    '{"a" 1}',
    '{a:1}',
    "{'a':1}",
    '[1 2]',
    '{}{}',
    '[}',
    '01',
    '1.',
    '.5',
    '+1',
    '1a',
    'truth',
    'True',
    'NaN',
    '"a',
    '"\\x"',
    '"\\u12G4"',
    '"\n"',
    '"\u0001"',
    '// only',
    '/* open',
    '/',
    '\u00A0{}',
    '\uFEFF{}',
  ];
  for (const text of others) {
    it(`is not ${JSON.stringify(text)}`, () => {
      equal(readCorrectJson(text), undefined);
    });
  }

  it('has the value of the last of equal keys, escaped or not', () => {
    const root = readCorrectJson('{"a":1,"\\u0061":2,"b":3,"a\\u005c":4,"c":{"a":5}}');
    ok(root !== undefined && isCorrectNode(root));
    equal(root.named('a')?.value, 2);
    equal(root.named('a')?.parent?.parent, root);
    equal(root.named('a\\')?.value, 4);
    equal(root.named('a\\u005c'), undefined);
    equal(root.named('d'), undefined);
  });

  it('is left to the library where it nests deeper than any map', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    ok(agrees(nested(500)));
    equal(readCorrectJson(nested(501)), undefined);
  });
});
