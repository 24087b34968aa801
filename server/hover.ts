import { type Hover, MarkupKind, type Position } from 'vscode-languageserver';
import { hoverAt, mappingHoverAt } from '../src/service/features/hover.ts';
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
  if (document === undefined) return null;
  const { analysed, lines, workspace } = document;
  const place = filterPlaceAt(document, position);
  const translate = session.translate();
  const hover =
    place === undefined
      ? mappingHoverAt(analysed, lines.offsetOf(position), workspace, translate)
      : hoverAt(place, workspace, translate);
  if (hover === undefined) return null;
  const { markdown: value, span } = hover;
  return {
    contents: { kind: MarkupKind.Markdown, value },
    range:
      place === undefined ? lines.rangeOf(span) : rangeInDocument(document, place.filter, span),
  };
}
