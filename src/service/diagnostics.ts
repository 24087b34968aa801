import {
  catalogue,
  pageOf,
  type Phase,
  type ProblemCode,
  type ProblemTag,
  type Severity,
  tagsOf,
} from '../problem/catalogue.ts';
import { messageOf, type Translate } from '../problem/message.ts';
import type { Problem } from '../problem/problem.ts';
import { type EmbeddedText, toDocument } from '../text/embedded.ts';
import { linesOf } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import type { AnalysedDocument } from './analysis.ts';
import type { AnalysedFilter } from './analysed.ts';
import { type DiagnosticOptions, isSuppressed } from './diagnosticOptions.ts';
import { type Directive, directivesOf, unusedDirectives } from './directives.ts';
import type { Document } from './workspace.ts';

/** A problem as it is shown: a place in the document, and a sentence. */
export interface Diagnostic {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly phase: Phase;
  readonly span: Span;
  readonly message: string;
  readonly href: string;
  readonly tags: readonly ProblemTag[];
  readonly related: readonly {
    readonly uri: string;
    readonly span: Span;
    readonly message: string;
  }[];
  readonly problem: Problem;
  /** The filter it was found in; undefined for a problem of the map around it. */
  readonly filter: AnalysedFilter | undefined;
}

/**
 * Everything to be said about a document and not suppressed, in the order of the text.
 *
 * @param around what other maps of the workspace have to say of it; places count in the document.
 */
export function diagnosticsOf(
  analysed: AnalysedDocument,
  translate: Translate,
  around: readonly Problem[] = [],
): readonly Diagnostic[] {
  const { problems, filtersWithProblems, document, options } = analysed;
  const ofDocument = [...problems, ...around].map((problem) =>
    diagnosticOf(problem, problem.span, undefined, translate),
  );
  const ofFilters = filtersWithProblems.flatMap((filter) =>
    filter.problems.map((problem) =>
      diagnosticOf(problem, visibleSpan(filter.site.text, problem.span), filter, translate),
    ),
  );
  const { kept, unused } = withoutSuppressed(
    [...ofDocument, ...ofFilters],
    analysed.hasDirectives ? directivesOf(document) : [],
    document,
  );
  const ofComments = unused.map((problem) =>
    diagnosticOf(problem, problem.span, undefined, translate),
  );
  const wanted = [...kept, ...ofComments].filter(
    ({ code, filter }) =>
      options.suppress.length === 0 ||
      !isSuppressed(
        { code, maps: mapNames(analysed, filter), filter: filter?.site.side },
        options.suppress,
      ),
  );
  return withSeverities(wanted, options).toSorted((a, b) => a.span.start - b.span.start);
}

/** Leaves out what comments in the document suppress; those that suppress nothing are problems themselves. */
function withoutSuppressed(
  diagnostics: readonly Diagnostic[],
  directives: readonly Directive[],
  document: Document,
): { readonly kept: readonly Diagnostic[]; readonly unused: readonly Problem[] } {
  if (directives.length === 0) return { kept: diagnostics, unused: [] };
  const { text } = document;
  const lines = linesOf(text);
  const used = new Map<Directive, Set<string>>();
  const kept = diagnostics.filter(({ code, span }) => {
    const { line } = lines.placeOf(span.start);
    const meant = directives.filter(
      (directive) =>
        (directive.line ?? line) === line && directive.codes.some(({ text }) => text === code),
    );
    for (const directive of meant) {
      const codes = used.get(directive) ?? new Set();
      used.set(directive, codes.add(code));
    }
    return meant.length === 0;
  });
  const isUsed = (directive: Directive, code: string): boolean =>
    used.get(directive)?.has(code) === true;
  return { kept, unused: unusedDirectives(directives, isUsed, text) };
}

function withSeverities(
  diagnostics: readonly Diagnostic[],
  { severity }: DiagnosticOptions,
): readonly Diagnostic[] {
  return diagnostics.flatMap((diagnostic): readonly Diagnostic[] => {
    const level = severity[diagnostic.code];
    if (level === undefined) return [diagnostic];
    return level === 'off' ? [] : [{ ...diagnostic, severity: level }];
  });
}

/** The names under which the map of a filter is known, or those of all maps of the document. */
function mapNames(
  { map }: AnalysedDocument,
  filter: AnalysedFilter | undefined,
): readonly string[] {
  const leg = filter?.site.leg;
  return map.maps
    .filter(({ legs }) => filter === undefined || legs.some((each) => each === leg))
    .flatMap(({ name, legs }) => [
      name,
      // As the list of maps in Finance and Operations and `msdyn_displayname` put it (`dualwrite.md` 1.3).
      ...legs.flatMap(({ sourceSchema, destinationSchema }) => [
        `${sourceSchema} - ${destinationSchema}`,
        `${destinationSchema} - ${sourceSchema}`,
      ]),
    ]);
}

/** What is wrong with a file or folder as a whole, as far as it is wanted. */
export const fileDiagnostics = (
  code: ProblemCode,
  variant: string | undefined,
  options: DiagnosticOptions,
  translate: Translate,
): readonly Diagnostic[] =>
  metadataDiagnostics(
    [{ code, span: FILE_START, ...(variant === undefined ? {} : { variant }) }],
    options,
    translate,
  );

/** What is wrong with a file of metadata, as far as it is wanted. */
export const metadataDiagnostics = (
  problems: readonly Problem[],
  options: DiagnosticOptions,
  translate: Translate,
): readonly Diagnostic[] =>
  withSeverities(
    problems
      .filter(({ code }) => !isSuppressed({ code, maps: [], filter: undefined }, options.suppress))
      .map((problem) => diagnosticOf(problem, problem.span, undefined, translate)),
    options,
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
    href: pageOf(problem.code),
    tags: tagsOf(problem.code),
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
