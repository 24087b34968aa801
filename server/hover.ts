import { type Hover, MarkupKind, type Position } from 'vscode-languageserver';
import { hoverAt } from '../src/service/features/hover.ts';
import type { Feature } from './feature.ts';
import { filterPlaceAt, rangeInDocument } from './places.ts';
import type { Session } from './session.ts';

export const hovers: Feature = {
  capabilities: { hoverProvider: true },
  register: ({ connection, session, handle }) =>
    connection.onHover(
      handle('hover', null, (params) => hoverIn(session, params.textDocument.uri, params.position)),
    ),
};

async function hoverIn(session: Session, uri: string, position: Position): Promise<Hover | null> {
  const document = await session.open(uri);
  const place = document === undefined ? undefined : filterPlaceAt(document, position);
  if (document === undefined || place === undefined) return null;
  const hover = hoverAt(place, document.workspace, session.translate());
  return hover === undefined
    ? null
    : {
        contents: { kind: MarkupKind.Markdown, value: hover.markdown },
        range: rangeInDocument(document, place.filter, hover.span),
      };
}
