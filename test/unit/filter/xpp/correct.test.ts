import { deepEqual, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { LETTER } from '../../../../src/filter/characters.ts';
import { readXppByGrammar } from '../../../../src/filter/xpp/byGrammar.ts';
import { readCorrectXpp } from '../../../../src/filter/xpp/correct.ts';
import { publicFilterTexts, textsOfTests } from '../../../kit/filterTexts.ts';
import { mutated } from '../../../kit/mutations.ts';
import { writtenText } from '../../../kit/random.ts';
import { anySource, validSource, XPP_PIECES } from '../../../kit/xppSources.ts';

/** Holds that a filter was left to the grammar, or read as by the grammar; answers whether it was read. */
function agrees(source: string): boolean {
  const read = readCorrectXpp(source);
  if (read === undefined) return false;
  deepEqual(read, readXppByGrammar(source), source);
  return true;
}

describe('the reader of correct X++ expressions', () => {
  it('reads every source that keeps to the grammar, as the grammar does', () => {
    fc.assert(
      fc.property(validSource, (source) => ok(agrees(source), source)),
      { numRuns: 2000 },
    );
  });

  const arbitraries = [
    { id: 'tokens in any order', source: anySource },
    { id: 'filters while they are edited', source: mutated(validSource, XPP_PIECES) },
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

  it('reads every public filter that has no problem', function () {
    const filters = publicFilterTexts();
    if (filters.length === 0) this.skip();
    const correct = filters.filter((filter) => readXppByGrammar(filter).problems.length === 0);
    ok(correct.length > 20);
    deepEqual(
      correct.filter((filter) => !agrees(filter)),
      [],
    );
  });

  it('knows the letters, digits and blanks of the grammar', () => {
    const units = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit));
    const letters = units.filter((unit) => agrees(`${unit} == 1`));
    deepEqual(
      letters,
      units.filter((unit) => new RegExp(`[${LETTER}0-9]`).test(unit)),
    );
    ok(letters.length > 50_000);
    deepEqual(
      units.filter((unit) => agrees(`A ==${unit}"x"`)),
      ['\t', '\n', '\r', ' ', '\u00A0', '\u3000', '\uFEFF'],
    );
    for (const unit of units) agrees(`A${unit} == 1`);
  });

  const left = [
    { id: 'nothing compared', source: 'A' },
    { id: 'a foreign operator', source: 'A == 1 and B == 2' },
    { id: 'a relation of SQL', source: 'A <> 1' },
    { id: 'a field named like an operator', source: 'LE == "US"' },
    { id: 'a relation without left side', source: '!= A' },
    { id: 'a negation behind a call', source: 'f() ! A == 1' },
    { id: 'no such day', source: String.raw`D == 31\2\2021` },
    { id: 'no such moment', source: 'D == 2021-02-31T00:00:00' },
    { id: 'a foreign date', source: 'D == 2021-06-23' },
    { id: 'a text that does not end', source: 'A == "x' },
    { id: 'a text that ends in a backslash', source: String.raw`A == "x\"` },
    { id: 'a parenthesis that is never closed', source: '(A == 1' },
    { id: 'a parenthesis too many', source: 'A == 1)' },
    { id: 'arguments without comma', source: 'f(1 2)' },
    { id: 'more levels than the limit', source: `${'('.repeat(501)}A == 1${')'.repeat(501)}` },
  ];
  for (const { id, source } of left) {
    it(`leaves to the grammar: ${id}`, () => {
      deepEqual(readCorrectXpp(source), undefined);
    });
  }

  it('reads nothing as an empty filter', () => {
    for (const source of ['', ' \r\n\t\u00A0']) ok(agrees(source));
  });
});
