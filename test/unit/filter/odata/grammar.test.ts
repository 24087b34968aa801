import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readODataByGrammar } from '../../../../src/filter/odata/byGrammar.ts';
import { checkDataverse } from '../../../../src/filter/odata/dataverse.ts';
import { ODataGrammar } from '../../../../src/filter/odata/grammar.ts';
import { parseOData } from '../../../../src/filter/odata/parse.ts';
import { visitOData } from '../../../../src/filter/odata/visit.ts';
import { contains } from '../../../../src/text/span.ts';
import { anyODataSource } from '../../../kit/odataSources.ts';
import { answersWithLittleStack } from '../../../kit/stack.ts';

const LONG = 100_000;

const nested = {
  parentheses: (depth) => `${'('.repeat(depth)}a eq 1${')'.repeat(depth)}`,
  negations: (depth) => `${'not ('.repeat(depth)}a${')'.repeat(depth)}`,
  calls: (depth) => `${'f('.repeat(depth)}a${')'.repeat(depth)} eq 1`,
  lambdas: (depth) => `${'a/any(x:'.repeat(depth)}true${')'.repeat(depth)}`,
  arrays: (depth) => `a eq ${'['.repeat(depth)}1${']'.repeat(depth)}`,
  objects: (depth) => `a eq ${'{"b":'.repeat(depth)}1${'}'.repeat(depth)}`,
} satisfies Readonly<Record<string, (depth: number) => string>>;

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

  // The grammar alone reads lambdas.
  for (const name of ['parentheses', 'lambdas'] as const) {
    it(`tells that the stack ended, where its caller left too little of it: ${name}`, () => {
      const source = nested[name](500);
      const answers = answersWithLittleStack(
        () =>
          parseOData(source)
            .problems.map(({ code }) => code)
            .join(),
        (codes) => codes === '',
      );
      // With how little stack a whole answer can be had, the engine decides, and says nothing else before.
      assert.deepEqual(new Set([...answers, 'too-deep']), new Set(['too-deep', '']));
      assert.equal(answers.at(-1), '');
      assert.deepEqual(readODataByGrammar('(a eq 1)').problems, []);
    });
  }

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
      fc.property(anyODataSource, (source) => {
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
