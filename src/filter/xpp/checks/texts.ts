import type { Problem } from '../../../problem/problem.ts';
import type { XppPlace } from '../places.ts';
import { fieldComparison, isEquality, rewriting } from './check.ts';

/** Texts that hold something else than a text. */
export function checkTexts(place: XppPlace): readonly Problem[] {
  return [...checkQuotedDateTime(place), ...checkBlankText(place)];
}

/** A point in time is written without quotes; in quotes the comparison fails (`dualwrite.md` 2.3, L1). */
function checkQuotedDateTime({ node }: XppPlace): readonly Problem[] {
  const compared = fieldComparison(node);
  if (compared?.literal.kind !== 'string' || compared.relation === 'like') return [];
  const { span, value } = compared.literal;
  const moment = utcMoment(value);
  if (moment === undefined) return [];
  return [
    {
      code: 'quoted-datetime',
      span,
      args: { text: moment },
      fixes: [rewriting('write-literal', span, moment, true)],
    },
  ];
}

/**
 * The utcdatetime that a text names, which has neither offset nor fraction; whole seconds may go without saying.
 * Undefined for what names no moment of X++, whose days end in 2154 (`dualwrite.md` 2.3).
 */
function utcMoment(text: string): string | undefined {
  const match = /^(\d{4}-\d{2}-(\d{2})T\d{2}:\d{2}:\d{2})(?:\.0+)?(Z|[+-]\d{2}:\d{2})?$/u.exec(
    text,
  );
  if (match === null) return undefined;
  const [, written = '', day = '', zone = 'Z'] = match;
  const local = new Date(`${written}Z`);
  const moment = new Date(`${written}${zone}`);
  // The 31st of a shorter month would be read as a day of the next one.
  if (Number.isNaN(moment.getTime()) || local.getUTCDate() !== Number(day)) return undefined;
  const year = moment.getUTCFullYear();
  return year < 1900 || year > 2154 ? undefined : moment.toISOString().slice(0, 19);
}

/** A quoted blank does not stand for "nothing" (`dualwrite.md` 2.5, L6). */
function checkBlankText({ node }: XppPlace): readonly Problem[] {
  const compared = fieldComparison(node);
  if (compared?.literal.kind !== 'string' || !isEquality(compared.relation)) return [];
  const { literal } = compared;
  if (!/^ +$/u.test(literal.value)) return [];
  const empty = literal.text.startsWith("'") ? "''" : '""';
  return [
    {
      code: 'blank-text',
      span: literal.span,
      args: { empty },
      fixes: [rewriting('write-literal', literal.span, empty, true)],
    },
  ];
}
