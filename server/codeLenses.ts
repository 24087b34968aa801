import type { CodeLens } from 'vscode-languageserver';
import { previewCommand } from '../src/service/protocol.ts';
import type { Feature } from './feature.ts';
import type { Session } from './session.ts';

export const codeLenses: Feature = {
  capabilities: { codeLensProvider: {} },
  register: ({ connection, session, handle }) =>
    connection.onCodeLens(
      handle('code lenses', [], (params) => previewLenses(session, params.textDocument.uri)),
    ),
};

/** A lens over each filter that says something. */
async function previewLenses(session: Session, uri: string): Promise<CodeLens[]> {
  const document = await session.open(uri);
  if (document === undefined) return [];
  const title = session.translate()('lens.preview');
  return document.analysed.filters.flatMap((filter, index) =>
    filter.site.text.value.trim() === '' || filter.site.side === 'dataverse'
      ? []
      : [
          {
            range: document.lines.rangeOf(filter.span),
            command: { title, command: previewCommand, arguments: [{ uri, index }] },
          },
        ],
  );
}
