import { deepEqual, doesNotThrow, ok } from 'node:assert/strict';
import { Lexer } from 'chevrotain';
import * as fc from 'fast-check';
import { balanced } from '../../../../src/filter/parentheses.ts';
import { XppGrammar } from '../../../../src/filter/xpp/grammar.ts';
import { parseXpp } from '../../../../src/filter/xpp/parse.ts';
import * as tokens from '../../../../src/filter/xpp/tokens.ts';
import { writtenText } from '../../../kit/random.ts';
import { anySource, validSource } from '../../../kit/xppSources.ts';
import { checkNesting, parsed } from '../../../kit/xppTree.ts';

const valid = [
  { id: 'empty', source: '', tree: '-' },
  { id: 'blank', source: ' \r\n\t', tree: '-' },
  { id: 'comparison', source: 'A == 1', tree: 'A == integer:1' },
  { id: 'without blanks', source: 'A>1&&B<2', tree: '[A > integer:1 && B < integer:2]' },
  { id: 'blanks of the web', source: 'A\u00A0==\u3000"x"\uFEFF', tree: 'A == "x"' },
  {
    id: 'shipped parentheses',
    source: '((PartyType == "Organization"))',
    tree: '((PartyType == "Organization"))',
  },
  { id: 'single quotes', source: "(accounttype == '3')", tree: '(accounttype == "3")' },
  {
    id: 'single equals sign',
    source: '(AssociatedContactType = 1)',
    tree: '(AssociatedContactType == integer:1)',
  },
  {
    id: 'all relations',
    source: 'A != B || A < B || A <= B || A > B || A >= B',
    tree: '[A != B || A < B || A <= B || A > B || A >= B]',
  },
  {
    id: 'like in any case',
    source: '((N LIKE "US *") && (N Like "?"))',
    tree: '([(N like "US *") && (N like "?")])',
  },
  { id: 'date', source: String.raw`(D <= 23\06\2021)`, tree: '(D <= date:2021-06-23)' },
  {
    id: 'first and last date',
    source: String.raw`D >= 1\1\1900 && D <= 31\12\2154`,
    tree: '[D >= date:1900-01-01 && D <= date:2154-12-31]',
  },
  {
    id: 'datetime',
    source: '(V = 2010-01-10T14:00:00)',
    tree: '(V == datetime:2010-01-10T14:00:00)',
  },
  { id: 'negative integer', source: 'A < -5', tree: 'A < integer:-5' },
  {
    id: 'reals',
    source: 'A >= 1.5 && B == 1.5e-3 && C == -2.0E3',
    tree: '[A >= real:1.5 && B == real:0.0015 && C == real:-2000]',
  },
  {
    id: 'enum element',
    source: '(T == AccountType::Customer)',
    tree: '(T == AccountType::Customer)',
  },
  {
    id: 'GUID',
    source: 'A == {12345678-90ab-CDEF-1234-567890abcdef}',
    tree: 'A == guid:12345678-90ab-CDEF-1234-567890abcdef',
  },
  { id: 'array element', source: 'Dimension[1] == "x"', tree: 'Dimension[1] == "x"' },
  {
    id: 'data source',
    source: 'Customer.AccountNum == "4000"',
    tree: 'Customer.AccountNum == "4000"',
  },
  { id: 'placeholders', source: '(%1.%2 == %3)', tree: '(%1.%2 == %3)' },
  { id: 'calls', source: '(C::m("a", 1, f(2)))', tree: '(C::m("a", integer:1, f(integer:2)))' },
  { id: 'call compared', source: 'f() == g(-1, B)', tree: 'f() == g(integer:-1, B)' },
  { id: 'constant first', source: '"x" != A', tree: '"x" != A' },
  { id: 'negations', source: '(!(name like "*A*"))', tree: '(!(name like "*A*"))' },
  { id: 'two negations', source: '!!A == 1', tree: '!!A == integer:1' },
  {
    id: 'and, or unparenthesised',
    source: 'A == 1 && B == 2 || C == 3',
    tree: '[A == integer:1 && B == integer:2 || C == integer:3]',
  },
  {
    id: 'escaped quotes',
    source: String.raw`A == "a\"b" && B == 'it\'s'`,
    tree: String.raw`[A == "a\"b" && B == "it's"]`,
  },
  {
    id: 'the other quotes',
    source: `A == "it's" && B == 'say "x"'`,
    tree: String.raw`[A == "it's" && B == "say \"x\""]`,
  },
  { id: 'escaped backslash', source: String.raw`A == "a\\"`, tree: String.raw`A == "a\\"` },
  { id: 'line break in a text', source: 'A == "a\nb"', tree: String.raw`A == "a\nb"` },
  { id: 'emoji in a text', source: 'A == "😀"', tree: 'A == "😀"' },
  { id: 'letters of any script', source: 'Země == "CZ"', tree: 'Země == "CZ"' },
  {
    id: 'fields named like operators',
    source: 'LE == "US" && OR != 1 && AND = 2',
    tree: '[LE == "US" && OR != integer:1 && AND == integer:2]',
  },
  {
    id: 'fields that begin like operators',
    source: 'and1 == 1 && liked == 2 && notes == 3',
    tree: '[and1 == integer:1 && liked == integer:2 && notes == integer:3]',
  },
] as const;

describe('the parser of X++ expressions', () => {
  for (const { id, source, tree } of valid) {
    it(`reads ${id}`, () => {
      deepEqual(parsed(source), { tree, problems: [] });
    });
  }

  it('has an unambiguous grammar', () => {
    doesNotThrow(() => new XppGrammar(false));
  });

  const lexer = new Lexer(tokens.vocabulary, { positionTracking: 'onlyOffset' });
  const grammar = new XppGrammar(true);
  it('has a production for every sequence of tokens', () => {
    const property = fc.property(anySource, (source) => {
      const { value } = balanced(lexer.tokenize(source).tokens, {
        open: tokens.LeftParenthesis,
        close: tokens.RightParenthesis,
        prefixes: [tokens.Not, tokens.ForeignNot],
      });
      grammar.input = [...(value ?? [])];
      grammar.source = source;
      grammar.filter();
      deepEqual(grammar.errors.map(String), []);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('never throws, and all it says stands inside the source', () => {
    const property = fc.property(fc.oneof(anySource, writtenText), (source) => {
      const { value, problems } = parseXpp(source);
      for (const { code, span, fixes = [] } of problems) {
        const spans = [span, ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.span))];
        for (const { start, end } of spans) {
          ok(0 <= start && start <= end && end <= source.length, `${code} ${start}..${end}`);
        }
      }
      if (value !== undefined) checkNesting(value, source);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('has nothing to say about sources that keep to the grammar', () => {
    fc.assert(fc.property(validSource, (source) => deepEqual(parseXpp(source).problems, [])));
  });
});
