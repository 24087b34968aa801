import { equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { meaningOfOData } from '../../../../src/filter/odata/meaning.ts';
import { parseOData } from '../../../../src/filter/odata/parse.ts';
import { translator } from '../../../../src/problem/message.ts';
import { inWords } from '../../../../src/service/explain/inWords.ts';
import { anyFilter, conditionOf } from '../../../kit/conditions.ts';

const [en, cs, fr] = [translator('en'), translator('cs'), translator('fr')];

describe('a filter in plain words', () => {
  for (const [source, words] of [
    ['', 'Keeps every row.'],
    ['(A == "x")', 'Keeps the rows in which A is “x”.'],
    ['("x" == A)', 'Keeps the rows in which A is “x”.'],
    ['(A == "")', 'Keeps the rows in which A is empty and not NULL.'],
    ['(A != "")', 'Keeps the rows in which A is not empty.'],
    ['(A > 5)', 'Keeps the rows in which A is greater than 5.'],
    ['(!(A > 5))', 'Keeps the rows in which A is at most 5.'],
    ['((A == "x") || (A == "y"))', 'Keeps the rows in which A is “x” or “y”.'],
    ['((A != "x") && (A != "y"))', 'Keeps the rows in which A is none of these: “x” and “y”.'],
    ['(!((A == "x") || (A == "y")))', 'Keeps the rows in which A is none of these: “x” and “y”.'],
    [
      '((A == 1) && ((B == "x") || (C == "y")))',
      'Keeps the rows in which A is 1 and (B is “x” or C is “y”).',
    ],
    ['(!((A == 1) && (B == "x")))', 'Keeps the rows in which A is not 1 or B is not “x”.'],
    ['(A like "S*")', 'Keeps the rows in which A begins with “S”.'],
    ['(!(A like "*S*"))', 'Keeps the rows in which A does not contain “S”.'],
    ['(A like "S*S")', 'Keeps the rows in which A matches the pattern “S*S”.'],
    ['(A == NoYes::Yes)', 'Keeps the rows in which A is Yes.'],
  ] as const) {
    it(`reads ${source === '' ? 'the empty filter' : source}`, () => {
      equal(inWords(conditionOf(source), en), words);
    });
  }

  it('speaks Czech and French', () => {
    const condition = conditionOf('((A == "x") || (A == "y") || (A == "z"))');
    equal(inWords(condition, cs), 'Ponechá řádky, pro které platí: A je „x“, „y“ nebo „z“.');
    equal(
      inWords(condition, fr),
      'Garde les lignes pour lesquelles A est «\u202fx\u202f», «\u202fy\u202f» ou «\u202fz\u202f».',
    );
  });

  it('reads what Dataverse alone can ask', () => {
    const { value } = parseOData("name eq null and contains(city,'a') and isdisabled eq true");
    equal(
      inWords(meaningOfOData(value), en),
      'Keeps the rows in which name has no value, city contains “a”, and isdisabled is yes.',
    );
  });

  it('has words for every readable filter, in every language', () => {
    fc.assert(
      fc.property(anyFilter, (source) => {
        for (const translate of [en, cs, fr]) {
          const sentence = inWords(conditionOf(source), translate);
          ok(sentence !== undefined);
          ok(!/words\.|\{\w+\}|undefined/u.test(sentence), sentence);
        }
      }),
    );
  });
});
