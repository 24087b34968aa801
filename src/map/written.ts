/** A line break or blank of JSON, as it stands in a document: perhaps escaped for a string, or for XML. */
export const BLANKS = String.raw`(?:\s|\\+[nrt]|&#(?:x[\da-fA-F]|\d+);)*`;

/** What stands between the last two items of a list or an object; a comment there is not repeated. */
export function separatorOf(
  before: number | undefined,
  after: number,
  documentText: string,
): string {
  const between = before === undefined ? '' : documentText.slice(before, after);
  if (new RegExp(`^${BLANKS},${BLANKS}$`, 'u').test(between)) return between;
  const blanks = new RegExp(`${BLANKS}$`, 'u').exec(
    documentText.slice(Math.max(0, after - 200), after),
  );
  return `,${blanks?.[0] ?? ''}`;
}

/** How an object of a document is written. */
export interface JsonStyle {
  /** In front of its closing brace. */
  readonly outer: string;
  /** What each level adds. */
  readonly unit: string;
  readonly colon: string;
}

export function styleOf(example: string): JsonStyle {
  const inner = new RegExp(`^\\{(${BLANKS})`, 'u').exec(example)?.[1] ?? '';
  const outer = new RegExp(`(${BLANKS})\\}$`, 'u').exec(example)?.[1] ?? '';
  const colon = /^.*?(?:\\*"|&quot;)(:\s?)/su.exec(example)?.[1] ?? ':';
  return { outer, unit: inner.startsWith(outer) ? inner.slice(outer.length) : '', colon };
}

export function written(
  value: unknown,
  { outer, unit, colon }: JsonStyle,
  encode: (json: string) => string,
  level = 0,
): string {
  const inside = (item: unknown): string =>
    written(item, { outer, unit, colon }, encode, level + 1);
  const list = (items: readonly string[]): string => {
    const blanks = outer + unit.repeat(level + 1);
    const between = `,${blanks === '' && colon !== ':' ? ' ' : blanks}`;
    return blanks + items.join(between) + outer + unit.repeat(level);
  };
  if (Array.isArray(value)) return `[${list(value.map(inside))}]`;
  if (typeof value !== 'object' || value === null) return encode(JSON.stringify(value));
  const members = Object.entries(value).map(
    ([key, item]) => encode(JSON.stringify(key)) + colon + inside(item),
  );
  return `{${list(members)}}`;
}
