/**
 * Every code the product can report. The code is public: people suppress by it, CI greps for it,
 * docs/diagnostics/CODE.md explains it. test/unit/problem/catalogue.test.ts holds that each one
 * has a message in every language and a page.
 */
export type Severity = 'error' | 'warning' | 'information' | 'hint';
export type Phase = 'lexical' | 'syntax' | 'semantic';

/** `unnecessary`: what is marked could go; editors fade it. */
export type ProblemTag = 'unnecessary';

interface Entry {
  readonly severity: Severity;
  readonly phase: Phase;
}

const lexical = (severity: Severity): Entry => ({ severity, phase: 'lexical' });
const syntax = (severity: Severity): Entry => ({ severity, phase: 'syntax' });
const semantic = (severity: Severity): Entry => ({ severity, phase: 'semantic' });

export const catalogue = {
  'file-unreadable': lexical('error'),
  'unexpected-character': lexical('error'),
  'unterminated-string': lexical('error'),
  'curly-quotes': lexical('error'),
  'date-format': lexical('error'),
  'invalid-date': lexical('error'),
  'json-escape': lexical('error'),
  'double-quotes': lexical('error'),
  'unescaped-quote': lexical('error'),
  'invalid-literal': lexical('error'),
  'foreign-literal': lexical('error'),

  'expected-value': syntax('error'),
  'expected-operator': syntax('error'),
  'expected-connector': syntax('error'),
  'expected-comparison': syntax('error'),
  'unexpected-token': syntax('error'),
  'unclosed-parenthesis': syntax('error'),
  'unopened-parenthesis': syntax('error'),
  'foreign-operator': syntax('error'),
  'missing-space': syntax('warning'),
  'too-deep': syntax('error'),
  'plain-range': syntax('error'),
  'json-syntax': syntax('error'),
  'xml-syntax': syntax('error'),

  'null-lost': semantic('warning'),
  'null-possible': semantic('information'),
  'label-literal': semantic('warning'),
  'range-method': semantic('error'),
  'dotted-field': semantic('error'),
  navigation: semantic('error'),
  'not-in-dataverse': semantic('error'),
  'unknown-function': semantic('error'),
  'argument-count': semantic('error'),
  'argument-name': semantic('error'),
  'undocumented-function': semantic('information'),
  'not-binding': semantic('error'),
  'empty-text': semantic('warning'),
  'null-order': semantic('warning'),
  'null-excluded': semantic('information'),
  'quoted-value': semantic('information'),
  placeholder: semantic('error'),
  'no-map': semantic('warning'),
  'filter-not-text': semantic('error'),
  'outer-parentheses': semantic('hint'),
  'bare-comparison': semantic('warning'),
  'mixed-connectors': semantic('warning'),
  'single-equals': semantic('hint'),
  'noyes-word': semantic('warning'),
  'enum-number': semantic('hint'),
  'unknown-element': semantic('hint'),
  'no-such-element': semantic('warning'),
  'unknown-field': semantic('error'),
  'unlisted-field': semantic('hint'),
  'virtual-field': semantic('error'),
  'unknown-column': semantic('error'),
  'unknown-option': semantic('warning'),
  'quoted-datetime': semantic('warning'),
  'empty-datetime': semantic('warning'),
  'blank-text': semantic('warning'),
  wildcard: semantic('warning'),
  'like-operand': semantic('warning'),
  'long-pattern': semantic('warning'),
  'type-mismatch': semantic('warning'),
  'constant-comparison': semantic('information'),
  'duplicate-comparison': semantic('information'),
  'never-true': semantic('warning'),
  'always-true': semantic('information'),
  'company-filter': semantic('warning'),
  'dead-filter': semantic('information'),
  'untracked-field': semantic('information'),
  'untracked-mapping': semantic('information'),
  'sync-skipped': semantic('information'),
  'never-returns': semantic('warning'),
  'may-not-return': semantic('information'),
  'duplicate-value': semantic('warning'),
  'duplicate-mapping': semantic('warning'),
  'lookup-limit': semantic('information'),
  'lookup-without-column': semantic('warning'),
  'lookup-key': semantic('information'),
  'one-way-key': semantic('information'),
  'key-in-filter': semantic('information'),
  'no-round-trip': semantic('information'),
  'unknown-value': semantic('warning'),
  'filter-overlap': semantic('warning'),
  'filter-gap': semantic('information'),
  'tracked-by-many': semantic('information'),
  'hidden-range': semantic('information'),
  'vanishing-rows': semantic('warning'),
  'filtered-parties': semantic('information'),
  'project-shape': syntax('error'),
  'project-unknown-key': syntax('warning'),
  'project-name': semantic('error'),
  'project-rule': semantic('error'),
  'project-connection': semantic('warning'),
  'sync-errors': semantic('warning'),
  'unused-suppression': semantic('information'),
  'metadata-missing': semantic('hint'),
  'metadata-broken': semantic('warning'),
  'metadata-duplicate': semantic('information'),
  'metadata-cycle': semantic('warning'),

  'rehearsal-invalid': syntax('error'),
  'rehearsal-unknown': semantic('warning'),
  'rehearsal-failed': semantic('error'),
} as const satisfies Readonly<Record<string, Entry>>;

export type ProblemCode = keyof typeof catalogue;

export const problemCodes = Object.keys(catalogue) as readonly ProblemCode[];

const UNNECESSARY: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'duplicate-comparison',
  'dead-filter',
  'unused-suppression',
]);

export const tagsOf = (code: ProblemCode): readonly ProblemTag[] =>
  UNNECESSARY.has(code) ? ['unnecessary'] : [];

/** Whether a text is broken: what is guessed of it may be something else than what its author means. */
export const isBroken = (problems: readonly { readonly code: ProblemCode }[]): boolean =>
  problems.some(({ code }) => catalogue[code].severity === 'error');

/** Where the page of a code is published; docs/diagnostics holds the pages themselves. */
export const pageOf = (code: ProblemCode): string =>
  `https://github.com/dual-write-workbench/dual-write-workbench/blob/main/docs/diagnostics/${code}.md`;
