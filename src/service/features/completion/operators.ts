import { type FilterLanguage } from '../lexemes.ts';
import { type Offer, type OfferRequest, RANK } from './offer.ts';

const RELATIONS: Readonly<Record<FilterLanguage, readonly string[]>> = {
  xpp: ['==', '!=', '<', '<=', '>', '>=', 'like'],
  odata: ['eq', 'ne', 'gt', 'ge', 'lt', 'le'],
};

const CONNECTORS: Readonly<Record<FilterLanguage, readonly string[]>> = {
  xpp: ['&&', '||'],
  odata: ['and', 'or'],
};

const offered = (operator: string, rank: number): Offer => ({
  label: operator,
  kind: 'operator',
  parts: [operator],
  rank,
  subject: { kind: 'operator', name: operator },
});

/** `==` and `!=` are what the shipped maps use (`dualwrite.md` 5). */
export const relationOffers = (language: FilterLanguage): readonly Offer[] =>
  RELATIONS[language].map((operator, index) =>
    offered(operator, index < 2 ? RANK.mapped : RANK.likely),
  );

export const connectorOffers = (language: FilterLanguage): readonly Offer[] =>
  CONNECTORS[language].map((operator) => offered(operator, RANK.mapped));

/** The operators that the one before the caret is the beginning of: `=` of `==`, `&` of `&&`. */
export function longerOperators(
  { context: { operator } }: OfferRequest,
  language: FilterLanguage,
): readonly Offer[] {
  if (operator === undefined) return [];
  const known = operator.kind === 'connector' ? CONNECTORS[language] : RELATIONS[language];
  return known
    .filter((text) => text.startsWith(operator.text) && text !== operator.text)
    .map((text) => ({ ...offered(text, RANK.mapped), replacesOperator: true }));
}

/** What can stand before a comparison beside a field. */
export const negationOffers = (language: FilterLanguage): readonly Offer[] => [
  language === 'xpp'
    ? { ...offered('!', RANK.shape), label: '!(…)', filterText: '!', parts: ['!(', FILL, ')'] }
    : {
        ...offered('not', RANK.shape),
        label: 'not (…)',
        filterText: 'not',
        parts: ['not (', FILL, ')'],
      },
  {
    label: '(…)',
    kind: 'snippet',
    filterText: '(',
    parts: ['(', FILL, ')'],
    rank: RANK.shape,
  },
];

const FILL = { fill: '' };
