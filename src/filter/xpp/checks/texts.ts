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
  // A utcdatetime has neither offset nor fraction; UTC and whole seconds may go without saying.
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.0+)?(Z|[+-]\d{2}:\d{2})?$/u.exec(value);
  if (match === null) return [];
  const [, moment = '', , zone = ''] = match;
  const isFixable = !/^[+-]/u.test(zone) && !Number.isNaN(Date.parse(`${moment}Z`));
  return [
    {
      code: 'quoted-datetime',
      span,
      args: { text: moment },
      fixes: isFixable ? [rewriting('write-literal', span, moment, true)] : [],
    },
  ];
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
