import type { AnalysedFilter } from '../../analysed.ts';
import type { Workspace } from '../../workspace.ts';
import type { Subject } from '../docs.ts';
import type { CaretContext } from './context.ts';

/** Something to be inserted. Text and places count in the filter's own text. */
export interface Offer {
  readonly label: string;
  readonly kind: OfferKind;
  /** The small grey fact beside the label. */
  readonly detail?: string;
  readonly parts: readonly OfferPart[];
  /** What typing is compared with, where that is not the label. */
  readonly filterText?: string;
  /** Smaller stands first; equals keep their order. */
  readonly rank: number;
  /** What its documentation is about. */
  readonly subject?: Subject;
  /** Starts before the place of the others, as `<=` does that replaces a `<`. */
  readonly replacesOperator?: boolean;
}

export type OfferKind =
  'field' | 'operator' | 'enumMember' | 'value' | 'function' | 'keyword' | 'snippet';

/** Text as it is, or a place to fill in: empty, or with a text to be overwritten. */
export type OfferPart = string | { readonly fill: string };

/** What an offer is made from. */
export interface OfferRequest {
  readonly filter: AnalysedFilter;
  readonly workspace: Workspace;
  readonly context: CaretContext;
  /** ISO date of the day it is. */
  readonly today: string;
}

/** Ranks, so that one look tells what stands before what. */
export const RANK = {
  mapped: 10,
  likely: 20,
  other: 30,
  shape: 40,
  function: 50,
  rare: 60,
} as const;
