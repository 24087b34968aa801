/**
 * Remembers what a function answered for a text: while one filter of a map is typed, all others are known
 * (`performance.md` 8.2). Two generations bound it: what was not asked for while `limit` others were is forgotten.
 * Long texts are not kept; nobody has many of them.
 */
export function memoised<T extends object>(
  answer: (text: string) => T,
  limit = 50_000,
  longest = 10_000,
): (text: string) => T {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  return (text) => {
    const known = young.get(text) ?? old.get(text);
    const value = known ?? answer(text);
    if (text.length <= longest && !young.has(text)) {
      if (young.size >= limit) {
        old = young;
        young = new Map();
      }
      young.set(text, value);
    }
    return value;
  };
}
