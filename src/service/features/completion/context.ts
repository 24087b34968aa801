import type { Span } from '../../../text/span.ts';
import { functionNamed } from '../calls.ts';
import { type FilterLanguage, type Lexeme, lexemesOf } from '../lexemes.ts';

/** What the text before a caret asks for. */
export interface CaretContext {
  readonly wanted: Wanted;
  /** The word or value around the caret that an item replaces; empty between words. */
  readonly span: Span;
  /** What of it stands before the caret. */
  readonly typed: string;
  /** Whether a blank is missing between what stands before the caret and a word put there. */
  readonly needsBlank: boolean;
  /** The operator that ends at the caret and that a longer one may replace: `<` by `<=`. */
  readonly operator: Lexeme | undefined;
}

export type Wanted =
  /** A field, a function, a negation, a parenthesis. */
  | { readonly kind: 'operand' }
  /** What a function takes at one of its places. */
  | { readonly kind: 'argument'; readonly call: string; readonly index: number }
  /** An operator behind a field. */
  | { readonly kind: 'relation'; readonly field: string | undefined }
  /** A value to compare a field with; a field where the other side is a value already. */
  | { readonly kind: 'value'; readonly field: string | undefined; readonly relation: string }
  /** `NoYes::` and then an element. */
  | { readonly kind: 'element'; readonly enumName: string; readonly field: string | undefined }
  /** `field`: of the comparison that may be complete. */
  | { readonly kind: 'connector'; readonly field?: string | undefined }
  /** The column that a query function of Dataverse names in quotes. */
  | { readonly kind: 'columnText' }
  | { readonly kind: 'nothing' };

const OPERAND: Wanted = { kind: 'operand' };
const CONNECTOR: Wanted = { kind: 'connector' };
const NOTHING: Wanted = { kind: 'nothing' };

