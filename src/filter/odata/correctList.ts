import {
  isLetterAt,
  LEFT_PARENTHESIS,
  RIGHT_PARENTHESIS,
  COMMA,
  RIGHT_BRACKET,
} from '../characters.ts';
import { enters, type Reading, skipBlanks, spanFrom } from '../correct.ts';
import type { ODataArray, ODataList, ODataLiteral } from './ast.ts';
import {
  isGuidAt,
  literalNamed,
  readCorrectLiteral,
  readJsonText,
  readName,
} from './correctLiteral.ts';

/** `(1,2)` behind `in`; behind the blanks in front of it. */
export function readCorrectList(reading: Reading): ODataList | undefined {
  const start = reading.at;
  if (reading.text.charCodeAt(start) !== LEFT_PARENTHESIS) return undefined;
  const items = readItems(reading, RIGHT_PARENTHESIS, readListItem);
  return items === undefined ? undefined : { kind: 'list', items, span: spanFrom(start, reading) };
}

/** `["5","2000"]`, a JSON array of texts. */
export function readCorrectArray(reading: Reading): ODataArray | undefined {
  const start = reading.at;
  const items = readItems(reading, RIGHT_BRACKET, readJsonText);
  if (items === undefined) return undefined;
  const span = spanFrom(start, reading);
  skipBlanks(reading);
  return { kind: 'array', items, span };
}

/** One item or more, from the bracket that opens to behind the one that closes. */
function readItems(
  reading: Reading,
  close: number,
  readItem: (reading: Reading) => ODataLiteral | undefined,
): readonly ODataLiteral[] | undefined {
  if (!enters(reading)) return undefined;
  const items: ODataLiteral[] = [];
  let unit: number;
  do {
    reading.at += 1;
    skipBlanks(reading);
    const item = readItem(reading);
    if (item === undefined) return undefined;
    items.push(item);
    unit = skipBlanks(reading);
  } while (unit === COMMA);
  if (unit !== close) return undefined;
  reading.at += 1;
  reading.level -= 1;
  return items;
}

function readListItem(reading: Reading): ODataLiteral | undefined {
  const { text, at } = reading;
  return isLetterAt(text, at) && !isGuidAt(text, at)
    ? literalNamed(readName(reading), at)
    : readCorrectLiteral(reading);
}
