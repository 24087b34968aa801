import {
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  type FormattingOptions,
  type TextEdit,
} from 'vscode-languageserver';
import type { AnalysedDocument } from '../../src/service/analysis.ts';
import {
  formatEdits,
  formatOnClosing,
  type Layout,
} from '../../src/service/features/formatting.ts';
import type { Edit } from '../../src/text/edit.ts';
import type { Lines } from '../../src/text/lines.ts';
import type { Feature } from '../feature.ts';
import type { Session } from '../session.ts';

/**
 * Registered once the editor is ready, for files that are one filter: announced for JSON and XML as well, it would
 * make editors ask people which of two formatters they want. Who asks for a map gets its filters formatted all the
 * same, and nothing around them.
 */
const FILTER_FILES = {
  documentSelector: [
    { language: 'dualwrite-xpp' },
    { language: 'dualwrite-odata' },
    { pattern: '**/*.{xppfilter,odatafilter}' },
  ],
};

export const formatting: Feature = {
  capabilities: {},
  initialized: ({ connection, editor }) => {
    const { formatting, rangeFormatting, onTypeFormatting } = editor().textDocument ?? {};
    const { client } = connection;
    if (formatting?.dynamicRegistration === true) {
      void client.register(DocumentFormattingRequest.type, FILTER_FILES);
    }
    if (rangeFormatting?.dynamicRegistration === true) {
      void client.register(DocumentRangeFormattingRequest.type, FILTER_FILES);
    }
    if (onTypeFormatting?.dynamicRegistration === true) {
      const options = { ...FILTER_FILES, firstTriggerCharacter: ')' };
      void client.register(DocumentOnTypeFormattingRequest.type, options);
    }
  },
  register: ({ connection, session, handle }) => {
    const registered = [
      connection.onDocumentFormatting(
        handle('formatting', [], ({ textDocument: { uri }, options }) =>
          edited(session, uri, options, (document, _lines, layout) =>
            formatEdits(document, layout),
          ),
        ),
      ),
      connection.onDocumentRangeFormatting(
        handle('formatting', [], ({ textDocument: { uri }, options, range }) =>
          edited(session, uri, options, (document, lines, layout) =>
            formatEdits(document, layout, {
              start: lines.offsetOf(range.start),
              end: lines.offsetOf(range.end),
            }),
          ),
        ),
      ),
      connection.onDocumentOnTypeFormatting(
        handle('formatting', [], ({ textDocument: { uri }, options, position }) =>
          edited(session, uri, options, (document, lines, layout) =>
            formatOnClosing(document, lines.offsetOf(position), layout),
          ),
        ),
      ),
    ];
    return { dispose: () => registered.forEach((each) => each.dispose()) };
  },
};

async function edited(
  session: Session,
  uri: string,
  { tabSize, insertSpaces }: FormattingOptions,
  editsOf: (document: AnalysedDocument, lines: Lines, layout: Layout) => readonly Edit[],
): Promise<TextEdit[]> {
  const document = await session.open(uri);
  if (document === undefined) return [];
  const { analysed, lines } = document;
  return editsOf(analysed, lines, { tabSize, insertSpaces }).map(({ span, text }) => ({
    range: lines.rangeOf(span),
    newText: text,
  }));
}