/** Reads the text before the caret; what stands behind it decides only where the word ends. */
export function contextAt(text: string, offset: number, language: FilterLanguage): CaretContext {
  const lexemes = lexemesOf(text.slice(0, offset), language);
  const last = lexemes.at(-1);
  const touching = last?.span.end === offset ? last : undefined;
  const between = (wanted: Wanted, operator?: Lexeme): CaretContext => ({
    wanted,
    span: { start: offset, end: offset },
    typed: '',
    needsBlank: touching !== undefined && !GLUES.has(touching.kind),
    operator,
  });
  const inWord = (first: number): CaretContext => {
    const start = lexemes[first]?.span.start ?? offset;
    const rest = text.slice(offset, offset + LONGEST_WORD);
    const end = language === 'odata' ? /^[\p{L}\p{N}_.]*/u : /^[\p{L}\p{N}_]*/u;
    return {
      wanted: wantedAfter(lexemes.slice(0, first)),
      span: { start, end: offset + lengthOf(end, rest) },
      typed: text.slice(start, offset),
      needsBlank: false,
      operator: undefined,
    };
  };

  if (touching === undefined) {
    // A character that is no token: the first colon of `NoYes::`.
    const isBlank = offset === 0 || /\s/u.test(text.slice(offset - 1, offset));
    return between(isBlank ? wantedAfter(lexemes) : NOTHING);
  }
  if (isWord(touching.text) || endsWithDot(lexemes)) return inWord(wordStart(lexemes));
  switch (touching.kind) {
    case 'name':
      return inWord(lexemes.length - 1);
    case 'openText':
      return inText(text, offset, wantedAfter(lexemes.slice(0, -1)), touching);
    case 'literal':
      return between(/['"]$/u.test(touching.text) ? wantedAfter(lexemes) : NOTHING);
    case 'relation':
    case 'connector':
      return between(wantedAfter(lexemes), touching);
    case 'member':
    case 'other':
      return between(NOTHING);
    default:
      return between(wantedAfter(lexemes));
  }
}

/** What needs no blank between itself and a word. */
const GLUES: ReadonlySet<Lexeme['kind']> = new Set(['open', 'not', 'scope', 'comma']);

/** No name is longer; the rest of a filter is not searched for the end of one. */
const LONGEST_WORD = 512;

/** A keyword such as `null` or `like` may be the beginning of a name; a number is not. */
const isWord = (text: string): boolean => /^\p{L}+$/u.test(text);

/** `Microsoft.Dynamics.CRM.`: the lexer of OData ends a name before its last dot. */
function endsWithDot(lexemes: readonly Lexeme[]): boolean {
  const [before, dot] = lexemes.slice(-2);
  return (
    dot?.kind === 'other' &&
    dot.text === '.' &&
    before?.kind === 'name' &&
    before.span.end === dot.span.start
  );
}

const wordStart = (lexemes: readonly Lexeme[]): number =>
  lexemes.length - (endsWithDot(lexemes) ? 2 : 1);

const lengthOf = (pattern: RegExp, text: string): number => pattern.exec(text)?.[0].length ?? 0;

/** Inside a text that is not closed before the caret: a value, or the name of a column. */
function inText(text: string, offset: number, before: Wanted, open: Lexeme): CaretContext {
  const { start } = open.span;
  const quote = open.text.slice(0, 1);
  // The text goes on up to its quote, unless an operator tells that the quote begins another text.
  const rest = text.slice(offset, offset + LONGEST_WORD);
  const closed = lengthOf(new RegExp(`^[^${quote}&|()=<>\\n]*${quote}`, 'u'), rest);
  return {
    wanted: takesText(before) ? before : NOTHING,
    span: { start, end: offset + (closed > 0 ? closed : lengthOf(/^[\p{L}\p{N}_]*/u, rest)) },
    typed: text.slice(start, offset),
    needsBlank: false,
    operator: undefined,
  };
}

const takesText = (wanted: Wanted): boolean =>
  wanted.kind === 'columnText' || (wanted.kind === 'value' && wanted.field !== undefined);

/** An open parenthesis: of a condition, of a list of values, or of the arguments of `call`. */
interface Frame {
  readonly call: string | undefined;
  readonly outside: Wanted;
  arguments: number;
}

/** Walks over what is written and says what may come next. Knows the order of the words and no more of the grammar. */
function wantedAfter(lexemes: readonly Lexeme[]): Wanted {
  const frames: Frame[] = [];
  let wanted: Wanted = OPERAND;
  for (const [index, lexeme] of lexemes.entries()) {
    wanted = step(wanted, lexeme, lexemes[index - 1], frames);
  }
  return wanted;
}

function step(
  wanted: Wanted,
  { kind, text, span }: Lexeme,
  previous: Lexeme | undefined,
  frames: Frame[],
): Wanted {
  const frame = frames.at(-1);
  switch (kind) {
    case 'name':
      if (previous?.kind === 'member') return { kind: 'relation', field: undefined };
      if (wanted.kind === 'element') return CONNECTOR;
      return wanted.kind === 'value'
        ? { kind: 'connector', field: wanted.field }
        : { kind: 'relation', field: text };
    case 'literal':
    case 'openText':
      return wanted.kind === 'value' ? CONNECTOR : { kind: 'relation', field: undefined };
    case 'relation': {
      const field = wanted.kind === 'relation' ? wanted.field : undefined;
      return frame?.call !== undefined && field === 'PropertyName'
        ? { kind: 'columnText' }
        : { kind: 'value', field, relation: text.toLowerCase() };
    }
    case 'connector':
    case 'not':
      return OPERAND;
    case 'arithmetic':
      return { kind: 'value', field: undefined, relation: '' };
    case 'scope':
      return {
        kind: 'element',
        enumName: previous?.text ?? '',
        field: wanted.kind === 'connector' ? wanted.field : undefined,
      };
    case 'member':
      return NOTHING;
    case 'open': {
      const isCall = previous?.kind === 'name' && previous.span.end === span.start;
      frames.push({ call: isCall ? previous.text : undefined, outside: wanted, arguments: 0 });
      if (isCall) return { kind: 'argument', call: previous.text, index: 0 };
      return wanted.kind === 'value' ? wanted : OPERAND;
    }
    case 'close':
      return afterGroup(frames.pop());
    case 'comma':
      if (frame === undefined) return NOTHING;
      frame.arguments += 1;
      return frame.call === undefined
        ? frame.outside
        : { kind: 'argument', call: frame.call, index: frame.arguments };
    case 'other':
      return wanted;
  }
}

/** A condition may be followed by a connector, the value of a function by an operator. */
function afterGroup(frame: Frame | undefined): Wanted {
  if (frame?.call === undefined || frame.outside.kind !== 'relation') return CONNECTOR;
  return functionNamed(frame.call, 'odata')?.answers === 'value'
    ? { kind: 'relation', field: undefined }
    : CONNECTOR;
}

/** The call whose arguments the caret stands in, and which of them. */
export function callAt(
  text: string,
  offset: number,
  language: FilterLanguage,
): { readonly name: string; readonly index: number; readonly argument: string } | undefined {
  const open: { name: string | undefined; index: number; start: number }[] = [];
  const lexemes = lexemesOf(text.slice(0, offset), language);
  for (const [index, { kind, span }] of lexemes.entries()) {
    const innermost = open.at(-1);
    if (kind === 'open') {
      open.push({ name: calleeBefore(lexemes, index), index: 0, start: span.end });
    } else if (kind === 'close') {
      open.pop();
    } else if (kind === 'comma' && innermost !== undefined) {
      innermost.index += 1;
      innermost.start = span.end;
    }
  }
  const call = open.findLast(({ name }) => name !== undefined);
  return call?.name === undefined
    ? undefined
    : { name: call.name, index: call.index, argument: text.slice(call.start, offset) };
}

/** The name right before a parenthesis, with the class of an X++ method. */
function calleeBefore(lexemes: readonly Lexeme[], open: number): string | undefined {
  const [scope, separator, name] = [lexemes[open - 3], lexemes[open - 2], lexemes[open - 1]];
  const parenthesis = lexemes[open];
  if (name?.kind !== 'name' || name.span.end !== parenthesis?.span.start) return undefined;
  return separator?.kind === 'scope' && scope?.kind === 'name'
    ? `${scope.text}::${name.text}`
    : name.text;
}
