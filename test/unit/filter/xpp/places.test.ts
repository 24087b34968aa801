import { deepEqual } from 'node:assert/strict';
import { parseXpp } from '../../../../src/filter/xpp/parse.ts';
import { diagnosticsOf } from '../../../../src/service/diagnostics.ts';
import { analyse } from '../../../../src/service/analysis.ts';
import { emptyWorkspace } from '../../../../src/service/workspace.ts';
import { everyPlaceOf, type PlacedFilter } from '../../../kit/filterPlaces.ts';

/** Mistakes next to everything that moves offsets: quotes, backslashes, line breaks, emoji, ampersands. */
const filters = [
  { id: 'no mistake', filter: '((Name == "a") && (City != ""))' },
  { id: 'behind quotes', filter: '(Name == "a") (City == "b")' },
  { id: 'behind emoji', filter: '(Name == "😀😀") and (City == "b")' },
  { id: 'behind a date', filter: String.raw`(D <= 23\06\2021) & (D >= 1\13\2021)` },
  { id: 'behind line breaks', filter: '(Name == "a")\r\n&&\n(City == “b”)' },
  { id: 'at its end', filter: '((A < 1) && (B >= 2)' },
  { id: 'a missing value at the end', filter: '(Name == "a") && (City ==' },
  { id: 'characters without meaning', filter: '(Name == "a") # ; 😀' },
  { id: 'unterminated', filter: String.raw`(Name == "a\"b` },
  { id: 'escapes in a text', filter: String.raw`(Name == "\\ \" é &amp; \u0041") or (A <> 1)` },
];

/** Lexical and syntax diagnostics of the document, as `code start..end`. */
function diagnosticsIn({ document }: PlacedFilter): readonly string[] {
  return diagnosticsOf(analyse(document, emptyWorkspace), (key) => key)
    .filter(({ phase }) => phase !== 'semantic')
    .map(({ code, span }) => `${code} ${span.start}..${span.end}`);
}

/** What the parser says of the filter, at the places where its units were written. */
const expectedIn = (filter: string, starts: readonly number[]): readonly string[] =>
  parseXpp(filter).problems.map(
    ({ code, span }) => `${code} ${starts[span.start]}..${starts[span.end]}`,
  );

describe('problems of a filter in a document', () => {
  for (const { id, filter } of filters) {
    for (const place of everyPlaceOf(filter)) {
      it(`stand where they are written: ${id}, ${place.id}`, () => {
        deepEqual(diagnosticsIn(place), expectedIn(filter, place.starts));
      });
    }
  }
});
