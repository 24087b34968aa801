import type { Leg, Side } from '../map/model.ts';
import type { Edit } from '../text/edit.ts';

/**
 * The edit that adds a field mapping with a default value to a leg, written as the mappings before it are: their
 * blanks are copied from the document, so they are escaped already. Undefined where the leg has none to go by, or
 * where the field is mapped otherwise.
 */
export function addedDefault(
  { fieldMappings, encode }: Leg,
  documentText: string,
  { side, field, value }: { readonly side: Side; readonly field: string; readonly value: string },
): Edit | undefined {
  const last = fieldMappings.at(-1);
  const name = field.toLowerCase();
  const isMapped = fieldMappings.some(({ sourceField, destinationField }) => {
    const [column] = destinationField.toLowerCase().split('.');
    return side === 'fo' ? sourceField.toLowerCase() === name : column === name;
  });
  if (last === undefined || isMapped) return undefined;
  const example = documentText.slice(last.span.start, last.span.end);
  const separator = separatorOf(fieldMappings.at(-2)?.span.end, last.span.start, documentText);
  const direction = side === 'fo' ? 2 : 1;
  const isNumber = /syncDirection(?:\\*"|&quot;)\s*:\s*\d/u.test(example);
  const mapping = {
    syncDirection: isNumber ? direction : String(direction),
    // Finance and Operations writes its names in capitals there (`dualwrite.md` 1.3).
    sourceField: side === 'fo' ? field.toUpperCase() : '',
    destinationField: side === 'fo' ? '' : field,
    valueTransforms: [{ transformType: 'Default', defaultValue: value }],
    isSystemGenerated: false,
  };
  const text = written(mapping, styleOf(example), encode);
  return { span: { start: last.span.end, end: last.span.end }, text: separator + text };
}

/** A line break or blank of JSON, as it stands in a document: perhaps escaped for a string, or for XML. */
const BLANKS = String.raw`(?:\s|\\+[nrt]|&#(?:x[\da-fA-F]|\d+);)*`;

/** What stands between the last two mappings; a comment there is not repeated. */
function separatorOf(before: number | undefined, after: number, documentText: string): string {
  const between = before === undefined ? '' : documentText.slice(before, after);
  if (new RegExp(`^${BLANKS},${BLANKS}$`, 'u').test(between)) return between;
  const blanks = new RegExp(`${BLANKS}$`, 'u').exec(
    documentText.slice(Math.max(0, after - 200), after),
  );
  return `,${blanks?.[0] ?? ''}`;
}

interface Style {
  /** In front of the closing brace of a mapping. */
  readonly outer: string;
  /** What each level adds. */
  readonly unit: string;
  readonly colon: string;
}

function styleOf(example: string): Style {
  const inner = new RegExp(`^\\{(${BLANKS})`, 'u').exec(example)?.[1] ?? '';
  const outer = new RegExp(`(${BLANKS})\\}$`, 'u').exec(example)?.[1] ?? '';
  const colon = /^.*?(?:\\*"|&quot;)(:\s?)/su.exec(example)?.[1] ?? ':';
  return { outer, unit: inner.startsWith(outer) ? inner.slice(outer.length) : '', colon };
}

function written(
  value: unknown,
  { outer, unit, colon }: Style,
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
