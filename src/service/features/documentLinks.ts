import type { Leg } from '../../map/model.ts';
import type { Origin } from '../../metadata/model.ts';
import type { Translate } from '../../problem/message.ts';
import { contentSpan } from '../../text/embedded.ts';
import { linesOf } from '../../text/lines.ts';
import type { Span } from '../../text/span.ts';
import type { AnalysedDocument } from '../analysis.ts';
import type { Workspace } from '../workspace.ts';

/** A place of the document that leads to another file. */
export interface DocumentLink {
  readonly span: Span;
  readonly target: string;
  readonly tooltip: string;
}

/** The entity behind each `sourceSchema`, where it is certain which one is meant. Nothing is known of Dataverse's tables. */
export function linksOf(
  { filters }: AnalysedDocument,
  { textOf }: Workspace,
  translate: Translate,
): readonly DocumentLink[] {
  const seen = new Set<Leg>();
  const targets = new Map<Origin, string>();
  const targetOf = (origin: Origin): string => {
    const known = targets.get(origin);
    if (known !== undefined) return known;
    const text = textOf(origin.uri);
    const line = text === undefined ? 1 : linesOf(text).placeOf(origin.span.start).line + 1;
    const target = `${origin.uri}#L${line}`;
    targets.set(origin, target);
    return target;
  };
  return filters.flatMap(({ site: { leg }, resolution }): readonly DocumentLink[] => {
    if (leg?.sourceSchemaText === undefined || resolution.kind !== 'found' || seen.has(leg)) {
      return [];
    }
    seen.add(leg);
    const { name, origin } = resolution.entity;
    return [
      {
        span: contentSpan(leg.sourceSchemaText),
        target: targetOf(origin),
        tooltip: translate('link.entity', { entity: name }),
      },
    ];
  });
}
