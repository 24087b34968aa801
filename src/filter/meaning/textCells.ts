import { charactersOf, folded, type Pattern, type PatternPart, takes } from './patterns.ts';

import { type Cell, collated } from './values.ts';

/** Cells of a field, and whether they show every way in which its atoms can be answered together. */
export interface Cells {
  readonly cells: readonly Cell[];
  readonly isComplete: boolean;
}

/** Transitions that may be looked at for one field; past it, its cells are not complete. */
const MOST_STEPS = 400_000;

/**
 * Texts that between them give every answer comparisons with `texts` and `patterns` can give.
 *
 * Without patterns only the order counts: each text, and one in each gap between two. With patterns, each
 * comparison is a finite automaton that reads a text character by character; their product is walked
 * through, so that every state which any text reaches is reached here, by a shortest text.
 */
export function textCells(texts: readonly string[], patterns: readonly Pattern[]): Cells {
  const points = [...new Map(texts.map((text) => [collated(text), text])).entries()].toSorted(
    ([a], [b]) => (a < b ? -1 : 1),
  );
  const written = points.map(([, text]) => text);
  if (patterns.length === 0) return { cells: [...written, ...gapsOf(points)], isComplete: true };
  const machines = [
    ...points.map(([point]) => comparing(Array.from(point))),
    ...patterns.map(matching),
  ];
  const reached = walk(machines, alphabetOf(points, patterns));
  return { cells: [...written, '', ...reached.cells], isComplete: reached.isComplete };
}

/** A text in each gap of the order. What follows a text at once is the text and U+0000. */
function gapsOf(points: readonly (readonly [string, string])[]): readonly string[] {
  const gaps: string[] = [];
  if (points[0]?.[0] !== '') gaps.push('');
  for (const [index, [low]] of points.entries()) {
    const high = points[index + 1]?.[0];
    const between = ['a', '1', '!', '\0']
      .map((character) => low + character)
      .find((text) => high === undefined || text < high);
    if (between !== undefined) gaps.push(between);
  }
  return gaps;
}

/** Reads a text from left to right. State 0 is where it starts. */
interface Machine {
  readonly step: (state: number, character: string) => number;
  /** The answer where the text ends. */
  readonly answer: (state: number) => string;
}

const LESS = -1;
const GREATER = -2;

/** Compares what is read with a text, trailing blanks aside (values.ts, `collated`). */
function comparing(text: readonly string[]): Machine {
  const { length } = text;
  /** All read, and blanks behind it: still equal if nothing else follows. */
  const padded = length + 1;
  /** A blank where a smaller character stands in the text: greater, unless only blanks follow. */
  const pendingAt = (place: number): number => length + 2 + place;
  return {
    step(state, character) {
      if (state < 0) return state;
      if (state >= length) {
        if (character !== ' ') return GREATER;
        return state === length ? padded : state;
      }
      const expected = text[state] ?? '';
      if (character === expected) return state + 1;
      if (character < expected) return LESS;
      return character === ' ' ? pendingAt(state) : GREATER;
    },
    answer(state) {
      if (state === GREATER) return '>';
      return state === length || state === padded ? '=' : '<';
    },
  };
}

/** The places of a pattern at which a text can be, as one state per set of places that occurs. */
function matching(pattern: Pattern): Machine {
  const sets: (readonly number[])[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (places: readonly number[]): number => {
    const key = places.join(' ');
    const number = numbers.get(key) ?? sets.push(places) - 1;
    numbers.set(key, number);
    return number;
  };
  numberOf(closed(pattern, [0]));
  const steps = new Map<string, number>();
  return {
    step(state, character) {
      const key = `${state}${character}`;
      const known = steps.get(key);
      if (known !== undefined) return known;
      const places = (sets[state] ?? []).flatMap((place) => {
        const part = pattern[place];
        if (part?.kind === 'run') return [place];
        return part !== undefined && takes(part, character) ? [place + 1] : [];
      });
      const next = numberOf(closed(pattern, places));
      steps.set(key, next);
      return next;
    },
    answer: (state) => String((sets[state] ?? []).includes(pattern.length)),
  };
}

/** Steps over runs. A later run takes whatever an earlier place could still match, so it alone is kept. */
function closed(pattern: Pattern, places: readonly number[]): readonly number[] {
  const reached = new Set<number>();
  for (const start of places) {
    let place = start;
    reached.add(place);
    while (pattern[place]?.kind === 'run') {
      place += 1;
      reached.add(place);
    }
  }
  const sorted = [...reached].toSorted((a, b) => a - b);
  const lastRun = sorted.findLastIndex((place) => pattern[place]?.kind === 'run');
  return lastRun > 0 ? sorted.slice(lastRun) : sorted;
}

function walk(machines: readonly Machine[], alphabet: Alphabet): Cells {
  const answers = new Set<string>();
  const seen = new Set<string>();
  const cells: string[] = [];
  let wave: { readonly text: string; readonly states: readonly number[] }[] = [
    { text: '', states: machines.map(() => 0) },
  ];
  let steps = 0;
  while (wave.length > 0) {
    const next: typeof wave = [];
    for (const { text, states } of wave) {
      const answer = machines.map((machine, index) => machine.answer(states[index] ?? 0)).join();
      if (!answers.has(answer)) cells.push(text);
      answers.add(answer);
      for (const character of alphabet.characters) {
        steps += machines.length;
        if (steps > MOST_STEPS) return { cells, isComplete: false };
        const after = machines.map((machine, index) => machine.step(states[index] ?? 0, character));
        const key = after.join();
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ text: text + character, states: after });
      }
    }
    wave = next;
  }
  return { cells, isComplete: alphabet.isComplete };
}

interface Alphabet {
  readonly characters: readonly string[];
  readonly isComplete: boolean;
}

/** Above are surrogates, whose order is not that of their characters: nobody's filter has one. */
const LAST = '\uD7FF';

/**
 * The characters that filters name, and one for each gap between them: no comparison tells those of a gap apart.
 * Only folded characters occur, because that is how every text is read.
 */
function alphabetOf(
  points: readonly (readonly [string, string])[],
  patterns: readonly Pattern[],
): Alphabet {
  const named = new Set([' ']);
  for (const [point] of points) for (const character of charactersOf(point)) named.add(character);
  for (const pattern of patterns) {
    for (const character of pattern.flatMap(charactersIn)) named.add(character);
  }
  const sorted = [...named].toSorted((a, b) => (a < b ? -1 : 1));
  const gaps = sorted.map((low, index) => characterBetween(low, sorted[index + 1]));
  return {
    characters: [
      ...sorted,
      ...[characterBetween('', sorted[0]), ...gaps].filter((character) => character !== undefined),
    ],
    isComplete: sorted.every((character) => character <= LAST),
  };
}

function charactersIn(part: PatternPart): readonly string[] {
  if (part.kind === 'one') return [part.character];
  return part.kind === 'set' ? part.ranges.flat() : [];
}

const FAMILIAR = Array.from('xyzabc109-._!');

function characterBetween(low: string, high: string | undefined): string | undefined {
  const fits = (character: string): boolean =>
    low < character && (high === undefined || character < high);
  const familiar = FAMILIAR.find(fits);
  if (familiar !== undefined) return familiar;
  const start = low === '' ? 0 : (low.codePointAt(0) ?? 0) + 1;
  for (let code = start; code < 0xd800; code += 1) {
    const character = String.fromCodePoint(code);
    if (!fits(character)) return undefined;
    if (folded(character) === character) return character;
  }
  return fits('\uE000') ? '\uE000' : undefined;
}
