import type { Problem } from '../../../problem/problem.ts';
import { type FieldComparison, isEquality } from '../compared.ts';
import type { XppPlace } from '../places.ts';
import { rewriting } from './check.ts';

/** Texts that hold something else than a text. */
export function checkTexts({ compared }: XppPlace): readonly Problem[] {
  if (compared?.literal.kind !== 'string') return [];
  const problem =
    quotedDateTime(compared, compared.literal) ?? blankText(compared, compared.literal);
  return problem === undefined ? [] : [problem];
}

type Text = Extract<FieldComparison['literal'], { readonly kind: 'string' }>;

/** A point in time is written without quotes; in quotes the comparison fails (`dualwrite.md` 2.3, L1). */
function quotedDateTime({ relation }: FieldComparison, { span, value }: Text): Problem | undefined {
  const moment = relation === 'like' ? undefined : utcMoment(value);
  if (moment === undefined) return undefined;
  return {
    code: 'quoted-datetime',
    span,
    args: { text: moment },
    fixes: [rewriting('write-literal', span, moment, true)],
  };
}

const SHORTEST_MOMENT = '2154-12-31T23:59:59'.length;

/**
 * The utcdatetime that a text names, which has neither offset nor fraction; whole seconds may go without saying.
 * Undefined for what names no moment of X++, whose days end in 2154 (`dualwrite.md` 2.3).
 */
function utcMoment(text: string): string | undefined {
  if (text.length < SHORTEST_MOMENT) return undefined;
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
function blankText(
  { relation }: FieldComparison,
  { span, text, value }: Text,
): Problem | undefined {
  if (!isEquality(relation) || !value.startsWith(' ') || !/^ +$/u.test(value)) return undefined;
  const empty = text.startsWith("'") ? "''" : '""';
  return {
    code: 'blank-text',
    span,
    args: { empty },
    fixes: [rewriting('write-literal', span, empty, true)],
  };
}
