import { type Hover, MarkupKind, type Position } from 'vscode-languageserver';
import { hoverAt, mappingHoverAt } from '../../src/service/features/hover.ts';
import type { Feature, FeatureHost } from '../feature.ts';
import { filterPlaceAt, rangeInDocument } from '../places.ts';

export const hovers: Feature = {
  capabilities: { hoverProvider: true },
  register: (host) =>
    host.connection.onHover(
      host.handle('hover', null, (params) =>
        hoverIn(host, params.textDocument.uri, params.position),
      ),
    ),
};

async function hoverIn(
  { session, rows }: FeatureHost,
  uri: string,
  position: Position,
): Promise<Hover | null> {
  const document = await session.open(uri);
  if (document === undefined) return null;
  const { analysed, lines, workspace } = document;
  const place = filterPlaceAt(document, position);
  const translate = session.translate();
  if (place === undefined) {
    const offset = lines.offsetOf(position);
    const hover = mappingHoverAt(analysed, offset, workspace, translate);
    return hover === undefined ? null : hoverOf(hover.markdown, lines.rangeOf(hover.span));
  }
  const { filter, index } = place;
  const hover = hoverAt(place, workspace, translate);
  const pinned = await rows.pinnedRow({ uri, index });
  const parts = [
    ...(hover === undefined ? [] : [hover.markdown]),
    ...(pinned === undefined ? [] : [`\`\`\`text\n${pinned.replaceAll('```', "'''")}\`\`\``]),
  ];
  if (parts.length === 0) return null;
  const span = hover?.span ?? { start: 0, end: filter.site.text.value.length };
  return hoverOf(parts.join('\n\n---\n\n'), rangeInDocument(document, filter, span));
}

const hoverOf = (value: string, range: NonNullable<Hover['range']>): Hover => ({
  contents: { kind: MarkupKind.Markdown, value },
  range,
});
