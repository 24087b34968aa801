import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Side } from '../../../src/map/model.ts';
import { translator } from '../../../src/problem/message.ts';
import { type AnalysedDocument, analyse, reanalyse } from '../../../src/service/analysis.ts';
import { diagnosticsOf } from '../../../src/service/diagnostics.ts';
import { emptyWorkspace } from '../../../src/service/workspace.ts';
import { applyEdits, type Edit } from '../../../src/text/edit.ts';
import { type EmbeddedText, toDocument } from '../../../src/text/embedded.ts';
import { hostsOf } from '../../kit/hosts.ts';

/** Typing in one filter and reading the whole document again must tell the same. */
describe('an edit inside a filter', () => {
  const filters: readonly (readonly [Side, string])[] = [
    ['fo', '(ParentProject == "") && (Name != "Žižka")'],
    ['fo', '((A == 1) || (B like "x*")'],
    ['fo', ''],
    ['dataverse', "_msdyn_parent_value eq null and name ne 'x'"],
  ];
  const typed = fc.oneof(
    fc.stringMatching(/^[a-zA-Z0-9 ()=!|*.:']{0,6}$/u),
    fc.constantFrom('é', '組', '"', '\\', '&&', '<', '\n', '😀', '&am', '\\u0041', ']', ']>', '<!'),
  );

  it('is analysed as if the document were read again', () => {
    let incremental = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...filters),
        fc.nat(5),
        fc.array(fc.tuple(fc.nat(60), fc.nat(4), typed), { minLength: 1, maxLength: 4 }),
        ([side, filter], hostIndex, edits) => {
          const host = hostsOf(filter, side)[hostIndex];
          ok(host);
          let document = host.document;
          let analysed = analyse(document, emptyWorkspace);
          for (const [from, length, text] of edits) {
            const edit = editInside(analysed, from, length, text);
            document = { ...document, text: applyEdits(document.text, [edit]) };
            const again = analyse(document, emptyWorkspace);
            const after = reanalyse(analysed, edit, document, emptyWorkspace);
            if (after !== undefined) {
              incremental += 1;
              deepEqual(told(after), told(again));
            }
            analysed = after ?? again;
          }
        },
      ),
      { numRuns: 1500 },
    );
    ok(incremental > 500, `only ${incremental} edits took the short way`);
  });

  it('takes the long way where an escape is concerned, or another part of the document', () => {
    const [, json] = hostsOf('(A == "x")');
    ok(json);
    const before = analyse(json.document, emptyWorkspace);
    const at = (offset: number): Edit['span'] => ({ start: offset, end: offset });
    const quote = json.document.text.indexOf(String.raw`\"`);
    const ways: readonly (readonly [string, Edit])[] = [
      ['a quote', { span: at(quote), text: '"' }],
      ['inside an escape', { span: at(quote + 1), text: 'n' }],
      ['outside of every filter', { span: at(0), text: ' ' }],
      [
        'across the delimiter',
        { span: { start: quote, end: json.document.text.length }, text: '' },
      ],
    ];
    for (const [id, edit] of ways) {
      equal(reanalyse(before, edit, json.document, emptyWorkspace), undefined, id);
    }
  });
});

/** An edit between the delimiters of a filter that is written in the document. */
function editInside(
  { filters, document }: AnalysedDocument,
  from: number,
  length: number,
  text: string,
): Edit {
  const spans = filters
    .map(({ span }) => span)
    .toSorted((a, b) => b.end - b.start - (a.end - a.start));
  const [longest = { start: 0, end: document.text.length }] = spans;
  const start = Math.min(longest.start + from, longest.end);
  return { span: { start, end: Math.min(start + length, longest.end) }, text };
}

/** All that a reader of an analysis can see of it. */
function told(analysed: AnalysedDocument): unknown {
  const place = (text: EmbeddedText | undefined): unknown =>
    text === undefined
      ? undefined
      : [...Array(text.value.length + 1).keys()].map((end) => toDocument(text, { start: 0, end }));
  return {
    diagnostics: diagnosticsOf(analysed, translator('en')).map(({ code, span, message }) => ({
      code,
      span,
      message,
    })),
    filters: analysed.filters.map(({ site, span, meaning }) => ({
      text: site.text.value,
      places: place(site.text),
      span,
      meaning,
    })),
    maps: analysed.map.maps.map(({ name, span, nameSpan, legs }) => ({
      name,
      span,
      nameSpan,
      legs: legs.map((leg) => ({
        span: leg.span,
        sourceSchemaSpan: leg.sourceSchemaSpan,
        source: place(leg.sourceSchemaText),
        destination: place(leg.destinationSchemaText),
        list: leg.fieldMappingsSpan,
        mappings: leg.fieldMappings.map((mapping) => ({
          span: mapping.span,
          source: place(mapping.sourceFieldText),
          destination: place(mapping.destinationFieldText),
        })),
      })),
    })),
  };
}
