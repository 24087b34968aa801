import type { Translate } from '../../problem/message.ts';
import type { Span } from '../../text/span.ts';
import type { FilterPlace } from '../place.ts';
import type { Workspace } from '../workspace.ts';
import { docsOf } from './docs.ts';
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
