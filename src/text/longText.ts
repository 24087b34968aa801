import type { Edit } from './edit.ts';
import type { LineRange, Lines, Place } from './lines.ts';
import type { Span } from './span.ts';

/**
 * A text that is edited again and again. It lies in pieces, of which an edit makes a few anew: as one string, each key
 * typed in a map of 8 MB would copy all of it (8 of 10 ms, and 100 MB after some keys; bench/server).
 */
export interface LongText extends Lines {
  readonly length: number;
  /** The text as one string; put together when somebody asks for it. */
  readonly toString: () => string;
  readonly slice: (start: number, end: number) => string;
  /** Whether a word without line breaks occurs. Pieces remember what they were asked. */
  readonly includes: (word: string) => boolean;
  readonly edited: (edit: Edit) => LongText;
}

/** What can be asked of a string and of a long text alike. */
export type Searchable = Pick<LongText, 'includes' | 'toString'>;

/** UTF-16 units of a piece, at most or a little more: an edit copies one of them, and counts all. */
const PIECE = 16_384;

export const longText = (text: string): LongText => longTextOf(piecesOf(text), text);

interface Piece {
  readonly text: string;
  /** Where lines begin in it: behind each line break. */
  readonly starts: Uint32Array;
  readonly words: Map<string, boolean>;
}

interface Placed {
  readonly piece: Piece;
  readonly start: number;
  /** The line that the piece begins in, and where that begins in the text. */
  readonly line: number;
  readonly lineStart: number;
}

function longTextOf(pieces: readonly Piece[], joined?: string): LongText {
  let whole = joined;
  const placed: Placed[] = [];
  let [length, lines, lastStart] = [0, 0, 0];
  for (const piece of pieces) {
    placed.push({ piece, start: length, line: lines, lineStart: lastStart });
    lines += piece.starts.length;
    lastStart = length + (piece.starts.at(-1) ?? lastStart - length);
    length += piece.text.length;
  }

  const slice = (start: number, end: number): string => {
    let found = '';
    for (let index = indexAt(placed, start); found.length < end - start; index += 1) {
      const at = placed[index];
      if (at === undefined) break;
      found += at.piece.text.slice(Math.max(0, start - at.start), end - at.start);
    }
    return found;
  };

  const placeOf = (offset: number): Place => {
    const inside = Math.min(Math.max(offset, 0), length);
    const at = placed[indexAt(placed, inside)];
    if (at === undefined) return { line: 0, character: 0 };
    const { starts } = at.piece;
    const count = countUpTo(starts.length, (index) => (starts[index] ?? 0) <= inside - at.start);
    const lineStart = count === 0 ? at.lineStart : at.start + (starts[count - 1] ?? 0);
    return { line: at.line + count, character: inside - lineStart };
  };

  const startOfLine = (line: number): number => {
    if (line <= 0) return 0;
    if (line > lines) return length;
    const at = placed[countUpTo(placed.length, (index) => lineAt(placed, index) < line) - 1];
    return at === undefined ? 0 : at.start + (at.piece.starts[line - at.line - 1] ?? 0);
  };

  /** Without its line break. */
  const endOfLine = (line: number): number => {
    if (line >= lines) return length;
    const next = startOfLine(line + 1);
    return next - (slice(Math.max(0, next - 2), next) === '\r\n' ? 2 : 1);
  };

  return {
    length,
    toString: () => (whole ??= pieces.map(({ text }) => text).join('')),
    includes: (word) =>
      placed.some(
        ({ piece, start }) =>
          hasWord(piece, word) ||
          (!endsLine(piece) &&
            slice(
              Math.max(0, start + piece.text.length - word.length + 1),
              start + piece.text.length + word.length - 1,
            ).includes(word)),
      ),
    slice,
    placeOf,
    rangeOf: ({ start, end }: Span): LineRange => ({ start: placeOf(start), end: placeOf(end) }),
    offsetOf: ({ line, character }) =>
      line < 0 ? 0 : Math.min(startOfLine(line) + Math.max(character, 0), endOfLine(line)),
    edited({ span, text }) {
      // Where it begins with a piece the one before is made anew, too: what is typed may complete its line break.
      const first = indexAt(placed, span.start - 1);
      const last = indexAt(placed, span.end);
      const start = placed[first]?.start ?? 0;
      const end = placed[last + 1]?.start ?? length;
      const between = slice(start, span.start) + text + slice(span.end, end);
      const within = first === last ? placed[first] : undefined;
      const piece = within === undefined ? undefined : editedPiece(within, { span, text }, between);
      if (piece !== undefined) return longTextOf(pieces.with(first, piece));
      return longTextOf([
        ...pieces.slice(0, first),
        ...piecesOf(between),
        ...pieces.slice(last + 1),
      ]);
    },
  };
}

