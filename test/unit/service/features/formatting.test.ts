import { deepEqual, equal } from 'node:assert/strict';
import type { Side } from '../../../../src/map/model.ts';
import { analyse, type AnalysedDocument } from '../../../../src/service/analysis.ts';
import {
  formatEdits,
  formatOnClosing,
  type Layout,
} from '../../../../src/service/features/formatting.ts';
import { allParts, rootPart } from '../../../../src/service/features/parts.ts';
import { emptyWorkspace } from '../../../../src/service/workspace.ts';
import { applyEdits, type Edit } from '../../../../src/text/edit.ts';
import { filterAfter, inEveryHost, marked } from './kit.ts';

const two: Layout = { tabSize: 2, insertSpaces: true };

const CASES: readonly (readonly [Side, string, string])[] = [
  ['fo', '( ( A=="a  b" )&&  (B!=1) ) ', '((A == "a  b") && (B != 1))'],
  ['fo', ' !( A like "x*" )', '!(A like "x*")'],
  ['fo', '(A == 23\\06\\2021)', '(A == 23\\06\\2021)'],
  ['dataverse', "( a  eq 'x  y' )and  b ne  null", "(a eq 'x  y') and b ne null"],
];

const after = (document: AnalysedDocument, edits: readonly Edit[]): AnalysedDocument =>
  analyse(
    { ...document.document, text: applyEdits(document.document.text, edits) },
    emptyWorkspace,
  );

const shapeOf = ({ filters }: AnalysedDocument): readonly string[] =>
  filters.flatMap((filter) => {
    const root = rootPart(filter);
    return (root === undefined ? [] : allParts(root)).map(({ kind, parts, operators }) =>
      [kind, parts.length, ...operators].join(' '),
    );
  });

describe('formatting', () => {
  for (const [side, text, expected] of CASES) {
    it(text, () => {
      inEveryHost(text, side, (document) => {
        const edits = formatEdits(document, two);
        equal(filterAfter(document, edits), expected);
        const formatted = after(document, edits);
        deepEqual(formatEdits(formatted, two), []);
        deepEqual(shapeOf(formatted), shapeOf(document));
      });
    });
  }

  it('leaves a filter with a mistake alone', () => {
    for (const text of ['( A  ==', '(A  == 1', 'A  1', '']) {
      inEveryHost(text, 'fo', (document) => deepEqual(formatEdits(document, two), []));
    }
  });

  it('formats no more than the range', () => {
    const text = '(A==1) && (B==2)';
    inEveryHost(text, 'fo', (document, _host, spanOf) => {
      const edits = formatEdits(document, two, spanOf({ start: 9, end: 16 }));
      equal(filterAfter(document, edits), '(A==1) && (B == 2)');
      deepEqual(formatEdits(document, two, { start: 0, end: 0 }), []);
    });
  });

  it('formats what a parenthesis closes', () => {
    const { text, caret } = marked('(A==1) && ((B==2)¦ || (C==3))');
    inEveryHost(text, 'fo', (document, { offsetOf }) => {
      const edits = formatOnClosing(document, offsetOf(caret), two);
      equal(filterAfter(document, edits), '(A==1) && ((B == 2) || (C==3))');
      deepEqual(formatOnClosing(document, offsetOf(1), two), []);
    });
  });

  const long = Array.from({ length: 9 }, (_, index) => `(Field${index} == "${index}")`);

  it('breaks lines in a file of its own alone', () => {
    inEveryHost(`(${long.join(' && ')})`, 'fo', (document, { name }) => {
      const lines = filterAfter(document, formatEdits(document, two)).split('\n').length;
      equal(lines > 2, name.endsWith('.xppfilter'));
    });
  });

  it('keeps line breaks, the last line and the indentation as the editor has them', () => {
    const file = (text: string): AnalysedDocument =>
      analyse({ uri: 'file:///a.xppfilter', text, side: 'fo' }, emptyWorkspace);
    const text = `(${long.join(' &&\r\n')})\r\n\r\n`;
    const formatted = after(
      file(text),
      formatEdits(file(text), { tabSize: 4, insertSpaces: false }),
    );
    const lines = formatted.document.text.split('\r\n');
    deepEqual([lines[0], lines[1], lines.at(-2), lines.at(-1)], ['(', `\t${long[0]}`, ')', '']);
    equal(/[^\r]\n/u.test(formatted.document.text), false);
    deepEqual(formatEdits(formatted, { tabSize: 4, insertSpaces: false }), []);
    deepEqual(formatEdits(file('(A == 1)\n'), two), []);
  });
});
