import { documentedFunctions, QUERY_NAMESPACE } from '../../../filter/odata/dataverseFunctions.ts';
import {
  canonicalFunctions,
  functionNamed,
  type KnownFunction,
  queryFunctions,
  signatureOf,
} from '../calls.ts';
import { type Offer, type OfferPart, type OfferRequest, RANK } from './offer.ts';

/**
 * Functions at an operand's place. Those that Dataverse does not document for filters are not offered;
 * query functions come last, since nobody documents that dual-write takes them (`dualwrite.md` 3.2).
 */
export function functionOffers({ context }: OfferRequest): readonly Offer[] {
  const isQualified = context.typed.includes('.');
  return [
    ...canonicalFunctions
      .filter(({ name }) => documentedFunctions.has(name))
      .map((known) => offered(known, known.name, known.name, RANK.function)),
    ...queryFunctions.map((known) => {
      const short = known.name.slice(QUERY_NAMESPACE.length + 1);
      return {
        ...offered(known, short, isQualified ? known.name : short, RANK.rare),
        detail: QUERY_NAMESPACE,
      };
    }),
  ];
}

const offered = (known: KnownFunction, label: string, filterText: string, rank: number): Offer => ({
  label,
  kind: 'function',
  detail: signatureOf(known).label,
  parts: callOf(known),
  filterText,
  rank,
  subject: { kind: 'function', name: known.name },
});

function callOf(known: KnownFunction): readonly OfferPart[] {
  const parts: OfferPart[] = [`${known.name}(`];
  for (const [index, { name }] of known.parameters.entries()) {
    if (index > 0) parts.push(known.isNamed ? ',' : ', ');
    if (known.isNamed) parts.push(`${name}=`, ...namedValue(name));
    else if (index === 0) parts.push({ fill: name });
    else parts.push("'", { fill: name }, "'");
  }
  return [...parts, ')'];
}

const namedValue = (parameter: string): readonly OfferPart[] => {
  if (parameter === 'PropertyName') return ["'", { fill: 'column' }, "'"];
  return parameter === 'PropertyValues' ? ['[', { fill: '"value"' }, ']'] : [{ fill: 'value' }];
};

/** The named parameters of a call at one of its places. */
export function parameterOffers(call: string): readonly Offer[] {
  const known = functionNamed(call, 'odata');
  return known?.isNamed !== true
    ? []
    : known.parameters.map(({ name }) => ({
        label: `${name}=`,
        kind: 'keyword',
        parts: [`${name}=`],
        rank: RANK.mapped,
        subject: { kind: 'function', name: known.name },
      }));
}
