import { liveTexts } from '../../src/live/texts.ts';
import { changesOfRow } from '../../src/service/explain/explainRowChanges.ts';
import { plain } from '../../src/text/markdown.ts';
import { legsIn } from '../../src/service/rehearsal/rehearsal.ts';
import {
  type ExplainChangeResult,
  type ExplainRowChangeParams,
  explainRowChangeRequest,
} from '../../src/service/protocol/rehearsals.ts';
import type { Feature, FeatureHost } from '../feature.ts';
import { mapAt } from '../maps.ts';

/** Why a row of the preview does not sync. */
export const rowChanges: Feature = {
  capabilities: {},
  register: (host) =>
    host.connection.onRequest<ExplainChangeResult | null, never>(
      explainRowChangeRequest,
      host.handle<ExplainRowChangeParams, ExplainChangeResult | null>(
        'explanation of a row',
        null,
        (params) => explained(host, params),
      ),
    ),
};

async function explained(
  { session, rows }: FeatureHost,
  { filter: reference, number }: ExplainRowChangeParams,
): Promise<ExplainChangeResult | null> {
  const row = await rows.rowNumbered(reference, number);
  const document = await mapAt(session, reference.uri);
  if (row === null || document === undefined) return null;
  const { site } = row.filter;
  const named = legsIn(document.analysed.map, reference.uri).find(({ leg }) => leg === site.leg);
  if (named === undefined) return null;
  const say = liveTexts(session.locale());
  const title = say('explain.rowTitle', { row: number, map: named.map });
  const known = { side: site.side, cells: row.cells };
  const changes = changesOfRow(named, known, row.condition, row.workspace, say);
  return { title, markdown: `# ${plain(title)}\n\n${changes}\n` };
}
