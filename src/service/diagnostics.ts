import { catalogue, type Phase, type ProblemCode, type Severity } from '../problem/catalogue.ts';
import { messageOf, type Translate } from '../problem/message.ts';
import type { Problem } from '../problem/problem.ts';
import { type EmbeddedText, toDocument } from '../text/embedded.ts';
import type { Span } from '../text/span.ts';
import type { AnalysedDocument, AnalysedFilter } from './analysis.ts';

/** A problem as it is shown: a place in the document, and a sentence. */
export interface Diagnostic {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly phase: Phase;
  readonly span: Span;
  readonly message: string;
  readonly href: string;
  readonly related: readonly {
    readonly uri: string;
    readonly span: Span;
    readonly message: string;
  }[];
  readonly problem: Problem;
  /** The filter it was found in; undefined for a problem of the map around it. */
  readonly filter: AnalysedFilter | undefined;
}

/** Where the page of a code is published; docs/diagnostics holds the pages themselves. */
export const docsOf = (code: ProblemCode): string =>
  `https://github.com/dual-write-workbench/dual-write-workbench/blob/main/docs/diagnostics/${code}.md`;

/** Everything to be said about a document, in the order of the text. */
export function diagnosticsOf(
  { problems, filters }: AnalysedDocument,
  translate: Translate,
): readonly Diagnostic[] {
  const ofDocument = problems.map((problem) =>
    diagnosticOf(problem, problem.span, undefined, translate),
  );
  const ofFilters = filters.flatMap((filter) =>
    filter.problems.map((problem) =>
      diagnosticOf(problem, visibleSpan(filter.site.text, problem.span), filter, translate),
    ),
  );
  return [...ofDocument, ...ofFilters].toSorted((a, b) => a.span.start - b.span.start);
}

/** A diagnostic of a file as a whole. */
export const fileDiagnostic = (
  code: ProblemCode,
  variant: string | undefined,
  translate: Translate,
): Diagnostic =>
  diagnosticOf(
    { code, span: FILE_START, ...(variant === undefined ? {} : { variant }) },
    FILE_START,
    undefined,
    translate,
  );

const FILE_START: Span = { start: 0, end: 0 };

function diagnosticOf(
  problem: Problem,
  span: Span,
  filter: AnalysedFilter | undefined,
  translate: Translate,
): Diagnostic {
  return {
    code: problem.code,
    ...catalogue[problem.code],
    span,
    message: messageOf(problem, translate),
    href: docsOf(problem.code),
    related: (problem.related ?? []).map(({ uri, span: place, message, args }) => ({
      uri,
      span: place,
      message: translate(`related.${message}`, args),
    })),
    problem,
    filter,
  };
}

/** An empty place is widened to the unit before it, inside its text: nobody sees a squiggle of no width. */
function visibleSpan(text: EmbeddedText, span: Span): Span {
  if (span.end > span.start) return toDocument(text, span);
  const end = Math.min(span.end + (span.start === 0 ? 1 : 0), text.value.length);
  return toDocument(text, { start: Math.max(0, end - 1), end });
}
