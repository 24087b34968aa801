/** The part of the TextMate grammar format that these grammars use. */
export interface Rule {
  readonly name?: string;
  readonly contentName?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly include?: string;
  readonly patterns?: readonly Rule[];
}

export type Captures = Readonly<
  Record<string, { readonly name: string } | { readonly patterns: readonly Rule[] }>
>;

export interface Grammar {
  readonly name: string;
  readonly comment: string;
  readonly scopeName: string;
  readonly injectionSelector?: string;
  readonly patterns: readonly Rule[];
  readonly repository?: Readonly<Record<string, Rule>>;
}

/** Captures by number, from 1. An empty name leaves that group without a scope. */
export const captures = (...names: readonly string[]): Captures =>
  Object.fromEntries(
    names.flatMap((name, index) => (name === '' ? [] : [[String(index + 1), { name }]])),
  );

export const oneOf = (...patterns: readonly string[]): string =>
  `(?:${[...new Set(patterns)].join('|')})`;