/** A piece after an edit inside it that leaves its line breaks as they are, as nearly all do; else undefined. */
function editedPiece(
  { piece, start }: Placed,
  { span, text }: Edit,
  edited: string,
): Piece | undefined {
  const [from, to] = [span.start - start, span.end - start];
  if (edited === '' || edited.length > PIECE || isBreak(text)) return undefined;
  // Behind a carriage return it may come between the two signs of one line break, or bring them together.
  if (isBreak(piece.text.slice(from, to)) || piece.text[from - 1] === '\r') return undefined;
  const starts = piece.starts.slice();
  const by = edited.length - piece.text.length;
  const behind = countUpTo(starts.length, (index) => (starts[index] ?? 0) <= from);
  for (let index = behind; index < starts.length; index += 1) {
    starts[index] = (starts[index] ?? 0) + by;
  }
  return { text: edited, starts, words: new Map() };
}

const isBreak = (text: string): boolean => text.includes('\n') || text.includes('\r');

/** Cuts a text into pieces of like length, behind a line break where one is near, and none of them empty. */
function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const size = Math.ceil(text.length / Math.ceil(text.length / PIECE));
  for (let start = 0; start < text.length;) {
    const end = cutAt(text, start, size);
    const piece = text.slice(start, end);
    pieces.push({ text: piece, starts: lineStarts(piece), words: new Map() });
    start = end;
  }
  return pieces;
}

function cutAt(text: string, start: number, size: number): number {
  const end = start + size;
  if (end >= text.length) return text.length;
  const behindLine = text.lastIndexOf('\n', end - 1) + 1;
  if (behindLine > start + size / 2) return behindLine;
  return text[end - 1] === '\r' && text[end] === '\n' ? end + 1 : end;
}

/** LF, CRLF and a lone CR end a line, as in the protocol. */
function lineStarts(text: string): Uint32Array {
  const starts: number[] = [];
  let feed = text.indexOf('\n');
  let carriage = text.indexOf('\r');
  while (feed >= 0 || carriage >= 0) {
    const isFeed = carriage < 0 || (feed >= 0 && feed < carriage);
    const isPair = !isFeed && feed === carriage + 1;
    starts.push((isFeed || isPair ? feed : carriage) + 1);
    if (isFeed || isPair) feed = text.indexOf('\n', feed + 1);
    if (!isFeed) carriage = text.indexOf('\r', carriage + 1);
  }
  return Uint32Array.from(starts);
}

function hasWord({ text, words }: Piece, word: string): boolean {
  const known = words.get(word);
  if (known !== undefined) return known;
  const found = text.includes(word);
  words.set(word, found);
  return found;
}

const endsLine = ({ text, starts }: Piece): boolean => starts.at(-1) === text.length;

const lineAt = (placed: readonly Placed[], index: number): number => placed[index]?.line ?? 0;

/** The piece that an offset lies in, or the last one. */
const indexAt = (placed: readonly Placed[], offset: number): number =>
  Math.max(0, countUpTo(placed.length, (index) => (placed[index]?.start ?? 0) <= offset) - 1);

/** How many of the first numbers up to `length` have what all before them have, too. */
function countUpTo(length: number, has: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (has(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
