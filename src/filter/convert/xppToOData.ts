import type { Comparison, LiteralOperand, Value } from '../meaning/condition.ts';
import { fieldWithLiteral } from '../meaning/evaluate.ts';
import { compareCell, emptyValueFor } from '../meaning/values.ts';
import { quoted } from '../odata/strings.ts';
import type { XppExpression } from '../xpp/ast.ts';
import { meaningOfXpp } from '../xpp/meaning.ts';
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

/** The `$filter` that keeps in Dataverse the rows an X++ filter keeps in Finance and Operations. */
export function xppToOData(
  expression: XppExpression | undefined,
  context: ConversionContext = {},
): Conversion {
  const writer: Writer = {
    comparison: (comparison, isNegated) => comparisonOf(comparison, isNegated, context, writer),
    junction: (kind, pieces) =>
      pieces
        .map((piece) =>
          piece.kind === 'and' || piece.kind === 'or' ? `(${piece.text})` : textOf(piece),
        )
        .join(` ${kind} `),
  };
  return written(meaningOfXpp(expression), writer);
}

const textOf = (piece: Piece): string =>
  piece.kind === 'constant' ? String(piece.value) : piece.text;

const atom = (text: string): Piece => ({ kind: 'atom', text });

function comparisonOf(
  comparison: Comparison,
  isNegated: boolean,
  context: ConversionContext,
  writer: Writer,
): Converted {
  const mixed = fieldWithLiteral(comparison);
  if (mixed === undefined) return obstacle('two-fields', comparison);
  const { field, operator, literal } = mixed;
  const column = context.fieldOf === undefined ? field.name : context.fieldOf(field.name);
  if (column === undefined) return obstacle('unmapped-field', field, field.name);

  const element = elementIn(literal.value);
  const mapped = element === undefined ? undefined : context.valueOfElement?.(field.name, element);
  const isEnum = literal.value.type === 'enum' || context.typeOf?.(field.name) === 'enum';
  if (mapped === undefined && isEnum) {
    return obstacle('unmapped-value', literal, field.name);
  }
  const isEquality = operator === 'eq' || operator === 'ne';
  if (mapped !== undefined) {
    return isEquality
      ? { piece: atom(`${column} ${relationOf(operator, isNegated)} ${valueText(mapped)}`) }
      : obstacle('order', comparison, field.name);
  }
  if (operator === 'like')
    return patternOf(comparison, column, literal, isNegated, context, writer);

  const relation = relationOf(operator, isNegated);
  const empty = emptyValueFor(literal.value);
  if (!hasEmptyNull(literal.value.type) || empty === undefined) {
    return plain(column, relation, literal, field.name);
  }
  const isNullable = context.isNullable?.(field.name) !== false;
  if (compareCell(empty, 'eq', literal.value) === true) {
    return emptyComparison(comparison, column, relation, isNullable, field.name);
  }
  const base = plain(column, relation, literal, field.name);
  if (compareCell(empty, relation, literal.value) !== true) return base;
  return keepingEmpty(base, comparison, column, isNullable, field.name, writer);
}

/** What a ValueMap could name: elements are also written as texts and numbers (`dualwrite.md` 2.3). */
function elementIn(value: Value): string | undefined {
  switch (value.type) {
    case 'enum':
      return value.element;
    case 'text':
      return value.text === '' ? undefined : value.text;
    case 'number':
      return digitsOf(value);
    default:
      return undefined;
  }
}

/** A value of a ValueMap: `True`, `192350000`, or a text. */
function valueText(mapped: string): string {
  if (/^(?:true|false)$/iu.test(mapped)) return mapped.toLowerCase();
  return /^-?\d+$/u.test(mapped) ? mapped : quoted(mapped);
}

function plain(
  column: string,
  relation: Relation,
  literal: LiteralOperand,
  field: string,
): Converted {
  const text = literalText(literal.value);
  return text === undefined
    ? obstacle('literal', literal, field)
    : { piece: atom(`${column} ${relation} ${text}`) };
}

function literalText(value: Value): string | undefined {
  switch (value.type) {
    case 'text':
      return quoted(value.text);
    case 'number':
      return digitsOf(value);
    case 'date':
      return value.iso;
    case 'datetime':
      return `${value.iso}Z`;
    case 'guid':
      return value.guid;
    case 'enum':
      return undefined;
  }
}

/** A comparison with the empty value; only some relations say something of it that null can answer. */
function emptyComparison(
  comparison: Comparison,
  column: string,
  relation: Relation,
  isNullable: boolean,
  field: string,
): Converted {
  // `!= ""` drops NULL anyway, so nothing hangs on whether there is one (`dualwrite.md` 4.3).
  if (relation === 'ne') return { piece: atom(`${column} ne null`) };
  if (relation !== 'eq') return obstacle('order', comparison, field);
  return isNullable
    ? obstacle('null-or-empty', comparison, field)
    : { piece: atom(`${column} eq null`) };
}

/** Empty rows match, and are null in Dataverse: there they need an arm of their own (`dualwrite.md` 3.2). */
function keepingEmpty(
  base: Converted,
  comparison: Comparison,
  column: string,
  isNullable: boolean,
  field: string,
  writer: Writer,
): Converted {
  if ('obstacle' in base) return base;
  return isNullable
    ? obstacle('null-or-empty', comparison, field)
    : { piece: joined('or', [base.piece, atom(`${column} eq null`)], writer) };
}

const SIMPLE_PATTERN = /^(\**)([^*?%_[\]]+)(\**)$/u;

function patternOf(
  comparison: Comparison,
  column: string,
  literal: LiteralOperand,
  isNegated: boolean,
  context: ConversionContext,
  writer: Writer,
): Converted {
  const field = fieldWithLiteral(comparison)?.field.name ?? '';
  const { value } = literal;
  const [, before = '', text, behind = ''] =
    SIMPLE_PATTERN.exec(value.type === 'text' ? value.text : '') ?? [];
  if (text === undefined || before + behind === '') {
    return obstacle('pattern', literal, field);
  }
  const name = before === '' ? 'startswith' : behind === '' ? 'endswith' : 'contains';
  const call = `${name}(${column}, ${quoted(text)})`;
  const base: Converted = { piece: atom(isNegated ? `not ${call}` : call) };
  if (!isNegated) return base;
  const isNullable = context.isNullable?.(field) !== false;
  return keepingEmpty(base, comparison, column, isNullable, field, writer);
}
