import type { Span } from '../../text/span.ts';
import type { TokenType } from './tokenTypes.ts';

/** A token of a filter, counted in its own text. */
export interface FilterToken {
  readonly type: TokenType;
  readonly span: Span;
}
