/**
 * The range syntax of a single field, as people type it into a grid filter: `A..C`, `!x`, `S*`, `>5`, `a, b`
 * (`dualwrite.md` 2.5). As a whole map filter it would range over the field that carries the filter, so it is
 * always a mistake there.
 */
export function isPlainRange(text: string): boolean {
  const items = text.split(',').map((item) => item.trim());
  return items.every((item) => item !== '' && RANGE_ITEM.test(item));
}

const VALUE = String.raw`(?:"[^"]*"|[^\s&|=()"'!<>,.]+(?:\.[^\s&|=()"'!<>,.]+)*(?: [^\s&|=()"'!<>,.]+)*)`;
const RANGE_ITEM = new RegExp(
  String.raw`^(?:!?${VALUE}|[<>]=?\s*${VALUE}|${VALUE}\s*\.\.\s*(?:${VALUE})?|\.\.\s*${VALUE})$`,
  'u',
);
