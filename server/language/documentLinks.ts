import type { DocumentLink } from 'vscode-languageserver';
import { linksOf } from '../../src/service/features/documentLinks.ts';
import type { Feature } from '../feature.ts';
import type { Session } from '../session.ts';

export const documentLinks: Feature = {
  capabilities: { documentLinkProvider: {} },
  register: ({ connection, session, handle }) =>
    connection.onDocumentLinks(
      handle('document links', [], (params) => linksIn(session, params.textDocument.uri)),
    ),
};

async function linksIn(session: Session, uri: string): Promise<DocumentLink[]> {
  const document = await session.open(uri);
  if (document === undefined) return [];
  return linksOf(document.analysed, document.workspace, session.translate()).map(
    ({ span, target, tooltip }) => ({ range: document.lines.rangeOf(span), target, tooltip }),
  );
}
