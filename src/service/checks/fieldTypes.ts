import { nearest } from '../../filter/odata/nearest.ts';
import type { XppExpression } from '../../filter/xpp/ast.ts';
import { quoted, rewriting } from '../../filter/xpp/checks/check.ts';
import { type FieldComparison, isEquality } from '../../filter/xpp/compared.ts';
import { noYesText } from '../../filter/xpp/checks/misplacedWord.ts';
import { numberForText } from '../../filter/xpp/checks/typeMismatch.ts';
import { comparedIn } from '../../filter/xpp/places.ts';
import type { Metadata } from '../../metadata/metadata.ts';
import type { EnumElement, FieldType } from '../../metadata/model.ts';
import type { Problem } from '../../problem/problem.ts';

type EnumFieldType = Extract<FieldType, { readonly kind: 'enum' }>;

/** Whether a type tells more than the value maps of the map do. */
export const isTelling = (type: FieldType): boolean =>
  type.kind === 'enum' ? type.elements.length > 0 : type.kind !== 'unknown';

/** Literals against the real types of their fields (`dualwrite.md` section 6, E1 to E5, C4). */
export function checkFieldTypes(
  root: XppExpression,
  typeOf: (field: string) => FieldType,
  metadata: Metadata,
): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { compared } of comparedIn(root)) {
    if (compared.relation === 'like') continue;
    const { field } = compared;
    if (field.dataSource !== undefined || field.element !== undefined) continue;
    const type = typeOf(field.name);
    const guesses = problems.length < MOST_GUESSES;
    const problem =
      type.kind === 'enum'
        ? checkEnum(compared, type, metadata, guesses)
        : checkLiteral(compared, type.kind);
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

/** Behind so many wrong names, likeness is not worth the time it takes. */
const MOST_GUESSES = 100;

/** Kept short: a menu of forty elements helps nobody. */
const MOST_FIXES = 8;

function checkLiteral(
  { field, literal }: FieldComparison,
  type: Exclude<FieldType['kind'], 'enum'>,
): Problem | undefined {
  const { span, text } = literal;
  const args = { field: field.name, text };
  const isNumber = literal.kind === 'integer' || literal.kind === 'real';
  const isDate = literal.kind === 'date' || literal.kind === 'datetime';
  const value = literal.kind === 'string' ? literal.value : undefined;
  switch (type) {
    case 'text':
      if (isNumber) return numberForText(span, args, 'textField');
      return isDate ? { code: 'type-mismatch', variant: 'textField', span, args } : undefined;
    case 'number': {
      if (value !== undefined && /^-?\d+(?:\.\d+)?$/u.test(value)) {
        const fixes = [rewriting('write-literal', span, value, true)];
        return { code: 'type-mismatch', variant: 'numberField', span, args, fixes };
      }
      if (value === '') {
        const fixes = [rewriting('write-literal', span, '0')];
        return { code: 'type-mismatch', variant: 'numberField', span, args, fixes };
      }
      const isOther = value !== undefined || isDate || literal.kind === 'guid';
      return isOther ? { code: 'type-mismatch', variant: 'numberField', span, args } : undefined;
    }
    case 'date':
    case 'datetime': {
      // Zero is the first day of 1900 to SQL Server, and texts that may be dates have problems of their own.
      const isOther =
        (isNumber && literal.value !== 0) ||
        (value !== undefined && /\p{L}/u.test(value) && !/\d/u.test(value)) ||
        literal.kind === 'guid' ||
        literal.kind === 'enum';
      return isOther ? { code: 'type-mismatch', variant: 'dateField', span, args } : undefined;
    }
    case 'guid':
      return isNumber || isDate
        ? { code: 'type-mismatch', variant: 'guidField', span, args }
        : undefined;
    case 'unknown':
      return undefined;
  }
}

const isNoYes = ({ name }: EnumFieldType): boolean => name.toLowerCase() === 'noyes';

function checkEnum(
  compared: FieldComparison,
  type: EnumFieldType,
  metadata: Metadata,
  guesses: boolean,
): Problem | undefined {
  const { literal, field, relation } = compared;
  const { span, text } = literal;
  switch (literal.kind) {
    case 'integer':
      return isEquality(relation) && !isNoYes(type)
        ? checkNumber(compared, literal.value, type)
        : undefined;
    case 'string':
      return isNoYes(type)
        ? noYesText(compared)
        : checkName(compared, literal.value, type, metadata, guesses);
    case 'enum': {
      // The literal says itself of which enum its element is.
      const known = metadata.enumNamed(literal.enumName);
      if (known === undefined) return undefined;
      const own: EnumFieldType = { ...type, ...known, kind: 'enum', isStable: !known.isExtensible };
      return checkName(compared, literal.element, own, metadata, guesses);
    }
    case 'real':
    case 'date':
    case 'datetime':
    case 'guid':
      return {
        code: 'type-mismatch',
        variant: 'enumField',
        span,
        args: { field: field.name, text },
      };
  }
}

/** A number says nothing to the reader, and in an extensible enum not the same everywhere (E2, E3). */
function checkNumber(
  { literal, field }: FieldComparison,
  number: number,
  { name, elements, isStable, isWhole }: EnumFieldType,
): Problem | undefined {
  const { span, text } = literal;
  const element = elements.find(({ value }) => value === number);
  const args = { field: field.name, text, enumName: name };
  if (element !== undefined) {
    return {
      code: 'enum-number',
      variant: isStable ? 'element' : 'extensible',
      span,
      args: { ...args, element: element.name },
      fixes: [rewriting('write-literal', span, quoted(element.name), isStable)],
    };
  }
  const isKnown =
    isWhole && elements.length > 0 && elements.every(({ value }) => value !== undefined);
  return isKnown && isStable
    ? {
        code: 'no-such-element',
        variant: 'number',
        span,
        args,
        fixes: elements
          .slice(0, MOST_FIXES)
          .map((each) => rewriting('write-literal', span, quoted(each.name))),
      }
    : undefined;
}

/** A label is told for certain (E1); that there is no such element, only where all are known (E5). */
function checkName(
  { literal, field }: FieldComparison,
  written: string,
  { name, elements, isWhole }: EnumFieldType,
  metadata: Metadata,
  guesses: boolean,
): Problem | undefined {
  const wanted = written.trim().toLowerCase();
  // Wildcards have a problem of their own; a number in quotes is a number.
  if (wanted === '' || elements.length === 0 || /[*?]|^-?\d+$/u.test(wanted)) return undefined;
  if (elements.some((each) => each.name.toLowerCase() === wanted)) return undefined;
  const { span } = literal;
  const args = { field: field.name, text: written, enumName: name };
  const write = (each: EnumElement, preferred = false): ReturnType<typeof rewriting> =>
    rewriting(
      'write-literal',
      span,
      literal.kind === 'enum'
        ? `${literal.enumName}::${each.name}`
        : quoted(each.name, literal.text),
      preferred,
    );
  const labelled = elements.filter(({ label }) =>
    metadata.textsOf(label).some((text) => text.toLowerCase() === wanted),
  );
  const [only, ...others] = labelled;
  if (only !== undefined) {
    return {
      code: 'no-such-element',
      variant: 'label',
      span,
      args: { ...args, element: only.name },
      fixes: labelled.map((each) => write(each, others.length === 0)),
    };
  }
  if (!isWhole) return undefined;
  const near = guesses
    ? nearest(
        wanted,
        elements.map((each) => each.name.toLowerCase()),
      )
    : undefined;
  const ordered = elements.toSorted(
    (a, b) => Number(b.name.toLowerCase() === near) - Number(a.name.toLowerCase() === near),
  );
  return {
    code: 'no-such-element',
    span,
    args,
    fixes: ordered
      .slice(0, MOST_FIXES)
      .map((each) => write(each, each.name.toLowerCase() === near)),
  };
}
