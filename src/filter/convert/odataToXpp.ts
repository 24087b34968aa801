import {
  type Comparison,
  comparisonsOf,
  type Condition,
  type KnownOperand,
  type PatternOperand,
  type Value,
} from '../meaning/condition.ts';
import { fieldWithKnown } from '../meaning/evaluate.ts';
import { compareCell, emptyValueFor, textOfValue } from '../meaning/values.ts';
import type { ODataExpression } from '../odata/ast.ts';
import { meaningOfOData } from '../odata/meaning.ts';
import { xppDate, xppString } from '../xpp/print.ts';
import {
  type Conversion,
  type ConversionContext,
  type Converted,
  hasEmptyNull,
  joined,
  obstacle,
  type Piece,
  type Relation,
  relationOf,
  written,
  type Writer,
} from './conversion.ts';
import { digitsOf } from '../meaning/numbers.ts';

/** The X++ filter that keeps in Finance and Operations the rows a `$filter` keeps in Dataverse. */
export function odataToXpp(
  expression: ODataExpression | undefined,
  context: ConversionContext = {},
): Conversion {
  const condition = meaningOfOData(expression);
  const seenTypes = typesSeen(condition);
  const writer: Writer = {
    comparison(comparison, isNegated) {
      const mixed = fieldWithKnown(comparison);
      if (mixed === undefined) return obstacle('two-fields', comparison);
      const column = mixed.field.name;
      const field = context.fieldOf === undefined ? column : context.fieldOf(column);
      if (field === undefined) return obstacle('unmapped-field', mixed.field, column);
      const type = context.typeOf?.(field) ?? seenTypes.get(column.toLowerCase());
      const use: Use = { ...mixed, comparison, column, name: field, isNegated, type };
      return comparisonOf(use, context, writer);
    },
    junction: (kind, pieces) => `(${pieces.map(textOf).join(kind === 'and' ? ' && ' : ' || ')})`,
  };
  return written(condition, writer);
}

/** A comparison and what is known about it. */
interface Use {
  readonly comparison: Comparison;
  readonly operator: Comparison['operator'];
  readonly literal: KnownOperand;
  readonly isNegated: boolean;
  readonly column: string;
  /** The field on the other side. */
  readonly name: string;
  readonly type: Value['type'] | undefined;
}

const textOf = (piece: Piece): string =>
  piece.kind === 'constant' ? String(piece.value) : piece.text;

const atom = (text: string): Piece => ({ kind: 'atom', text: `(${text})` });

/** The types of the literals that a filter compares its columns with. */
function typesSeen(condition: Condition): ReadonlyMap<string, Value['type']> {
  const types = new Map<string, Value['type']>();
  for (const comparison of comparisonsOf(condition)) {
    const mixed = fieldWithKnown(comparison);
    const known = mixed?.literal;
    if (mixed === undefined || known === undefined || known.kind === 'constant') continue;
    types.set(mixed.field.name.toLowerCase(), known.kind === 'pattern' ? 'text' : known.value.type);
  }
  return types;
}

function comparisonOf(use: Use, context: ConversionContext, writer: Writer): Converted {
  const { comparison, operator, literal, isNegated } = use;
  if (literal.kind === 'pattern') return patternOf(use, literal, writer);
  if (operator === 'like') return obstacle('no-meaning', comparison, use.column);
  const relation = relationOf(operator, isNegated);
  const constant = literal.kind === 'constant' ? literal.constant : undefined;
  if (constant === null) return nullComparison(use, relation, context);

  const element =
    literal.kind === 'literal'
      ? context.elementOfValue?.(use.column, textOfValue(literal.value))
      : context.elementOfValue?.(use.column, String(constant));
  if (element !== undefined) {
    return relation === 'eq' || relation === 'ne'
      ? { piece: atom(`${use.name} ${SIGNS[relation]} ${xppString(element)}`) }
      : obstacle('order', comparison, use.column);
  }
  // The numbers of an enum and of a choice have nothing in common (`dualwrite.md` 1.3).
  if (literal.kind === 'constant' || use.type === 'enum') {
    return obstacle('unmapped-value', literal, use.column);
  }

  const { value } = literal;
  const text = literalText(value);
  if (text === undefined) return obstacle('literal', literal, use.column);
  const base = atom(`${use.name} ${SIGNS[relation]} ${text}`);
  const empty = emptyValueFor(value);
  if (!hasEmptyNull(value.type) || empty === undefined) return { piece: base };
  // Dataverse has null where Finance and Operations has the empty value, so it can't hold this one.
  if (compareCell(empty, 'eq', value) === true) {
    return obstacle('null-or-empty', comparison, use.column);
  }
  return compareCell(empty, relation, value) === true
    ? { piece: droppingEmpty(base, use, value.type, writer) }
    : { piece: base };
}

const SIGNS: Readonly<Record<Relation, string>> = {
  eq: '==',
  ne: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
};

function literalText(value: Value): string | undefined {
  switch (value.type) {
    case 'text':
      return xppString(value.text);
    case 'number': {
      const digits = digitsOf(value);
      // An exponent without decimals is no number of X++ (`dualwrite.md` 2.5).
      return digits.includes('e') ? undefined : digits;
    }
    case 'date':
      return isXppDate(value.iso) ? xppDate(value.iso) : undefined;
    case 'datetime':
      return isXppDate(value.iso) ? value.iso : undefined;
    case 'guid':
      return `{${value.guid}}`;
    case 'enum':
      return undefined;
  }
}

/** X++ dates reach from 1900 to 2154 (`dualwrite.md` 2.3). */
function isXppDate(iso: string): boolean {
  const year = Number(iso.slice(0, 4));
  return year >= 1900 && year <= 2154;
}

const EMPTY_TEXTS: Readonly<Partial<Record<Value['type'], string>>> = {
  text: '""',
  date: '01\\01\\1900',
  datetime: '1900-01-01T00:00:00',
  guid: '{00000000-0000-0000-0000-000000000000}',
};

function nullComparison(use: Use, relation: Relation, context: ConversionContext): Converted {
  const { comparison, column, name, type } = use;
  const empty = type === undefined ? undefined : EMPTY_TEXTS[type];
  if (empty === undefined) return obstacle('null-type', comparison, column);
  if (relation === 'ne') return { piece: atom(`${name} != ${empty}`) };
  return context.isNullable?.(name) === false
    ? { piece: atom(`${name} == ${empty}`) }
    : obstacle('null-or-empty', comparison, column);
}

/** What is null in Dataverse does not match there, so what is empty here must not. */
const droppingEmpty = (base: Piece, use: Use, type: Value['type'], writer: Writer): Piece =>
  joined('and', [base, atom(`${use.name} != ${EMPTY_TEXTS[type] ?? '""'}`)], writer);

function patternOf(use: Use, { match, text }: PatternOperand, writer: Writer): Converted {
  const { comparison, column, name, isNegated } = use;
  if (text === '' || /[*?%_[\]]/u.test(text)) return obstacle('pattern', comparison, column);
  const before = match === 'startswith' ? '' : '*';
  const behind = match === 'endswith' ? '' : '*';
  const like = `${name} like ${xppString(before + text + behind)}`;
  return {
    piece: isNegated ? droppingEmpty(atom(`!(${like})`), use, 'text', writer) : atom(like),
  };
}
