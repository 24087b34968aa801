import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { checkDataverse } from '../../../../src/filter/odata/dataverse.ts';
import { ODataGrammar } from '../../../../src/filter/odata/grammar.ts';
import { parseOData } from '../../../../src/filter/odata/parse.ts';
import { visitOData } from '../../../../src/filter/odata/visit.ts';
import type { ProblemCode } from '../../../../src/problem/catalogue.ts';
import { contains } from '../../../../src/text/span.ts';

const LONG = 100_000;

const nested: Readonly<Record<string, (depth: number) => string>> = {
  parentheses: (depth) => `${'('.repeat(depth)}a eq 1${')'.repeat(depth)}`,
  negations: (depth) => `${'not ('.repeat(depth)}a${')'.repeat(depth)}`,
  calls: (depth) => `${'f('.repeat(depth)}a${')'.repeat(depth)} eq 1`,
  lambdas: (depth) => `${'a/any(x:'.repeat(depth)}true${')'.repeat(depth)}`,
  arrays: (depth) => `a eq ${'['.repeat(depth)}1${']'.repeat(depth)}`,
  objects: (depth) => `a eq ${'{"b":'.repeat(depth)}1${'}'.repeat(depth)}`,
};

const long: Readonly<Record<string, string>> = {
  or: Array.from({ length: LONG }, (_, index) => `a eq ${index}`).join(' or '),
  ne: Array.from({ length: LONG }, (_, index) => `a ne ${index}`).join(' and '),
  arithmetic: `${Array.from({ length: LONG }, () => 'a').join(' add ')} eq 1`,
  list: `a in (${Array.from({ length: LONG }, (_, index) => index).join(',')})`,
  path: `${'a/'.repeat(LONG)}a eq 1`,
  'operands without operator': 'a '.repeat(LONG),
  'closing parentheses': ')'.repeat(LONG),
  quotes: "'".repeat(LONG + 1),
  separators: ','.repeat(LONG),
};

const pieces = fc.constantFrom(
  ...String.raw`a b.c 'x' 1 2021-06-23 null true eq ne and or not in has add - == && ! ( ) [ ] { } , : ; / . =
  any( all(x: contains( case( $it $count $filter @p "x" ' " “ %20 <guid> und N.E'A' 12x ~ \ $search=a
  Microsoft.Dynamics.CRM.In(`.split(/\s+/u),
);
const garbage = fc.oneof(
  fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(' ')),
  fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
  fc.string({ maxLength: 60 }),
);

describe('ODataGrammar', () => {
  it('passes the validations that production skips', () => {
    assert.ok(new ODataGrammar(false));
  });

  for (const [name, filterOf] of Object.entries(nested)) {
    it(`reads ${name} up to the limit`, () => {
      // A negation is a level of its own.
      const source = filterOf(name === 'negations' ? 250 : 500);
      const { value, problems } = parseOData(source);
      assert.ok(value);
      assert.deepEqual(problems, []);
      assert.ok(checkDataverse(value, source).length <= 1000);
    });

    it(`tells that ${name} nest too deep, and does not crash`, () => {
      const { value, problems } = parseOData(filterOf(5000));
      assert.equal(value, undefined);
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['too-deep'],
      );
    });
  }

  it('tells too many comparisons in a row', () => {
    const { value, problems } = parseOData(Array.from({ length: 1000 }, () => 'a').join(' eq '));
    assert.equal(value?.kind, 'missing');
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['too-deep'],
    );
  });

  it('tells that the stack ended, where its caller left too little of it', () => {
    const nestedFilter = '('.repeat(499) + 'a' + ')'.repeat(499);
    const below = (levels: number): readonly ProblemCode[] =>
      levels === 0
        ? parseOData(nestedFilter).problems.map(({ code }) => code)
        : below(levels - 1).slice();
    const found = new Set<ProblemCode>();
    for (let levels = 500; levels < 10_000; levels += 500) {
      try {
        for (const code of below(levels)) found.add(code);
      } catch (error) {
        // What is left does not even hold the callers.
        assert.ok(error instanceof RangeError);
        break;
      }
    }
    assert.deepEqual([...found], ['too-deep']);
    assert.deepEqual(parseOData('(a eq 1)').problems, []);
  });

  for (const [name, source] of Object.entries(long)) {
    it(`reads ${LONG} of: ${name}`, function () {
      this.timeout(20_000);
      const { value } = parseOData(source);
      assert.ok(value);
      assert.ok(checkDataverse(value, source).length <= 2 * LONG);
    });
  }

  it('takes any text, and finds every problem and node inside it', () => {
    fc.assert(
      fc.property(garbage, (source) => {
        const { value, problems } = parseOData(source);
        const whole = { start: 0, end: source.length };
        const found = value === undefined ? [] : checkDataverse(value, source);
        for (const { span, fixes } of [...problems, ...found]) {
          assert.ok(span.start <= span.end && contains(whole, span), JSON.stringify(span));
          for (const { edits } of fixes ?? []) {
            for (const edit of edits) assert.ok(contains(whole, edit.span), JSON.stringify(edit));
          }
        }
        if (value === undefined) return;
        visitOData(value, ({ expression: { kind, span } }) => {
          assert.ok(
            span.start <= span.end && contains(whole, span),
            `${kind} ${JSON.stringify(span)}`,
          );
        });
      }),
      { numRuns: 3000 },
    );
  });

  it('has the same tree whatever the blanks', () => {
    const words = [
      'a',
      'eq',
      '1',
      'and',
      'not',
      '(',
      "contains(b,'x')",
      ')',
      'or',
      'c',
      'in',
      '(1,2)',
    ];
    const blanks = fc.array(fc.constantFrom(' ', '  ', '\t', ' \n '), {
      minLength: words.length,
      maxLength: words.length,
    });
    const withoutSpans = (source: string): string =>
      JSON.stringify(parseOData(source), (key, value: unknown) =>
        /span/iu.test(key) ? '' : value,
      );
    fc.assert(
      fc.property(blanks, (chosen) => {
        const source = words.map((word, index) => word + chosen[index]).join('');
        assert.equal(withoutSpans(source), withoutSpans(words.join(' ')));
      }),
    );
  });
});
