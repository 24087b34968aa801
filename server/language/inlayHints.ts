import type { InlayHint, Range } from 'vscode-languageserver';
import { hintsOf } from '../../src/service/features/inlayHints.ts';
import { inDocument } from '../../src/service/place.ts';
import type { Feature, FeatureHost } from '../feature.ts';
import { areInlayHintsEnabled } from '../settings.ts';

export const inlayHints: Feature = {
  capabilities: { inlayHintProvider: true },
  register: (host) =>
    host.connection.languages.inlayHint.on(
      host.handle('inlay hints', [], (params) =>
        hintsIn(host, params.textDocument.uri, params.range),
      ),
    ),
  surroundingsChanged({ connection, editor }) {
    if (editor().workspace?.inlayHint?.refreshSupport === true) {
      void connection.languages.inlayHint.refresh();
    }
  },
};

async function hintsIn(
  { session, connection, editor }: FeatureHost,
  uri: string,
  range: Range,
): Promise<InlayHint[]> {
  const isSupported = editor().workspace?.configuration === true;
  if (!(await areInlayHintsEnabled(connection, uri, isSupported))) return [];
  const document = await session.open(uri);
  if (document === undefined) return [];
  const { analysed, lines, workspace } = document;
  const [from, to] = [lines.offsetOf(range.start), lines.offsetOf(range.end)];
  return analysed.filters
    .filter(({ span }) => span.start <= to && from <= span.end)
    .flatMap((filter) =>
      hintsOf(filter, workspace, session.translate()).flatMap(({ offset, label, tooltip }) => {
        const { start } = inDocument(filter, { start: offset, end: offset });
        return start < from || to < start
          ? []
          : [{ position: lines.placeOf(start), label, tooltip, paddingLeft: true }];
      }),
    );
}
