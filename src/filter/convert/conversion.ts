import type { Span } from '../../text/span.ts';
import type { Comparison, Condition, Value } from '../meaning/condition.ts';

/** A filter in the other language, or why there is none that means the same. */
export type Conversion =
  | { readonly kind: 'converted'; readonly text: string }
  | { readonly kind: 'impossible'; readonly reason: Obstacle };

/** What can't be said in the other language; its sentence is the message `convert.CODE`. */
export interface Obstacle {
  readonly code:
    /** It means nothing here: a function, a path, a part that can't be read. */
    | 'no-meaning'
    /** NULL and the empty value are one in Dataverse, and the field may hold either. */
    | 'null-or-empty'
    /** Whether null stands for an empty text or for another empty value is not known. */
    | 'null-type'
    | 'two-fields'
    | 'unmapped-field'
    | 'unmapped-value'
    /** Wildcards that the other language does not have. */
    | 'pattern'
    /** An order that the other language does not know, as that of enum elements. */
    | 'order'
    /** A number or date that the other language can't write. */
    | 'literal';
  /** Place in the converted filter. */
  readonly span: Span;
  readonly field?: string;
}

/**
 * What is known about the two sides of a map. Rows correspond as dual-write and Dataverse make them: an empty text,
 * date or GUID of Finance and Operations is null in Dataverse, and so is NULL; everything else is itself
 * (`dualwrite.md` 3.2, 4.4). Texts of nothing but blanks count as empty.
 */
export interface ConversionContext {
  /** The name of a field on the other side; itself if there is no such function. */
  readonly fieldOf?: (name: string) => string | undefined;
  /** The Dataverse value of an enum element, as a ValueMap has it (`dualwrite.md` 1.3). Every object has a `valueOf`. */
  readonly valueOfElement?: (field: string, element: string) => string | undefined;
  /** The enum element of a Dataverse value. */
  readonly elementOfValue?: (field: string, value: string) => string | undefined;
  /** Whether a field of Finance and Operations can be NULL there; undefined where nobody knows. */
  readonly isNullable?: (field: string) => boolean | undefined;
  /** The type of a field of Finance and Operations. */
  readonly typeOf?: (field: string) => Value['type'] | undefined;
}

/** Part of a filter in the other language. */
export type Piece =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'atom' | 'and' | 'or'; readonly text: string };

export type Converted = { readonly piece: Piece } | { readonly obstacle: Obstacle };

/** How a language writes what it is given. */
export interface Writer {
  readonly comparison: (comparison: Comparison, isNegated: boolean) => Converted;
  /** @param texts pieces that are already in parentheses where they need them. */
  readonly junction: (kind: 'and' | 'or', pieces: readonly Piece[]) => string;
}

/**
 * Writes a condition in another language, negations pushed down to the comparisons: there it is clear whether
 * a comparison must be true or false, and so what NULL and empty values must do.
 */
export function written(condition: Condition, writer: Writer): Conversion {
  const result = convert(condition, false, writer);
  if ('obstacle' in result) return { kind: 'impossible', reason: result.obstacle };
  const { piece } = result;
  if (piece.kind !== 'constant') return { kind: 'converted', text: piece.text };
  return piece.value
    ? { kind: 'converted', text: '' }
    : { kind: 'impossible', reason: { code: 'no-meaning', span: condition.span } };
}

function convert(condition: Condition, isNegated: boolean, writer: Writer): Converted {
  switch (condition.kind) {
    case 'comparison':
      return writer.comparison(condition, isNegated);
    case 'not':
      return convert(condition.term, !isNegated, writer);
    case 'and':
    case 'or': {
      const kind = (condition.kind === 'and') === isNegated ? 'or' : 'and';
      const pieces: Piece[] = [];
      for (const term of condition.terms) {
        const result = convert(term, isNegated, writer);
        if ('obstacle' in result) return result;
        pieces.push(result.piece);
      }
      return { piece: joined(kind, pieces, writer) };
    }
    case 'always':
      return { piece: { kind: 'constant', value: !isNegated } };
    case 'unreadable':
      return { obstacle: { code: 'no-meaning', span: condition.span } };
  }
}

export function joined(kind: 'and' | 'or', pieces: readonly Piece[], writer: Writer): Piece {
  const deciding = kind === 'or';
  const others = pieces.filter((piece) => piece.kind !== 'constant');
  if (pieces.some((piece) => piece.kind === 'constant' && piece.value === deciding)) {
    return { kind: 'constant', value: deciding };
  }
  const [only] = others;
  if (only === undefined) return { kind: 'constant', value: !deciding };
  return others.length === 1 ? only : { kind, text: writer.junction(kind, others) };
}

const NEGATED = { eq: 'ne', ne: 'eq', lt: 'ge', ge: 'lt', gt: 'le', le: 'gt' } as const;

export type Relation = keyof typeof NEGATED;

/** `!(A < 1)` is true where `A >= 1` is. */
export const relationOf = (operator: Relation, isNegated: boolean): Relation =>
  isNegated ? NEGATED[operator] : operator;

export const obstacle = (
  code: Obstacle['code'],
  { span }: { readonly span: Span },
  field?: string,
): Converted => ({ obstacle: { code, span, ...(field === undefined ? {} : { field }) } });

/** Types whose empty value is null in Dataverse. */
export const hasEmptyNull = (type: Value['type']): boolean =>
  type === 'text' || type === 'date' || type === 'datetime' || type === 'guid';
