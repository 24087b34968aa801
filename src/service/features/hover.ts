import type { Translate } from '../../problem/message.ts';
import type { Span } from '../../text/span.ts';
import { resolveEntity } from '../../metadata/resolve.ts';
import type { AnalysedDocument } from '../analysis.ts';
import type { FilterPlace } from '../place.ts';
import type { Workspace } from '../workspace.ts';
import { docsOf } from './docs.ts';
import { mentionAt } from './mentions.ts';
import { subjectAt } from './subjects.ts';

/** An explanation in Markdown of a part of a filter, in the filter's own text. */
export interface FilterHover {
  readonly markdown: string;
  readonly span: Span;
}

export function hoverAt(
  { filter, offset }: FilterPlace,
  workspace: Workspace,
  translate: Translate,
): FilterHover | undefined {
  const placed = subjectAt(filter.parsed, offset);
  if (placed === undefined) return undefined;
  const markdown = docsOf(placed.subject, { filter, workspace, translate });
  return markdown === undefined ? undefined : { markdown, span: placed.span };
}

/** The same of the field that a field mapping names, in the document. */
export function mappingHoverAt(
  document: AnalysedDocument,
  offset: number,
  workspace: Workspace,
  translate: Translate,
): FilterHover | undefined {
  const mention = mentionAt(document, offset);
  if (mention?.place !== 'mapping' || mention.side !== 'fo') return undefined;
  const { leg, name, span } = mention;
  if (leg === undefined) return undefined;
  const resolution = resolveEntity(leg, workspace.metadata, workspace.entityNames);
  const filter = { resolution, site: { side: mention.side, leg } };
  const markdown = docsOf({ kind: 'field', name }, { filter, workspace, translate });
  return markdown === undefined ? undefined : { markdown, span };
}
