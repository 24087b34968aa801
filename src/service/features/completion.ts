import type { Span } from '../../text/span.ts';
import type { FilterPlace } from '../place.ts';
import type { Workspace } from '../workspace.ts';
import { contextAt, type Wanted } from './completion/context.ts';
import { columnOffers, columnTextOffers, fieldOffers } from './completion/fields.ts';
import { functionOffers, parameterOffers } from './completion/functions.ts';
import type { Offer, OfferPart, OfferRequest } from './completion/offer.ts';
import {
  connectorOffers,
  longerOperators,
  negationOffers,
  relationOffers,
} from './completion/operators.ts';
import { enumElementOffers, odataValueOffers, xppValueOffers } from './completion/values.ts';
import { languageOf } from './docsContext.ts';
import type { FilterLanguage } from './lexemes.ts';

/** An offer with the place it goes to, in the filter's own text. */
export interface Completion extends Offer {
  readonly span: Span;
  /** What is written between the start of the place and the caret. */
  readonly typed: string;
}

/**
 * What can be written at a place, best first.
 *
 * @param byBlank whether a blank brought the question: it ends a word, and asks for less than a person does.
 */
export function completionsAt(
  { filter, offset }: FilterPlace,
  workspace: Workspace,
  today: string,
  byBlank = false,
): readonly Completion[] {
  const language = languageOf(filter);
  const text = filter.site.text.value;
  const context = contextAt(text, offset, language);
  if (byBlank && !isWorthABlank(context.wanted.kind, text.slice(0, offset))) return [];
  const request: OfferRequest = { filter, workspace, context, today };
  const longer = longerOperators(request, language);
  // Half a connector is no connector: `&` waits for its other half.
  const isHalf = context.operator?.kind === 'connector' && longer.length > 0;
  const offers = isHalf ? longer : [...longer, ...offersFor(request, language)];
  return offers
    .toSorted((a, b) => a.rank - b.rank)
    .map((offer): Completion => {
      const start = offer.replacesOperator === true ? context.operator?.span.start : undefined;
      if (start !== undefined) {
        const typed = context.operator?.text ?? '';
        return { ...offer, span: { start, end: context.span.end }, typed };
      }
      return {
        ...offer,
        parts: context.needsBlank ? blankBefore(offer.parts) : offer.parts,
        span: context.span,
        typed: context.typed,
      };
    });
}

/** Behind a comparison a blank says nothing yet: the filter may be complete. Behind a connector it can't be. */
const isWorthABlank = (wanted: Wanted['kind'], before: string): boolean =>
  wanted === 'relation' || wanted === 'value' || (wanted === 'operand' && before.trim() !== '');

const blankBefore = ([first = '', ...rest]: readonly OfferPart[]): readonly OfferPart[] =>
  typeof first === 'string' ? [` ${first}`, ...rest] : [' ', first, ...rest];

function offersFor(request: OfferRequest, language: FilterLanguage): readonly Offer[] {
  const { wanted } = request.context;
  const isXpp = language === 'xpp';
  const operands = (): readonly Offer[] => (isXpp ? fieldOffers(request) : columnOffers(request));
  switch (wanted.kind) {
    case 'operand':
      return [
        ...operands(),
        ...negationOffers(language),
        ...(isXpp ? [] : functionOffers(request)),
      ];
    case 'argument': {
      const parameters = isXpp ? [] : parameterOffers(wanted.call);
      return parameters.length > 0 || wanted.index > 0 ? parameters : operands();
    }
    case 'relation':
      return relationOffers(language);
    case 'value':
      // On the other side of a constant stands a field.
      if (wanted.field === undefined) return operands();
      return isXpp
        ? xppValueOffers(request, wanted.field, wanted.relation)
        : odataValueOffers(request, wanted.field, wanted.relation);
    case 'element':
      return enumElementOffers(request, wanted.enumName, wanted.field);
    case 'columnText':
      return columnTextOffers(request);
    case 'connector':
      return connectorOffers(language);
    case 'nothing':
      return [];
  }
}
