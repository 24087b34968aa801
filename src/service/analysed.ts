import type { Condition } from '../filter/meaning/condition.ts';
import type { ODataExpression } from '../filter/odata/ast.ts';
import type { XppExpression } from '../filter/xpp/ast.ts';
import type { FilterSite } from '../map/model.ts';
import type { Resolution } from '../metadata/resolve.ts';
import type { Problem } from '../problem/problem.ts';
import type { Span } from '../text/span.ts';

/** The tree of a filter in its language; undefined where it is empty or could not be read at all. */
export type ParsedFilter = XppParsed | ODataParsed;

export interface XppParsed {
  readonly language: 'xpp';
  readonly expression: XppExpression | undefined;
}

export interface ODataParsed {
  readonly language: 'odata';
  readonly expression: ODataExpression | undefined;
}

/** A filter of a document with everything known about it. */
export interface AnalysedFilter {
  readonly site: FilterSite;
  /** The document range between the delimiters of the filter. */
  readonly span: Span;
  readonly parsed: ParsedFilter;
  readonly meaning: Condition;
  readonly resolution: Resolution;
  /** Places count in the filter's own text. */
  readonly problems: readonly Problem[];
}
