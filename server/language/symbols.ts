import {
  type CancellationToken,
  type DocumentSymbol,
  SymbolKind,
  type WorkspaceSymbol,
} from 'vscode-languageserver';
import { mapSymbolsOf } from '../../src/service/features/mapSymbols.ts';
import { type OutlineItem, outlineOf } from '../../src/service/features/outline.ts';
import type { Lines } from '../../src/text/lines.ts';
import type { Feature } from '../feature.ts';
import { allMaps } from '../maps.ts';
import type { Session } from '../session.ts';

const KINDS: Readonly<Record<OutlineItem['kind'], SymbolKind>> = {
  map: SymbolKind.Module,
  leg: SymbolKind.Class,
  filter: SymbolKind.Function,
  mappings: SymbolKind.Array,
  junction: SymbolKind.Operator,
  negation: SymbolKind.Operator,
  condition: SymbolKind.Boolean,
};

export const documentSymbols: Feature = {
  capabilities: { documentSymbolProvider: { label: 'Dual-write' } },
  register: ({ connection, session, handle }) =>
    connection.onDocumentSymbol(
      handle('document symbols', [], async ({ textDocument: { uri } }) => {
        const document = await session.open(uri);
        return document === undefined
          ? []
          : outlineOf(document.analysed, session.translate()).map((item) =>
              symbolOf(item, document.lines),
            );
      }),
    ),
};

const symbolOf = (
  { kind, name, detail, span, selection, children }: OutlineItem,
  lines: Lines,
): DocumentSymbol => ({
  name,
  detail,
  kind: KINDS[kind],
  range: lines.rangeOf(span),
  selectionRange: lines.rangeOf(selection),
  children: children.map((child) => symbolOf(child, lines)),
});

export const workspaceSymbols: Feature = {
  capabilities: { workspaceSymbolProvider: true },
  register: ({ connection, session, handle }) =>
    connection.onWorkspaceSymbol(
      handle('workspace symbols', [], ({ query }, token) => symbolsNamed(session, query, token)),
    ),
};

/** An editor shows no longer list. */
const MOST_SYMBOLS = 500;

async function symbolsNamed(
  session: Session,
  query: string,
  token: CancellationToken,
): Promise<WorkspaceSymbol[]> {
  const found: WorkspaceSymbol[] = [];
  for await (const { analysed, lines } of allMaps(session, token)) {
    for (const { kind, name, container, span } of mapSymbolsOf(analysed, query)) {
      found.push({
        name,
        kind: KINDS[kind],
        containerName: container,
        location: { uri: analysed.document.uri, range: lines.rangeOf(span) },
      });
    }
    if (found.length >= MOST_SYMBOLS) break;
  }
  return found.slice(0, MOST_SYMBOLS);
}
