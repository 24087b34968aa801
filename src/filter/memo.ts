/**
 * Characters that are remembered: those of some 2,500 filters of a document. Typing in a filter reads that one alone,
 * whatever is remembered; of 20,000 filters the trees would take 40 MB to save the third of a second of reading them
 * all again after an edit between them (bench/server).
 */
const ROOM = 500_000;

/** What a text takes beside its characters, in characters: short ones are not for nothing. */
const OVERHEAD = 64;

/** A text that takes more of the room than this part is not kept; nobody has many of them. */
const LARGEST_PART = 0.02;

/**
 * Remembers what a function answered for a text: while one filter of a map is typed, all others are known
 * (`performance.md` 8.2). Two generations bound it: what was not asked for while as much as fits the room was, is
 * forgotten.
 *
 * @param room how many characters of text a generation holds.
 */
export function memoised<T extends object>(
  answer: (text: string) => T,
  room = ROOM,
): (text: string) => T {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  let used = 0;
  return (text) => {
    const known = young.get(text);
    if (known !== undefined) return known;
    const size = text.length + OVERHEAD;
    if (size > room * LARGEST_PART) return answer(text);
    const own = detached(text);
    const value = old.get(text) ?? answer(own);
    if (used + size > room) {
      old = young;
      young = new Map();
      used = 0;
    }
    young.set(own, value);
    used += size;
    return value;
  };
}

/** A copy: a piece of a document, and every piece of it in turn, would keep the whole document in memory. */
const detached = (text: string): string => ` ${text}`.slice(1);
