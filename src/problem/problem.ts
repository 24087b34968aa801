import type { Edit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import type { ProblemCode } from './catalogue.ts';

/** Values that a message names. Numbers choose the plural form. */
export type MessageArguments = Readonly<Record<string, string | number>>;

/**
 * Something a person should know about a place in a text: data only, no sentence.
 * Its message is `problem.CODE` or `problem.CODE.VARIANT` of l10n/messages.*.json.
 */
export interface Problem {
  readonly code: ProblemCode;
  /** Offsets in the text that was analysed: the decoded filter, or the document. */
  readonly span: Span;
  readonly variant?: string;
  readonly args?: MessageArguments;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly Related[];
}

/** A change that answers a problem; its title is the message `fix.TITLE`. */
export interface Fix {
  readonly title: string;
  readonly args?: MessageArguments;
  /** Edits of the same text as the problem's span. */
  readonly edits: readonly Edit[];
  /** The one obvious answer: what "fix all" and Ctrl+. Enter apply. */
  readonly preferred?: boolean;
}

/** Another place that explains the problem; its text is the message `related.MESSAGE`. */
export interface Related {
  readonly uri: string;
  readonly span: Span;
  readonly message: string;
  readonly args?: MessageArguments;
}

/** What every analysis answers: the best value it could make, and what is wrong. It never throws on user input. */
export interface Analysed<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
}

export const byPlace = (a: Problem, b: Problem): number => a.span.start - b.span.start;
