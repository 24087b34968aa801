import { deepEqual, equal, ok } from 'node:assert/strict';
import { type EmbeddedText, plainText, toDecoded, toDocument } from '../../src/text/embedded.ts';
import { propertyOf, readJson, textOfString } from '../../src/text/json.ts';
import { childNamed, readXml, xmlTextOf } from '../../src/text/xml.ts';
import type { Spelled } from './spelling.ts';

/** The text of the property `filter` of a JSON object; every escape in it must be known. */
function filterInJson(source: EmbeddedText): EmbeddedText {
  const { value: json, problems } = readJson(source);
  deepEqual(problems, []);
  const node = propertyOf(json.root, 'filter');
  ok(node, 'no property filter');
  const text = textOfString(json, node);
  deepEqual(text.problems, []);
  return text.value;
}

/** The text of the element `mapping` below the root. */
export function mappingInXml(document: string): EmbeddedText {
  const { value: root, problems } = readXml(document);
  deepEqual(problems, []);
  const element = root === undefined ? undefined : childNamed(root, 'mapping');
  ok(element, 'no element mapping');
  return xmlTextOf(document, element);
}

export const filterInJsonDocument = (document: string): EmbeddedText =>
  filterInJson(plainText(document));

export const filterInJsonInXml = (document: string): EmbeddedText =>
  filterInJson(mappingInXml(document));

/** The text decodes to what was written, and every unit is found at its own place. */
export function checkDecoding(text: EmbeddedText, decoded: string, written: Spelled): void {
  equal(text.value, decoded);
  const starts = [...Array(decoded.length + 1).keys()].map((unit) => startOf(text, unit));
  deepEqual(starts, [...written.starts]);
  checkPlaces(text);
}

const startOf = (text: EmbeddedText, unit: number): number =>
  toDocument(text, { start: unit, end: unit }).start;

/** Offsets of the document and of the text lead to each other, also from inside an escape sequence. */
function checkPlaces(text: EmbeddedText): void {
  const last = text.value.length;
  const start = (offset: number): number => startOf(text, offset);
  for (let offset = start(0); offset <= start(last); offset++) {
    const decoded = toDecoded(text, offset);
    ok(start(decoded) <= offset, `unit ${decoded} begins behind ${offset}`);
    ok(decoded === last || start(decoded + 1) > offset, `unit ${decoded} ends before ${offset}`);
  }
  for (let unit = 0; unit < last; unit++) {
    const span = toDocument(text, { start: unit, end: unit + 1 });
    deepEqual(span, { start: start(unit), end: start(unit + 1) });
    if (span.end > span.start) equal(toDecoded(text, span.start), unit);
  }
}
