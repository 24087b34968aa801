import { type CodeLens, CodeLensRefreshRequest, type Command } from 'vscode-languageserver';
import type { Translate } from '../../src/problem/message.ts';
import { type FilterReference, previewCommand } from '../../src/service/protocol/maps.ts';
import type { RowsResult } from '../../src/service/protocol/rows.ts';
import type { Feature, FeatureHost } from '../feature.ts';
import { isReference } from '../filterReference.ts';
import { areCodeLensesEnabled } from '../settings.ts';
import { syncLenses } from '../sync/syncLenses.ts';

export const codeLenses: Feature = {
  capabilities: { codeLensProvider: { resolveProvider: true } },
  register(host) {
    const { connection, session, handle } = host;
    connection.onCodeLensResolve((lens, token) => {
      // Where counting fails, the lens still leads to the preview.
      const uncounted = isReference(lens.data)
        ? { ...lens, command: commandFor(lens.data, null, session.translate()) }
        : lens;
      const resolve = handle<CodeLens, CodeLens>('rows of a code lens', uncounted, (asked) =>
        withRows(host, asked),
      );
      return resolve(lens, token);
    });
    return connection.onCodeLens(
      handle('code lenses', [], (params) => previewLenses(host, params.textDocument.uri)),
    );
  },
  surroundingsChanged({ connection, editor }) {
    if (editor().workspace?.codeLens?.refreshSupport === true) {
      void connection.sendRequest(CodeLensRefreshRequest.type);
    }
  },
};

/** A lens over each filter that says something. Rows are counted when the lens comes into view. */
async function previewLenses(
  { session, connection, editor, rows }: FeatureHost,
  uri: string,
): Promise<CodeLens[]> {
  const isSupported = editor().workspace?.configuration === true;
  if (!(await areCodeLensesEnabled(connection, uri, isSupported))) return [];
  const hasRowFile = await rows.hasRowFile(uri);
  const document = await session.open(uri);
  if (document === undefined) return [];
  if (document.analysed.map.kind === 'project') return syncLenses(session, document);
  return document.analysed.filters.flatMap((filter, index): readonly CodeLens[] => {
    if (filter.site.text.value.trim() === '') return [];
    const range = document.lines.rangeOf(filter.span);
    const reference: FilterReference = { uri, index };
    return hasRowFile(document, filter)
      ? [{ range, data: reference }]
      : [{ range, command: commandFor(reference, null, session.translate()) }];
  });
}

async function withRows(
  { session, rows: { rowsOf } }: FeatureHost,
  lens: CodeLens,
): Promise<CodeLens> {
  const reference: unknown = lens.data;
  if (!isReference(reference)) return lens;
  const rows = await rowsOf({ ...reference, ownRowsOnly: true });
  return { ...lens, command: commandFor(reference, rows, session.translate()) };
}

const commandFor = (
  reference: FilterReference,
  rows: RowsResult | null,
  translate: Translate,
): Command => ({
  title: [translate('lens.preview'), ...countsIn(rows, translate)].join(' · '),
  command: previewCommand,
  arguments: [reference],
});

function countsIn(rows: RowsResult | null, translate: Translate): readonly string[] {
  if (rows?.kind !== 'rows') return [];
  const { kept, dropped, lostToNull } = rows.counts.asWritten;
  const all = translate('lens.rows', { kept, count: kept + dropped + lostToNull });
  const lost = translate('lens.lost', { count: lostToNull });
  return [lostToNull === 0 ? all : `${all}, ${lost}`];
}
