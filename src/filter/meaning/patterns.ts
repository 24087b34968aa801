import { memoised } from '../memo.ts';
import type { PatternOperand } from './condition.ts';

/** What stands at one place of a pattern: a run of anything, or one character of a kind. */
export type PatternPart = { readonly kind: 'run' } | CharacterPart;

export type CharacterPart =
  | { readonly kind: 'any' }
  | { readonly kind: 'one'; readonly character: string }
  /** `[a-f]` and `[^a-f]` of SQL Server; ends included. */
  | {
      readonly kind: 'set';
      readonly ranges: readonly (readonly [string, string])[];
      readonly isExcluded: boolean;
    };

export type Pattern = readonly PatternPart[];

const RUN: PatternPart = { kind: 'run' };
const ANY: PatternPart = { kind: 'any' };

/**
 * Folds what a case-insensitive comparison ignores, one character at a time: so a text keeps its length, and
 * what a character becomes never depends on its neighbours.
 */
export function folded(text: string): string {
  return isAscii(text) ? text.toLowerCase() : Array.from(text, foldedCharacter).join('');
}

const isAscii = (text: string): boolean => {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 0x7f) return false;
  }
  return true;
};

function foldedCharacter(character: string): string {
  const lower = character.toLowerCase();
  return lower.length === character.length ? lower : character;
}

export const charactersOf = (text: string): readonly string[] => Array.from(folded(text));

/** `*` stands for any run of characters, `?` for one; everything else for itself (`dualwrite.md` 2.3). */
export const xppPattern = memoised((text): Pattern =>
  charactersOf(text).map((character): PatternPart => {
    if (character === '*') return RUN;
    return character === '?' ? ANY : { kind: 'one', character };
  }),
);

/** `%`, `_`, `[…]` and `[^…]` are wildcards in the functions of Dataverse (`dualwrite.md` 3.2). */
export function dataversePattern({ match, text }: PatternOperand): Pattern {
  return [
    ...(match === 'startswith' ? [] : [RUN]),
    ...wildcardsOf(text),
    ...(match === 'endswith' ? [] : [RUN]),
  ];
}

const wildcardsOf = memoised((text): Pattern => {
  const characters = charactersOf(text);
  const parts: PatternPart[] = [];
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    const end = character === '[' ? characters.indexOf(']', index + 2) : -1;
    if (end > 0) {
      parts.push(setOf(characters.slice(index + 1, end)));
      index = end;
    } else if (character === '%') parts.push(RUN);
    else parts.push(character === '_' ? ANY : { kind: 'one', character });
  }
  return parts;
});

function setOf(content: readonly string[]): PatternPart {
  const isExcluded = content[0] === '^' && content.length > 1;
  const characters = isExcluded ? content.slice(1) : content;
  const ranges: (readonly [string, string])[] = [];
  for (let index = 0; index < characters.length; index += 1) {
    const from = characters[index] ?? '';
    const to = characters[index + 2];
    const isRange = characters[index + 1] === '-' && to !== undefined;
    ranges.push([from, isRange ? to : from]);
    if (isRange) index += 2;
  }
  return { kind: 'set', ranges, isExcluded };
}

export function takes(part: CharacterPart, character: string): boolean {
  switch (part.kind) {
    case 'any':
      return true;
    case 'one':
      return part.character === character;
    case 'set':
      return (
        part.ranges.some(([from, to]) => from <= character && character <= to) !== part.isExcluded
      );
  }
}

/**
 * Whether a pattern covers a whole text. Where the text differs, only the last run takes one character more:
 * a regular expression would try every way to share out the text.
 */
export const matches = (pattern: Pattern, text: string): boolean =>
  covers(pattern, charactersOf(text));

/** The same for characters that are compared as they are. */
export function covers(pattern: Pattern, characters: readonly string[]): boolean {
  let at = 0;
  let next = 0;
  let lastRun = -1;
  let behindRun = 0;
  while (at < characters.length) {
    const part = pattern[next];
    if (part?.kind === 'run') {
      lastRun = next;
      behindRun = at;
      next += 1;
    } else if (part !== undefined && takes(part, characters[at] ?? '')) {
      at += 1;
      next += 1;
    } else if (lastRun >= 0) {
      behindRun += 1;
      at = behindRun;
      next = lastRun + 1;
    } else {
      return false;
    }
  }
  return pattern.slice(next).every((part) => part.kind === 'run');
}
