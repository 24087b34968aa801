import { deepEqual, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { readODataByGrammar } from '../../../../src/filter/odata/byGrammar.ts';
import { readCorrectOData } from '../../../../src/filter/odata/correct.ts';
import { publicFilterTexts, textsOfTests } from '../../../kit/filterTexts.ts';
import { mutated } from '../../../kit/mutations.ts';
import { anyODataSource, ODATA_PIECES, validODataSource } from '../../../kit/odataSources.ts';
import { writtenText } from '../../../kit/random.ts';
import { odataFilter } from '../convert/filters.ts';

/** Holds that a filter was left to the grammar, or read as by the grammar; answers whether it was read. */
function agrees(source: string): boolean {
  const read = readCorrectOData(source);
  if (read === undefined) return false;
  deepEqual(read, readODataByGrammar(source), source);
  return true;
}

describe('the reader of correct OData filters', () => {
  for (const [id, source] of Object.entries({ validODataSource, odataFilter })) {
    it(`reads every source of ${id} that has no problem, as the grammar does`, () => {
      const property = fc.property(source, (text) => {
        ok(agrees(text) || readODataByGrammar(text).problems.length > 0, text);
      });
      fc.assert(property, { numRuns: 2000 });
    });
  }

  it('is given sources that nearly all have no problem', () => {
    const sources = fc.sample(validODataSource, 300);
    ok(sources.filter(agrees).length > 200);
  });

  const arbitraries = [
    { id: 'tokens in any order', source: anyODataSource },
    { id: 'filters while they are edited', source: mutated(validODataSource, ODATA_PIECES) },
    { id: 'any text', source: writtenText },
  ];
  for (const { id, source } of arbitraries) {
    it(`never reads otherwise than the grammar: ${id}`, () => {
      fc.assert(
        fc.property(source, (text) => void agrees(text)),
        { numRuns: 3000 },
      );
    });
  }

  it('never reads otherwise than the grammar: the texts of all tests', () => {
    const read = textsOfTests().filter(agrees);
    ok(read.length > 100, String(read.length));
  });

  it('reads every public filter that has no problem, but lambdas, enumerations and placeholders', function () {
    const filters = publicFilterTexts();
    if (filters.length === 0) this.skip();
    const correct = filters.filter((filter) => readODataByGrammar(filter).problems.length === 0);
    ok(correct.length > 20);
    deepEqual(
      correct.filter((filter) => !agrees(filter) && !/\b(?:any|all)\(|\.\w+'|<\w+>/u.test(filter)),
      [],
    );
  });

  it('knows the letters, digits and blanks of the grammar', () => {
    for (let unit = 0; unit < 0x10000; unit += 1) {
      const text = String.fromCharCode(unit);
      agrees(`${text} eq 1`);
      agrees(`a${text} eq${text}1`);
    }
    ok(agrees('ž eq\u30001'));
    ok(!agrees('a eq\u20031'));
  });

  const left = [
    { id: 'a value for a condition', source: '5' },
    { id: 'a value in a group for a condition', source: 'a eq 1 and (length(b))' },
    { id: 'a negated value', source: 'not 5' },
    { id: 'an operator in capitals', source: 'a EQ 1' },
    { id: 'a foreign operator', source: 'a == 1' },
    { id: 'no blank in front of an operator', source: "'x'eq a" },
    { id: 'no blank behind an operator', source: 'a eq(1)' },
    { id: 'a column named like an operator', source: 'mod eq 5' },
    { id: 'a text with an apostrophe', source: "a eq 'O'Brien'" },
    { id: 'no such day', source: 'a eq 2021-02-29' },
    { id: 'a moment without offset', source: 'a eq 2021-06-23T10:00:00' },
    { id: 'half a GUID', source: 'a eq 12345678-90ab' },
    { id: 'a list of columns', source: 'a in (b,c)' },
    { id: 'two values in a group', source: 'a eq (1,2)' },
    { id: 'two relations in a row', source: 'a eq b eq c' },
    { id: 'a name of an argument elsewhere', source: '(a=1)' },
    { id: 'a lambda', source: 'a/any(x:x/b eq 1)' },
    { id: 'a parenthesis that is never closed', source: '(a eq 1' },
    { id: 'a parenthesis too many', source: 'a eq 1)' },
    { id: 'more levels than the limit', source: `${'('.repeat(501)}a eq 1${')'.repeat(501)}` },
  ];
  for (const { id, source } of left) {
    it(`leaves to the grammar: ${id}`, () => {
      deepEqual(readCorrectOData(source), undefined);
    });
  }

  it('reads nothing as an empty filter', () => {
    for (const source of ['', ' \r\n\t\u00A0']) ok(agrees(source));
  });
});
