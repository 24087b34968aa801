import { fieldNamed } from '../../metadata/metadata.ts';
import type { Span } from '../../text/span.ts';
import type { AnalysedDocument } from '../analysis.ts';
import type { AnalysedFilter, ParsedFilter } from '../analysed.ts';
import type { FilterToken } from './filterToken.ts';
import { odataTokens } from './odataTokens.ts';
import { piecesOf } from './pieces.ts';
import type { TokenModifier } from './tokenTypes.ts';
import { xppTokens } from './xppTokens.ts';

/** A token on one line of the document. */
export interface SemanticToken extends FilterToken {
  readonly modifiers: readonly TokenModifier[];
}

/** The tokens of all filters, or of those that meet `range`, in the order of the text. */
export function semanticTokensOf(
  { filters, document }: AnalysedDocument,
  range: Span = { start: 0, end: document.text.length },
): readonly SemanticToken[] {
  const meets = (span: Span): boolean => span.start < range.end && range.start < span.end;
  return filters
    .filter(({ span }) => meets(span))
    .flatMap((filter) =>
      tokensOf(filter).flatMap(({ type, span }) => {
        const modifiers = type === 'property' ? modifiersOf(filter, span) : [];
        return piecesOf(filter.site.text, span, document.text).map((piece) => ({
          type,
          span: piece,
          modifiers,
        }));
      }),
    )
    .filter(({ span }) => meets(span))
    .toSorted((a, b) => a.span.start - b.span.start);
}

function tokensOf({ parsed, site }: AnalysedFilter): readonly FilterToken[] {
  if (parsed.expression === undefined) return [];
  const before = known.get(parsed);
  if (before !== undefined) return before;
  const tokens = (
    parsed.language === 'xpp'
      ? xppTokens(parsed.expression, site.text.value)
      : odataTokens(parsed.expression, site.text.value)
  ).filter(({ span }) => span.end > span.start);
  known.set(parsed, tokens);
  return tokens;
}

/** An edit of one filter leaves the tokens of all others as they are. */
const known = new WeakMap<ParsedFilter, readonly FilterToken[]>();

function modifiersOf({ resolution, site }: AnalysedFilter, span: Span): readonly TokenModifier[] {
  if (resolution.kind !== 'found') return [];
  const field = fieldNamed(resolution.entity, site.text.value.slice(span.start, span.end));
  return field?.kind === 'computed' ? ['readonly'] : [];
}
