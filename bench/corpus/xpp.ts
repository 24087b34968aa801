import { type Random, random } from '../random.ts';
import { lengthOf, LONGEST } from './odata.ts';

/**
 * X++ range expressions, kept to what is an expression of JavaScript as well: the parsers of those are the only
 * peers there are (`performance.md` 1).
 */
export function xppCorpus(count: number): readonly string[] {
  const from = random(20_240_602);
  const texts = new Set<string>();
  while (texts.size < count) texts.add(xppFilter(from, lengthOf(from)));
  return [...texts];
}

/** Every name a filter uses: a peer wants to be told. */
export const XPP_FIELDS = [
  'CUSTOMERACCOUNT',
  'PARENTPROJECT',
  'PROJECTID',
  'SALESSTATUS',
  'CREDITLIMIT',
  'ISONETIMECUSTOMER',
  'ORGANIZATIONNAME',
  'ITEMNUMBER',
] as const;

const RELATIONS = ['==', '==', '==', '!=', '<', '<=', '>', '>='] as const;
const WORDS = ['', 'USMF', 'C-00*', 'Contoso', 'Fabrikam Inc.', 'a & b (c)'] as const;

export function xppFilter(from: Random, length: number): string {
  let text = condition(from, length);
  while (text.length < length) {
    const more = condition(from, length - text.length);
    if (text.length + more.length + 5 > LONGEST) break;
    text += `${from.chance(0.65) ? ' && ' : ' || '}${more}`;
  }
  return text.length > LONGEST ? comparison(from) : text;
}

/** Where there is room for several conditions, it may be a group; those nest up to some twenty levels. */
function condition(from: Random, room: number): string {
  if (room > 90 && from.chance(0.4)) {
    const inner = from.shuffled([condition(from, room * 0.8), condition(from, room / 4)]);
    const group = `(${inner.join(from.chance(0.5) ? ' && ' : ' || ')})`;
    return from.chance(0.15) ? `!${group}` : group;
  }
  // X++ wants its comparisons in parentheses (`dualwrite.md` 2.4).
  return from.chance(0.7) ? `(${comparison(from)})` : comparison(from);
}

function comparison(from: Random): string {
  const left = `${from.pick(XPP_FIELDS)} ${from.pick(RELATIONS)}`;
  if (from.chance(0.3)) return `${left} ${from.below(100_000)}`;
  return from.chance(0.1) ? `${left} ${from.below(1_000)}.5` : `${left} "${from.pick(WORDS)}"`;
}
