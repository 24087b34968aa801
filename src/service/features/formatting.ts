import { formatOData } from '../../filter/odata/format.ts';
import { formatXpp } from '../../filter/xpp/format.ts';
import { toDecoded } from '../../text/embedded.ts';
import type { Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import type { AnalysedDocument } from '../analysis.ts';
import type { AnalysedFilter } from '../analysed.ts';
import { editInDocument, placeAt } from '../place.ts';
import { allParts, rootPart } from './parts.ts';

/** What an editor wishes of the lines of a filter in a file of its own; a string has no lines. */
export interface Layout {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

const WIDTH = 100;

/** Lays out every filter of a document, or what of them lies in a range; nothing around them changes. */
export function formatEdits(
  document: AnalysedDocument,
  layout: Layout,
  range?: Span,
): readonly Edit[] {
  return document.filters
    .filter(({ span }) => range === undefined || meet(span, range))
    .flatMap((filter) => {
      const { text } = filter.site;
      const inside =
        range === undefined
          ? undefined
          : { start: toDecoded(text, range.start), end: toDecoded(text, range.end) };
      return editsOf(document, filter, layout, inside);
    });
}

/** Lays out the parentheses that a `)` before the caret closes. */
export function formatOnClosing(
  document: AnalysedDocument,
  offset: number,
  layout: Layout,
): readonly Edit[] {
  const place = placeAt(document, offset);
  const root = place === undefined ? undefined : rootPart(place.filter);
  if (place === undefined || root === undefined) return [];
  const closed = allParts(root).find(({ brackets }) => brackets?.close === place.offset - 1);
  return closed?.brackets === undefined
    ? []
    : editsOf(document, place.filter, layout, {
        start: closed.brackets.open,
        end: closed.brackets.close + 1,
      });
}

function editsOf(
  { document, map }: AnalysedDocument,
  filter: AnalysedFilter,
  layout: Layout,
  range: Span | undefined,
): readonly Edit[] {
  const source = filter.site.text.value;
  if (source.trim() === '') return [];
  const isFile = map.kind === 'filter';
  const options = { multiline: isFile, width: WIDTH, ...(range === undefined ? {} : { range }) };
  const edits =
    filter.site.side === 'fo' ? formatXpp(source, options) : formatOData(source, options);
  return (isFile ? edits.map((edit) => asFile(edit, document.text, layout)) : edits)
    .filter(({ span, text }) => source.slice(span.start, span.end) !== text)
    .map((edit) => editInDocument(filter, edit));
}

/** In the document's own line breaks and the editor's indentation; the end of the last line stays if it was there. */
function asFile({ span, text }: Edit, source: string, layout: Layout): Edit {
  const lineBreak = /\r\n|\n|\r/u.exec(source)?.[0] ?? '\n';
  if (span.end === source.length && text === '') {
    const [ending = ''] = /\r\n|\n|\r/u.exec(source.slice(span.start)) ?? [];
    return { span, text: ending };
  }
  const unit = layout.insertSpaces ? ' '.repeat(Math.max(layout.tabSize, 1)) : '\t';
  return {
    span,
    text: text.replaceAll(
      /\n((?: {2})*)/gu,
      (_all, indent: string) => lineBreak + unit.repeat(indent.length / 2),
    ),
  };
}

const meet = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;
